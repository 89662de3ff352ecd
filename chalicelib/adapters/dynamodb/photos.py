"""Rows of photos, beside their complaint in one partition. A pending one is a promise: the sweeper ends it."""

import math

from pynamodb.exceptions import DoesNotExist

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.faults import store_answers
from chalicelib.adapters.dynamodb.once import written
from chalicelib.adapters.dynamodb.rows import PhotoRow, Row
from chalicelib.adapters.dynamodb.translation import photo_of, photo_row
from chalicelib.domain.evidence import Photo


class DynamoPhotos:
    """Implements Photos."""

    def photo(self, number: str, photo_id: str) -> Photo | None:
        with store_answers():
            try:
                return photo_of(PhotoRow.get(keys.case(number), keys.photo(photo_id), consistent_read=True))
            except DoesNotExist:
                return None

    def announce(self, photo: Photo) -> None:
        row = photo_row(photo)
        row.alarm, row.alarm_at = keys.alarm(photo.number), math.ceil(photo.expires_at.timestamp())
        with store_answers():
            row.save()

    def settle(self, photo: Photo, *, announced: bool) -> bool:
        if announced:
            return written(photo_row(photo), Row.pk.does_not_exist())
        open_states = ("pending",) if photo.state == "expired" else ("pending", "expired")
        return written(photo_row(photo), PhotoRow.state.is_in(*open_states))
