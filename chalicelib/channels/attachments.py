"""Photos that came with a message: they go the way of every photo, once the case stands."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.application.intake.drafting import PhotoInput
from chalicelib.application.ports.channels import Originals, Picture
from chalicelib.channels.incoming import Incoming
from chalicelib.domain.case.evidence import MAX_BYTES, WITH_REPORT


def pictures_of(incoming: Incoming) -> tuple[Picture, ...]:
    """The pictures that a report may have: not too large, not too many."""
    return tuple(each for each in incoming.attachments if len(each.data) <= MAX_BYTES)[:WITH_REPORT]


def announced(pictures: Sequence[Picture]) -> tuple[PhotoInput, ...]:
    return tuple(PhotoInput(each.content_type, len(each.data)) for each in pictures)


def put_all(originals: Originals, answer: Mapping[str, Any], pictures: Sequence[Picture]) -> None:
    """Each to the place that the answer to the report has for it. Raises UnavailableError."""
    for upload, picture in zip(answer["uploads"], pictures, strict=False):
        originals.put(answer["number"], upload["photo_id"], picture.content_type, picture.data)
