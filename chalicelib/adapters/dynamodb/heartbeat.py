"""A row of no case that goes through the stream, so that its reader is seen to live while nobody reports anything."""

from datetime import datetime, timedelta

from chalicelib.adapters.dynamodb import keys, raw

KEPT = timedelta(hours=1)  # then the table forgets it, at no cost


class DynamoHeartbeat:
    """Implements Heartbeat."""

    def beat(self, at: datetime) -> None:
        second = int(at.timestamp())
        item: raw.Values = {
            "pk": keys.HEARTBEAT,
            "sk": keys.beat(second),
            "expires": second + int(KEPT.total_seconds()),
        }
        raw.call("PutItem", {"Item": raw.typed(item)})
