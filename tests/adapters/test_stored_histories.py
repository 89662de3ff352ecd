"""Cases that are stored and loaded between any two steps: no clock gains or loses a microsecond, nothing is
forgotten."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.adapters.dynamodb.cases.complaint_rows import complaint_of, complaint_row
from chalicelib.adapters.dynamodb.rows import ComplaintRow
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.clocks import WORK, Clock, latest
from tests.builders import CITY, DBM, EVERYBODY, LURAH, NOW, Life, a_life, an_actor, offered, plausible

STEPS = st.sampled_from(
    (
        *("ask", "answer", "extend", "approve_extension", "refuse_extension", "transfer", "coordinate", "accept"),
        *(
            "start",
            "assign",
            "propose_done",
            "validate",
            "refuse",
            "object",
            "recategorise",
            "refer",
            "recall",
            "sweep",
        ),
    )
)
SPANS = st.one_of(
    st.integers(0, 9 * 24 * 3600 * 10**6).map(lambda micros: timedelta(microseconds=micros)),
    st.sampled_from([timedelta(0), timedelta(microseconds=1), timedelta(milliseconds=1), timedelta(days=5)]),
)


def stored_and_loaded(case: Complaint) -> Complaint:
    """The same case, as the next request reads it."""
    return complaint_of(ComplaintRow.from_raw_data(complaint_row(case).serialize()))


def play(steps: list[tuple[str, timedelta]], *, storing: bool, blink: int) -> Life:
    """Whatever is possible of these steps, each after its time, by somebody who may."""
    life = a_life(now=NOW + timedelta(microseconds=blink), reachable=True)
    life.does(LURAH, "coordinate", unit=DBM)
    for action, span in steps:
        life.now += span
        life.complaint = stored_and_loaded(life.complaint) if storing else life.complaint
        if action == "sweep":
            life.rings()
            continue
        unit = life.complaint.unit
        holders = (an_actor("opd_officer", unit), an_actor("kelurahan_officer", unit))
        may = next((who for who in (*holders, *EVERYBODY) if action in offered(life.complaint, who, life.now)), None)
        if may:
            life.does(may, action, sent=plausible(action, life.complaint, may))
    return life


HISTORIES = st.lists(st.tuples(STEPS, SPANS), max_size=14)


@settings(max_examples=150)
@given(HISTORIES, st.integers(0, 999_999))
def test_a_case_that_is_stored_between_any_two_steps_is_the_same(
    steps: list[tuple[str, timedelta]], blink: int
) -> None:
    kept, stored = play(steps, storing=False, blink=blink), play(steps, storing=True, blink=blink)

    assert [event.action for event in stored.events] == [event.action for event in kept.events]
    assert stored.complaint.clocks == kept.complaint.clocks
    assert stored.complaint.custody == kept.complaint.custody
    assert (stored.complaint.extension, stored.complaint.outside) == (kept.complaint.extension, kept.complaint.outside)


@settings(max_examples=150)
@given(HISTORIES, st.integers(0, 999_999))
def test_elapsed_and_left_and_paused_are_the_whole_time(steps: list[tuple[str, timedelta]], blink: int) -> None:
    """The time that the work ran, by the history alone; what the stored clock says is left, and was paused."""
    life = play(steps, storing=True, blink=blink)
    (clock,) = latest(life.complaint.clocks, WORK)
    until = clock.stopped_at or life.now
    going_on = life.now - clock.paused_at if clock.paused_at else timedelta(0)

    elapsed, left = ran(life, clock, until), clock.due_at + going_on - until

    assert elapsed + left + clock.paused + going_on == due_by_history(life, clock) + going_on - clock.started_at


def ran(life: Life, clock: Clock, until: datetime) -> timedelta:
    """From its start to `until`, without the time in which the reporter was asked."""
    moments = [event for event in life.events if clock.started_at <= event.at <= until]
    ends = [*(event.at for event in moments[1:]), until]
    spans = [(event, end) for event, end in zip(moments, ends, strict=True) if event.status != "needs_info"]
    return sum((end - event.at for event, end in spans), moments[0].at - clock.started_at)


def due_by_history(life: Life, clock: Clock) -> datetime:
    """As whoever has nothing but the history reckons it."""
    category, due, asked = CITY.categories[life.events[0].facts["category"]], clock.started_at, None
    for event in life.events:
        if event.facts.get("former_category"):
            category = CITY.categories[event.facts["category"]]
        if event.at.replace(microsecond=0) == clock.started_at and due == clock.started_at:
            limit = category.resolution_limit if clock.kind == "resolution" else category.rework_limit
            due = clock.started_at + timedelta(seconds=limit)
        if event.moved and event.status == "needs_info":
            asked = event.at
        elif asked and event.moved:
            due, asked = due + (event.at - asked), None
        if event.facts.get("clock") == clock.kind and "until" in event.facts:
            due = datetime.fromisoformat(event.facts["until"])
        if clock.kind in event.facts.get("due", {}):
            due = datetime.fromisoformat(event.facts["due"][clock.kind])
    return due
