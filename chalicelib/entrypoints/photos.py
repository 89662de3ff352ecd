"""Uploaded objects, as the bucket's queue tells of them: each record alone, the failed messages tried again."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_plus

from chalice.app import Blueprint, SQSEvent

from chalicelib.application.photos.photo_processing import ObjectCreated
from chalicelib.entrypoints.log import logger

BATCH = 1  # a picture takes most of a worker's memory and most of a second: the next worker takes the next one
photos = Blueprint(__name__)


@photos.on_sqs_message(queue="${AWS::StackName}-photos", batch_size=BATCH, name="process_photo")
def process_photo(event: SQSEvent) -> dict[str, Any]:
    """Answers the messages that shall come again; after some tries they go to the dead-letter queue."""
    failed = [record.to_dict()["messageId"] for record in event if not _processed(record.body)]
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def _processed(body: str) -> bool:
    """Every object of one message is tried, whatever became of the one before it."""
    try:
        outcomes = [_settled(arrived) for arrived in _arrived(json.loads(body))]
    except (ValueError, KeyError, TypeError, AttributeError):
        logger().exception("photo_message_unreadable")
        return False
    return all(outcomes)


def _arrived(message: dict[str, Any]) -> Iterator[ObjectCreated]:
    """The test message that S3 sends when the queue is connected has no records."""
    for record in message.get("Records", []):
        stored = record["s3"]["object"]
        yield ObjectCreated(unquote_plus(stored["key"]), stored["eTag"], int(stored["size"]))


def _settled(arrived: ObjectCreated) -> bool:
    from chalicelib.bootstrap import bootstrap

    try:
        outcome = bootstrap().photo_processing.process(arrived)
    except Exception:
        logger().exception("photo_failed", key=arrived.key)
        return False
    log = logger().warning if outcome == "stray" else logger().info
    log("photo_processed", key=arrived.key, outcome=outcome, size=arrived.size)
    return True
