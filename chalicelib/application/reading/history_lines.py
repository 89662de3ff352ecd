"""The lines of a case's history, as each audience reads them."""

from collections.abc import Callable, Sequence

from chalicelib.application.ports.cases import LAST_EVENTS, CaseFile
from chalicelib.application.reading.public_history import is_public_line, is_readable
from chalicelib.application.reading.view_parts import View, line_view, particulars
from chalicelib.domain.actor import PUBLIC, REPORTER, RESPONDENT, Actor
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import Event
from chalicelib.domain.case.publicity import publicity
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass

Lines = Callable[[Complaint, Sequence[Event]], list[View]]


@dataclass(frozen=True, slots=True)
class HistoryLines:
    """Each method answers the lines that one audience reads of a part of the history."""

    reference: Reference

    def shown_to(self, actor: Actor, *, sees: bool) -> Lines:
        """The lines of the view that somebody is shown. `sees`: whether the staff view opens for them."""
        if actor.only:
            return self.public if actor == RESPONDENT else self.of_agency(actor)
        if actor == REPORTER:
            return self.own
        return self.staff if sees else self.public

    def public(self, complaint: Complaint, events: Sequence[Event]) -> list[View]:
        return self._for_all(complaint, events, reader=PUBLIC)

    def of_agency(self, actor: Actor) -> Lines:
        """The public ones, with its own words, unless the case is hidden."""
        return lambda complaint, events: self._for_all(complaint, events, reader=actor)

    def own(self, _complaint: Complaint, events: Sequence[Event]) -> list[View]:
        """The lines of the reporter's view."""
        return [self._line(event, text=True) for event in events if is_public_line(event)]

    def staff(self, _complaint: Complaint, events: Sequence[Event]) -> list[View]:
        return [self._line(event, text=True) for event in events]

    def _for_all(self, complaint: Complaint, events: Sequence[Event], *, reader: Actor) -> list[View]:
        described = publicity(complaint, self.reference.categories[complaint.category]).described
        own = reader.id if complaint.hidden is None else ""

        def readable(event: Event) -> bool:
            return event.actor == own or (described and is_readable(event))

        return [self._line(e, text=readable(e), named=described) for e in events if is_public_line(e)]

    def _line(self, event: Event, *, text: bool, named: bool = True) -> View:
        return line_view(event, self.reference, text=text) | (particulars(event, self.reference) if named else {})


def window(case: CaseFile, lines: Lines) -> View:
    """The line of the report and the last ones, 200 in all; where there are others between them, where those end."""
    if case.lodged is None:
        return {"timeline": lines(case.complaint, case.events)}
    shown = [case.lodged, *case.events[1 - LAST_EVENTS :]]
    more = {"timeline_before": shown[1].sequence} if shown[1].sequence > shown[0].sequence + 1 else {}
    return {"timeline": lines(case.complaint, shown), **more}
