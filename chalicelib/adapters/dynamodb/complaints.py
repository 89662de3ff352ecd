"""Complaints and their history in DynamoDB. One transaction per change; nothing else is written on the request path."""

import math
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, TypeVar

from pynamodb.exceptions import DoesNotExist, TransactWriteError
from pynamodb.transactions import TransactWrite

from chalicelib.adapters.dynamodb import keys, raw
from chalicelib.adapters.dynamodb.faults import CONDITION, CONFLICT, reasons, store_answers
from chalicelib.adapters.dynamodb.rows import ComplaintRow, ContactRow, EventRow, NoticeRow, PhotoRow, Row
from chalicelib.adapters.dynamodb.translation import (
    complaint_of,
    complaint_row,
    event_of,
    event_row,
    notice_of,
    photo_of,
    task_row,
)
from chalicelib.application.ports.cases import (
    AlreadyLodgedError,
    CaseFile,
    LostRaceError,
    PhotoMovedError,
    SealedContact,
)
from chalicelib.domain.clocks import next_alarm
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.decision import Decision
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.events import Event
from chalicelib.domain.tasks import Task

R = TypeVar("R", bound=Row)


class DynamoComplaints:
    """`queue_key` answers the queue index's key and due time of a complaint (None: it stands in no queue), `task_key`
    the key of a task."""

    def __init__(
        self,
        *,
        queue_key: Callable[[Complaint], tuple[str, datetime] | None],
        task_key: Callable[[Task], str],
    ) -> None:
        self._queue_key = queue_key
        self._task_key = task_key

    def load(self, number: str) -> Complaint | None:
        with store_answers():
            try:
                return complaint_of(ComplaintRow.get(keys.case(number), keys.COMPLAINT, consistent_read=True))
            except DoesNotExist:
                return None

    def case_file(self, number: str) -> CaseFile | None:
        rows = {item["sk"]["S"]: item for item in _partition(keys.case(number))}  # in the order of their sort keys
        if keys.COMPLAINT not in rows:
            return None

        def of(row: type[R], prefix: str) -> list[R]:
            return [row.from_raw_data(item) for sk, item in rows.items() if sk.startswith(prefix)]

        contacts = of(ContactRow, keys.CONTACT)
        return CaseFile(
            complaint=complaint_of(ComplaintRow.from_raw_data(rows[keys.COMPLAINT])),
            events=list(map(event_of, of(EventRow, keys.EVENT_PREFIX))),
            photos=list(map(photo_of, of(PhotoRow, keys.PHOTO_PREFIX))),
            masked_contact=contacts[0].masked if contacts else None,
            notices=list(map(notice_of, of(NoticeRow, keys.NOTICE_PREFIX))),
        )

    def lodge(self, decision: Decision, contact: SealedContact | None) -> None:
        complaint = decision.complaint
        try:
            with TransactWrite(connection=raw.connection()) as transaction:
                transaction.save(self._row(complaint), Row.pk.does_not_exist(), "ALL_OLD")
                transaction.save(event_row(decision.event), Row.pk.does_not_exist())
                if contact:
                    transaction.save(_contact_row(complaint.number, contact))
        except TransactWriteError as error:
            raise self._already_lodged(complaint, error) from error

    def _already_lodged(self, complaint: Complaint, error: TransactWriteError) -> Exception:
        """The complaint in the way, which comes with the refusal; after a conflict of two it has to be read."""
        why = reasons(error)
        if CONDITION in why:
            found = error.cancellation_reasons[0]
            item = found.raw_item if found else None
            existing = complaint_of(ComplaintRow.from_raw_data(item)) if item else self.load(complaint.number)
        else:
            existing = self.load(complaint.number) if CONFLICT in why else None
        return AlreadyLodgedError(existing) if existing else UnavailableError("dynamodb")

    def commit(self, decision: Decision) -> None:
        try:
            with TransactWrite(connection=raw.connection()) as transaction:
                for photo in decision.photos:
                    at = (keys.case(photo.number), keys.photo(photo.photo_id))
                    transaction.condition_check(PhotoRow, *at, condition=PhotoRow.state == "ready")
                for number in decision.numbers:
                    before = decision.before(number)
                    unmoved = ComplaintRow.sequence == before.sequence if before else Row.pk.does_not_exist()
                    transaction.save(self._row(decision.case(number)), unmoved)
                for change in decision.changes:
                    transaction.save(event_row(change.event), Row.pk.does_not_exist())
                for task in decision.tasks:
                    transaction.save(task_row(task, decision.case(task.number), self._task_key(task)))
        except TransactWriteError as error:
            self._explain(error, decision)

    def _explain(self, error: TransactWriteError, decision: Decision) -> None:
        """Our own commit whose answer was lost is success: then the event that stands there is ours."""
        why, event = reasons(error), decision.event
        if not {CONDITION, CONFLICT} & set(why):
            raise UnavailableError("dynamodb") from error
        standing = self.event(event.number, event.sequence)
        if standing and standing.digest == event.digest:
            return
        if CONDITION in why[: len(decision.photos)]:
            raise PhotoMovedError from error
        raise LostRaceError from error

    def event(self, number: str, sequence: int) -> Event | None:
        with store_answers():
            try:
                return event_of(EventRow.get(keys.case(number), keys.event(sequence), consistent_read=True))
            except DoesNotExist:
                return None

    def events(self, number: str) -> list[Event]:
        with store_answers():
            found = EventRow.query(keys.case(number), EventRow.sk.startswith(keys.EVENT_PREFIX), consistent_read=True)
            return [event_of(row) for row in found]

    def all_events(self, since: datetime | None = None) -> Iterator[Event]:
        with store_answers():
            for row in EventRow.scan(EventRow.sk.startswith(keys.EVENT_PREFIX), consistent_read=True):
                event = event_of(row)
                if since is None or event.at >= since:
                    yield event

    def _row(self, complaint: Complaint) -> ComplaintRow:
        row = complaint_row(complaint)
        queued = self._queue_key(complaint)
        if queued:
            row.queue, row.due = queued[0], keys.due(queued[1], complaint.number)
        alarm = next_alarm(complaint.clocks.values())
        if alarm:
            row.alarm, row.alarm_at = keys.alarm(complaint.number), math.ceil(alarm[0].timestamp())
        return row


def _contact_row(number: str, contact: SealedContact) -> ContactRow:
    return ContactRow(
        keys.case(number),
        keys.CONTACT,
        sealed=contact.sealed,
        data_key=contact.data_key,
        masked=dict(contact.masked),
    )


def _partition(pk: str) -> Iterator[dict[str, Any]]:
    """Every item of one partition, consistent, page after page."""
    start: dict[str, Any] | None = None
    while True:
        with store_answers():
            page = Row._get_connection().query(pk, consistent_read=True, exclusive_start_key=start)
        yield from page["Items"]
        start = page.get("LastEvaluatedKey")
        if not start:
            return
