"""Which time counts: every hour, working days, working hours; and that a promise is on time or late, never both."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.dynamodb.compact import clock_of, clock_text
from chalicelib.domain import calendar, clocks
from chalicelib.domain.calendar import ALWAYS, CALENDARS, WIB, Calendar, of_category
from chalicelib.domain.clocks import LADDER
from tests.builders import CITY, HOUR, NOW, POTHOLE

FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 12, 31, tzinfo=UTC)
INSTANTS = st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None)).map(lambda at: at.replace(tzinfo=UTC))
SPANS = st.integers(1, 40 * 24 * 3600).map(lambda seconds: timedelta(seconds=seconds))
NAMES = st.sampled_from(CALENDARS)
LIMITS = st.integers(2, 30 * 24 * 3600)
MICROSECOND = timedelta(microseconds=1)


def named(name):
    return of_category(replace(CITY.categories[POTHOLE], calendar=name), CITY)


def wib(*parts):
    return datetime(*parts, tzinfo=WIB)


@pytest.mark.parametrize(
    ("name", "begun", "hours", "due"),
    [
        pytest.param("calendar", wib(2026, 3, 6, 15), 6, wib(2026, 3, 6, 21), id="every hour: the same evening"),
        pytest.param("working_hours", wib(2026, 3, 6, 15, 30), 6, wib(2026, 3, 9, 12, 30), id="over a weekend"),
        pytest.param("working_hours", wib(2026, 3, 2, 20), 6, wib(2026, 3, 3, 13, 30), id="reported in the evening"),
        pytest.param("working_hours", wib(2026, 3, 2, 7, 30), 8.5, wib(2026, 3, 2, 16), id="to the end of the day"),
        pytest.param("working_hours", wib(2026, 3, 17, 15), 2, wib(2026, 3, 25, 8, 30), id="over Nyepi and Idulfitri"),
        pytest.param("working_days", wib(2026, 3, 6, 15), 24, wib(2026, 3, 9, 15), id="a working day over a weekend"),
        pytest.param("working_days", wib(2026, 3, 7, 15), 24, wib(2026, 3, 10), id="reported on a Saturday"),
        pytest.param("working_days", wib(2026, 12, 23, 9), 24, wib(2026, 12, 28, 9), id="over Christmas and its leave"),
        pytest.param("working_days", wib(2028, 1, 1, 9), 24, wib(2028, 1, 4), id="after the list: the weekend only"),
    ],
)
def test_a_limit_is_due_when_so_much_time_has_counted(name, begun, hours, due):
    assert named(name).after(begun, hours * HOUR) == due


@given(NAMES, INSTANTS, SPANS)
def test_between_the_start_and_the_due_time_exactly_the_limit_counts(name, begun, span):
    chosen = named(name)

    due = chosen.after(begun, span)

    assert chosen.between(begun, due) == span
    assert chosen.between(begun, due - MICROSECOND) < span


@given(NAMES, INSTANTS, SPANS, SPANS)
def test_a_longer_limit_is_due_later_and_a_later_start_not_earlier(name, begun, span, more):
    chosen = named(name)

    assert chosen.after(begun, span) < chosen.after(begun, span + more)
    assert chosen.after(begun, span) <= chosen.after(begun + more, span)
    assert chosen.after(chosen.after(begun, span), more) == chosen.after(begun, span + more)


@given(INSTANTS, SPANS)
def test_the_fewer_hours_count_the_later_it_is_due(begun, span):
    every, days, hours = (named(name).after(begun, span) for name in CALENDARS)

    assert begun + span == every <= days <= hours


@given(INSTANTS)
def test_nothing_counts_on_weekends_and_holidays(at):
    day = at.astimezone(WIB)
    closed = day.weekday() > 4 or day.date().isoformat() in CITY.holidays

    assert (named("working_days").between(at, at + MICROSECOND) == timedelta(0)) is closed


@given(INSTANTS, SPANS)
def test_the_time_before_the_start_counts_for_nothing(at, span):
    assert named("working_hours").between(at, at - span) == timedelta(0)
    assert ALWAYS.between(at, at - span) == timedelta(0)


@pytest.mark.parametrize("hours", [{}, {0: (480, 480)}], ids=["no day", "an empty day"])
def test_a_calendar_in_which_no_time_counts_is_refused(hours):
    with pytest.raises(ValueError, match="no time"):
        Calendar(hours)


# Clocks in a calendar


def a_clock(name, at, limit, kind="resolution"):
    return clocks.start(kind, at, limit, named(name))


@given(NAMES, INSTANTS, LIMITS, SPANS, st.booleans(), st.booleans())
def test_at_every_instant_a_promise_is_on_time_or_late_and_never_both(name, at, limit, passed, stopped, paused):
    clock = a_clock(name, at, limit)
    clock = clocks.pause(clock, at + passed / 2) if paused else clock
    clock = clocks.stop(clock, at + passed) if stopped else clock
    now = at + passed

    late = clock.state(now) in ("late", "missed")

    assert late is clock.is_late(now)
    assert clocks.any_late({clock.kind: clock}, now) is (late and not stopped)
    assert late is ((clock.stopped_at or clock.paused_at or now) > clock.due_at)


@given(NAMES, INSTANTS, LIMITS, SPANS)
def test_what_the_record_says_of_an_ended_promise_is_what_was_shown(name, at, limit, passed):
    ended = clocks.stop(a_clock(name, at, limit), at + passed)

    assert ended.was_late() is (ended.state(LAST) == "missed")


@given(NAMES, INSTANTS, LIMITS, st.sampled_from(LADDER))
def test_reminders_come_when_half_and_four_fifths_of_the_counted_time_are_over(name, at, limit, kind):
    clock, chosen = a_clock(name, at, limit, kind), named(name)
    span, second = timedelta(seconds=limit), timedelta(seconds=1)
    half, most = (rung_at for rung_at, rung in clocks.rung_times(clock) if rung.startswith("reminder"))

    assert abs(chosen.between(clock.started_at, half) - span * 0.5) < second
    assert abs(chosen.between(clock.started_at, most) - span * 0.8) < second
    assert clock.started_at <= half <= most <= clock.due_at


@given(NAMES, INSTANTS, LIMITS, SPANS)
def test_a_pause_moves_the_due_time_and_the_reminders_by_exactly_its_length(name, at, limit, length):
    clock = a_clock(name, at, limit)

    resumed = clocks.resume(clocks.pause(clock, at + HOUR), at + HOUR + length)

    moved = [rung_at - length for rung_at, _ in clocks.rung_times(resumed)]
    assert moved == [rung_at for rung_at, _ in clocks.rung_times(clock)]


@given(NAMES, INSTANTS, LIMITS)
def test_a_clock_is_stored_with_its_reminders(name, at, limit):
    clock = a_clock(name, at, limit)

    assert clock_of(clock_text(clock)) == clock


@given(NAMES, NAMES, INSTANTS, LIMITS, LIMITS, SPANS)
def test_a_tighter_limit_is_counted_in_its_own_calendar_and_never_gives_time(old, new, at, before, limit, length):
    clock = clocks.resume(clocks.pause(a_clock(old, at, before), at + HOUR), at + HOUR + length)

    tightened = clocks.tighten(clock, limit, named(new))

    given_anew = clocks.resume(clocks.pause(a_clock(new, at, limit), at + HOUR), at + HOUR + length)
    earlier = min(clock, given_anew, key=lambda one: one.due_at)
    assert (tightened.due_at, clocks.rung_times(tightened)) == (earlier.due_at, clocks.rung_times(earlier))


MOMENTS = st.integers(0, 10**12).map(lambda microseconds: timedelta(microseconds=microseconds))
STEPS = st.sampled_from(["pause", "resume", "stop", "extend", "nothing"])


@given(NAMES, INSTANTS, LIMITS, st.lists(st.tuples(STEPS, MOMENTS), max_size=12))
def test_what_has_passed_and_what_is_left_and_what_was_paused_are_the_walls_time(name, at, limit, steps):
    """In whatever order, stored and loaded after each step. Who stopped it and goes on has lost the time between."""
    clock = a_clock(name, at, limit)
    now, whole = clock.started_at, clock.due_at - clock.started_at
    ran, stood, paused = timedelta(0), timedelta(0), timedelta(0)

    for step, wait in steps:
        now += wait
        ran, stood, paused = (
            ran + (wait if clock.running else timedelta(0)),
            stood + (wait if clock.stopped_at else timedelta(0)),
            paused + (wait if clock.paused_at else timedelta(0)),
        )
        match step:
            case "pause":
                clock = clocks.pause(clock, now)
            case "stop":
                clock = clocks.stop(clock, now)
            case "extend" if clock.running:
                until = (clock.due_at + 5 * HOUR).replace(microsecond=0)
                whole += until - clock.due_at
                clock = clocks.extend(clock, until, now)
            case "resume":
                clock = clocks.resume(clock, now)
                ran, stood = ran + stood, timedelta(0)
        clock = clock_of(clock_text(clock))
        left = clock.due_at + (now - clock.paused_at if clock.paused_at else timedelta(0)) - now

        assert ran + stood + paused == now - clock.started_at
        assert ran + stood + left == whole


@given(NAMES, INSTANTS, LIMITS, SPANS)
def test_an_approved_date_counts_every_hour(name, at, limit, more):
    clock = a_clock(name, at, limit)

    longer = clocks.extend(clock, clock.due_at + more, at + HOUR)

    span = longer.due_at - longer.started_at
    reminders = [rung_at for rung_at, rung in clocks.rung_times(longer) if rung.startswith("reminder")]
    assert (longer.due_at, longer.first_due) == (clock.due_at + more, clock.due_at)
    assert reminders == [longer.started_at + span * 0.5, longer.started_at + span * 0.8]
    assert clock_of(clock_text(longer)) == longer


@pytest.mark.parametrize("kind", clocks.KINDS)
def test_only_the_categorys_own_limits_follow_its_calendar(kind):
    category = replace(CITY.categories[POTHOLE], calendar="working_hours")
    evening = NOW + 12 * HOUR
    own = kind in ("coordination", "resolution", "location", "rework")
    limits = {"coordination": 6, "resolution": 72, "location": 3}

    if kind in limits:
        clock = clocks.start(kind, evening, limits[kind] * 3600, calendar.of_category(category, CITY))
    else:
        clock = clocks.start_for(kind, evening, category, CITY)

    assert bool(clock.reminders) is own


def test_every_category_counts_every_hour_until_the_city_says_otherwise():
    assert {category.calendar for category in CITY.categories.values()} == {"calendar"}
