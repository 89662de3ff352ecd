"""Decisions: from a complaint and an action to the next complaint and its event. Pure: time, salt and what the action
names are parameters. Refusals come in the contract's order: 403, 422, 409."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chalicelib.domain import clocks, rights, routing
from chalicelib.domain.actor import SYSTEM, Actor
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.effects import EFFECTS, Change, facts, moved_clocks
from chalicelib.domain.errors import ConflictError, InvalidError, NotAllowedError
from chalicelib.domain.events import Event
from chalicelib.domain.lifecycle import ROWS, TABLE, Row
from chalicelib.domain.needs import Particulars, faults
from chalicelib.domain.reference import Reference

WORDS = ("text",)


@dataclass(frozen=True, slots=True)
class Request:
    """An action that somebody asks for. `version` is what the caller has seen; quiet actions need none."""

    action: str
    actor: Actor
    given: Particulars
    version: int | None = None
    operation: str | None = None
    body_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The next complaint and the event that leads to it."""

    complaint: Complaint
    event: Event


def allowed_actions(complaint: Complaint, actor: Actor, *, reference: Reference, now: datetime) -> list[str]:
    """What this actor may do now, in the table's order."""
    held = rights.grants(actor, complaint, reference)
    return [row.action for row in TABLE if held.intersection(row.who) and rights.possible(row, complaint, held, now)]


def decide(complaint: Complaint, request: Request, *, reference: Reference, now: datetime, salt: str) -> Decision:
    """Raises NotAllowedError, InvalidError or ConflictError (version_conflict, state_forbids, photo_not_ready)."""
    row = ROWS[request.action]
    held = check(complaint, request, reference=reference, now=now)
    _check_state(row, complaint, request, held, reference=reference, now=now)
    return _apply(row, complaint, request, reference=reference, now=now, salt=salt)


def check(complaint: Complaint, request: Request, *, reference: Reference, now: datetime) -> set[str]:
    """What the actor holds on the case. Raises NotAllowedError, then InvalidError: the refusals before the state's."""
    row, actor = ROWS[request.action], request.actor
    held = rights.grants(actor, complaint, reference)
    if not held.intersection(row.who):
        raise _not_allowed(row, complaint, held, reference)
    wrong = faults(row, complaint, actor, request.given, reference=reference, now=now)
    if wrong:
        raise InvalidError(wrong)
    return held


def _not_allowed(row: Row, complaint: Complaint, held: set[str], reference: Reference) -> NotAllowedError:
    if "closer" in row.who and "holder" in held:
        owner = routing.owner_unit(reference, category=complaint.category, area=complaint.area, owner=complaint.owner)
        return NotAllowedError("Another unit has the authority", code="not_your_authority", owner=owner)
    return NotAllowedError()


def _check_state(
    row: Row, complaint: Complaint, request: Request, held: set[str], *, reference: Reference, now: datetime
) -> None:
    offered = allowed_actions(complaint, request.actor, reference=reference, now=now)
    if not row.quiet and request.version != complaint.version and request.actor != SYSTEM:
        raise ConflictError("version_conflict", version=complaint.version, allowed_actions=offered)
    if not rights.possible(row, complaint, held, now):
        raise ConflictError("state_forbids", version=complaint.version, allowed_actions=offered)
    if any(request.given.photos[name].state != "ready" for name in request.given.values.get("photos") or []):
        raise ConflictError("photo_not_ready", version=complaint.version, allowed_actions=offered)


def _apply(
    row: Row, complaint: Complaint, request: Request, *, reference: Reference, now: datetime, salt: str
) -> Decision:
    changed = replace(
        complaint,
        status=row.to or complaint.status,
        version=complaint.version + (0 if row.quiet else 1),
        sequence=complaint.sequence + 1,
        clocks=moved_clocks(row, complaint, reference.categories[complaint.category], now),
    )
    effect = EFFECTS.get(row.action)
    change = Change(complaint, actor=request.actor, given=request.given, reference=reference, now=now)
    changed = effect(changed, change) if effect else changed
    return seal(changed, complaint, request, now=now, salt=salt, facts=facts(row, complaint, changed, request.given))


def seal(
    changed: Complaint,
    complaint: Complaint,
    request: Request,
    *,
    now: datetime,
    salt: str,
    facts: Mapping[str, Any],
) -> Decision:
    """The event of a change, chained to the one before, and the complaint that carries its digest."""
    actor, values = request.actor, request.given.values
    words = {key: value for key, value in values.items() if key in WORDS and value}
    if values.get("location") is not None:
        words["location"] = values["location"]
    event = Event(
        number=complaint.number,
        sequence=changed.sequence,
        version=changed.version,
        at=now,
        action=request.action,
        status=changed.status,
        before=complaint.status,
        role=actor.role,
        actor=actor.id,
        actor_unit=actor.unit,
        unit=changed.unit,
        facts=facts,
        words=words,
        operation=request.operation,
        body_hash=request.body_hash,
        salt=salt if words else "",
        prev=complaint.head,
    )
    return Decision(replace(changed, head=event.digest), event)


def ring(complaint: Complaint, *, reference: Reference, now: datetime, salt: str) -> Decision | None:
    """The next thing that is due, once: a rung on record, or the end of the confirmation window. None: nothing is."""
    alarm = clocks.next_alarm(complaint.clocks.values())
    if alarm is None or not clocks.is_due(alarm[0], alarm[2], now):
        return None
    _, clock, rung = alarm
    if rung == "end":
        request = Request("lapse", SYSTEM, Particulars({}))
        return _apply(ROWS["lapse"], complaint, request, reference=reference, now=now, salt=salt)
    rung_clock = replace(clock, rungs=(*clock.rungs, rung))
    changed = replace(complaint, sequence=complaint.sequence + 1, clocks={**complaint.clocks, clock.kind: rung_clock})
    request = Request("ring", SYSTEM, Particulars({}))
    return seal(changed, complaint, request, now=now, salt=salt, facts={"clock": clock.kind, "rung": rung})
