"""Objects that a bucket tells of through a queue: each record alone, the failed messages tried again."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote_plus

from chalice.app import SQSEvent

from chalicelib.application.photos.arrivals import ObjectCreated
from chalicelib.entrypoints.log import logger

Handle = Callable[[ObjectCreated], bool]


def each(event: SQSEvent, name: str, handle: Handle) -> dict[str, Any]:
    """Answers the messages that shall come again; after some tries they go to the dead-letter queue. `handle` answers
    whether it is done with an object; `name` begins the lines of the log."""
    failed = [record.to_dict()["messageId"] for record in event if not _handled(record.body, name, handle)]
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def _handled(body: str, name: str, handle: Handle) -> bool:
    """Every object of one message is tried, whatever became of the one before it."""
    try:
        outcomes = [_tried(arrived, name, handle) for arrived in _arrived(json.loads(body))]
    except (ValueError, KeyError, TypeError, AttributeError):
        logger().exception(f"{name}_message_unreadable")
        return False
    return all(outcomes)


def _tried(arrived: ObjectCreated, name: str, handle: Handle) -> bool:
    try:
        return handle(arrived)
    except Exception:
        logger().exception(f"{name}_failed", key=arrived.key)
        return False


def _arrived(message: dict[str, Any]) -> Iterator[ObjectCreated]:
    """The test message that S3 sends when the queue is connected has no records."""
    for record in message.get("Records", []):
        stored = record["s3"]["object"]
        yield ObjectCreated(unquote_plus(stored["key"]), stored["eTag"], int(stored["size"]))
