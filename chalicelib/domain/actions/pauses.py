"""What moves a clock for a reason that everybody can read: a question to the reporter, more time for heavy work."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from chalicelib.domain import clocks, routing
from chalicelib.domain.actions.verb import Facts, Verb
from chalicelib.domain.case import queues
from chalicelib.domain.case.complaint import ANSWERED, Complaint, Extension
from chalicelib.domain.case.tasks import Kind, Task
from chalicelib.domain.errors import FieldError
from chalicelib.domain.lifecycle import EXTENDABLE, RETURNED_FROM
from chalicelib.domain.needs import WithPhotos, WithText
from chalicelib.domain.reference import Reference
from chalicelib.domain.situation import Situation
from chalicelib.domain.values import dataclass

APPROVAL: Kind = "approval"


def _asked(changed: Complaint, _situation: Situation[WithText]) -> Complaint:
    return replace(changed, asked=True)


@dataclass(frozen=True)
class Answer(WithPhotos, WithText):
    """The reporter's answer to the holder's question, with photos."""


@dataclass(frozen=True)
class Extend(WithText):
    """`until` is the proposed new due time (UTC)."""

    until: datetime | None = None


def _extend_faults(situation: Situation[Extend]) -> list[FieldError]:
    until, standing = situation.needs.until, clocks.latest(situation.complaint.clocks, clocks.WORK)
    if until is None:
        return []  # reported as required
    latest = max([situation.now, *(clock.due_at for clock in standing)])
    later = until.replace(microsecond=0) > latest
    return [] if later else [FieldError("until", "value", "A time to come, later than the present due time")]


def _proposed(changed: Complaint, situation: Situation[Extend]) -> Complaint:
    """It waits with the supervisors of the holder's OPD; with the coordinator where the unit has none, or where one of
    them proposes it."""
    actor, reference = situation.actor, situation.reference
    queue = queues.approvals(changed.unit, actor.role, reference)
    until = (situation.needs.until or situation.now).replace(microsecond=0)
    return replace(changed, extension=Extension(until, actor.id, queue, str(changed.sequence)))


def _extend_facts(changed: Complaint, situation: Situation[Extend]) -> Facts:
    proposed = changed.extension
    if proposed is None:
        return {}
    in_pool = proposed.queue in queues.POOLS
    opd = routing.opd_of(changed.unit, situation.reference)
    return {"until": proposed.until.isoformat(), "approvers": routing.GOVERNMENT_BUREAU if in_pool else opd}


def _approval(changed: Complaint, _situation: Situation[Extend]) -> tuple[Task, ...]:
    """Least time left first: it must be decided before the present due time."""
    due = min((clock.due_at for clock in clocks.latest(changed.clocks, clocks.WORK)), default=None)
    return (_task(changed.number, changed.extension, due, "open"),) if changed.extension else ()


def _task(number: str, proposed: Extension, due: datetime | None, state: str) -> Task:
    facts = {"until": proposed.until.isoformat(), "proposer": proposed.proposer}
    return Task(APPROVAL, proposed.task_id, number, proposed.queue, due, state, facts)


def _approved(changed: Complaint, situation: Situation[WithText]) -> Complaint:
    proposed = changed.extension
    if proposed is None:
        return changed
    moved = {
        clock.kind: clocks.extend(clock, proposed.until, situation.now)
        for clock in clocks.latest(changed.clocks, clocks.WORK)
    }
    return replace(changed, extension=None, clocks={**changed.clocks, **moved})


def _approved_facts(changed: Complaint, _situation: Situation[WithText]) -> Facts:
    (clock,) = clocks.latest(changed.clocks, clocks.WORK)
    return {"clock": clock.kind, "until": clock.due_at.isoformat()}


def _refused(changed: Complaint, _situation: Situation[WithText]) -> Complaint:
    return replace(changed, extension=None)


def _settled(state: str) -> Callable[[Complaint, Situation[WithText]], tuple[Task, ...]]:
    def tasks(_changed: Complaint, situation: Situation[WithText]) -> tuple[Task, ...]:
        return settled_approval(situation.complaint, state)

    return tasks


def settled_approval(case: Complaint, state: str) -> tuple[Task, ...]:
    """The waiting approval of the case, taken out of its queue; none if nothing is proposed."""
    return (_task(case.number, case.extension, None, state),) if case.extension else ()


def is_overtaken(before: Complaint, after: Complaint, reference: Reference) -> bool:
    """Whether a proposal that stood before has nothing left to move: the work ended, went to another OPD, or is another
    matter."""
    if before.extension is None or after.extension is None:
        return False
    goes_on = after.is_open and (after.status in EXTENDABLE or after.status in RETURNED_FROM)
    moved = routing.opd_of(before.unit, reference) != routing.opd_of(after.unit, reference)
    return not goes_on or moved or after.category != before.category


def _answered(changed: Complaint, _situation: Situation[Answer]) -> Complaint:
    """A list says so until an officer has acted."""
    return replace(changed, summary=changed.summary.flagged(ANSWERED))


VERBS = {
    "ask": Verb(WithText, effect=_asked),
    "answer": Verb(Answer, effect=_answered),
    "extend": Verb(Extend, faults=_extend_faults, effect=_proposed, facts=_extend_facts, tasks=_approval),
    "approve_extension": Verb(WithText, effect=_approved, facts=_approved_facts, tasks=_settled("approved")),
    "refuse_extension": Verb(WithText, effect=_refused, tasks=_settled("refused")),
}
