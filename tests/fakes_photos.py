"""Photos, pictures and a decoder in memory."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

from chalicelib.application.ports.photos import Decoded, PictureRefusedError
from chalicelib.domain.case.evidence import EVER_PER_SIDE, PER_SIDE, Capture, Photo
from chalicelib.domain.errors import UnavailableError


@dataclass
class MemoryPhotos:
    """Implements Photos. `settle` is the conditional write of the real one: once. `held` and `ever` count by case and
    side."""

    rows: dict[tuple[str, str], Photo] = field(default_factory=dict)
    held: Counter[tuple[str, str]] = field(default_factory=Counter)
    ever: Counter[tuple[str, str]] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    def photo(self, number: str, photo_id: str) -> Photo | None:
        return self.rows.get((number, photo_id))

    def small_variants(self, photos: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
        found = {at: self.rows.get(at) for at in photos}
        return {at: photo.variants.small for at, photo in found.items() if photo and photo.variants}

    def announce(self, photo: Photo, *, with_report: int = 0, ever_with_report: int = 0) -> bool:
        side = (photo.number, photo.side)
        with self.lock:
            if self.held[side] >= PER_SIDE - with_report or self.ever[side] >= EVER_PER_SIDE - ever_with_report:
                return False
            if (photo.number, photo.photo_id) in self.rows:
                return False
            self.held[side] += 1
            self.ever[side] += 1
            self.rows[photo.number, photo.photo_id] = photo
            return True

    def settle(self, photo: Photo, *, announced: bool) -> bool:
        with self.lock:
            stands = self.rows.get((photo.number, photo.photo_id))
            if announced != (stands is None):
                return False
            if stands and (stands.state != "pending" if photo.state == "expired" else not stands.awaits_object):
                return False
            if stands:
                self.held[photo.number, photo.side] += (stands.state == "expired") - (photo.state == "expired")
            self.rows[photo.number, photo.photo_id] = photo
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
