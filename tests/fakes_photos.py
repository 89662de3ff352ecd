"""Photos, pictures and a decoder in memory."""

import hashlib
from dataclasses import dataclass, field

from chalicelib.application.ports.photos import Decoded, PictureRefusedError
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.evidence import Capture, Photo


@dataclass
class MemoryPhotos:
    """Implements Photos. `settle` is the conditional write of the real one: once."""

    rows: dict[tuple[str, str], Photo] = field(default_factory=dict)

    def photo(self, number: str, photo_id: str) -> Photo | None:
        return self.rows.get((number, photo_id))

    def announce(self, photo: Photo) -> None:
        self.rows[photo.number, photo.photo_id] = photo

    def settle(self, photo: Photo, *, announced: bool) -> bool:
        stands = self.rows.get((photo.number, photo.photo_id))
        if announced != (stands is None):
            return False
        if stands and (stands.state != "pending" if photo.state == "expired" else not stands.awaits_object):
            return False
        self.announce(photo)
        return True


@dataclass
class MemoryPictures:
    """Implements Pictures; `silent` makes it a bucket that does not answer."""

    objects: dict[str, bytes] = field(default_factory=dict)
    silent: bool = False

    def original(self, key: str, etag: str) -> bytes | None:
        self._answer()
        data = self.objects.get(key)
        return data if data is not None and etag_of(data) == etag else None

    def store(self, key: str, data: bytes) -> None:
        self._answer()
        self.objects[key] = data

    def _answer(self) -> None:
        if self.silent:
            raise UnavailableError("s3")


class WordsAsPictures:
    """Implements Decoder for bytes that begin with `foto`: its pictures are words."""

    def variants(self, data: bytes) -> Decoded:
        if not data.startswith(b"foto"):
            raise PictureRefusedError("not_an_image")
        digest = hashlib.sha256(data).hexdigest()
        return Decoded(b"large of " + data, b"small of " + data, 4000, 3000, digest, Capture(-6.2, 106.8, None))


def etag_of(data: bytes) -> str:
    """As S3 makes it for an upload in one part."""
    return hashlib.md5(data, usedforsecurity=False).hexdigest()
