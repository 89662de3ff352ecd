"""A decision: everything that one action writes, in one transaction; and the one builder of its events."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chalicelib.domain.actor import Actor
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.events import GENESIS, Event
from chalicelib.domain.evidence import Photo
from chalicelib.domain.tasks import Task


@dataclass(frozen=True, slots=True)
class Change:
    """One case that a decision changes: as it was loaded (None: it is new), as it becomes, and the event between."""

    before: Complaint | None
    after: Complaint
    event: Event


@dataclass(frozen=True, slots=True)
class Decision:
    """`changes`: the case that was acted on, then any other that changes with it. `tasks` are opened, moved or settled.
    `photos` must still be as they were loaded when it is written."""

    changes: tuple[Change, ...]
    tasks: tuple[Task, ...] = ()
    photos: tuple[Photo, ...] = ()

    @property
    def complaint(self) -> Complaint:
        """The case that was acted on, as it becomes."""
        return self.changes[0].after

    @property
    def event(self) -> Event:
        return self.changes[0].event

    def case_of(self, task: Task) -> Complaint:
        """The case that the task belongs to, as it becomes."""
        return next(change.after for change in self.changes if change.after.number == task.number)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who acts, when, and under which client operation: what every event says, whatever its action. `salt` is fresh
    base64; `operation` and `body_hash` (hex) tell a repeated request from a new one."""

    action: str
    actor: Actor
    at: datetime
    salt: str
    operation: str | None = None
    body_hash: str | None = None


def seal(
    before: Complaint | None, after: Complaint, stamp: Stamp, *, facts: Mapping[str, Any], words: Mapping[str, Any]
) -> Change:
    """The change of one case: its event, chained to the one before, and the complaint that carries the digest."""
    actor = stamp.actor
    event = Event(
        number=after.number,
        sequence=after.sequence,
        version=after.version,
        at=stamp.at,
        action=stamp.action,
        status=after.status,
        before=before.status if before else None,
        role=actor.role,
        actor=actor.id,
        actor_unit=actor.unit,
        unit=after.unit,
        facts=facts,
        words=words,
        operation=stamp.operation,
        body_hash=stamp.body_hash,
        salt=stamp.salt if words else "",
        prev=before.head if before else GENESIS,
    )
    return Change(before, replace(after, head=event.digest), event)
