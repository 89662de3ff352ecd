"""Work that waits for somebody is a row in a queue. The complaint itself is the task of kind `case`; every other kind
has a row of its own beside it: a `part` for an invited unit, an `approval` for a second person, a `message` that is no
case yet, a `look` for a validator."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Kind = Literal["part", "approval", "message", "look"]


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
