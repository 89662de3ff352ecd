"""The table's stream: inserted event rows go to the topic."""

from typing import Any

from chalice.app import Blueprint, DynamoDBEvent

from chalicelib.entrypoints.log import logger

stream = Blueprint(__name__)


@stream.on_dynamodb_record(stream_arn="complaints", batch_size=50, starting_position="TRIM_HORIZON", name="relay")
def relay(event: DynamoDBEvent) -> dict[str, Any]:
    """Fails whole, so that the stream brings the batch again, when not even the dead letters took a record; else
    nothing comes again."""
    from chalicelib.bootstrap import bootstrap

    relayed = bootstrap().relay(event.to_dict()["Records"])
    log = logger().error if relayed.dead else logger().info
    counts = {"published": relayed.published, "dead": relayed.dead, "ignored": relayed.ignored}
    log("relayed", **counts, causes=sorted(relayed.causes))
    return {"batchItemFailures": []}
