"""Rows of photos, beside their complaint in one partition. A pending one is a promise: the sweeper ends it. Who takes
or gives back a place counts it in the same transaction."""

import math
from collections.abc import Callable, Sequence

from pynamodb.exceptions import DoesNotExist

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.attributes import NumberAttribute
from chalicelib.adapters.dynamodb.cases.translation import photo_of, photo_row
from chalicelib.adapters.dynamodb.faults import store_answers
from chalicelib.adapters.dynamodb.once import written, written_with
from chalicelib.adapters.dynamodb.rows import PhotoRow, Row, UploadsRow
from chalicelib.adapters.dynamodb.store import TransactWrite
from chalicelib.domain.case.evidence import EVER_PER_SIDE, PER_SIDE, Photo


class DynamoPhotos:
    """Implements Photos."""

    def photo(self, number: str, photo_id: str) -> Photo | None:
        with store_answers():
            try:
                return photo_of(PhotoRow.get(keys.case(number), keys.photo(photo_id), consistent_read=True))
            except DoesNotExist:
                return None

    def small_variants(self, photos: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
        asked = [(keys.case(number), keys.photo(photo_id)) for number, photo_id in dict.fromkeys(photos)]
        with store_answers():
            found = [photo_of(row) for row in PhotoRow.batch_get(asked, consistent_read=False)]
        return {(photo.number, photo.photo_id): photo.variants.small for photo in found if photo.variants}

    def announce(self, photo: Photo, *, with_report: int = 0, ever_with_report: int = 0) -> bool:
        row = photo_row(photo)
        row.alarm, row.alarm_at = keys.alarm(photo.number), math.ceil(photo.expires_at.timestamp())
        held, ever = _counters(photo)
        room = held.does_not_exist() | (held < PER_SIDE - with_report)
        more = ever.does_not_exist() | (ever < EVER_PER_SIDE - ever_with_report)

        def take_new(transaction: TransactWrite) -> None:
            transaction.update(_uploads(photo), [held.add(1), ever.add(1)], condition=room & more)

        return written_with(row, Row.pk.does_not_exist(), take_new)

    def settle(self, photo: Photo, *, announced: bool) -> bool:
        row = photo_row(photo)
        if announced:
            return written(row, Row.pk.does_not_exist())
        if photo.state == "expired":
            return written_with(row, PhotoRow.state == "pending", _adding(photo, -1))
        if written(row, PhotoRow.state == "pending"):
            return True
        return written_with(row, PhotoRow.state == "expired", _adding(photo, 1))  # it comes after all


def _uploads(photo: Photo) -> UploadsRow:
    return UploadsRow(keys.case(photo.number), keys.UPLOADS)


def _counters(photo: Photo) -> tuple[NumberAttribute, NumberAttribute]:
    """The counters of its side: places taken, announced ever."""
    return getattr(UploadsRow, f"{photo.side}_held"), getattr(UploadsRow, f"{photo.side}_ever")


def _adding(photo: Photo, places: int) -> Callable[[TransactWrite], None]:
    def count(transaction: TransactWrite) -> None:
        transaction.update(_uploads(photo), [_counters(photo)[0].add(places)])

    return count
