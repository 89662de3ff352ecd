"""What follows from every change, whichever action made it: who held the case how long, whether a timer must be
started, which proposals it overtook, whether an officer has sorted it. No verb says any of it."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain import clocks
from chalicelib.domain.actions import pauses
from chalicelib.domain.actor import NO_OFFICERS, Actor
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.custody import Custody, remembering
from chalicelib.domain.case.tasks import Task
from chalicelib.domain.lifecycle import Row
from chalicelib.domain.reference import Reference


def with_consequences(
    row: Row, before: Complaint, after: Complaint, *, actor: Actor, reference: Reference, now: datetime
) -> tuple[Complaint, tuple[Task, ...]]:
    """The case as the change leaves it, and the tasks that the change settled beside the verb's own."""
    after = replace(after, custody=_custody(before, after, now), arming=_arming(before, after))
    after = replace(after, unsorted=before.unsorted and (row.quiet or actor.role in NO_OFFICERS))
    if not pauses.is_overtaken(before, after, reference):
        return after, ()
    return replace(after, extension=None), pauses.settled_approval(before, "lapsed")


def _custody(before: Complaint, after: Complaint, now: datetime) -> Custody:
    """Where it came from is remembered, unless the verb has just taken it back there, or it is another matter now."""
    custody = after.custody
    if after.category != before.category:
        custody = replace(custody, trail=())
    elif after.unit != before.unit and custody.trail == before.custody.trail:
        custody = remembering(custody, before.unit)
    if after.unit == before.unit:
        return custody
    return custody.passed_on(before.unit, received_at=before.received_at, now=now)


def _arming(before: Complaint, after: Complaint) -> int:
    return before.arming + (1 if clocks.needs_timer(before.clocks, after.clocks) else 0)
