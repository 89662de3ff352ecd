"""The short forms lose nothing."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.dynamodb.compact import clock_of, clock_text, clocks_of, clocks_text, instant, millis
from chalicelib.domain.clocks import KINDS, Clock, rung_times, start
from tests.builders import CITY, NOW

LONGEST = 40  # bytes of a clock that only runs
moments = st.integers(1_700_000_000_000_000, 2_200_000_000_000_000).map(
    lambda micros: datetime.fromtimestamp(0, UTC) + timedelta(microseconds=micros)
)
spans = st.integers(0, 400 * 24 * 3600 * 1000 * 1000).map(lambda micros: timedelta(microseconds=micros))


@st.composite
def clocks(draw: st.DrawFn) -> Clock:
    """Any clock as the domain makes them: it starts on a whole second; what happened then is exact."""
    running = start(draw(st.sampled_from(KINDS)), draw(moments), draw(st.integers(1, 400 * 24 * 3600)))

    def sometime() -> datetime | None:
        after = draw(st.none() | spans)
        return None if after is None else running.started_at + after

    rungs = tuple(rung for _, rung in rung_times(running))[: draw(st.integers(0, 6))]
    paused, more = draw(spans), draw(spans)
    due = running.due_at + paused + more
    return Clock(running.kind, running.started_at, due, sometime(), sometime(), paused, rungs, sometime())


@given(clocks())
def test_a_clock_is_read_as_it_was_written(clock: Clock) -> None:
    assert clock == clock_of(clock_text(clock))


@given(st.lists(clocks(), max_size=7, unique_by=lambda clock: clock.kind))
def test_the_clocks_of_a_case_are_read_as_they_were_written(found: list[Clock]) -> None:
    by_kind = {clock.kind: clock for clock in found}

    assert by_kind == clocks_of(clocks_text(by_kind))


@given(moments)
def test_an_instant_is_kept_to_the_millisecond(at: datetime) -> None:
    assert instant(millis(at)) - at <= timedelta(milliseconds=1)
    whole = at.replace(microsecond=at.microsecond // 1000 * 1000)
    assert instant(millis(whole)) == whole


def test_a_running_clock_is_short() -> None:
    longest = max(CITY.categories.values(), key=lambda category: category.resolution_limit)

    assert max(len(clock_text(start(kind, NOW, longest.resolution_limit))) for kind in KINDS) <= LONGEST
