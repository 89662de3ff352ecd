"""What is counted of one case, computed whole from its rows, so that an event that comes twice or late changes nothing.
No clock is read: who still waits is told by the time of receipt."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.application.ports.cases import CaseFile
from chalicelib.domain import rights
from chalicelib.domain.actions.owning import first_answer
from chalicelib.domain.actions.proofs import first_solution, was_reopened
from chalicelib.domain.actions.rungs import rung_of
from chalicelib.domain.actor import SPEAK_FOR_REPORTER
from chalicelib.domain.case.complaint import ENDED, Complaint
from chalicelib.domain.case.events import Event
from chalicelib.domain.case.figures import Tally, Wait
from chalicelib.domain.clocks import LADDER, WORK, Clock
from chalicelib.domain.reference import Category

# Facts of the first event when a report says that a repaired problem is back (`returns` of the draft): the number of
# the case that had ended, and the unit that had worked it.
RETURNS, REPAIRED_BY = "returns", "returns_unit"


def tally_of(case: CaseFile, category: Category) -> Tally:
    """`case` with its whole history."""
    complaint, events = case.complaint, case.events
    answer = None if complaint.status == "waiting" else first_answer(events)
    waits = {"coordination": _answer(complaint, events, answer), "resolution": _solution(complaint, events)}
    counts = _counts(complaint, events) | _times_kept(complaint, events, waits)
    return Tally(
        received_at=complaint.received_at,
        channel=complaint.channel,
        category=complaint.category,
        unit=complaint.unit,
        first_unit=_holder_before(answer, events) if answer else complaint.unit,
        status=complaint.status,
        counts={name: int(number) for name, number in counts.items() if number},
        waits=waits,
        area=complaint.area,
        repaired_by=events[0].facts.get(REPAIRED_BY),
        restricted=rights.is_restricted(complaint, category),
    )


def _counts(complaint: Complaint, events: Sequence[Event]) -> dict[str, int]:
    done = _is_done(complaint)
    return {
        "received": 1,
        "open": complaint.is_open,
        "done": done,
        "confirmed": done and _closed_by_reporter(events),
        "unsolved": complaint.status in _JUDGED and not done,
        "rejected": complaint.status == "rejected",
        "withdrawn": complaint.status == "withdrawn",
        "merged": complaint.status == "merged",
        "reopened": was_reopened(events),
        "returned": RETURNS in events[0].facts,
        "hops": complaint.hops,
        "rated": complaint.rating is not None,
        "stars": complaint.rating or 0,
        "asked": 1,
    }


def _times_kept(complaint: Complaint, events: Sequence[Event], waits: dict[str, Wait]) -> dict[str, int]:
    """In time: answered, and not late. Late: the due time has passed, answered or not. Neither: it may still be in
    time, or nobody has to answer any more."""
    rang = _rang_late(events)
    clocks = (clock for clock in complaint.clocks.values() if clock.kind in LADDER)
    late = {clock.kind: clock.kind in rang or clock.was_late() for clock in clocks}
    late_work = any(late.get(kind, False) for kind in WORK)
    answered, solved = (_was_answered(waits[kind]) for kind in ("coordination", "resolution"))
    return {
        "late": any(late.values()),
        "answered": answered,
        "answered_in_time": answered and not late["coordination"],
        "answered_late": late["coordination"],
        "solved": solved,
        "solved_in_time": solved and not late_work,
        "solved_late": late_work,
    }


_JUDGED = ("resolved", "closed")


def _is_done(complaint: Complaint) -> bool:
    solved = complaint.outcome is not None and complaint.outcome.code == "solved"
    return solved and complaint.status in _JUDGED


def _closed_by_reporter(events: Sequence[Event]) -> bool:
    return any(event.moved and event.status == "closed" and event.role in SPEAK_FOR_REPORTER for event in events)


def _rang_late(events: Sequence[Event]) -> set[str]:
    """The clocks whose breach was rung: more time that was approved afterwards makes no late case one in time."""
    rungs = filter(None, map(rung_of, events))
    return {rung.clock for rung in rungs if rung.rung == "breach"}


def _was_answered(wait: Wait) -> bool:
    return wait.seconds is not None and not wait.left


def _answer(complaint: Complaint, events: Sequence[Event], answer: Event | None) -> Wait:
    """Until the case last left `waiting`. A rejected or withdrawn one was not answered: it left."""
    clock = complaint.clocks["coordination"]
    if answer:
        return Wait(_seconds(clock, answer.at), left=answer.status in ENDED)
    return _still_or_left(complaint, clock, events)


def _solution(complaint: Complaint, events: Sequence[Event]) -> Wait:
    """Until the first proof of a solution that was validated, whatever came later; what ends otherwise has left."""
    clock, proof = complaint.clocks["resolution"], first_solution(events)
    return Wait(_seconds(clock, proof.at)) if proof else _still_or_left(complaint, clock, events)


def _still_or_left(complaint: Complaint, clock: Clock, events: Sequence[Event]) -> Wait:
    return Wait() if complaint.is_open else Wait(_seconds(clock, _ended_at(events)), left=True)


def _ended_at(events: Sequence[Event]) -> datetime:
    """When the case became one that nobody works, for the last time."""
    last = len(events) - 1
    while last > 0 and events[last - 1].status in ENDED:
        last -= 1
    return events[last].at


def _seconds(clock: Clock, at: datetime) -> int:
    """The seconds of the clock, without paused time."""
    return max(0, int((at - clock.started_at - clock.paused).total_seconds()))


def _holder_before(event: Event, events: Sequence[Event]) -> str:
    return next(e.unit for e in reversed(events) if e.sequence < event.sequence)
