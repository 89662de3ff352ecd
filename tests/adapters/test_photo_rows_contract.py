"""One contract of the photos' rows, for those in memory and for DynamoDB, here and on the city (announced by the
API, settled by who processes them)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.evidence import Capture, Photo
from tests.builders import HOUR

Settled = Callable[[Photo], Photo]


def pending(photo: Photo) -> Photo:
    return replace(photo, state="pending", variants=None)


def expired(photo: Photo) -> Photo:
    return replace(pending(photo), state="expired")


def refused(photo: Photo) -> Photo:
    return replace(pending(photo), state="refused", reason="damaged")


def ready(photo: Photo) -> Photo:
    return photo


def test_an_announced_photo_waits(rows: Any, photo: Photo) -> None:
    rows.photos.announce(pending(photo))

    assert rows.photos.photo(photo.number, photo.photo_id) == pending(photo)


def test_a_photo_that_nobody_announced_is_not_there(rows: Any, photo: Photo) -> None:
    assert rows.photos.photo(photo.number, "FOTO9") is None


@pytest.mark.parametrize("settled", [ready, refused])
def test_a_pending_photo_is_settled_once(rows: Any, photo: Photo, settled: Settled) -> None:
    rows.photos.announce(pending(photo))

    assert rows.photos.settle(settled(photo), announced=False)
    assert not rows.photos.settle(refused(photo), announced=False)
    assert not rows.photos.settle(settled(photo), announced=False)
    assert rows.photos.photo(photo.number, photo.photo_id) == settled(photo)


def test_a_picture_that_came_in_time_is_shown_however_late_it_is_handled(rows: Any, photo: Photo) -> None:
    rows.photos.announce(pending(photo))
    assert rows.photos.settle(expired(photo), announced=False)

    assert rows.photos.settle(photo, announced=False)
    assert not rows.photos.settle(expired(photo), announced=False)
    assert rows.photos.photo(photo.number, photo.photo_id) == photo


def test_a_photo_announced_with_the_report_gets_its_row_when_it_is_settled(rows: Any, photo: Photo) -> None:
    assert rows.photos.settle(photo, announced=True)
    assert not rows.photos.settle(refused(photo), announced=True)
    assert rows.photos.photo(photo.number, photo.photo_id) == photo


def test_a_photo_without_a_row_is_not_settled_as_if_it_had_one(rows: Any, photo: Photo) -> None:
    assert not rows.photos.settle(photo, announced=False)
    assert rows.photos.photo(photo.number, photo.photo_id) is None


def test_the_camera_s_facts_are_kept(rows: Any, photo: Photo) -> None:
    photo = replace(photo, capture=Capture(-6.2, 106.8, "2026-03-02T08:00:00"))

    rows.photos.settle(photo, announced=True)

    assert rows.photos.photo(photo.number, photo.photo_id) == photo


def test_the_photo_of_a_complaint_is_its_own(rows: Any, photo: Photo) -> None:
    rows.photos.announce(pending(photo))

    assert rows.photos.photo("JKT-0000-0001-2", photo.photo_id) is None


def test_settling_whose_answer_was_lost_is_success(dynamo: Any, wire: Any, photo: Photo) -> None:
    dynamo.photos.announce(pending(photo))
    wire.loses_the_answer_of("PutItem")

    assert dynamo.photos.settle(photo, announced=False)
    assert not dynamo.photos.settle(refused(photo), announced=False)


def test_a_settled_photo_is_no_promise_any_more(dynamo: Any, photo: Photo) -> None:
    dynamo.photos.announce(pending(photo))
    dynamo.photos.settle(photo, announced=False)

    assert dynamo.queues.alarms(until=photo.announced_at + 1000 * HOUR, limit=10) == []


@pytest.mark.parametrize(
    ("operation", "call"),
    [
        ("GetItem", lambda photos, photo: photos.photo("JKT-0000-0001-2", "A")),
        ("PutItem", lambda photos, photo: photos.announce(pending(photo))),
        ("PutItem", lambda photos, photo: photos.settle(photo, announced=True)),
    ],
)
def test_a_store_that_does_not_answer_is_told_as_such(
    dynamo: Any, wire: Any, photo: Photo, operation: str, call: Any
) -> None:
    wire.is_cut(operation)

    with pytest.raises(UnavailableError):
        call(dynamo.photos, photo)
