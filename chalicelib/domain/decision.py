"""A decision: everything that one action writes, in one transaction; and the one builder of its events."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.domain.actor import Actor
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import GENESIS, Event
from chalicelib.domain.case.evidence import Photo
from chalicelib.domain.case.tasks import Task
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """One case that a decision changes: as it was loaded (None: it is new), as it becomes, and the event between."""

    before: Complaint | None
    after: Complaint
    event: Event


@dataclass(frozen=True, slots=True)
class Decision:
    """`changes`: the case that was acted on, once or, one after the other, several times; then any other that changes
    with it. `tasks` are opened, moved or settled. `photos` must still be as they were loaded when it is written."""

    changes: tuple[Change, ...]
    tasks: tuple[Task, ...] = ()
    photos: tuple[Photo, ...] = ()

    @property
    def complaint(self) -> Complaint:
        """The case that was acted on, as it becomes."""
        return self.case(self.changes[0].after.number)

    @property
    def event(self) -> Event:
        """The last event of the case that was acted on."""
        return [change.event for change in self.changes if change.after.number == self.complaint.number][-1]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The cases that change, each once."""
        return tuple(dict.fromkeys(change.after.number for change in self.changes))

    def before(self, number: str) -> Complaint | None:
        """The case as it was loaded; None: it is new."""
        return next(change.before for change in self.changes if change.after.number == number)

    def case(self, number: str) -> Complaint:
        """The case as it becomes."""
        return [change.after for change in self.changes if change.after.number == number][-1]


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


def withheld_facts(text: str) -> dict[str, Any]:
    """What keeps these words from the public view, by kind: looked for once, when they are written."""
    from chalicelib.domain.text.privacy import kinds_found

    kinds = kinds_found(text) if text else []
    return {"withheld": kinds} if kinds else {}


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
