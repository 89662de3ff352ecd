"""Looking at one case: who asks decides which view it is. Not there and not yours to see are the same answer."""

from typing import TYPE_CHECKING, Any

from chalicelib.application.ports.cases import CaseFile, Complaints
from chalicelib.application.reading.views import Views
from chalicelib.domain.actor import PUBLIC, REPORTER, Actor
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.erasure import as_left
from chalicelib.domain.errors import NotFoundError

if TYPE_CHECKING:
    from chalicelib.application.people.identity import Names


class Tracking:
    """Shows one case to whoever asks, as far as they may see it. The modules that check a secret are
    imported with the first one: most who look send none."""

    def __init__(self, *, complaints: Complaints, views: Views, names: "Names") -> None:
        """`names` answers the pseudonyms of a pass."""
        self._complaints = complaints
        self._names = names
        self._views = views

    def public(self, number: str) -> dict[str, Any]:
        return self._views.public(self._case(number))

    def of_reporter(self, number: str, secret: str) -> dict[str, Any]:
        """By the reporter's secret, by the link of a question or by that of an agency, which show less. Raises
        UnauthenticatedError, GoneError."""
        from chalicelib.application.people.identity import actor_by, check_unspent

        case = self._case(number)
        actor = actor_by(case, secret, self._names)
        check_unspent(actor, case.complaint)
        return self._views.shown_to(actor, case)

    def of_anybody(self, number: str, actor: Actor) -> dict[str, Any]:
        """The staff view where the role opens it, else what everybody sees."""
        case = self._case(number)
        return self._views.shown_to(actor, case)

    def of_staff(self, number: str, actor: Actor) -> dict[str, Any]:
        """Raises NotAllowedError for who reads no case at all, NotFoundError for who does not see this one."""
        from chalicelib.application.people.identity import check_reads_cases

        check_reads_cases(actor)
        case = self._case(number)
        if not self._views.sees(actor, case.complaint):
            raise NotFoundError
        return self._views.staff(case, actor)

    def timeline(self, number: str, before: int, *, secret: str | None = None, actor: Actor = PUBLIC) -> dict[str, Any]:
        """The lines before this sequence, oldest first, as the same person's view shows them: {items, next_before};
        None where nothing is older. By a secret or link as `of_reporter`. Raises UnauthenticatedError, GoneError."""
        complaint = self._complaints.load(number)
        if complaint is None:
            raise NotFoundError
        asking = actor if secret is None else self._by(secret, complaint)
        lines = self._views.lines.shown_to(asking, sees=self._views.sees(asking, complaint))
        events = [as_left(event, complaint.erased) for event in self._complaints.events_before(number, before)]
        is_more = bool(events) and events[0].sequence > 1
        return {"items": lines(complaint, events), "next_before": events[0].sequence if is_more else None}

    def _by(self, secret: str, complaint: Complaint) -> Actor:
        """The case is read whole only for a link: a reporter's own secret stands in its row."""
        from chalicelib.application.people.identity import actor_by, check_unspent, is_own

        if is_own(complaint, secret):
            return REPORTER
        actor = actor_by(self._case(complaint.number), secret, self._names)
        check_unspent(actor, complaint)
        return actor

    def _case(self, number: str) -> CaseFile:
        case = self._complaints.case_file(number)
        if case is None:
            raise NotFoundError
        return case
