"""Decisions: from a complaint and an action to the next complaint and its event. Pure: time, salt and what the action
names are parameters. The order is rights → needs → state → move → effect → seal, and refusals come in the contract's
order: 403, 422, 409. What a verb does is in `actions`; no verb is named here."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.domain import clocks, rights, routing
from chalicelib.domain.actions.ringing import ENDS, Ring
from chalicelib.domain.actions.rungs import RING, Rung
from chalicelib.domain.actions.verbs import VERBS
from chalicelib.domain.actor import SYSTEM, Actor
from chalicelib.domain.case.complaint import UNREAD, Complaint
from chalicelib.domain.case.evidence import Photo
from chalicelib.domain.case.tasks import parts_moved
from chalicelib.domain.clocks import Clock
from chalicelib.domain.conditions import allowed_actions, is_possible
from chalicelib.domain.consequences import with_consequences
from chalicelib.domain.decision import Change, Decision, Stamp, seal, withheld_facts
from chalicelib.domain.errors import ConflictError, FieldError, InvalidError, NotAllowedError
from chalicelib.domain.lifecycle import RETURNED_FROM, ROWS, Row
from chalicelib.domain.needs import Needs, WithReason, WithText, photos_of, reason_faults, words_of
from chalicelib.domain.reference import Reference
from chalicelib.domain.situation import NOTHING_NAMED, Named, Situation
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class ActionRequest:
    """An action that somebody asks for. `version` is what the caller has seen; quiet actions need none. `misformed`:
    fields that could not be read, reported with all other faults."""

    action: str
    actor: Actor
    needs: Needs
    named: Named = NOTHING_NAMED
    version: int | None = None
    misformed: tuple[FieldError, ...] = ()
    operation: str | None = None
    body_hash: str | None = None

    def in_situation(self, complaint: Complaint, reference: Reference, now: datetime) -> Situation[Needs]:
        return Situation(complaint, self.actor, self.needs, reference, now, self.named)


def decide(complaint: Complaint, request: ActionRequest, *, reference: Reference, now: datetime, salt: str) -> Decision:
    """Raises NotAllowedError, InvalidError or ConflictError (version_conflict, state_forbids, photo_not_ready). Without
    changes where the row is unrecorded."""
    row, situation = ROWS[request.action], request.in_situation(complaint, reference, now)
    held = check(situation, request)
    _check_state(row, situation, request.version, held)
    if row.unrecorded:
        return Decision(())
    stamp = Stamp(row.action, request.actor, now, salt, request.operation, request.body_hash)
    return _apply(row, situation, stamp)


def check(situation: Situation[Needs], request: ActionRequest) -> set[str]:
    """The grants that the actor holds. Raises NotAllowedError, then InvalidError: the refusals before the state's."""
    row = ROWS[request.action]
    held = rights.grants(situation.actor, situation.complaint, situation.reference)
    if not held.intersection(row.who):
        raise _not_allowed(row, situation, held)
    wrong = _faults(row, situation, request.misformed)
    if wrong:
        raise InvalidError(wrong)
    return held


def _not_allowed(row: Row, situation: Situation[Needs], held: set[str]) -> NotAllowedError:
    if "closer" in row.who and "holder" in held:
        case = situation.complaint
        owner = routing.owner_unit(
            situation.reference, category=case.category, area=case.area, owner=case.owner, route=case.standing_route
        )
        return NotAllowedError("Another unit has the authority", code="not_your_authority", owner=owner)
    return NotAllowedError()


def _faults(row: Row, situation: Situation[Needs], misformed: tuple[FieldError, ...]) -> list[FieldError]:
    """Everything that is wrong with what was sent, each field once; empty when nothing is."""
    needs, unread = situation.needs, {fault.field.partition(".")[0] for fault in misformed}
    found = [FieldError(n, "required", "This is needed") for n in row.required if getattr(needs, n) in (None, "", ())]
    found += VERBS[row.action].faults(situation)
    found += reason_faults(row.action, needs.reason_code) if isinstance(needs, WithReason) else []
    found += _photo_faults(situation)
    return [*misformed, *(fault for fault in found if fault.field not in unread)]


def _photo_faults(situation: Situation[Needs]) -> list[FieldError]:
    ids, known = photos_of(situation.needs), situation.named.photos
    uploader = "reporter" if situation.actor.role == "reporter" else situation.actor.id
    foreign = any(photo not in known or known[photo].uploader != uploader for photo in ids)
    if foreign or len(set(ids)) != len(ids):
        return [FieldError("photos", "value", "Name each of your own uploads on this case once")]
    return []


def _photos(situation: Situation[Needs]) -> tuple[Photo, ...]:
    return tuple(situation.named.photos[name] for name in photos_of(situation.needs))


def _check_state(row: Row, situation: Situation[Needs], version: int | None, held: set[str]) -> None:
    complaint, now = situation.complaint, situation.now
    code = None
    if not row.quiet and version != complaint.version and situation.actor != SYSTEM:
        code = "version_conflict"
    elif not is_possible(row, complaint, held, now) or VERBS[row.action].full(situation):
        code = "state_forbids"
    elif any(photo.state != "ready" for photo in _photos(situation)):
        code = "photo_not_ready"
    if code:
        offered = allowed_actions(complaint, situation.actor, reference=situation.reference, now=now)
        raise ConflictError(code, version=complaint.version, allowed_actions=offered)


def _apply(row: Row, situation: Situation[Any], stamp: Stamp) -> Decision:
    before, verb = situation.complaint, VERBS[row.action]
    after = verb.effect(_moved(row, situation), situation)
    after, settled = with_consequences(
        row, before, after, actor=situation.actor, reference=situation.reference, now=situation.now
    )
    facts = _shared_facts(situation) | verb.facts(after, situation)
    change = seal(before, after, stamp, facts=facts, words=words_of(situation.needs) | verb.words(situation))
    quietly = replace(stamp, operation=None, body_hash=None)
    beside = (
        seal(o.before, o.after, replace(quietly, action=o.action or row.action), facts=o.facts, words={})
        for o in verb.others(after, situation)
    )
    tasks = (*verb.tasks(after, situation), *parts_moved(before, after, situation.named.parts), *settled)
    return Decision((change, *beside), tasks=tasks, photos=_photos(situation))


def _moved(row: Row, situation: Situation[Any]) -> Complaint:
    """The case with everything changed that its row says: status, version, clocks."""
    before = situation.complaint
    status = row.leads_to(before.status, before.previous)
    return replace(
        before,
        status=status,
        previous=_previous(before, status),
        halted=_halted(row, before, status),
        version=before.version + (0 if row.quiet else 1),
        sequence=before.sequence + 1,
        clocks=_moved_clocks(row, situation),
        summary=before.summary if row.quiet else before.summary.unflagged(*UNREAD),
    )


def _previous(before: Complaint, status: str) -> str | None:
    """The status to go back to, remembered in those that lead back."""
    if status == before.status:
        return before.previous
    return before.status if status in RETURNED_FROM else None


def _halted(row: Row, before: Complaint, status: str) -> tuple[str, ...]:
    """The clocks to resume on the way back: of those that stopped at the same instant nobody could tell later."""
    if status == before.status:
        return before.halted
    going_on = (kind for kind, clock in before.clocks.items() if clock.stopped_at is None)
    return tuple(going_on) if status in RETURNED_FROM and "all" in row.stops else ()


def _moved_clocks(row: Row, situation: Situation[Any]) -> dict[str, Clock]:
    before, reference, now = situation.complaint, situation.reference, situation.now
    resumes = clocks.resumable(row.resumes, settled=before.settled)
    stopping = clocks.KINDS if "all" in row.stops else row.stops
    moved = {kind: clocks.stop(clock, now) if kind in stopping else clock for kind, clock in before.clocks.items()}
    moved |= {kind: clocks.start_for(kind, now, situation.category, reference) for kind in row.starts}
    moved |= {clock.kind: clocks.pause(clock, now) for clock in clocks.latest(moved, row.pauses)}
    halted = [moved[kind] for kind in before.halted] if "all" in row.resumes else []
    resuming = [*halted, *clocks.latest(moved, resumes)]
    return moved | {clock.kind: clocks.resume(clock, now) for clock in resuming}


def _shared_facts(situation: Situation[Needs]) -> dict[str, Any]:
    """The facts that every verb has in common: the reason's code, what keeps its words from the public view, the photos
    with their hashes."""
    needs, photos = situation.needs, _photos(situation)
    reason = {"reason_code": needs.reason_code} if isinstance(needs, WithReason) and needs.reason_code else {}
    reason |= withheld_facts(needs.text) if isinstance(needs, WithText) else {}
    return reason | ({"photos": [_photo_fact(photo) for photo in photos]} if photos else {})


def _photo_fact(photo: Photo) -> dict[str, str | None]:
    return {"photo_id": photo.photo_id, "sha256": photo.variants.sha256 if photo.variants else None}


def ring(complaint: Complaint, *, reference: Reference, now: datetime, salt: str) -> Decision | None:
    """Everything that is due: all rungs together, each its own event; else what the end of a clock leads to. None:
    nothing is due."""
    due = _due(complaint.clocks, now)
    if due:
        return _rung(complaint, due, reference=reference, now=now, salt=salt)
    ended = clocks.next_alarm(complaint.clocks.values())
    if ended is None or not clocks.is_due(ended[0], ended[2], now):
        return None
    action = ENDS[ended[1].kind]
    situation = Situation(complaint, SYSTEM, Needs(), reference, now)
    return _apply(ROWS[action], situation, Stamp(action, SYSTEM, now, salt))


def _due(running: clocks.Clocks, now: datetime) -> list[Rung]:
    """The rungs that are due, in the order of their times, up to the first end of a clock."""
    found: list[Rung] = []
    while (alarm := clocks.next_alarm(running.values())) and alarm[2] != clocks.END and clocks.is_due(*alarm[::2], now):
        clock = alarm[1]
        found.append(Rung(clock.kind, alarm[2]))
        running = {**running, clock.kind: replace(clock, rungs=(*clock.rungs, alarm[2]))}
    return found


def _rung(complaint: Complaint, due: list[Rung], *, reference: Reference, now: datetime, salt: str) -> Decision:
    changes: list[Change] = []
    for rung in due:
        together = tuple(due) if rung is due[-1] else ()
        situation = Situation(complaint, SYSTEM, Ring(rung.clock, rung.rung, together), reference, now)
        changes += _apply(ROWS[RING], situation, Stamp(RING, SYSTEM, now, salt)).changes
        complaint = changes[-1].after
    return Decision(tuple(changes))
