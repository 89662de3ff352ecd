"""What a photo is, its bytes say: phones and messengers name files wrongly, and their senders cannot know."""

from typing import get_args

import pytest

from chalicelib.adapters.photos.decoder import PillowDecoder
from chalicelib.application.photos.arrivals import ObjectCreated
from chalicelib.application.photos.photo_processing import PhotoProcessing
from chalicelib.domain.case.evidence import ContentType, Photo, incoming_key
from tests.adapters.hostile import drawn, saved
from tests.builders import NOW, NUMBER
from tests.fakes_photos import MemoryPhotos, MemoryPictures, etag_of

ANNOUNCED = get_args(ContentType)
PHOTOS = {kind: saved(drawn(), kind) for kind in ("JPEG", "PNG", "WEBP", "HEIC")}
PERMITTED = {**PHOTOS, "HEIC of brand mif1": PHOTOS["HEIC"].replace(b"ftypheic", b"ftypmif1", 1)}
OTHERS = {
    "GIF": saved(drawn(mode="P"), "GIF"),
    "TIFF": saved(drawn(), "TIFF"),
    "AVIF": PHOTOS["HEIC"].replace(b"heic", b"avif"),
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "PDF": b"%PDF-1.7\n",
}


def settled(data: bytes, announced: str) -> Photo | None:
    """The photo after its object came."""
    photos, pictures, key = MemoryPhotos(), MemoryPictures(), incoming_key(NUMBER, "A")
    photos.announce(Photo("A", NUMBER, "before", "reporter", "reporter", "pending", announced, len(data), NOW))
    pictures.objects[key] = data
    processing = PhotoProcessing(
        photos=photos,
        complaints=None,  # type: ignore[arg-type]  # the photo has a row of its own
        pictures=pictures,
        decoder=PillowDecoder(),
    )
    processing.process(ObjectCreated(key, etag_of(data), len(data)))
    return photos.photo(NUMBER, "A")


@pytest.mark.parametrize("announced", ANNOUNCED)
@pytest.mark.parametrize("kind", PERMITTED)
def test_a_photo_of_a_permitted_kind_is_taken_whatever_its_name_says(kind: str, announced: str) -> None:
    photo = settled(PERMITTED[kind], announced)

    assert photo is not None
    assert (photo.state, photo.reason, photo.content_type) == ("ready", None, announced)


@pytest.mark.parametrize("announced", ANNOUNCED)
@pytest.mark.parametrize("kind", OTHERS)
def test_no_name_makes_a_photo_of_something_else(kind: str, announced: str) -> None:
    photo = settled(OTHERS[kind], announced)

    assert photo is not None
    assert (photo.state, photo.reason) == ("refused", "not_an_image")
