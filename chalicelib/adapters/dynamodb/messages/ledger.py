"""The ledger of messages: a row per event and recipient, in the complaint's partition. An unsettled one is a promise on
the alarm index."""

from dataclasses import replace

from pynamodb.exceptions import DoesNotExist, PutError
from pynamodb.expressions.condition import Condition

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.cases.translation import notice_of, notice_row
from chalicelib.adapters.dynamodb.compact import millis
from chalicelib.adapters.dynamodb.faults import lost_condition, store_answers
from chalicelib.adapters.dynamodb.once import written
from chalicelib.adapters.dynamodb.rows import NoticeRow, Row
from chalicelib.application.ports.messages import Notice


class DynamoNotices:
    """Implements Notices."""

    def find(self, number: str, key: str) -> Notice | None:
        row = self._found(keys.case(number), keys.notice(key))
        return notice_of(row) if row else None

    def _found(self, pk: str, sk: str) -> NoticeRow | None:
        with store_answers():
            try:
                return NoticeRow.get(pk, sk, consistent_read=True)
            except DoesNotExist:
                return None

    def _row(self, notice: Notice) -> NoticeRow:
        return notice_row(notice)

    def claim(self, notice: Notice, former: Notice | None) -> bool:
        return written(self._row(notice), _still(former) if former else Row.pk.does_not_exist())

    def record(self, notice: Notice) -> bool:
        unsettled = NoticeRow.state.is_in("claimed", "deferred")
        former = self._swapped(notice, unsettled if notice.settled else unsettled & (NoticeRow.tries == notice.tries))
        return former is None or bool(former.awaited)

    def amend(self, notice: Notice) -> None:
        self._swapped(notice, NoticeRow.state.is_in("claimed", "sent", "unknown"))

    def _swapped(self, notice: Notice, condition: Condition) -> NoticeRow | None:
        """What stood there. None: the condition was lost, which is no fault: what stands there is newer, or was
        erased."""
        with store_answers():
            try:
                return NoticeRow.from_raw_data(self._row(notice).save(condition, told="ALL_OLD"))
            except PutError as error:
                if not lost_condition(error):
                    raise
                return None


class DynamoDigests(DynamoNotices):
    """Implements Notices for digests: the key is the day, the number is of no case. None stands on the alarm index: the
    sweeper looks at the one of the day."""

    def find(self, number: str, key: str) -> Notice | None:
        row = self._found(keys.DIGESTS, key)
        return replace(notice_of(row), number=number, key=key) if row else None

    def _row(self, notice: Notice) -> NoticeRow:
        row = notice_row(notice)
        row.pk, row.sk, row.alarm, row.alarm_at = keys.DIGESTS, notice.key, None, None
        return row


def _still(former: Notice) -> Condition:
    """Every claim is at a time of its own, and each of its states is written once, with and without the mark of who
    awaits it."""
    same = (NoticeRow.state == former.state) & (NoticeRow.tries == former.tries)
    at = (NoticeRow.claimed == millis(former.claimed_at)) & (NoticeRow.lease == millis(former.lease_until))
    awaited = NoticeRow.awaited.exists() if former.awaited else NoticeRow.awaited.does_not_exist()
    together: Condition = same & at & awaited
    return together
