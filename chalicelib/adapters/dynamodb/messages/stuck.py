"""Call-backs that have failed: a row each, in one partition per channel, until they are told."""

from chalicelib.adapters.dynamodb import keys, raw
from chalicelib.adapters.dynamodb.compact import instant, millis
from chalicelib.adapters.dynamodb.faults import store_answers
from chalicelib.adapters.dynamodb.rows import StuckRow
from chalicelib.application.ports.partners import MOST, StuckCallBack


class DynamoStuckCallBacks:
    """Implements StuckCallBacks."""

    def note(self, stuck: StuckCallBack) -> None:
        row = StuckRow(
            keys.stuck(stuck.channel),
            keys.stuck_call_back(stuck.number, stuck.key),
            number=stuck.number,
            key=stuck.key,
            tries=stuck.tries,
            reason=stuck.reason,
            at=millis(stuck.at),
        )
        with store_answers():
            row.save()

    def clear(self, channel: str, key: str, number: str) -> None:
        raw.call("DeleteItem", {"Key": raw.typed({"pk": keys.stuck(channel), "sk": keys.stuck_call_back(number, key)})})

    def of(self, channel: str) -> list[StuckCallBack]:
        with store_answers():
            found = StuckRow.query(keys.stuck(channel), limit=MOST, consistent_read=True)
            return [
                StuckCallBack(channel, row.number, row.key, int(row.tries), row.reason, instant(row.at))
                for row in found
            ]
