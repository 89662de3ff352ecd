"""Messages that are no case yet, each a task in the inbox of its channel; and the kept messages behind a case."""

import hashlib

from chalicelib.adapters.dynamodb import keys, raw
from chalicelib.adapters.dynamodb.compact import millis
from chalicelib.adapters.dynamodb.once import written
from chalicelib.adapters.dynamodb.rows import Row, TaskRow
from chalicelib.application.intake.sorting import UNSORTED
from chalicelib.application.ports.channels import UnsortedMessage
from chalicelib.domain.case.queues import inbox_of
from chalicelib.domain.routing import GOVERNMENT_BUREAU

ID_SIGNS = 24  # of a hash: 96 bits
STATE = "message"  # where a case has its status


class DynamoMessageTasks:
    """Implements MessageTasks. A row's key is the hash of channel and provider's id: it names no person."""

    def add(self, message: UnsortedMessage) -> None:
        named = f"{message.channel}:{message.message_id}".encode("utf-8", "surrogatepass")
        task_id = hashlib.sha256(named).hexdigest()[:ID_SIGNS]
        row = TaskRow(
            keys.message(task_id),
            keys.task("message", task_id),
            state="open",
            status=STATE,
            version=0,
            category=message.facts.get("category", UNSORTED),
            unit=GOVERNMENT_BUREAU,
            channel=message.channel,
            received=millis(message.received_at),
            clocks="",
            text=message.text or None,
            facts={"reason": message.reason, "raw": message.raw_key, "message": message.message_id, **message.facts},
            queue=keys.queue(inbox_of(message.channel), task_id, 1),
            due=keys.message_due(message.due_at, task_id),
        )
        written(row, Row.pk.does_not_exist())


class DynamoMessageSources:
    """Implements MessageSources: one small row per kept message, beside its case."""

    def note(self, number: str, raw_key: str) -> None:
        item = raw.typed({"pk": keys.case(number), "sk": keys.source(raw_key), "key": raw_key})
        raw.call("PutItem", {"Item": item})
