"""Messages of other channels, kept in the bucket of raw messages, read from its queue."""

from typing import Any

from chalice.app import Blueprint, SQSEvent

from chalicelib.application.photos.arrivals import ObjectCreated
from chalicelib.entrypoints.log import logger, of_call
from chalicelib.entrypoints.queues import objects

BATCH = 10
messages = Blueprint(__name__)


@messages.on_sqs_message(queue="${AWS::StackName}-messages", batch_size=BATCH, name="read_message")
@of_call
def read_message(event: SQSEvent) -> dict[str, Any]:
    return objects.each(event, "message", _read)


def _read(arrived: ObjectCreated) -> bool:
    from chalicelib.bootstrap import bootstrap

    outcomes = bootstrap().reading(arrived.key)
    logger().info("message_read", key=arrived.key, outcome=outcomes, size=arrived.size)
    return True
