"""Uploaded objects, as the bucket's queue tells of them."""

from typing import Any

from chalice.app import Blueprint, SQSEvent

from chalicelib.application.photos.arrivals import ObjectCreated
from chalicelib.entrypoints.log import logger, of_call
from chalicelib.entrypoints.queues import objects

BATCH = 1  # a picture takes most of a worker's memory and most of a second: the next worker takes the next one
photos = Blueprint(__name__)


@photos.on_sqs_message(queue="${AWS::StackName}-photos", batch_size=BATCH, name="process_photo")
@of_call
def process_photo(event: SQSEvent) -> dict[str, Any]:
    return objects.each_of_people(event, "photo", _settled)


def _settled(arrived: ObjectCreated) -> bool:
    from chalicelib.bootstrap import bootstrap

    outcome = bootstrap().photo_processing.process(arrived)
    log = logger().warning if outcome == "stray" else logger().info
    log("photo_processed", key=arrived.key, outcome=outcome, size=arrived.size)
    return True
