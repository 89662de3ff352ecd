"""The one use case of every change after the first: load, decide by the table, commit, show. Nothing after the commit
can fail the request; nothing is sent from inside it."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.application.handling.access import CaseAccess
from chalicelib.application.handling.following import Following, read_contact
from chalicelib.application.handling.named_things import NamedThings
from chalicelib.application.people.identity import check_reads_cases, check_unspent
from chalicelib.application.ports.cases import RACES, CaseFile, Complaints, LostRaceError, PhotoMovedError, as_erased
from chalicelib.application.ports.followers import KeyReusedError
from chalicelib.application.reading.view_parts import by_view, unit_view
from chalicelib.application.reading.views import Views
from chalicelib.application.routing.router import Router
from chalicelib.domain.actions.reporting import check_pace, contact_of
from chalicelib.domain.actions.verbs import VERBS
from chalicelib.domain.actor import Actor
from chalicelib.domain.decide import ActionRequest, check, decide
from chalicelib.domain.errors import (
    ConflictError,
    FieldError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
    UnavailableError,
)
from chalicelib.domain.lifecycle import ROWS, is_for_everybody
from chalicelib.domain.needs import Needs
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class ActionInput:
    """An action as a client sent it: `needs` is what could be read, `misformed` what could not. `body_hash` (hex) is of
    the whole body as sent, so that a repeated key with another body is seen; `key` is the Idempotency-Key."""

    action: str
    needs: Needs
    body_hash: str
    version: int | None = None
    misformed: tuple[FieldError, ...] = ()
    key: str | None = None

    def operation(self, actor: Actor) -> str | None:
        """The event's own id for a client's key: nobody can take another's."""
        if self.key is None:
            return None
        return hashlib.sha256(f"{actor.role}\x00{actor.id}\x00{self.key}".encode()).hexdigest()[:32]


class Act:
    """`things` looks up what an action names. `salt` answers fresh base64 salts, `random_id` fresh ids: without a key
    every action is an operation of its own, so that a lost answer is told from somebody else's like action. `now` is
    the domain's time."""

    def __init__(
        self,
        *,
        complaints: Complaints,
        things: NamedThings,
        views: Views,
        route: Router,
        follow: Following,
        reference: Reference,
        now: Callable[[], datetime],
        salt: Callable[[], str],
        random_id: Callable[[], str],
    ) -> None:
        self._complaints = complaints
        self._things = things
        self._views = views
        self._route = route
        self._follow = follow
        self._reference = reference
        self._now = now
        self._salt = salt
        self._random_id = random_id

    def __call__(self, access: CaseAccess, sent: ActionInput) -> dict[str, Any]:
        """The caller's new view. Raises NotFoundError, NotAllowedError, InvalidError, ConflictError, TooManyError,
        GoneError."""
        check_reads_cases(access.actor)
        case = access.case
        if case is None or sent.action not in VERBS:  # nobody lodges a case that is there
            raise NotFoundError
        for _ in range(RACES):
            if self._was_done(sent, access.actor, case):  # even where the deed itself took the case out of sight
                return self._views.shown_to(access.actor, case)
            check_unspent(access.actor, case.complaint)
            if not self._may_ask(sent.action, access.actor, case):
                raise NotFoundError
            try:
                return self._views.shown_to(access.actor, self._done(sent, access.actor, case))
            except LostRaceError:
                case = self._again(case)
        raise UnavailableError("dynamodb")

    def _may_ask(self, action: str, actor: Actor, case: CaseFile) -> bool:
        """Whether the case is there for this person; for what everybody may do it is."""
        return is_for_everybody(action) or self._views.is_there_for(actor, case.complaint)

    def _again(self, case: CaseFile) -> CaseFile:
        found = self._complaints.case_file(case.complaint.number)
        if found is None:
            raise NotFoundError
        return found

    def _was_done(self, sent: ActionInput, actor: Actor, case: CaseFile) -> bool:
        """Whether this very operation stands in the history. Raises ConflictError (key_reused) for another body."""
        operation = sent.operation(actor)
        event = next((e for e in case.events if operation and e.operation == operation), None)
        if event is None:
            return False
        if event.body_hash != sent.body_hash:
            offered = self._views.offered(case.complaint, actor)
            raise ConflictError("key_reused", version=case.complaint.version, allowed_actions=offered)
        return True

    def _done(self, sent: ActionInput, actor: Actor, case: CaseFile) -> CaseFile:
        """The case after the action, committed."""
        request = self._request(sent, actor, case)
        try:
            decision = decide(case.complaint, request, reference=self._reference, now=self._now(), salt=self._salt())
        except ConflictError as conflict:
            raise self._with_changes(conflict, sent, case) from conflict
        except (NotAllowedError, InvalidError) as refusal:
            raise self._overtaken(request, sent, case) or refusal from refusal
        if not decision.changes:
            return self._followed(request, case)
        check_pace(decision.event, case.events)
        try:
            self._complaints.commit(decision)
        except PhotoMovedError as moved:
            offered = self._views.offered(case.complaint, actor)
            raise ConflictError("photo_not_ready", version=case.complaint.version, allowed_actions=offered) from moved
        if request.named.route:
            self._route.settle(request.named.route)
        tasks = {(task.kind, task.task_id): task for task in (*case.tasks, *decision.tasks)}
        events = [*case.events, decision.event]
        return as_erased(replace(case, complaint=decision.complaint, events=events, tasks=list(tasks.values())))

    def _followed(self, request: ActionRequest, case: CaseFile) -> CaseFile:
        """The case with its new follower, counted again."""
        number, since = case.complaint.number, case.complaint.sequence
        contact, _ = read_contact(contact_of(request.needs))
        named = {"operation": request.operation or "", "body_hash": request.body_hash} if request.body_hash else {}
        try:
            refusal = None if self._follow(number, contact, since=since, **named) else "state_forbids"
        except KeyReusedError:
            refusal = "key_reused"
        if refusal:
            offered = self._views.offered(case.complaint, request.actor)
            raise ConflictError(refusal, version=case.complaint.version, allowed_actions=offered)
        return self._again(case)

    def _request(self, sent: ActionInput, actor: Actor, case: CaseFile) -> ActionRequest:
        named, faults = self._things.find(sent.needs, case, is_judged="validation" in ROWS[sent.action].starts)
        _, unreachable = read_contact(contact_of(sent.needs))
        operation = sent.operation(actor)
        return ActionRequest(
            sent.action,
            actor,
            sent.needs,
            named=named,
            version=sent.version,
            misformed=(*sent.misformed, *faults, *unreachable, *_unversioned(sent)),
            operation=operation or self._random_id(),
            body_hash=sent.body_hash if operation else None,
        )

    def _overtaken(self, request: ActionRequest, sent: ActionInput, case: CaseFile) -> ConflictError | None:
        """Somebody was faster: what was right on the case as the caller has seen it is a conflict, not their fault."""
        seen = next((event for event in case.events if event.version == sent.version), None)
        if seen is None or sent.version == case.complaint.version:
            return None
        then = replace(case.complaint, unit=seen.unit, status=seen.status)
        try:
            check(request.in_situation(then, self._reference, self._now()), request)
        except (NotAllowedError, InvalidError):
            return None
        offered = self._views.offered(case.complaint, request.actor)
        conflict = ConflictError("version_conflict", version=case.complaint.version, allowed_actions=offered)
        return self._with_changes(conflict, sent, case)

    def _with_changes(self, conflict: ConflictError, sent: ActionInput, case: CaseFile) -> ConflictError:
        """A stale view is told what happened since."""
        if conflict.code == "version_conflict" and sent.version is not None:
            conflict.changes = [
                {
                    "version": event.version,
                    "action": event.action,
                    "at": event.at.isoformat(),
                    "unit": unit_view(event.unit, self._reference),
                    "by": by_view(event, self._reference),
                }
                for event in case.events
                if event.version > sent.version and not ROWS[event.action].quiet
            ]
        return conflict


def _unversioned(sent: ActionInput) -> tuple[FieldError, ...]:
    is_there = sent.version is not None or any(fault.field == "version" for fault in sent.misformed)
    wanted = not is_there and not ROWS[sent.action].quiet
    return (FieldError("version", "required", "Say which version of the case you have seen"),) if wanted else ()
