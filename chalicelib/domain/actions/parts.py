"""Parts of the work that other units do: each is a task in its unit's own queue, and the case is not done while one is
open."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from chalicelib.domain import rights, routing
from chalicelib.domain.actions.verb import Facts, Verb
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.parts import CANCELLED, DECLINED, DONE, Part
from chalicelib.domain.case.tasks import Task, part_task
from chalicelib.domain.clocks import WORK, latest
from chalicelib.domain.decision import withheld_facts
from chalicelib.domain.errors import FieldError
from chalicelib.domain.needs import WithPhotos, WithText
from chalicelib.domain.situation import Situation
from chalicelib.domain.values import dataclass


@dataclass(frozen=True)
class Invite(WithText):
    """The unit that is asked for a part of the work, and until when (UTC): not later than the case itself."""

    unit: str = ""
    due_at: datetime | None = None


def _invite_faults(situation: Situation[Invite]) -> list[FieldError]:
    needs = situation.needs
    return [*_unit_faults(situation, needs.unit), *_due_faults(situation, needs.due_at)]


def _unit_faults(situation: Situation[Invite], named: str) -> list[FieldError]:
    complaint, reference = situation.complaint, situation.reference
    if not named:
        return []  # reported as required
    if not routing.can_hold(reference, named) or named == complaint.unit:
        return [FieldError("unit", "value", "Name another unit of the city")]
    if not rights.has_readers(named, situation.category, reference):
        return [FieldError("unit", "value", "Nobody in this unit may see the case")]
    return []


def _due_faults(situation: Situation[Invite], due_at: datetime | None) -> list[FieldError]:
    if due_at is None or situation.now < due_at <= _due_of_case(situation.complaint):
        return []
    return [FieldError("due_at", "value", "A time to come, and not after the case itself is due")]


def _due_of_case(complaint: Complaint) -> datetime:
    """When the work must be done: of the clock of the work that was started last."""
    return latest(complaint.clocks, WORK)[0].due_at


def _invited(changed: Complaint, situation: Situation[Invite]) -> Complaint:
    due_at = situation.needs.due_at or _due_of_case(changed)
    due_at = due_at.replace(microsecond=due_at.microsecond // 1000 * 1000)  # as rows keep it
    part = Part(str(len(changed.parts) + 1), situation.needs.unit, due_at)
    return replace(changed, parts=(*changed.parts, part))


def _invite_facts(changed: Complaint, _situation: Situation[Invite]) -> Facts:
    part = changed.parts[-1]
    return {"part": part.part_id, "unit": part.unit, "due_at": part.due_at.isoformat()}


def _invite_tasks(changed: Complaint, situation: Situation[Invite]) -> tuple[Task, ...]:
    said = {"text": situation.needs.text} | withheld_facts(situation.needs.text)
    return (part_task(changed, changed.parts[-1], said),)


@dataclass(frozen=True)
class OnPart(WithPhotos, WithText):
    """`part` is the part's id."""

    part: str = ""


def _own_part_faults(situation: Situation[OnPart]) -> list[FieldError]:
    """A part of one's own unit; a supervisor's are those of the OPD."""
    part = situation.complaint.part(situation.needs.part)
    if part is not None and rights.is_officer_of(situation.actor, part.unit, situation.reference):
        return []
    return [FieldError("part", "value", "No part of your unit has this id")] if situation.needs.part else []


def _any_part_faults(situation: Situation[OnPart]) -> list[FieldError]:
    known = not situation.needs.part or situation.complaint.part(situation.needs.part)
    return [] if known else [FieldError("part", "value", "No part has this id")]


def _has_ended(situation: Situation[OnPart]) -> bool:
    part = situation.complaint.part(situation.needs.part)
    return part is not None and not part.is_open


def _ended(state: str) -> Callable[[Complaint, Situation[OnPart]], Complaint]:
    def end(changed: Complaint, situation: Situation[OnPart]) -> Complaint:
        mine = situation.needs.part
        parts = (replace(part, state=state) if part.part_id == mine else part for part in changed.parts)
        return replace(changed, parts=tuple(parts))

    return end


def _part_facts(changed: Complaint, situation: Situation[OnPart]) -> Facts:
    part = changed.part(situation.needs.part)
    return {"part": part.part_id, "unit": part.unit} if part else {}


def _part_tasks(changed: Complaint, situation: Situation[OnPart]) -> tuple[Task, ...]:
    """Its row keeps what was asked for, and names the proof."""
    part = changed.part(situation.needs.part)
    if part is None:
        return ()
    said = dict(situation.named.parts.get(part.part_id, {}))
    proof = {"photos": list(situation.needs.photos)} if situation.needs.photos else {}
    return (part_task(changed, part, said | proof),)


def _ending(state: str, faults: Callable[[Situation[OnPart]], list[FieldError]]) -> Verb[OnPart]:
    return Verb(OnPart, faults=faults, full=_has_ended, effect=_ended(state), facts=_part_facts, tasks=_part_tasks)


VERBS = {
    "invite": Verb(Invite, faults=_invite_faults, effect=_invited, facts=_invite_facts, tasks=_invite_tasks),
    "finish_part": _ending(DONE, _own_part_faults),
    "decline_part": _ending(DECLINED, _own_part_faults),
    "cancel_part": _ending(CANCELLED, _any_part_faults),
}
