"""Photos: proof before, after and of an objection. A photo has a life of its own (pending → ready, refused, expired)
that raises no version of the case."""

from dataclasses import dataclass
from datetime import datetime, timedelta

CONTENT_TYPES = ("image/jpeg", "image/png", "image/webp", "image/heic")
MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 50_000_000
LARGE, SMALL = 1600, 320  # pixels on the longer side
FORM_LIFE = timedelta(minutes=5)  # of an upload form
COMING = timedelta(hours=1)  # after the form: what has not come then is expired
PER_SIDE = 10  # photos per case and side


@dataclass(frozen=True, slots=True)
class Capture:
    """What the camera wrote into the file: private facts, shown to nobody, kept for the evidence checks.
    `taken_at` is the camera's own time as written (ISO 8601, zone unknown)."""

    lat: float | None = None
    lon: float | None = None
    taken_at: str | None = None


@dataclass(frozen=True, slots=True)
class Variants:
    """The two pictures that people see (object keys) and the sizes (pixels) and hash of what was sent."""

    large: str
    small: str
    width: int
    height: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Photo:
    """`side` is reporter or staff; `kind` before, after or objection; `uploader` the staff username, else reporter."""

    photo_id: str
    number: str
    kind: str
    side: str
    uploader: str
    state: str  # pending, ready, refused, expired
    content_type: str
    size: int
    announced_at: datetime
    reason: str | None = None
    variants: Variants | None = None
    capture: Capture | None = None

    @property
    def expires_at(self) -> datetime:
        """When a photo that has not come is given up (UTC)."""
        return self.announced_at + FORM_LIFE + COMING


def incoming_key(number: str, photo_id: str) -> str:
    """Where the sender's form puts the original; expires by the bucket's rule."""
    return f"incoming/{number}/{photo_id}"


def variant_key(number: str, photo_id: str, sha256: str, name: str) -> str:
    """Named by content: replacing the original later changes nothing that is shown."""
    return f"photos/{number}/{photo_id}/{sha256[:16]}-{name}.webp"


def split_incoming(key: str) -> tuple[str, str]:
    """Number and photo id of an incoming key."""
    _, number, photo_id = key.split("/")
    return number, photo_id
