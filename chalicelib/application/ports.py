"""What the use cases need from outside, as Protocols. Each has a memory fake (tests/fakes.py) and a real adapter, and
one contract that both must pass."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from chalicelib.domain.clocks import Clock
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.events import Event
from chalicelib.domain.evidence import Capture, Photo, Variants


@dataclass(frozen=True, slots=True)
class SealedContact:
    """A reporter's contact as it is stored. `masked` is what the reporter's own page shows; the rest is ciphertext."""

    masked: Mapping[str, str]
    sealed: bytes
    data_key: bytes


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a reporter, in clear: only `notify_citizen` ever holds one. `secret` opens the owner link."""

    name: str | None
    phone: str | None
    email: str | None
    language: str
    secret: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything about one complaint, from one query of its partition."""

    complaint: Complaint
    events: Sequence[Event]  # oldest first
    photos: Sequence[Photo]
    masked_contact: Mapping[str, str] | None
    notices: Sequence["Notice"] = ()


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One row of a queue, as the index projects it."""

    number: str
    status: str
    version: int
    category: str
    area: str | None
    unit: str
    channel: str
    received_at: datetime
    due: int  # epoch seconds: the sort key
    clocks: Mapping[str, Clock]


class LostRaceError(Exception):
    """The row moved between load and commit: load and decide again."""


class AlreadyLodgedError(Exception):
    """A complaint with this number is there; `existing` is it."""

    def __init__(self, existing: Complaint) -> None:
        super().__init__(existing.number)
        self.existing = existing


class PhotoMovedError(Exception):
    """A photo that the action names is no longer what was loaded."""


class Complaints(Protocol):
    """The rows of complaints, their events and photos. Numbers are canonical (JKT-XXXX-XXXX-C)."""

    def load(self, number: str) -> Complaint | None:
        """Consistent read of one row."""

    def case_file(self, number: str) -> CaseFile | None:
        """One consistent query of the whole partition."""

    def lodge(self, complaint: Complaint, event: Event, contact: SealedContact | None) -> None:
        """One transaction. Raises AlreadyLodgedError."""

    def commit(self, before: Complaint, after: Complaint, event: Event, photos: Sequence[Photo] = ()) -> None:
        """One transaction, on condition of `before`'s sequence and of each photo being ready. Raises LostRaceError,
        PhotoMovedError. A lost answer of our own commit is success."""

    def event(self, number: str, sequence: int) -> Event | None:
        """Consistent read of one event."""

    def events(self, number: str) -> list[Event]:
        """All events of a complaint, oldest first (consistent)."""

    def all_events(self, since: datetime | None = None) -> Iterator[Event]:
        """Operator commands only (replay, rebuild): every event row at or after `since`, in no order across cases."""


class Photos(Protocol):
    """Rows of photos; their life raises no version."""

    def photo(self, number: str, photo_id: str) -> Photo | None: ...

    def photos(self, number: str) -> list[Photo]: ...

    def announce(self, photo: Photo) -> None:
        """A new pending row, with its expiry as a promise for the sweeper."""

    def settle(self, photo: Photo, *, announced: bool) -> bool:
        """Writes a ready, refused or expired photo, once: False when it was already settled. `announced`: the photo has
        no row yet (it was announced inside the complaint row)."""


class Queues(Protocol):
    """Lists that officers and the sweeper read, from sparse indexes."""

    def page(
        self, names: Sequence[str], *, limit: int, after: tuple[int, str] | None, before_due: int | None = None
    ) -> list[QueueEntry]:
        """Up to `limit` entries of the named queues (units or pools; every shard), least time left first, after
        (due, number)."""

    def alarms(self, until: datetime, limit: int) -> list["Alarm"]:
        """Promises whose time has come, over all shards: complaints, photos and notices."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A promise due: `kind` complaint, photo or notice; `id` photo id or notice key."""

    kind: str
    number: str
    id: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to one recipient by one way. `key` is `<sequence>#<recipient>`: citizen or unit:<code>.

    `state`: claimed, sent, unknown (an SMS whose fate nobody knows), failed."""

    number: str
    key: str
    event: str  # what the mailbox calls it: the new status, or reminder, breach, escalation, alert
    kind: str  # email, sms, alert
    state: str
    claimed_at: datetime
    message_id: str  # the same at every try


class Notices(Protocol):
    """The ledger of messages: claimed before the call, recorded after it."""

    def claim(self, notice: Notice) -> bool:
        """True when this call claimed it; False when somebody had."""

    def record(self, number: str, key: str, state: str) -> None:
        """sent, unknown or failed; takes the promise off the alarm index."""

    def reclaim(self, number: str, key: str, *, now: datetime, older_than: datetime) -> Notice | None:
        """A claimed notice without a record, taken over by the sweeper; None when it was recorded or is too young."""

    def told(self, number: str) -> set[str]:
        """Keys of every notice of the complaint that was ever claimed."""


class EventTopic(Protocol):
    def publish(self, event: Event) -> None:
        """Ids, statuses and version to `complaint-events`; never words; always a subject."""


class UnitAlerts(Protocol):
    def publish(self, unit: str, subject: str, text: str, *, event: str, number: str, message_id: str) -> None:
        """To the unit's own topic."""


class Mail(Protocol):
    def send(self, to: str, subject: str, text: str, html: str, *, event: str, number: str, message_id: str) -> None:
        """One e-mail."""


class Sms(Protocol):
    def send(self, to: str, text: str, *, message_id: str) -> None:
        """One SMS of at most 160 GSM characters."""


class Timers(Protocol):
    def start(self, number: str, arming: int, until: datetime) -> None:
        """One execution named `<number>-<arming>`, sleeping until `until` (domain's time). Existing is success."""


class Uploads(Protocol):
    """Presigned forms and links: signatures only, no call."""

    def form(self, number: str, photo_id: str, content_type: str, size: int) -> dict[str, Any]:
        """{url, fields, expires_at}: presigned POST, exact key, type and size; 5 minutes of machine time."""

    def link(self, key: str) -> str:
        """A signed GET of a variant, 15 minutes."""


class Pictures(Protocol):
    """Objects of the photo bucket."""

    def original(self, key: str) -> bytes: ...

    def store(self, key: str, data: bytes) -> None:
        """A WebP variant."""


class Decoder(Protocol):
    def variants(self, data: bytes) -> "Decoded":
        """Sniffs, checks, decodes, turns upright, strips. Raises PictureRefusedError."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Two WebP pictures without metadata, sizes of the original in pixels, and the camera's facts."""

    large: bytes
    small: bytes
    width: int
    height: int
    sha256: str
    capture: Capture | None


class PictureRefusedError(Exception):
    """Not a picture that we show; `reason` is a code that the sender sees: not_an_image, too_many_pixels, truncated,
    type_mismatch, animated_bomb …"""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Vault(Protocol):
    """Contacts: sealed by intake, opened by `notify_citizen` only."""

    def seal(self, number: str, contact: Contact) -> SealedContact: ...

    def open(self, number: str) -> Contact | None:
        """None when it was erased."""


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A `STAFF#<username>` row: it decides what a person may do, on every request."""

    username: str
    name: str
    role: str
    unit: str
    channels: tuple[str, ...] = ()
    disabled: bool = False
    on_duty: bool = True


class Staff(Protocol):
    def member(self, username: str) -> StaffMember | None: ...

    def members(self, units: Iterable[str]) -> list[StaffMember]:
        """The people of these units."""

    def put(self, member: StaffMember) -> None:
        """Operator command: writes the row."""


class Tokens(Protocol):
    def username(self, token: str) -> str:
        """The verified access token's username. Raises UnauthenticatedError."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """The intake secret, and the former one for 24 h after a change."""

    current: bytes
    former: bytes | None = None


def variants_of(decoded: Decoded, large_key: str, small_key: str) -> Variants:
    """The record of what is shown."""
    return Variants(large_key, small_key, decoded.width, decoded.height, decoded.sha256)
