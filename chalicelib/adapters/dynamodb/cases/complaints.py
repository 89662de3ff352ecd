"""Complaints and their history in DynamoDB. One transaction per change; nothing else is written on the request path."""

import math
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, TypeVar

from pynamodb.exceptions import DoesNotExist, QueryError, TransactWriteError
from pynamodb.expressions.condition import Condition

from chalicelib.adapters.dynamodb import keys, raw
from chalicelib.adapters.dynamodb.cases.complaint_rows import complaint_of, complaint_row
from chalicelib.adapters.dynamodb.cases.together import task_of
from chalicelib.adapters.dynamodb.cases.translation import (
    contact_of,
    event_of,
    event_row,
    notice_of,
    photo_of,
    task_row,
)
from chalicelib.adapters.dynamodb.faults import CONDITION, CONFLICT, reasons, store_answers
from chalicelib.adapters.dynamodb.rows import (
    ComplaintRow,
    ContactRow,
    EventRow,
    NoticeRow,
    PhotoRow,
    Row,
    TaskRow,
    UploadsRow,
)
from chalicelib.adapters.dynamodb.store import TransactWrite, asked_of
from chalicelib.application.ports.cases import (
    LAST_EVENTS,
    AlreadyLodgedError,
    CaseFile,
    EventFile,
    LostRaceError,
    PhotoMovedError,
    SealedContact,
    as_erased,
)
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import Event
from chalicelib.domain.case.tasks import Task
from chalicelib.domain.clocks import next_alarm
from chalicelib.domain.decision import Decision
from chalicelib.domain.errors import UnavailableError

R = TypeVar("R", bound=Row)
Item = dict[str, Any]
USUAL = 250  # rows: so many are read in one query, before it is known how long the case is
LAST_SEQUENCE = 999_999  # its key sorts after all others


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
        rows = _rows_of(keys.case(number))
        if keys.COMPLAINT not in rows:
            return None

        def of(row: type[R], prefix: str) -> list[R]:
            return [row.from_raw_data(item) for sk, item in rows.items() if sk.startswith(prefix)]

        contacts, counted = of(ContactRow, keys.CONTACT), of(UploadsRow, keys.UPLOADS)
        first, *others = map(event_of, of(EventRow, keys.EVENT_PREFIX))
        last = others[-LAST_EVENTS:]
        is_whole = len(last) < LAST_EVENTS and (not last or last[0].sequence == first.sequence + 1)
        found = CaseFile(
            complaint=complaint_of(ComplaintRow.from_raw_data(rows[keys.COMPLAINT])),
            events=[first, *last] if is_whole else last,
            photos=list(map(photo_of, of(PhotoRow, keys.PHOTO_PREFIX))),
            masked_contact=contacts[0].masked if contacts else None,
            pseudonym=contacts[0].pseudonym if contacts else None,
            notices=list(map(notice_of, of(NoticeRow, keys.NOTICE_PREFIX))),
            lodged=None if is_whole else first,
            answer_hash=contacts[0].answer if contacts else None,
            tasks=list(map(task_of, of(TaskRow, keys.TASK_PREFIX))),
            followers=int(counted[0].followers or 0) if counted else 0,
            sealed=contact_of(contacts[0]) if contacts else None,
        )
        return as_erased(found)

    def event_file(self, number: str, sequence: int) -> EventFile | None:
        from chalicelib.adapters.dynamodb import several

        pk = keys.case(number)
        event, case, first = ((pk, sk) for sk in (keys.event(sequence), keys.COMPLAINT, keys.event(1)))
        found = several.rows((event, case, first), consistent=True)
        if event not in found or case not in found:
            return None
        return EventFile(
            event=event_of(EventRow.from_raw_data(found[event])),
            complaint=complaint_of(ComplaintRow.from_raw_data(found[case])),
            first=event_of(EventRow.from_raw_data(found[first])) if first in found else None,
        )

    def lodge(self, decision: Decision, contact: SealedContact | None) -> None:
        complaint = decision.complaint
        try:
            with TransactWrite(connection=raw.connection()) as transaction:
                transaction.save(self._row(complaint), Row.pk.does_not_exist(), "ALL_OLD")
                transaction.save(event_row(decision.event), Row.pk.does_not_exist())
                if contact:
                    transaction.save(_contact_row(complaint.number, contact))
                if contact and contact.confirmed and contact.pseudonym:
                    from chalicelib.adapters.dynamodb.people.standings import confirm_with

                    confirm_with(transaction, contact.pseudonym, complaint.received_at)
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

    def events_before(self, number: str, sequence: int) -> list[Event]:
        if sequence <= 1:
            return []
        before = _between(1, min(sequence, LAST_SEQUENCE) - 1)
        found, _ = _page(keys.case(number), before, limit=LAST_EVENTS, newest_first=True)
        return [event_of(EventRow.from_raw_data(item)) for item in found[::-1]]

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
        answer=contact.answer_hash,
        pseudonym=contact.pseudonym,
    )


def _rows_of(pk: str) -> dict[str, Item]:
    """The rows of a case by their sort keys, in their order; of a long one as many as CaseFile promises."""
    head, more = _page(pk, None, limit=USUAL)
    found = {item["sk"]["S"]: item for item in head}
    if not more or keys.COMPLAINT not in found:
        return found
    sequence = int(found[keys.COMPLAINT]["sequence"]["N"])
    kept = {sk: found[sk] for sk in (keys.COMPLAINT, keys.CONTACT, keys.event(1)) if sk in found}
    last, _ = _page(pk, _between(1, sequence), limit=LAST_EVENTS, newest_first=True)
    beside, _ = _page(pk, Row.sk > keys.event(LAST_SEQUENCE), newest_first=True)
    return kept | {item["sk"]["S"]: item for item in (*last[::-1], *beside[::-1])}


def _between(first: int, last: int) -> Condition:
    """The condition on the sort key for the events from one sequence to the other."""
    condition: Condition = Row.sk.between(keys.event(first), keys.event(last))
    return condition


def _page(
    pk: str, within: Condition | None, *, limit: int | None = None, newest_first: bool = False
) -> tuple[list[Item], bool]:
    """One consistent query of a partition, 1 MB at most; and whether there is more."""
    request = asked_of(Row, pk, within) | {"ConsistentRead": True, "ScanIndexForward": not newest_first}
    with store_answers():
        answer = raw.connection().asked("Query", request | ({"Limit": limit} if limit else {}), QueryError)
    return answer["Items"], "LastEvaluatedKey" in answer
