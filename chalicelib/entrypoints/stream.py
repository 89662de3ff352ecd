"""The table's stream: inserted event rows go to the topic, and what failed goes there again."""

import json
from typing import Any

from chalice.app import Blueprint, DynamoDBEvent, SQSEvent

from chalicelib.entrypoints.log import logger, of_call

stream = Blueprint(__name__)


@stream.on_dynamodb_record(stream_arn="complaints", batch_size=50, starting_position="TRIM_HORIZON", name="relay")
@of_call
def relay(event: DynamoDBEvent) -> dict[str, Any]:
    """Fails whole, so that the stream brings the batch again, when not even the retry queue took a record; else
    nothing comes again."""
    from chalicelib.bootstrap import bootstrap

    result = bootstrap().relay(event.to_dict()["Records"])
    log = logger().warning if result.left else logger().info
    counts = {"published": result.published, "left": result.left, "ignored": result.ignored}
    log("relayed", **counts, causes=sorted(result.causes))
    return {"batchItemFailures": []}


@stream.on_sqs_message(queue="relay-retry", batch_size=10, name="relay_retry")
@of_call
def relay_retry(event: SQSEvent) -> dict[str, Any]:
    """Answers the messages that shall come again; after some tries they go to relay's dead letters."""
    from chalicelib.application.messages.relaying import Retry
    from chalicelib.bootstrap import bootstrap

    received = [record.to_dict() for record in event]
    result = bootstrap().relay_retry(
        [
            Retry(
                id=message["messageId"],
                record=_json(message["body"]),
                tries=int(message["attributes"]["ApproximateReceiveCount"]),
                receipt=message["receiptHandle"],
            )
            for message in received
        ]
    )
    log = logger().error if result.failed else logger().info
    counts = {"published": result.published, "gone": result.gone, "failed": len(result.failed)}
    log("relayed_again", **counts, causes=sorted(result.causes))
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in result.failed]}


def _json(body: str) -> dict[str, Any] | None:
    try:
        read = json.loads(body)
    except ValueError:
        return None
    return read if isinstance(read, dict) else None
