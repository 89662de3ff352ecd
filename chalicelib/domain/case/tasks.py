"""Work that waits for somebody is a row in a queue. The complaint itself is the task of kind `case`. Every other kind
has a row of its own beside it: a `part` for an invited unit, an `approval` for a second person, a `message` that is no
case yet, and a `look`, which is a validator's review of a rejection."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any, Literal

from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.parts import Part
from chalicelib.domain.values import dataclass

Kind = Literal["part", "approval", "message", "look"]
PART: Kind = "part"


@dataclass(frozen=True, slots=True)
class Task:
    """`queue` is a unit's code or a pool's name; `due_at` (UTC) sorts it there; None: it stands in no queue any more.
    `state` is open until it is done. `facts` is what only its kind has, as JSON values."""

    kind: Kind
    task_id: str
    number: str
    queue: str
    due_at: datetime | None
    state: str = "open"
    facts: Mapping[str, Any] = field(default_factory=dict)


def part_task(complaint: Complaint, part: Part, said: Mapping[str, Any]) -> Task:
    """The task that a part is: in its unit's queue while it is open and so is the case. `said`: text, photos."""
    waits = part.is_open and complaint.is_open
    due_at = part.due_at if waits else None
    return Task(PART, part.part_id, complaint.number, part.unit, due_at, part.state, said)


def parts_moved(before: Complaint, after: Complaint, said: Mapping[str, Mapping[str, Any]]) -> tuple[Task, ...]:
    """The rows of open parts that leave their queues with an ended case, or come back with one that is open again."""
    if before.is_open == after.is_open:
        return ()
    return tuple(part_task(after, part, said.get(part.part_id, {})) for part in after.open_parts)
