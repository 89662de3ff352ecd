"""Objects that a bucket tells of through a queue: each record alone, the failed messages tried again."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote_plus, unquote_plus

from chalice.app import SQSEvent

from chalicelib.application.photos.arrivals import ObjectCreated
from chalicelib.entrypoints.log import fault_of, logger
from chalicelib.entrypoints.queues import dead_letters

Handle = Callable[[ObjectCreated], bool]


def each(event: SQSEvent, name: str, handle: Handle) -> dict[str, Any]:
    """Answers the messages that shall come again; after some tries they go to the dead-letter queue. `handle` answers
    whether it is done with an object; `name` begins the lines of the log."""
    return dead_letters.answer(record for record in event if not _handled(record.body, name, handle))


def each_of_people(event: SQSEvent, name: str, handle: Handle) -> dict[str, Any]:
    """The same where people themselves send to the bucket, so that S3 tells their IP address: what failed to the end
    becomes a dead letter without it."""
    left = dead_letters.failed(event, name, lambda record: _handled(record.body, name, handle), _redacted)
    return dead_letters.answer(left)


def _handled(body: str, name: str, handle: Handle) -> bool:
    """Every object of one message is tried, whatever became of the one before it."""
    try:
        outcomes = [_tried(arrived, name, handle) for arrived in _arrived(json.loads(body))]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        logger().error(f"{name}_message_unreadable", **fault_of(error))
        return False
    return all(outcomes)


def _tried(arrived: ObjectCreated, name: str, handle: Handle) -> bool:
    try:
        return handle(arrived)
    except Exception as error:
        logger().error(f"{name}_failed", key=arrived.key, **fault_of(error))
        return False


def _arrived(message: dict[str, Any]) -> Iterator[ObjectCreated]:
    """The test message that S3 sends when the queue is connected has no records."""
    for record in message.get("Records", []):
        stored = record["s3"]["object"]
        yield ObjectCreated(unquote_plus(stored["key"]), stored["eTag"], int(stored["size"]))


def _redacted(message: dict[str, Any]) -> dead_letters.Letter:
    """In S3's own form: what is read of it."""
    stored = [{"key": quote_plus(one.key), "eTag": str(one.etag), "size": one.size} for one in _arrived(message)]
    return {"Records": [{"s3": {"object": named}} for named in stored]}
