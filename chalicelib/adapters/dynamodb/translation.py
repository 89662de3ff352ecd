"""Rows to domain objects and back, field by field."""

import base64
import json
import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.adapters.dynamodb import keys, together
from chalicelib.adapters.dynamodb.compact import clocks_of, clocks_text, instant, millis, sparse
from chalicelib.adapters.dynamodb.rows import ComplaintRow, EventRow, NoticeRow, PhotoRow, TaskRow
from chalicelib.application.ports.messages import Notice
from chalicelib.application.ports.queues import QueueEntry
from chalicelib.domain.case.canonical import as_stored, as_written, canonical
from chalicelib.domain.case.complaint import NOTHING_SAID, AnnouncedUpload, Complaint, Lodging, Outcome, Said, Summary
from chalicelib.domain.case.events import GENESIS, Event
from chalicelib.domain.case.evidence import Capture, Photo, Variants
from chalicelib.domain.case.tasks import Task
from chalicelib.domain.rules import RouteRecord


def _more(c: Complaint) -> dict[str, Any] | None:
    """What only some complaints have."""
    outcome = c.outcome and [c.outcome.code, c.outcome.until and millis(c.outcome.until), c.outcome.reason_code]
    return sparse(
        {
            "owner": c.owner,
            "route": c.route and [c.route.category, c.route.receiver, *c.route.owners],
            "outcome": outcome,
            "proposers": list(c.proposers),
            "judged": {who: millis(at) for who, at in c.judged.items()},
            "arming": c.arming if c.arming > 1 else None,
            "hops": c.hops,
            "rating": c.rating,
            "settled": c.settled,
            "reachable": c.reachable,
            "previous": c.previous,
            "language": c.language if c.language != "id" else None,
            "uploads": [[u.photo_id, u.content_type, u.size] for u in c.uploads],
            "typed_by": c.lodging.typed_by,
            "said": [c.said.reporter, c.said.staff, c.said.internal] if c.said != NOTHING_SAID else None,
            **together.kept(c),
        }
    )


def complaint_row(c: Complaint) -> ComplaintRow:
    """The row without its index keys; the store adds them."""
    return ComplaintRow(
        keys.case(c.number),
        keys.COMPLAINT,
        status=c.status,
        version=c.version,
        sequence=c.sequence,
        head=bytes.fromhex(c.head),
        category=c.category,
        unit=c.unit,
        channel=c.channel,
        visibility=c.visibility,
        received=millis(c.received_at),
        clocks=clocks_text(c.clocks),
        area=c.area,
        place=f"{c.place[0]},{c.place[1]}" if c.place else None,
        key_hash=bytes.fromhex(c.lodging.key_hash),
        body_hash=bytes.fromhex(c.lodging.body_hash),
        secret_hash=bytes.fromhex(c.lodging.secret_hash),
        more=_more(c),
        **_listed(c),
    )


def _listed(c: Complaint) -> dict[str, Any]:
    """What only lists of the staff show."""
    flags = ",".join(c.summary.flags)
    named = {"text": c.summary.text, "landmark": c.summary.landmark, "photo": c.summary.photo, "flags": flags}
    return {name: value for name, value in {**named, "assignee": c.assignee}.items() if value}


def _summary_of(values: Mapping[str, Any]) -> Summary:
    flags = tuple(filter(None, (values.get("flags") or "").split(",")))
    return Summary(values.get("text") or "", values.get("landmark") or "", values.get("photo") or "", flags)


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
        **_listed(case),
    )
    if task.due_at:
        row.queue, row.due = queue, keys.due(task.due_at, task.number, f"{task.kind}#{task.task_id}")
    return row


def complaint_of(row: ComplaintRow) -> Complaint:
    more: dict[str, Any] = row.more or {}
    lat_lon = row.place.split(",") if row.place else None
    return Complaint(
        number=keys.number_of(row.pk),
        status=row.status,
        version=int(row.version),
        sequence=int(row.sequence),
        head=row.head.hex(),
        category=row.category,
        unit=row.unit,
        channel=row.channel,
        visibility=row.visibility,
        received_at=instant(row.received),
        lodging=Lodging(row.key_hash.hex(), row.body_hash.hex(), row.secret_hash.hex(), more.get("typed_by")),
        area=row.area,
        place=(float(lat_lon[0]), float(lat_lon[1])) if lat_lon else None,
        owner=more.get("owner"),
        route=_route_of(more.get("route")),
        assignee=row.assignee,
        summary=_summary_of(row.attribute_values),
        outcome=_outcome_of(more.get("outcome")),
        proposers=tuple(more.get("proposers", ())),
        judged={who: instant(at) for who, at in more.get("judged", {}).items()},
        arming=more.get("arming", 1),
        hops=more.get("hops", 0),
        rating=more.get("rating"),
        settled=more.get("settled", False),
        reachable=more.get("reachable", False),
        previous=more.get("previous"),
        language=more.get("language", "id"),
        uploads=tuple(AnnouncedUpload(*upload) for upload in more.get("uploads", ())),
        said=Said(*more.get("said", ())),
        clocks=clocks_of(row.clocks),
        **together.read(more),
    )


def _route_of(stored: list[str] | None) -> RouteRecord | None:
    return RouteRecord(stored[0], stored[1], tuple(stored[2:])) if stored else None


def _outcome_of(stored: list[Any] | None) -> Outcome | None:
    return Outcome(stored[0], instant(stored[1]) if stored[1] else None, stored[2]) if stored else None


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


def queue_entry(values: Mapping[str, Any], *, number: str, position: str, sk: str = keys.COMPLAINT) -> QueueEntry:
    """What the queue index projects, and the coordinator's list of overdue cases repeats."""
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
        clocks=clocks_of(values["clocks"]),
        kind=kind,
        task_id=task_id,
        position=position,
        assignee=values.get("assignee"),
        summary=_summary_of(values),
    )


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


def notice_row(n: Notice) -> NoticeRow:
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
        alarm=None if n.settled else keys.alarm(n.number),
        alarm_at=None if n.settled else math.ceil(n.due_at.timestamp()),
    )


def notice_of(row: NoticeRow) -> Notice:
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
    )
