"""Photos: proof before, after and of an objection. A photo has a life of its own (pending → ready, refused, expired)
that raises no version of the case."""

from datetime import datetime, timedelta
from typing import Literal

from chalicelib.domain.case.complaint import AnnouncedUpload, Complaint
from chalicelib.domain.labels import Translated
from chalicelib.domain.values import dataclass

ContentType = Literal["image/jpeg", "image/png", "image/webp", "image/heic"]
MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 50_000_000
INCOMING = "incoming"  # the folder of originals, which the bucket's rule empties
LARGE, SMALL = 1600, 320  # pixels on the longer side
FORM_LIFE = timedelta(minutes=5)  # of an upload form
COMING = timedelta(hours=1)  # after the form: what has not come then is expired
WITH_REPORT = 3  # photos announced with a report
PER_SIDE = 10  # photos per case and side that are awaited or have come, refused ones too
EVER_PER_SIDE = 20  # photos ever announced per case and side, expired ones too
REASONS: dict[str, Translated] = {  # why a photo is refused, as its sender reads it
    "not_an_image": Translated(
        "Berkas ini bukan foto. Kirim foto JPEG, PNG, WebP, atau HEIC.",
        "This file is not a photo. Send a JPEG, PNG, WebP or HEIC photo.",
    ),
    "type_mismatch": Translated(
        "Berkas ini bukan foto saja, ada isi lain di dalamnya. Simpan ulang fotonya, lalu kirim lagi.",
        "This file holds more than a photo. Save the photo again, then send it once more.",
    ),
    "wrong_size": Translated(
        "Ukuran berkas berbeda dari yang diumumkan. Kirim fotonya sekali lagi.",
        "The file is not of the announced size. Send the photo once more.",
    ),
    "too_many_pixels": Translated(
        "Foto ini terlalu besar. Kirim foto dengan resolusi lebih kecil.",
        "This photo is too large. Send it with fewer pixels.",
    ),
    "truncated": Translated(
        "Foto ini tidak lengkap. Kirim fotonya sekali lagi.",
        "This photo is incomplete. Send it once more.",
    ),
    "animated": Translated(
        "Gambar bergerak tidak dapat dipakai. Kirim foto biasa.",
        "Moving pictures cannot be used. Send a still photo.",
    ),
    "damaged": Translated(
        "Foto ini rusak dan tidak dapat dibuka. Kirim foto lain.",
        "This photo is damaged and cannot be opened. Send another one.",
    ),
}


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
    """`side` is reporter, staff or agency; `kind` before, after or objection; `uploader` the staff username, the id of
    an agency's link, else reporter. `content_type` and `size` are as announced; what the bytes are is decided when they
    come."""

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

    def state_at(self, now: datetime) -> str:
        """Its state as everybody is told it: what has not come in time reads expired, whether or not the sweeper has
        written it."""
        return "expired" if self.state == "pending" and now > self.expires_at else self.state

    @property
    def awaits_object(self) -> bool:
        """Whether an object that arrives now still settles it: an arrival is stronger than the guess that it expired,
        however late it is handled."""
        return self.state in ("pending", "expired")


def kind_of(side: str, *, settled: bool) -> str:
    """What a photo is proof of: the repair, an objection once the case was resolved or rejected, or the matter."""
    if side != "reporter":
        return "after"
    return "objection" if settled else "before"


def announced_photo(complaint: Complaint, upload: AnnouncedUpload) -> Photo:
    """A photo that was announced with the report and has no row yet."""
    return Photo(
        upload.photo_id,
        complaint.number,
        kind=kind_of("reporter", settled=False),
        side="reporter",
        uploader="reporter",
        state="pending",
        content_type=upload.content_type,
        size=upload.size,
        announced_at=complaint.received_at,
    )


def incoming_key(number: str, photo_id: str) -> str:
    """Where the sender's form puts the original; expires by the bucket's rule."""
    return f"{INCOMING}/{number}/{photo_id}"


def variant_key(number: str, photo_id: str, sha256: str, name: str) -> str:
    """Named by content: replacing the original later changes nothing that is shown."""
    return f"photos/{number}/{photo_id}/{sha256[:16]}-{name}.webp"


def split_incoming(key: str) -> tuple[str, str] | None:
    """Number and photo id of an incoming key; None for what is none."""
    parts = key.split("/")
    return (parts[1], parts[2]) if len(parts) == 3 and parts[0] == INCOMING else None
