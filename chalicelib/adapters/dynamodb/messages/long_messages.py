"""Long messages whose parts are awaited: a row beside their case, on the alarm index while parts are missing."""

import json
import math

from chalicelib.adapters.dynamodb import keys, raw
from chalicelib.adapters.dynamodb.compact import instant, millis
from chalicelib.application.ports.talks import LongMessage


class DynamoLongMessages:
    """Implements LongMessages."""

    def find(self, number: str, of: int) -> LongMessage | None:
        found = raw.get(keys.case(number), keys.parts(of), consistent=True)
        if not found:
            return None
        until, came = instant(found["until"]), json.loads(found["came"])
        return LongMessage(number, found["channel"], of, until, came, is_missed=bool(found["missed"]))

    def save(self, long: LongMessage) -> None:
        item: dict[str, str | int] = {
            "pk": keys.case(long.number),
            "sk": keys.parts(long.of),
            "channel": long.channel,
            "until": millis(long.until),
            "came": json.dumps(dict(long.came), separators=(",", ":")),
            "missed": int(long.is_missed),
        }
        if long.is_promised:
            item |= {"alarm": keys.alarm(long.number), "alarm_at": math.ceil(long.until.timestamp())}
        raw.call("PutItem", {"Item": raw.typed(item)})
