"""Messages that are no case yet, each a task in the inbox of its channel; and the kept messages behind a case."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pynamodb.exceptions import DoesNotExist

from chalicelib.adapters.dynamodb import keys, raw
from chalicelib.adapters.dynamodb.compact import instant, millis, sparse
from chalicelib.adapters.dynamodb.faults import store_answers
from chalicelib.adapters.dynamodb.once import written
from chalicelib.adapters.dynamodb.rows import Row, TaskRow
from chalicelib.application.intake.sorting import UNSORTED
from chalicelib.domain.case.inboxes import ID_SIGNS, OPEN, SENDING, MessageTask, Step
from chalicelib.domain.case.queues import inbox_of
from chalicelib.domain.routing import GOVERNMENT_BUREAU

ID = re.compile(rf"[0-9a-f]{{{ID_SIGNS}}}")
KIND, STATE = "message", "message"  # where a case has its status


class DynamoMessageTasks:
    """Implements MessageTasks."""

    def add(self, task: MessageTask) -> bool:
        return written(_row(task), Row.pk.does_not_exist())

    def find(self, task_id: str) -> MessageTask | None:
        if not ID.fullmatch(task_id):
            return None
        with store_answers():
            try:
                row = TaskRow.get(keys.message(task_id), keys.task(KIND, task_id), consistent_read=True)
            except DoesNotExist:
                return None
        return _task(row, task_id)

    def save(self, task: MessageTask, former: MessageTask) -> bool:
        return written(_row(task), TaskRow.version == former.version)


def _row(task: MessageTask) -> TaskRow:
    """In the inbox while it is open; on the alarm index while an answer is on its way."""
    waits, promised = task.state == OPEN, task.state == SENDING
    return TaskRow(
        keys.message(task.task_id),
        keys.task(KIND, task.task_id),
        state=task.state,
        status=STATE,
        version=task.version,
        category=task.suggested or UNSORTED,
        unit=GOVERNMENT_BUREAU,
        channel=task.channel,
        received=millis(task.received_at),
        clocks="",
        text=task.text or None,
        facts=sparse(
            {
                "reason": task.reason,
                "raw": task.raw_key,
                "message": task.message_id,
                "category": task.suggested or None,
                "due": millis(task.due_at),
                "number": task.number,
                "trail": [_step_text(step) for step in task.trail],
            }
        ),
        queue=keys.queue(inbox_of(task.channel), task.task_id, 1) if waits else None,
        due=keys.message_due(task.due_at, task.task_id) if waits else None,
        alarm=keys.alarm(task.task_id) if promised else None,
        alarm_at=int(task.trail[-1].at.timestamp()) if promised else None,
    )


def _task(row: TaskRow, task_id: str) -> MessageTask:
    facts: dict[str, Any] = row.facts or {}
    return MessageTask(
        task_id=task_id,
        channel=row.channel,
        message_id=facts["message"],
        reason=facts["reason"],
        text=row.text or "",
        raw_key=facts["raw"],
        received_at=instant(row.received),
        due_at=_due(facts, row),
        suggested=facts.get("category", ""),
        version=int(row.version),
        state=row.state,
        number=facts.get("number"),
        trail=tuple(_step(stored) for stored in facts.get("trail", ())),
    )


def _due(facts: dict[str, Any], row: TaskRow) -> datetime:
    """Rows of the first release have it in their key only."""
    return instant(facts["due"]) if "due" in facts else instant(keys.epoch_of(row.due or "0") * 1000)


def _step_text(step: Step) -> list[Any]:
    return [step.action, millis(step.at), step.by, step.words, step.reason_code, step.operation, step.body_hash]


def _step(stored: list[Any]) -> Step:
    action, at, *rest = stored
    return Step(action, instant(at), *rest)


class DynamoMessageSources:
    """Implements MessageSources: one small row per kept message, beside its case."""

    def note(self, number: str, raw_key: str, task_id: str = "") -> None:
        row = {"pk": keys.case(number), "sk": keys.source(raw_key, task_id), "key": raw_key}
        raw.call("PutItem", {"Item": raw.typed(row | ({"task": task_id} if task_id else {}))})


def task_rows(sources: Iterable[dict[str, Any]]) -> list[tuple[str, str]]:
    """Keys of the tasks that people have of these kept messages."""
    tasks = [row["task"] for row in sources if "task" in row]
    return [(keys.message(task_id), keys.task(KIND, task_id)) for task_id in tasks]
