"""Rows to domain objects and back, field by field; those of the complaint itself are in complaint_rows.py."""

import base64
import json
import math
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.cases.complaint_rows import listed, summary_of
from chalicelib.adapters.dynamodb.compact import clocks_of, clocks_text, instant, millis, sparse
from chalicelib.adapters.dynamodb.rows import ContactRow, EventRow, NoticeRow, PhotoRow, TaskRow
from chalicelib.application.ports.cases import SealedContact
from chalicelib.domain.case.canonical import as_stored, as_written, canonical
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import GENESIS, Event
from chalicelib.domain.case.evidence import Capture, Photo, Variants
from chalicelib.domain.case.tasks import Task
from chalicelib.domain.clocks import Clock

if TYPE_CHECKING:
    from chalicelib.application.ports.messages import Notice
    from chalicelib.application.ports.queues import QueueEntry


def task_row(task: Task, case: Complaint, queue: str) -> TaskRow:
    """The row of a task, as its case is now; `queue` is the index's key."""
    row = TaskRow(
        keys.case(task.number),
        keys.task(task.kind, task.task_id),
        state=task.state,
        status=case.status,
        version=case.version,
        category=case.category,
        area=case.area,
        unit=case.unit,
        channel=case.channel,
        received=millis(case.received_at),
        clocks=clocks_text(case.clocks),
        facts=dict(task.facts) or None,
        **listed(case),
    )
    if task.due_at:
        row.queue, row.due = queue, keys.due(task.due_at, task.number, f"{task.kind}#{task.task_id}")
    return row


def event_row(e: Event) -> EventRow:
    return EventRow(
        keys.case(e.number),
        keys.event(e.sequence),
        facts=canonical(e.chained_facts()),
        words=canonical(as_stored(e.words)) if e.words else None,
        salt=base64.b64decode(e.salt) if e.salt else None,
        prev=bytes.fromhex(e.prev) if e.prev != GENESIS else None,
        digest=bytes.fromhex(e.digest),
    )


def event_of(row: EventRow) -> Event:
    facts = json.loads(row.facts)
    return Event(
        number=facts["number"],
        sequence=facts["sequence"],
        version=facts["version"],
        at=datetime.fromisoformat(facts["at"]),
        action=facts["action"],
        status=facts["status"],
        before=facts.get("before"),
        role=facts["role"],
        actor=facts["actor"],
        actor_unit=facts.get("actor_unit"),
        unit=facts["unit"],
        facts=facts.get("facts", {}),
        words=as_written(json.loads(row.words)) if row.words else {},
        operation=facts.get("operation"),
        body_hash=facts.get("body_hash"),
        salt=base64.b64encode(row.salt).decode() if row.salt else "",
        prev=row.prev.hex() if row.prev else GENESIS,
        words_hash=facts.get("words"),
    )


def queue_entry(values: Mapping[str, Any], *, number: str, position: str, sk: str = keys.COMPLAINT) -> "QueueEntry":
    """What the queue index projects, and the coordinator's list of overdue cases repeats."""
    from chalicelib.application.ports.queues import QueueEntry

    kind, task_id = keys.task_of(sk, number)
    return QueueEntry(
        number=number,
        status=values["status"],
        version=values["version"],
        category=values["category"],
        area=values.get("area"),
        unit=values["unit"],
        channel=values["channel"],
        received_at=instant(values["received"]),
        due=keys.epoch_of(position),
        clocks=clocks_of(values["clocks"]) if number else _awaited(values, position),
        kind=kind,
        task_id=task_id,
        position=position,
        assignee=values.get("assignee"),
        summary=summary_of(values),
    )


def _awaited(values: Mapping[str, Any], position: str) -> dict[str, Clock]:
    """A message's own clock: it is to be read by the time that a report would be coordinated by."""
    due = instant(keys.epoch_of(position) * 1000)
    return {"coordination": Clock("coordination", instant(values["received"]), due)}


def photo_row(p: Photo) -> PhotoRow:
    v, c = p.variants, p.capture
    return PhotoRow(
        keys.case(p.number),
        keys.photo(p.photo_id),
        state=p.state,
        kind=p.kind,
        side=p.side,
        uploader=p.uploader,
        content_type=p.content_type,
        size=p.size,
        announced=millis(p.announced_at),
        facts=sparse(
            {
                "reason": p.reason,
                "variants": [v.large, v.small, v.width, v.height, v.sha256] if v else None,
                "capture": [c.lat, c.lon, c.taken_at] if c else None,
            }
        ),
    )


def photo_of(row: PhotoRow) -> Photo:
    facts: dict[str, Any] = row.facts or {}
    return Photo(
        photo_id=row.sk.removeprefix(keys.PHOTO_PREFIX),
        number=keys.number_of(row.pk),
        kind=row.kind,
        side=row.side,
        uploader=row.uploader,
        state=row.state,
        content_type=row.content_type,
        size=int(row.size),
        announced_at=instant(row.announced),
        reason=facts.get("reason"),
        variants=Variants(*facts["variants"]) if facts.get("variants") else None,
        capture=Capture(*facts["capture"]) if facts.get("capture") else None,
    )


def notice_row(n: "Notice") -> NoticeRow:
    """With its promise while it is unsettled."""
    return NoticeRow(
        keys.case(n.number),
        keys.notice(n.key),
        state=n.state,
        event=n.event,
        kind=n.kind,
        claimed=millis(n.claimed_at),
        due_at=millis(n.due_at),
        lease=millis(n.lease_until),
        tries=n.tries,
        reason=n.reason or None,
        awaited=int(n.awaited) or None,
        confirmed=int(n.confirmed) or None,
        alarm=keys.alarm(n.number) if n.promised else None,
        alarm_at=math.ceil(n.due_at.timestamp()) if n.promised else None,
    )


def notice_of(row: NoticeRow) -> "Notice":
    from chalicelib.application.ports.messages import Notice

    return Notice(
        number=keys.number_of(row.pk),
        key=row.sk.removeprefix(keys.NOTICE_PREFIX),
        event=row.event,
        kind=row.kind,
        state=row.state,
        claimed_at=instant(row.claimed),
        due_at=instant(row.due_at),
        lease_until=instant(row.lease),
        tries=int(row.tries),
        reason=row.reason or "",
        awaited=bool(row.awaited),
        confirmed=bool(row.confirmed),
    )


def contact_of(row: ContactRow) -> SealedContact:
    return SealedContact(row.masked, row.sealed, row.data_key, pseudonym=row.pseudonym, answer_hash=row.answer)
