"""The ledger of messages: a row per event and recipient, in the complaint's partition. An unsettled one is a promise on
the alarm index."""

from pynamodb.exceptions import DoesNotExist, PutError
from pynamodb.expressions.condition import Condition

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.compact import millis
from chalicelib.adapters.dynamodb.faults import lost_condition, store_answers
from chalicelib.adapters.dynamodb.once import written
from chalicelib.adapters.dynamodb.rows import NoticeRow, Row
from chalicelib.adapters.dynamodb.translation import notice_of, notice_row
from chalicelib.application.ports.messages import Notice


class DynamoNotices:
    """Implements Notices."""

    def find(self, number: str, key: str) -> Notice | None:
        with store_answers():
            try:
                return notice_of(NoticeRow.get(keys.case(number), keys.notice(key), consistent_read=True))
            except DoesNotExist:
                return None

    def claim(self, notice: Notice, former: Notice | None) -> bool:
        return written(notice_row(notice), _still(former) if former else Row.pk.does_not_exist())

    def record(self, notice: Notice) -> None:
        """A lost condition is no fault: what stands there is newer, or was erased."""
        unsettled = NoticeRow.state.is_in("claimed", "deferred")
        condition = unsettled if notice.settled else unsettled & (NoticeRow.tries == notice.tries)
        with store_answers():
            try:
                notice_row(notice).save(condition)
            except PutError as error:
                if not lost_condition(error):
                    raise


def _still(former: Notice) -> Condition:
    """Every claim is at a time of its own, and each of its states is written once."""
    same = (NoticeRow.state == former.state) & (NoticeRow.tries == former.tries)
    at = (NoticeRow.claimed == millis(former.claimed_at)) & (NoticeRow.lease == millis(former.lease_until))
    both: Condition = same & at
    return both
