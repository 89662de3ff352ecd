"""Photos: their rows, upload forms, stored pictures, the decoder."""

from collections.abc import Sequence
from typing import Any, Protocol

from chalicelib.domain.case.evidence import Capture, Photo
from chalicelib.domain.errors import FinalError
from chalicelib.domain.values import dataclass


class Photos(Protocol):
    """Rows of photos; their life raises no version."""

    def photo(self, number: str, photo_id: str) -> Photo | None:
        """Consistent read of one; those of a whole case come with its `case_file`."""

    def small_variants(self, photos: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """Object keys of the small pictures of the ready ones among these (number, photo id), at most 100; eventually
        consistent. Raises UnavailableError."""

    def announce(self, photo: Photo, *, with_report: int = 0, ever_with_report: int = 0) -> bool:
        """A new pending row, with its expiry as a promise for the sweeper, counted in the same transaction; False when
        the photo's side has no place left (PER_SIDE, EVER_PER_SIDE). `with_report`: how many of those announced with
        the report take a place of this side; `ever_with_report`: how many there were. They have no counter. A lost
        answer of our own is success. Raises UnavailableError."""

    def settle(self, photo: Photo, *, announced: bool) -> bool:
        """Writes a ready, refused or expired photo, once: False when somebody else settled it before; a lost answer of
        our own is success. An expired one gives its place back, and takes it again when it still becomes ready or
        refused. `announced`: the photo has no row yet (it was announced inside the complaint)."""


class Uploads(Protocol):
    """Presigned forms and links: signatures only, no call."""

    def form(self, number: str, photo_id: str, content_type: str, size: int) -> dict[str, Any]:
        """{url, fields, expires_at}: presigned POST, exact key, type and size; 5 minutes of machine time."""

    def link(self, key: str) -> str:
        """A signed GET of a variant, 15 minutes."""


class Pictures(Protocol):
    """Objects of the photo bucket."""

    def original(self, key: str, etag: str) -> bytes | None:
        """The object as its event told of it; None when it is gone or was replaced since. Raises UnavailableError."""

    def store(self, key: str, data: bytes) -> None:
        """A WebP variant; again is the same. Raises UnavailableError."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Two WebP pictures without metadata, sizes of the original in pixels, and the camera's facts."""

    large: bytes
    small: bytes
    width: int
    height: int
    sha256: str
    capture: Capture | None


class Decoder(Protocol):
    """Makes pictures of uploaded bytes."""

    def variants(self, data: bytes) -> Decoded:
        """The two pictures of a JPEG, PNG, WebP or HEIC: the bytes say which it is, whatever was announced. Raises
        PictureRefusedError, for any bytes nothing else."""


class PictureRefusedError(FinalError):
    """Not a picture that we show; `reason` is a code of domain/case/evidence.py, REASONS, which the sender sees."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
