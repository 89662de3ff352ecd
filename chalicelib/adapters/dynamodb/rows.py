"""The rows of the table of cases, as PynamoDB describes them: storage only, never the domain. The composition root
names the table before first use. The rows of the table of people are in people/people_rows.py."""

import json
from collections.abc import Callable
from typing import Any

from chalicelib.adapters.dynamodb.attributes import (
    BinaryAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
)
from chalicelib.adapters.dynamodb.store import STORE, StoredRow

# What the queue index projects of every kind of row. It cannot be changed once the table is deployed (DynamoDB,
# UpdateTable), so it holds what all kinds will ever show. With the keys at most 480 bytes: fifty cost three read units.
QUEUE_PROJECTION = [
    *("status", "version", "category", "area", "unit", "channel", "received", "clocks"),
    *("text", "landmark", "photo", "flags", "assignee"),
]


class Row(StoredRow):
    """What all rows share: the keys, the place in a queue, and the promise on the alarm index (epoch seconds). The
    indexes are the template's (infra/data.yaml): `queue` and `due`, `alarm` and `alarm_at`."""

    class Meta:
        table_name = "unbound"

    queue = UnicodeAttribute(null=True)
    due = UnicodeAttribute(null=True)
    alarm = UnicodeAttribute(null=True)
    alarm_at = NumberAttribute(null=True)
    writer = BinaryAttribute(legacy_encoding=False, null=True)  # the mark of the call that wrote it: see once.py


def bind(*, table_name: str, client: Callable[[], Any]) -> None:
    """Names the table for every row, and answers the client that calls it; called by the composition root."""
    Row.Meta.table_name = table_name
    STORE.provide = client


class CompactJSONAttribute(JSONAttribute):
    """JSON without blanks: a complaint is to stay below one write unit all its life."""

    def serialize(self, value: Any) -> str | None:
        return None if value is None else json.dumps(value, separators=(",", ":"))


class ComplaintRow(Row):
    """A complaint; `clocks` in the compact form of `clock_text`, times epoch milliseconds."""

    status = UnicodeAttribute()
    version = NumberAttribute()
    sequence = NumberAttribute()
    head = BinaryAttribute(legacy_encoding=False)
    category = UnicodeAttribute()
    unit = UnicodeAttribute()
    channel = UnicodeAttribute()
    visibility = UnicodeAttribute()
    received = NumberAttribute()
    clocks = UnicodeAttribute()
    area = UnicodeAttribute(null=True)
    place = UnicodeAttribute(null=True)
    key_hash = BinaryAttribute(legacy_encoding=False)
    body_hash = BinaryAttribute(legacy_encoding=False)
    secret_hash = BinaryAttribute(legacy_encoding=False)
    text = UnicodeAttribute(null=True)
    landmark = UnicodeAttribute(null=True)
    photo = UnicodeAttribute(null=True)
    flags = UnicodeAttribute(null=True)
    assignee = UnicodeAttribute(null=True)
    more = CompactJSONAttribute(null=True)  # what only some complaints have


class TaskRow(Row):
    """Waiting work beside its case; the projected attributes are the case's as they were when it was written."""

    state = UnicodeAttribute()
    status = UnicodeAttribute()
    version = NumberAttribute()
    category = UnicodeAttribute()
    area = UnicodeAttribute(null=True)
    unit = UnicodeAttribute()
    channel = UnicodeAttribute()
    received = NumberAttribute()
    clocks = UnicodeAttribute()
    text = UnicodeAttribute(null=True)
    landmark = UnicodeAttribute(null=True)
    photo = UnicodeAttribute(null=True)
    flags = UnicodeAttribute(null=True)
    assignee = UnicodeAttribute(null=True)
    facts = JSONAttribute(null=True)


class EventRow(Row):
    """One line of the history: `facts` is the canonical JSON that `digest` covers, `words` that which its hash covers;
    `words` and `salt` may go."""

    facts = UnicodeAttribute()
    words = UnicodeAttribute(null=True)
    salt = BinaryAttribute(legacy_encoding=False, null=True)
    prev = BinaryAttribute(legacy_encoding=False, null=True)
    digest = BinaryAttribute(legacy_encoding=False)


class PhotoRow(Row):
    """A photo's own life; `facts` holds what its state has (variants, capture, reason)."""

    state = UnicodeAttribute()
    kind = UnicodeAttribute()
    side = UnicodeAttribute()
    uploader = UnicodeAttribute()
    content_type = UnicodeAttribute()
    size = NumberAttribute()
    announced = NumberAttribute()
    facts = JSONAttribute(null=True)


class UploadsRow(Row):
    """Counters of a case. They have a row of their own, since the case's row is always put whole and would overwrite
    them. They count the photos announced after the report, by side (places taken now, and announced ever), the
    followers, and those followers who are told the steps."""

    reporter_held = NumberAttribute(null=True)
    reporter_ever = NumberAttribute(null=True)
    staff_held = NumberAttribute(null=True)
    staff_ever = NumberAttribute(null=True)
    agency_held = NumberAttribute(null=True)
    agency_ever = NumberAttribute(null=True)
    followers = NumberAttribute(null=True)
    told = NumberAttribute(null=True)


class FollowerRow(Row):
    """Somebody who follows a case; with a contact, sealed under a key of its own, also who is told each step after the
    event `since`."""

    since = NumberAttribute()
    sealed = BinaryAttribute(legacy_encoding=False, null=True)
    data_key = BinaryAttribute(legacy_encoding=False, null=True)


class FollowingKeyRow(Row):
    """The key under which somebody asked to follow, and the hash of what was sent."""

    body_hash = UnicodeAttribute()


class ContactRow(Row):
    """The reporter's contact, encrypted under a key of its own, and its mask."""

    sealed = BinaryAttribute(legacy_encoding=False)
    data_key = BinaryAttribute(legacy_encoding=False)
    masked = JSONAttribute()
    answer = BinaryAttribute(legacy_encoding=False, null=True)  # hash of the token of a question's link
    pseudonym = UnicodeAttribute(null=True)  # of the address that is written to


class StandingRow(Row):
    """An address by its pseudonym; only what a report's transaction writes. The rest: standings.py."""

    confirmed = NumberAttribute(null=True)
    suppressed = NumberAttribute(null=True)


class NoticeRow(Row):
    """One message to one recipient, as the ledger knows it; times epoch milliseconds, `lease` the machine's."""

    state = UnicodeAttribute()
    event = UnicodeAttribute()
    kind = UnicodeAttribute()
    claimed = NumberAttribute()
    due_at = NumberAttribute()
    lease = NumberAttribute()
    tries = NumberAttribute()
    reason = UnicodeAttribute(null=True)
    awaited = NumberAttribute(null=True)
    confirmed = NumberAttribute(null=True)


class StuckRow(Row):
    """A call-back to a partner that has failed, in a list per channel; `at` epoch milliseconds."""

    number = UnicodeAttribute()
    key = UnicodeAttribute()
    tries = NumberAttribute()
    reason = UnicodeAttribute()
    at = NumberAttribute()


class RateRow(Row):
    """How many requests of a client were taken in its running minute (epoch minutes)."""

    minute = NumberAttribute()
    taken = NumberAttribute()


class FloodRow(Row):
    """A switch of flood mode; times epoch milliseconds."""

    category = UnicodeAttribute()
    area = UnicodeAttribute()
    since = NumberAttribute()
    until = NumberAttribute()
    switched_by = UnicodeAttribute()
    off_at = NumberAttribute(null=True)
    off_by = UnicodeAttribute(null=True)


class IncidentRow(Row):
    """The reports of one kelurahan and hour that flood mode made one: the number of the lead, and how many it took
    in."""

    lead = UnicodeAttribute()
    merged = NumberAttribute()


class BenchRow(Row):
    """How many proofs each judge had open when the sweeper last looked, by username."""

    open = CompactJSONAttribute()
