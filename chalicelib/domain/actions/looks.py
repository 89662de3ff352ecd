"""The review of some rejections (tasks of kind `look`): one in twenty goes to a validator, who upholds or overturns it.
The history itself decides which one: nobody can know it before the rejection, and anybody can check it afterwards."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.domain import clocks, routing
from chalicelib.domain.actions.verb import Verb
from chalicelib.domain.case.complaint import OPEN_LOOK, OVERTURNED, REOPENED, UPHELD, Complaint
from chalicelib.domain.case.queues import VALIDATION
from chalicelib.domain.case.tasks import Task
from chalicelib.domain.needs import Needs, WithReason, WithText
from chalicelib.domain.situation import Situation
from chalicelib.domain.values import dataclass

ONE_IN = 20
REJECTION = "rejection"  # the task's id: a case is rejected once, or again after its look was settled


def is_looked_at(head: str) -> bool:
    """Whether a rejection is reviewed. The digest (hex) of the event before it decides; no view shows that digest."""
    return int.from_bytes(hashlib.sha256(f"look:{head}".encode()).digest()[:8]) % ONE_IN == 0


def look_after(situation: Situation[Needs]) -> str | None:
    """The state of the review if the case is rejected now. A case about officers is judged inside the inspectorate, and
    no validator sees its rejections."""
    chosen = is_looked_at(situation.complaint.head) and not situation.category.about_officer
    return OPEN_LOOK if chosen else None


def look_opened(changed: Complaint, situation: Situation[Needs]) -> tuple[Task, ...]:
    """The task of a rejection that is reviewed."""
    if changed.look != OPEN_LOOK:
        return ()
    due_at = situation.now + timedelta(seconds=clocks.VALIDATION_LIMIT)
    return (Task("look", REJECTION, changed.number, VALIDATION.name, due_at),)


def look_settled(changed: Complaint, situation: Situation[Needs]) -> tuple[Task, ...]:
    """The same task leaves its queue, once the review is done or no longer needed."""
    if situation.complaint.look != OPEN_LOOK:
        return ()
    return (Task("look", REJECTION, changed.number, VALIDATION.name, None, "done"),)


def reopened(changed: Complaint, situation: Situation[Needs]) -> Complaint:
    """Who rejected a report does not judge the objection: it goes to the bureau, or to the inspectorate. One that was
    merged goes on by itself."""
    before = situation.complaint
    referee = routing.INSPECTORATE if situation.category.about_officer else routing.GOVERNMENT_BUREAU
    return replace(
        changed,
        unit=referee if before.status == "rejected" else before.unit,
        assignee=None,
        outcome=None,
        merged_into=None,
        look=None,
        summary=changed.summary.flagged(REOPENED),
    )


def _upheld(changed: Complaint, situation: Situation[Needs]) -> Complaint:
    return replace(changed, look=UPHELD, judged=_judged(situation))


@dataclass(frozen=True)
class Overturn(WithReason, WithText):
    """Why the rejection does not hold."""


def _overturned(changed: Complaint, situation: Situation[Overturn]) -> Complaint:
    return replace(reopened(changed, situation), look=OVERTURNED, judged=_judged(situation))


def _judged(situation: Situation[Needs]) -> dict[str, datetime]:
    return {**situation.complaint.judged, situation.actor.id: situation.now}


VERBS = {
    "uphold": Verb(WithText, effect=_upheld, tasks=look_settled),
    "overturn": Verb(Overturn, effect=_overturned, tasks=look_settled),
}
