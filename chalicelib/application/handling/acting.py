"""The one use case of every change after the first: load, decide by the table, commit, show. Nothing after the commit
can fail the request; nothing is sent from inside it."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chalicelib.application.intake.placing import Placed, placed
from chalicelib.application.people.identity import check_reads_cases, check_secret
from chalicelib.application.ports.cases import CaseFile, Complaints, LostRaceError, PhotoMovedError
from chalicelib.application.ports.people import Staff
from chalicelib.application.reading.view_parts import unit_view
from chalicelib.application.reading.views import Views, all_photos
from chalicelib.domain import rights
from chalicelib.domain.actor import REPORTER, Actor
from chalicelib.domain.decide import Request, check, decide
from chalicelib.domain.errors import (
    ConflictError,
    FieldError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
    UnavailableError,
)
from chalicelib.domain.events import canonical
from chalicelib.domain.lifecycle import ROWS
from chalicelib.domain.needs import Officer, Particulars
from chalicelib.domain.places import Places
from chalicelib.domain.reference import Reference

RACES = 5  # lost on the sequence alone: a stranger's comment must not cost anybody his action


@dataclass(frozen=True, slots=True)
class Opened:
    """A case and who stands before it. `case` is None where there is none: told after the body was read."""

    actor: Actor
    case: CaseFile | None


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody asks for: `values` as sent, times parsed; `key` is the Idempotency-Key."""

    action: str
    values: Mapping[str, Any]
    version: int | None = None
    misformed: tuple[FieldError, ...] = ()
    key: str | None = None

    def body_hash(self) -> str:
        """128 bits of the action and everything that came with it."""
        sent = {"action": self.action, "version": self.version, "values": dict(self.values)}
        return hashlib.sha256(canonical(sent, default=str).encode()).hexdigest()[:32]

    def operation(self, actor: Actor) -> str | None:
        """The event's own id for a client's key: nobody can take another's."""
        if self.key is None:
            return None
        return hashlib.sha256(f"{actor.role}\x00{actor.id}\x00{self.key}".encode()).hexdigest()[:32]


class Act:
    """`salt` answers fresh base64 salts, `random_id` fresh ids: without a key every order is an operation of its own,
    so that a lost answer is told from somebody else's like action. `now` is the domain's time."""

    def __init__(
        self,
        *,
        complaints: Complaints,
        staff: Staff,
        places: Callable[[], Places],
        views: Views,
        reference: Reference,
        now: Callable[[], datetime],
        salt: Callable[[], str],
        random_id: Callable[[], str],
    ) -> None:
        self._complaints = complaints
        self._staff = staff
        self._places = places
        self._views = views
        self._reference = reference
        self._now = now
        self._salt = salt
        self._random_id = random_id

    def open_as_staff(self, number: str, actor: Actor) -> Opened:
        """The reporter's secret opens no staff route, and a token no reporter's."""
        return Opened(actor, self._complaints.case_file(number))

    def open_as_reporter(self, number: str, secret: str) -> Opened:
        """Raises UnauthenticatedError for a wrong secret."""
        case = self._complaints.case_file(number)
        if case is not None:
            check_secret(case.complaint, secret)
        return Opened(REPORTER, case)

    def __call__(self, opened: Opened, order: Order) -> dict[str, Any]:
        """The caller's new view. Raises NotFoundError, NotAllowedError, InvalidError, ConflictError."""
        check_reads_cases(opened.actor)
        case = opened.case
        if case is None or order.action not in ROWS:
            raise NotFoundError
        for _ in range(RACES):
            if self._was_done(order, opened.actor, case):  # even where the deed itself took the case out of sight
                return self._shown(opened.actor, case)
            if not self._sees(opened.actor, case):
                raise NotFoundError
            try:
                return self._shown(opened.actor, self._done(order, opened.actor, case))
            except LostRaceError:
                case = self._again(case)
        raise UnavailableError("dynamodb")

    def _again(self, case: CaseFile) -> CaseFile:
        found = self._complaints.case_file(case.complaint.number)
        if found is None:
            raise NotFoundError
        return found

    def _was_done(self, order: Order, actor: Actor, case: CaseFile) -> bool:
        """Whether this very operation stands in the history. Raises ConflictError (key_reused) for another body."""
        operation = order.operation(actor)
        event = next((e for e in case.events if operation and e.operation == operation), None)
        if event is None:
            return False
        if event.body_hash != order.body_hash():
            offered = self._views.offered(case.complaint, actor)
            raise ConflictError("key_reused", version=case.complaint.version, allowed_actions=offered)
        return True

    def _done(self, order: Order, actor: Actor, case: CaseFile) -> CaseFile:
        """The case after the action, committed."""
        given = self._particulars(order, case)
        operation = order.operation(actor)
        body_hash = order.body_hash() if operation else None
        request = Request(order.action, actor, given, order.version, operation or self._random_id(), body_hash)
        try:
            decision = decide(case.complaint, request, reference=self._reference, now=self._now(), salt=self._salt())
        except ConflictError as conflict:
            raise self._with_changes(conflict, order, case) from conflict
        except (NotAllowedError, InvalidError) as refusal:
            raise self._overtaken(request, order, case) or refusal from refusal
        photos = [given.photos[name] for name in given.values.get("photos") or ()]
        try:
            self._complaints.commit(case.complaint, decision.complaint, decision.event, photos)
        except PhotoMovedError as moved:
            offered = self._views.offered(case.complaint, actor)
            raise ConflictError("photo_not_ready", version=case.complaint.version, allowed_actions=offered) from moved
        return replace(case, complaint=decision.complaint, events=[*case.events, decision.event])

    def _overtaken(self, request: Request, order: Order, case: CaseFile) -> ConflictError | None:
        """Somebody was faster: what was right on the case as the caller has seen it is a conflict, no fault of his."""
        seen = next((event for event in case.events if event.version == order.version), None)
        if seen is None or order.version == case.complaint.version:
            return None
        then = replace(case.complaint, unit=seen.unit, status=seen.status)
        try:
            check(then, request, reference=self._reference, now=self._now())
        except (NotAllowedError, InvalidError):
            return None
        offered = self._views.offered(case.complaint, request.actor)
        conflict = ConflictError("version_conflict", version=case.complaint.version, allowed_actions=offered)
        return self._with_changes(conflict, order, case)

    def _with_changes(self, conflict: ConflictError, order: Order, case: CaseFile) -> ConflictError:
        """A stale view is told what happened since."""
        if conflict.code == "version_conflict" and order.version is not None:
            conflict.changes = [
                {
                    "version": event.version,
                    "action": event.action,
                    "at": event.at.isoformat(),
                    "unit": unit_view(event.unit, self._reference),
                }
                for event in case.events
                if event.version > order.version and not ROWS[event.action].quiet
            ]
        return conflict

    def _particulars(self, order: Order, case: CaseFile) -> Particulars:
        """What the order names: the photos of this case, the officer, the place."""
        where = self._placed(order)
        faults = (*order.misformed, where) if isinstance(where, FieldError) else order.misformed
        found = where if isinstance(where, Placed) else None
        return Particulars(
            values=order.values,
            misformed=(*faults, *_unversioned(order)),
            photos={photo.photo_id: photo for photo in all_photos(case)} if order.values.get("photos") else {},
            officer=self._officer(order.values.get("officer")),
            area=found.area if found else None,
            place=found.place if found else None,
        )

    def _placed(self, order: Order) -> Placed | FieldError | None:
        location = order.values.get("location")
        return placed(location, places=self._places(), reference=self._reference) if location else None

    def _officer(self, username: str | None) -> Officer | None:
        member = self._staff.member(username) if username else None
        return Officer(member.username, member.unit, member.role) if member and not member.disabled else None

    def _sees(self, actor: Actor, case: CaseFile) -> bool:
        return rights.sees(actor, case.complaint, self._reference, self._now())

    def _shown(self, actor: Actor, case: CaseFile) -> dict[str, Any]:
        """Who has handed the case on may have lost sight of it: then it is what everybody sees."""
        if actor == REPORTER:
            return self._views.reporter(case)
        return self._views.staff(case, actor) if self._sees(actor, case) else self._views.public(case)


def _unversioned(order: Order) -> tuple[FieldError, ...]:
    named = {fault.field for fault in order.misformed}
    if order.version is not None or ROWS[order.action].quiet or "version" in named:
        return ()
    return (FieldError("version", "required", "Say which version of the case you have seen"),)
