"""What parts, duplicates, publicity and returns add to a complaint, in the short form of its row."""

from collections.abc import Mapping
from typing import Any

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.compact import instant, millis
from chalicelib.adapters.dynamodb.rows import TaskRow
from chalicelib.domain.case.complaint import Complaint, Hidden
from chalicelib.domain.case.parts import Part
from chalicelib.domain.case.tasks import Task


def kept(c: Complaint) -> dict[str, Any]:
    return {
        "hidden": [c.hidden.legal_ground, millis(c.hidden.at)] if c.hidden else None,
        "parts": [[part.unit, millis(part.due_at), part.state] for part in c.parts],
        "merged_into": c.merged_into,
        "halted": list(c.halted),
        "merged": list(c.merged),
        "cleared": list(c.cleared),
        "withheld": list(c.withheld),
        "returns": c.returns,
        "look": c.look,
        "unsorted": c.unsorted,
        "erased": millis(c.erased) if c.erased else None,
    }


def read(more: Mapping[str, Any]) -> dict[str, Any]:
    """The same as arguments of Complaint. A part's id is its place in the row, from 1."""
    hidden = more.get("hidden")
    parts = enumerate(more.get("parts", ()), start=1)
    return {
        "hidden": Hidden(hidden[0], instant(hidden[1])) if hidden else None,
        "parts": tuple(Part(str(n), unit, instant(due), state) for n, (unit, due, state) in parts),
        "merged_into": more.get("merged_into"),
        "halted": tuple(more.get("halted", ())),
        "merged": tuple(more.get("merged", ())),
        "cleared": tuple(more.get("cleared", ())),
        "withheld": tuple(more.get("withheld", ())),
        "returns": more.get("returns"),
        "look": more.get("look"),
        "unsorted": more.get("unsorted", False),
        "erased": instant(more["erased"]) if more.get("erased") else None,
    }


def task_of(row: TaskRow) -> Task:
    """`queue` is empty and `due_at` None where it stands in no queue; `due_at` is cut to the second."""
    number = keys.number_of(row.pk)
    kind: Any
    kind, task_id = keys.task_of(row.sk, number)
    queue = (row.queue or "").rpartition("#")[0]
    due_at = instant(keys.epoch_of(row.due) * 1000) if row.due else None
    return Task(kind, task_id, number, queue, due_at, row.state, row.facts or {})
