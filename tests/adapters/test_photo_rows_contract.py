"""One contract of the photos' rows, for those in memory and for DynamoDB."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.evidence import Capture, Photo
from tests.builders import NOW, NUMBER, a_photo

PENDING = a_photo(state="pending")
READY = a_photo()
REFUSED = replace(PENDING, state="refused", reason="damaged")


def test_an_announced_photo_waits(rows: Any) -> None:
    rows.photos.announce(PENDING)

    assert rows.photos.photo(NUMBER, PENDING.photo_id) == PENDING


def test_a_photo_that_nobody_announced_is_not_there(rows: Any) -> None:
    assert rows.photos.photo(NUMBER, "FOTO9") is None


@pytest.mark.parametrize("settled", [READY, REFUSED, replace(PENDING, state="expired")], ids=lambda photo: photo.state)
def test_a_pending_photo_is_settled_once(rows: Any, settled: Photo) -> None:
    rows.photos.announce(PENDING)

    assert rows.photos.settle(settled, announced=False)
    assert not rows.photos.settle(REFUSED, announced=False)
    assert not rows.photos.settle(settled, announced=False)
    assert rows.photos.photo(NUMBER, PENDING.photo_id) == settled


def test_a_photo_announced_with_the_report_gets_its_row_when_it_is_settled(rows: Any) -> None:
    assert rows.photos.settle(READY, announced=True)
    assert not rows.photos.settle(REFUSED, announced=True)
    assert rows.photos.photo(NUMBER, READY.photo_id) == READY


def test_a_photo_without_a_row_is_not_settled_as_if_it_had_one(rows: Any) -> None:
    assert not rows.photos.settle(READY, announced=False)
    assert rows.photos.photo(NUMBER, READY.photo_id) is None


def test_the_camera_s_facts_are_kept(rows: Any) -> None:
    photo = replace(READY, capture=Capture(-6.2, 106.8, "2026-03-02T08:00:00"))

    rows.photos.settle(photo, announced=True)

    assert rows.photos.photo(NUMBER, photo.photo_id) == photo


def test_the_photo_of_a_complaint_is_its_own(rows: Any) -> None:
    rows.photos.announce(PENDING)

    assert rows.photos.photo("JKT-0000-0001-X", PENDING.photo_id) is None


def test_settling_whose_answer_was_lost_is_success(dynamo: Any, wire: Any) -> None:
    dynamo.photos.announce(PENDING)
    wire.loses_the_answer_of("PutItem")

    assert dynamo.photos.settle(READY, announced=False)
    assert not dynamo.photos.settle(REFUSED, announced=False)


def test_a_settled_photo_is_no_promise_any_more(dynamo: Any) -> None:
    dynamo.photos.announce(PENDING)
    dynamo.photos.settle(READY, announced=False)

    assert dynamo.queues.alarms(until=NOW.replace(year=2030), limit=10) == []


@pytest.mark.parametrize(
    ("operation", "call"),
    [
        ("GetItem", lambda photos: photos.photo(NUMBER, "A")),
        ("PutItem", lambda photos: photos.announce(PENDING)),
        ("PutItem", lambda photos: photos.settle(READY, announced=True)),
    ],
)
def test_a_store_that_does_not_answer_is_told_as_such(dynamo: Any, wire: Any, operation: str, call: Any) -> None:
    wire.is_cut(operation)

    with pytest.raises(UnavailableError):
        call(dynamo.photos)
