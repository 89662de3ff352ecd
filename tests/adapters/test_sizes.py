"""What is paid for: a row below 1 KB is one write unit (two in a transaction), and fifty queue entries of at most 480
bytes are three read units. Counted on the rows of a whole life, with long but plausible words."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.adapters.dynamodb import keys, raw
from chalicelib.adapters.dynamodb.rows import QUEUE_PROJECTION
from chalicelib.domain.actor import REPORTER
from chalicelib.domain.case.complaint import AnnouncedUpload
from tests.builders import (
    DBM,
    ENGINEER,
    HEAD,
    LURAH,
    NUMBER,
    VALIDATOR,
    Life,
    a_life,
    a_photo,
    an_officer,
    as_decision,
    given,
)

KB = 1024
ENTRY = 480
WORDS = "Lubang selebar satu meter di lajur kiri, sudah dua pengendara motor jatuh tadi malam. " * 2  # 170 characters


def items(number: str = NUMBER) -> dict[str, dict[str, Any]]:
    """The rows of a complaint by their sort keys."""
    request = {"KeyConditionExpression": "pk = :pk", "ExpressionAttributeValues": {":pk": {"S": keys.case(number)}}}
    return {item["sk"]["S"]: item for item in raw.call("Query", request)["Items"]}


def size(item: dict[str, dict[str, Any]]) -> int:
    """Bytes as DynamoDB counts them: names, texts and bytes as they are, a number by its pairs of digits."""
    return sum(len(name) + _value(*next(iter(value.items()))) for name, value in item.items())


def _value(kind: str, value: Any) -> int:
    if kind == "N":
        return len(value) // 2 + 2
    return 1 if kind in ("BOOL", "NULL") else len(value.encode() if isinstance(value, str) else value)


def entry(item: dict[str, Any]) -> dict[str, Any]:
    """What the queue index holds of a complaint's row."""
    return {name: item[name] for name in ("pk", "sk", "queue", "due", *QUEUE_PROJECTION) if name in item}


def stored(dynamo: Any, life: Life) -> Iterator[dict[str, dict[str, Any]]]:
    """The rows after each step of a life that takes every clock: objection and rework included."""
    photo = a_photo()
    dynamo.photos.settle(photo, announced=True)
    uploads = tuple(AnnouncedUpload("0123456789abcdef", "image/jpeg", 4_000_000) for _ in range(3))
    summary = replace(life.complaint.summary, photo=uploads[0].photo_id)
    life.complaint = replace(life.complaint, uploads=uploads, reachable=True, summary=summary)
    dynamo.complaints.lodge(as_decision(None, life.complaint, life.events[0]), None)
    yield items()
    for step in (
        lambda: life.does(LURAH, "coordinate", unit=DBM, text=WORDS),
        lambda: life.does(HEAD, "assign", sent=given(officer=an_officer(ENGINEER), unit=DBM)),
        lambda: life.does(ENGINEER, "start"),
        lambda: life.proves(ENGINEER, text=WORDS),
        lambda: life.does(VALIDATOR, "refuse", reason_code="incomplete", text=WORDS),
        lambda: life.proves(ENGINEER, text=WORDS),
        lambda: life.does(VALIDATOR, "validate"),
        lambda: life.does(REPORTER, "object", text=WORDS),
        lambda: life.does(REPORTER, "comment", text=WORDS),
    ):
        before, at = life.complaint, len(life.events)
        life.passes(hours=1)
        step()
        for event in life.events[at:]:
            dynamo.complaints.commit(as_decision(before, life.complaint, event))
        yield items()


@pytest.fixture
def life() -> Life:
    return a_life(
        words={
            "description": WORDS,
            "location": {"lat": -6.1754, "lon": 106.8272},
            "landmark": "Di depan gerbang timur Stasiun Gambir, dekat halte",
        }
    )


def test_every_row_of_a_life_is_one_write_unit(dynamo: Any, life: Life) -> None:
    for rows in stored(dynamo, life):
        sizes = {sk: size(item) for sk, item in rows.items()}
        assert max(sizes.values()) <= KB, sizes


def test_every_queue_entry_of_a_life_is_small(dynamo: Any, life: Life) -> None:
    sizes = [size(entry(rows[keys.COMPLAINT])) for rows in stored(dynamo, life)]

    assert max(sizes) <= ENTRY, sizes


def test_a_fresh_complaint_costs_six_write_units_in_one_call(dynamo: Any, wire: Any, life: Life) -> None:
    """Two for each of two rows in one transaction, one for each entry of two indexes."""
    dynamo.complaints.lodge(as_decision(None, life.complaint, life.events[0]), None)

    assert wire.calls == ["TransactWriteItems"]
    rows = items()
    indexed = sum(index in item for item in rows.values() for index in ("queue", "alarm"))
    assert 2 * len(rows) + indexed == 6
    assert max(map(size, rows.values())) <= KB


def test_photos_and_messages_cost_one_unit_each_and_one_while_they_are_a_promise(dynamo: Any, a_notice: Any) -> None:
    dynamo.photos.announce(replace(a_photo(state="pending"), number=a_notice.number))
    dynamo.notices.claim(a_notice, None)

    found = items(a_notice.number)
    assert [sk for sk, item in found.items() if "alarm" in item] == [
        "NOTICE#000001#reporter",
        f"PHOTO#{a_photo().photo_id}",
    ]
    assert max(map(size, found.values())) <= KB


def test_announcing_a_photo_costs_five_write_units_in_one_call(dynamo: Any, wire: Any) -> None:
    """Two for the photo, two for the counter beside the case, one for the promise."""
    dynamo.photos.announce(a_photo(state="pending"))

    assert wire.calls == ["TransactWriteItems"]
    assert sorted((sk, "alarm" in item) for sk, item in items().items()) == [
        (f"PHOTO#{a_photo().photo_id}", True),
        (keys.UPLOADS, False),
    ]
