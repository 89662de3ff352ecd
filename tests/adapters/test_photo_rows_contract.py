"""One contract of the photos' rows, for those in memory and for DynamoDB, here and on the city (announced by the
API, settled by who processes them)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.case.evidence import EVER_PER_SIDE, PER_SIDE, Capture, Photo
from chalicelib.domain.errors import UnavailableError
from tests.builders import HOUR, NUMBER, a_photo
from tests.fakes import MemoryCity

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


def test_a_list_shows_the_small_pictures_of_what_is_ready(rows: Any, photo: Photo) -> None:
    other, lost = (photo.number, "FOTO8"), (photo.number, "FOTO9")
    rows.photos.settle(photo, announced=True)
    rows.photos.settle(replace(refused(photo), photo_id=other[1]), announced=True)

    found = rows.photos.small_variants([(photo.number, photo.photo_id), other, lost, (photo.number, photo.photo_id)])

    assert photo.variants
    assert found == {(photo.number, photo.photo_id): photo.variants.small}


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


def announced(rows: Any, photo: Photo, names: range, **with_report: int) -> list[bool]:
    return [rows.photos.announce(named(photo, name), **with_report) for name in names]


def named(photo: Photo, name: int) -> Photo:
    return replace(pending(photo), photo_id=f"FOTO{name:03}")


def test_ten_photos_are_ten(rows: Any, photo: Photo) -> None:
    assert announced(rows, photo, range(24)).count(True) == PER_SIDE
    assert rows.photos.photo(photo.number, named(photo, 23).photo_id) is None
    for name, side in enumerate(("reporter", "agency"), 90):
        assert rows.photos.announce(replace(named(photo, name), side=side)), "each side has its own ten"


def test_of_twenty_four_announced_at_once_ten_are_taken() -> None:
    rows, photo = MemoryCity(), replace(a_photo(), number=NUMBER)

    with ThreadPoolExecutor(24) as pool:
        taken = list(pool.map(rows.photos.announce, (named(photo, name) for name in range(24))))

    assert taken.count(True) == PER_SIDE == len(rows.photos.rows)


def test_the_photos_of_the_report_take_their_places(rows: Any, photo: Photo) -> None:
    assert announced(rows, photo, range(10), with_report=3, ever_with_report=3).count(True) == PER_SIDE - 3


@pytest.mark.parametrize(("settled", "places"), [(ready, 0), (refused, 0), (expired, 1)])
def test_what_came_keeps_its_place_refused_ones_too_and_what_did_not_come_gives_it_back(
    rows: Any, photo: Photo, settled: Settled, places: int
) -> None:
    announced(rows, photo, range(PER_SIDE))

    rows.photos.settle(replace(settled(photo), photo_id=named(photo, 0).photo_id), announced=False)

    assert announced(rows, photo, range(20, 24)).count(True) == places


@pytest.mark.parametrize("settled", [ready, refused])
def test_a_photo_that_comes_after_all_takes_its_place_again(rows: Any, photo: Photo, settled: Settled) -> None:
    announced(rows, photo, range(PER_SIDE))
    late = replace(photo, photo_id=named(photo, 0).photo_id)
    rows.photos.settle(expired(late), announced=False)

    assert rows.photos.settle(settled(late), announced=False)

    assert announced(rows, photo, range(20, 24)).count(True) == 0


def test_a_place_is_given_back_once(rows: Any, photo: Photo) -> None:
    announced(rows, photo, range(PER_SIDE))
    late = expired(named(photo, 0))

    assert [rows.photos.settle(late, announced=False) for _ in range(3)] == [True, False, False]

    assert announced(rows, photo, range(20, 24)).count(True) == 1


def test_twenty_are_announced_in_all_even_when_none_came(rows: Any, photo: Photo) -> None:
    taken = 0
    for name in range(EVER_PER_SIDE + 4):
        taken += rows.photos.announce(named(photo, name))
        rows.photos.settle(expired(named(photo, name)), announced=False)

    assert taken == EVER_PER_SIDE


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


def test_announcing_and_expiring_whose_answers_were_lost_count_once(dynamo: Any, wire: Any, photo: Photo) -> None:
    for name in range(PER_SIDE):
        wire.loses_the_answer_of("TransactWriteItems")
        assert dynamo.photos.announce(named(photo, name))
    wire.loses_the_answer_of("TransactWriteItems")
    assert dynamo.photos.settle(expired(named(photo, 0)), announced=False)

    assert announced(dynamo, photo, range(20, 24)).count(True) == 1


def test_a_settled_photo_is_no_promise_any_more(dynamo: Any, photo: Photo) -> None:
    dynamo.photos.announce(pending(photo))
    dynamo.photos.settle(photo, announced=False)

    assert dynamo.queues.alarms(until=photo.announced_at + 1000 * HOUR, limit=10) == []


@pytest.mark.parametrize(
    ("operation", "call"),
    [
        ("GetItem", lambda photos, photo: photos.photo("JKT-0000-0001-2", "A")),
        ("TransactWriteItems", lambda photos, photo: photos.announce(pending(photo))),
        ("PutItem", lambda photos, photo: photos.settle(photo, announced=True)),
    ],
)
def test_a_store_that_does_not_answer_is_told_as_such(
    dynamo: Any, wire: Any, photo: Photo, operation: str, call: Any
) -> None:
    wire.is_cut(operation)

    with pytest.raises(UnavailableError):
        call(dynamo.photos, photo)
