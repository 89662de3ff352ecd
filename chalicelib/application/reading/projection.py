"""`project`: what the city shows and counts of a case, always computed whole from the case as it is now. So an event
that comes twice, late or in the wrong order changes nothing, and a rebuild gives the same rows."""

from collections.abc import Mapping, Sequence

from chalicelib.application.intake.placing import rounded
from chalicelib.application.ports.cases import CaseFile, Complaints, LostRaceError, with_whole_history
from chalicelib.application.ports.public import ListedCase, Projection, PublicLists, RoutedCase
from chalicelib.application.ports.queues import QueueEntry
from chalicelib.domain import routing
from chalicelib.domain.actions.owning import first_answer
from chalicelib.domain.actions.proof import first_solution, was_reopened
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import Event
from chalicelib.domain.case.figures import Tally
from chalicelib.domain.case.publicity import publicity
from chalicelib.domain.clocks import LADDER
from chalicelib.domain.reference import Category
from chalicelib.domain.routing_rules import chosen


class Project:
    """One event told: the case behind it is projected as it stands."""

    def __init__(self, *, complaints: Complaints, lists: PublicLists, categories: Mapping[str, Category]) -> None:
        self._complaints = complaints
        self._lists = lists
        self._categories = categories

    def __call__(self, number: str, sequence: int) -> bool:
        """Whether anything was new. A case that is gone is nothing to show. Raises LostRaceError (the message comes
        again) should the case stand before its own event: it was committed before it was told."""
        case = self._complaints.case_file(number)
        if case is None:
            return False
        if case.complaint.sequence < sequence:
            raise LostRaceError(number)
        case = with_whole_history(case, self._complaints)
        return self._lists.keep(projection_of(case, self._categories[case.complaint.category]))


def projection_of(case: CaseFile, category: Category) -> Projection:
    """A pure function of the case's rows: no clock."""
    complaint = case.complaint
    return Projection(
        number=complaint.number,
        sequence=complaint.sequence,
        tally=_tally(complaint, case.events),
        open_since=complaint.received_at if complaint.is_open else None,
        listed=_listed(case, category),
        overdue=_overdue(complaint),
        routed=_routed(case, category),
    )


def _routed(case: CaseFile, category: Category) -> RoutedCase:
    """As the last decision of the rules was asked: at the receipt, or when the place was found. A case that was lodged
    before rules were on record counts as it was received."""
    first = case.first
    asked = [event for event in case.events if "rule" in event.facts]
    last = asked[-1] if asked else first
    category_then = first.facts["category"]
    answers = first.words.get("answers") or {}
    return RoutedCase(
        at=first.at,
        category=category_then,
        area=last.facts.get("area"),
        channel=first.facts["channel"],
        unit=last.unit,
        answers=chosen(category, answers) if category.code == category_then else {},
    )


def _listed(case: CaseFile, category: Category) -> ListedCase | None:
    complaint = case.complaint
    if complaint.place is None or not complaint.is_open or not publicity(complaint, category).listed:
        return None
    return ListedCase(
        number=complaint.number,
        category=complaint.category,
        status=complaint.status,
        place=rounded(complaint.place),
        followers=case.followers,
        received_at=complaint.received_at,
        photo=_cleared(case),
    )


def _cleared(case: CaseFile) -> str | None:
    """A citizen's picture that a person cleared."""
    shown = (p for p in case.photos if p.photo_id in case.complaint.cleared and p.kind == "before")
    return next((photo.variants.small for photo in shown if photo.variants), None)


def _overdue(complaint: Complaint) -> QueueEntry | None:
    """A case is on the list from the moment its breach was rung until that clock stops, or the case ends."""
    late = [clock.due_at for clock in complaint.clocks.values() if clock.running and "breach" in clock.rungs]
    if not late or not complaint.is_open or complaint.unit == routing.INSPECTORATE:
        return None
    return QueueEntry(
        number=complaint.number,
        status=complaint.status,
        version=complaint.version,
        category=complaint.category,
        area=complaint.area,
        unit=complaint.unit,
        channel=complaint.channel,
        received_at=complaint.received_at,
        due=int(min(late).timestamp()),
        clocks=complaint.clocks,
        task_id=complaint.number,
        assignee=complaint.assignee,
        summary=complaint.summary,
    )


def _tally(complaint: Complaint, events: Sequence[Event]) -> Tally:
    done = not complaint.is_open and _done(complaint)
    claims = {
        "received": True,
        "open": complaint.is_open,
        "done": done,
        "late": any(complaint.clocks[kind].was_late() for kind in LADDER if kind in complaint.clocks),
        "reopened": was_reopened(events),
    }
    return Tally(frozenset(name for name, true in claims.items() if true), _seconds(complaint, events))


def _done(complaint: Complaint) -> bool:
    solved = complaint.outcome is not None and complaint.outcome.code == "solved"
    return solved and complaint.status in ("resolved", "closed")


def _seconds(complaint: Complaint, events: Sequence[Event]) -> dict[str, int]:
    """Coordination: until the city answered (a withdrawn report was never answered). Resolution: until the first
    proof of a solution that was validated. Both without paused time."""
    ends = {"coordination": first_answer(events), "resolution": first_solution(events)}
    return {
        kind: max(0, int((end.at - clock.started_at - clock.paused).total_seconds()))
        for kind, end in ends.items()
        if end and (clock := complaint.clocks.get(kind))
    }
