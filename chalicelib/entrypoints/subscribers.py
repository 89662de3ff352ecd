"""What happens after an event: each subscriber has a queue of its own, each message stands alone, and only what failed
comes again; after some tries it goes to that queue's dead letters."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chalice.app import Blueprint, SQSEvent, SQSRecord

from chalicelib.domain.errors import DamagedError
from chalicelib.entrypoints.log import logger

BATCH = 10
subscribers = Blueprint(__name__)


@dataclass(frozen=True, slots=True)
class Message:
    """What a subscriber needs of the topic's message: the event's place. Its other keys, and versions of it that are
    yet to come, are none of our business: whoever acts reads the rows."""

    number: str
    sequence: int


@subscribers.on_sqs_message(queue="notify-citizen", batch_size=BATCH, name="notify_citizen")
def notify_citizen(event: SQSEvent) -> dict[str, Any]:
    """Tells the reporter what he has not been told."""
    from chalicelib.bootstrap import bootstrap

    return _each(event, "notify_citizen", lambda message: bootstrap().notify_citizen(message.number))


@subscribers.on_sqs_message(queue="alert-unit", batch_size=BATCH, name="alert_unit")
def alert_unit(event: SQSEvent) -> dict[str, Any]:
    """Tells the units that the event concerns."""
    from chalicelib.bootstrap import bootstrap

    return _each(event, "alert_unit", lambda message: bootstrap().alert_unit(message.number, message.sequence))


@subscribers.on_sqs_message(queue="arm", batch_size=BATCH, name="arm")
def arm(event: SQSEvent) -> dict[str, Any]:
    """Starts the timer of a complaint."""
    from chalicelib.bootstrap import bootstrap

    return _each(event, "arm", lambda message: bootstrap().arm(message.number, message.sequence))


@subscribers.on_sqs_message(queue="project", batch_size=BATCH, name="project")
def project(event: SQSEvent) -> dict[str, Any]:
    """Brings the public lists and figures up to date."""
    from chalicelib.bootstrap import bootstrap

    return _each(event, "project", lambda message: bootstrap().project(message.number, message.sequence))


def _each(event: SQSEvent, name: str, handle: Callable[[Message], object]) -> dict[str, Any]:
    """Answers the messages that shall come again."""
    failed = [record.to_dict()["messageId"] for record in event if not _handled(record, name, handle)]
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def _handled(record: SQSRecord, name: str, handle: Callable[[Message], object]) -> bool:
    try:
        message = _message(record.body)
    except (ValueError, KeyError, TypeError):
        logger().exception(f"{name}_unreadable")
        return False
    try:
        outcome = handle(message)
    except (
        DamagedError
    ) as error:  # final: another try would end the same, and the dead letters are for what can be mended
        logger().exception(f"{name}_damaged", number=message.number, sequence=message.sequence, what=error.what)
        return True
    except Exception:
        logger().exception(f"{name}_failed", number=message.number, sequence=message.sequence)
        return False
    logger().info(name, number=message.number, sequence=message.sequence, outcome=outcome)
    return True


def _message(body: str) -> Message:
    told = json.loads(body)
    return Message(str(told["number"]), int(told["sequence"]))
