"""`project`: what the city shows and counts of a case, always computed whole from the case as it is now. So an event
that comes twice, late or in the wrong order changes nothing, and a rebuild gives the same rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.application.intake.placing import rounded
from chalicelib.application.ports.cases import CaseFile, Complaints, LostRaceError, with_whole_history
from chalicelib.application.ports.public import FiledCase, ListedCase, Projection, PublicLists, RoutedCase
from chalicelib.application.ports.queues import QueueEntry
from chalicelib.application.reading.counting import tally_of
from chalicelib.application.reading.dating import dated, dated_lines
from chalicelib.domain import routing
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import Event
from chalicelib.domain.case.filing import filing
from chalicelib.domain.case.publicity import publicity
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
        projection = self._projection(number, sequence)
        return projection is not None and self._lists.keep(projection)

    def together(self, newest: Mapping[str, int]) -> dict[str, bool]:
        """The same for several cases, by number; those that are left out must be projected by themselves. Raises what
        one of them would raise."""
        found = {number: self._projection(number, sequence) for number, sequence in newest.items()}
        kept = self._lists.keep_together([one for one in found.values() if one])
        return {number: False for number, one in found.items() if one is None} | kept

    def _projection(self, number: str, sequence: int) -> Projection | None:
        case = self._complaints.case_file(number)
        if case is None:
            return None
        if case.complaint.sequence < sequence:
            raise LostRaceError(number)
        case = with_whole_history(case, self._complaints)
        return projection_of(case, self._categories[case.complaint.category])


def projection_of(case: CaseFile, category: Category) -> Projection:
    """A pure function of the case's rows: no clock."""
    complaint = case.complaint
    shown = publicity(complaint, category)
    return Projection(
        number=complaint.number,
        sequence=complaint.sequence,
        tally=tally_of(case, category),
        open_since=complaint.received_at if complaint.is_open else None,
        listed=_listed(case, category),
        overdue=_overdue(complaint),
        filed=_filed(case, category),
        routed=_routed(case, category),
        dated=dated(case, shown),
        lines=dated_lines(case, shown),
    )


def _routed(case: CaseFile, category: Category) -> RoutedCase:
    """As the last decision on a first receiver was asked: at the receipt, when the place was found, or for another
    category. A case that was lodged before rules were on record counts as it was received."""
    first = case.first
    asked = [first, *(event for event in case.events if event.status == "waiting" and "rule" in event.facts)]
    last = asked[-1]
    category_then = _last_fact(asked, "category")
    answers = first.words.get("answers") or {} if category_then == first.facts["category"] else {}
    return RoutedCase(
        at=first.at,
        category=category_then,
        area=_last_fact(asked, "area"),
        channel=first.facts["channel"],
        unit=last.unit,
        answers=chosen(category, answers) if category.code == category_then else {},
    )


def _last_fact(events: Sequence[Event], name: str) -> Any:
    return next((event.facts[name] for event in reversed(events) if name in event.facts), None)


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
    return _entry(complaint, int(min(late).timestamp()))


def _filed(case: CaseFile, category: Category) -> FiledCase | None:
    """Sorted by the last decision; `due` is of what runs, else the time of that decision."""
    filed = filing(case.complaint, case.events, category)
    if filed is None:
        return None
    running = [clock.due_at for clock in case.complaint.clocks.values() if clock.running]
    return FiledCase(filed, _entry(case.complaint, int(min(running, default=filed.decided_at).timestamp())))


def _entry(complaint: Complaint, due: int) -> QueueEntry:
    return QueueEntry(
        number=complaint.number,
        status=complaint.status,
        version=complaint.version,
        category=complaint.category,
        area=complaint.area,
        unit=complaint.unit,
        channel=complaint.channel,
        received_at=complaint.received_at,
        due=due,
        clocks=complaint.clocks,
        task_id=complaint.number,
        assignee=complaint.assignee,
        summary=complaint.summary,
    )
