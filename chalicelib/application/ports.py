"""What the use cases need from outside, as Protocols. Each has a memory fake (tests/fakes.py) and a real adapter, and
one contract that both must pass."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from chalicelib.domain.clocks import Clock
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.events import Event
from chalicelib.domain.evidence import Capture, Photo
from chalicelib.domain.figures import Figures, Tally
from chalicelib.domain.grid import Box, Place


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

    def photo(self, number: str, photo_id: str) -> Photo | None:
        """Consistent read of one; those of a whole case come with its `case_file`."""

    def announce(self, photo: Photo) -> None:
        """A new pending row, with its expiry as a promise for the sweeper."""

    def settle(self, photo: Photo, *, announced: bool) -> bool:
        """Writes a ready, refused or expired photo, once: False when somebody else settled it before; a lost
        answer of our own is success. `announced`: the photo has no row yet (it was announced inside the complaint)."""


class Queues(Protocol):
    """Lists that officers and the sweeper read, from sparse indexes."""

    def page(
        self, names: Sequence[str], *, limit: int, after: tuple[int, str] | None, before_due: int | None = None
    ) -> list[QueueEntry]:
        """Up to `limit` entries of the named queues (units or pools; every shard), least time left first, strictly
        after (due, number) and due before `before_due` (epoch seconds)."""

    def alarms(self, until: datetime, limit: int) -> list["Alarm"]:
        """Promises whose time has come, over all shards, earliest first: complaints, photos and notices."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A promise due: `kind` complaint, photo or notice; `id` photo id or notice key."""

    kind: str
    number: str
    id: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to one recipient by one way. `key` is `<sequence>#<recipient>`: `citizen` or a unit's code.

    `state`: claimed (somebody is sending it, or died), deferred (the provider was busy), sent, failed (the provider
    refused it), unknown (an SMS whose fate nobody knows). The first two are promises: due at `due_at`."""

    number: str
    key: str
    event: str  # what the mailbox calls it: the new status, or reminder, breach, escalation, reply, alert
    kind: str  # email, sms, alert
    state: str
    claimed_at: datetime
    due_at: datetime  # when the sweeper takes it over, unless it is settled by then
    lease_until: datetime  # machine time: until then the worker that claimed it may still be alive
    tries: int = 1

    @property
    def settled(self) -> bool:
        return self.state in ("sent", "failed", "unknown")

    @property
    def message_id(self) -> str:
        """The same at every try; letters, digits, hyphens and underscores only."""
        return f"{self.number}_{self.key}".replace("#", "_").replace(".", "-")


class Notices(Protocol):
    """The ledger of messages: claimed before the call, recorded after it."""

    def find(self, number: str, key: str) -> Notice | None:
        """Consistent read of one."""

    def claim(self, notice: Notice, former: Notice | None) -> bool:
        """True when this call claimed it: there was none, or it was still exactly `former`. A lost answer of our own
        claim is success."""

    def record(self, notice: Notice) -> None:
        """Writes the state that the claimed notice came to; a settled one leaves the alarm index. Never undoes what is
        settled, nor defers what somebody else has claimed since, nor brings back what was erased."""


class ProviderBusyError(Exception):
    """Not sent, and worth another try: throttled, down, or not yet allowed."""


class ProviderRefusedError(Exception):
    """Not sent, and never will be: a bad address, a number that opted out."""


class ProviderUnclearError(Exception):
    """No answer: it may have been sent."""


class HandBack(Protocol):
    def put(self, event: Event, to: str) -> None:
        """The event's message, in the topic's form, back on the queue of the function that may send what fell due: to
        `citizen`, or to a unit. The sweeper can neither decrypt nor publish. Raises UnavailableError."""


class EventTopic(Protocol):
    def publish(self, events: Sequence[Event]) -> list[Event]:
        """Ids, statuses and version to `complaint-events`; never words; always a subject. Returns what the topic did
        not take. Raises UnavailableError when it does not answer: nobody knows then what it took."""


class DeadLetters(Protocol):
    def put(self, record: Mapping[str, Any]) -> None:
        """The whole record to relay's own dead-letter queue."""


class UnitAlerts(Protocol):
    def publish(self, unit: str, subject: str, text: str, *, event: str, number: str, message_id: str) -> None:
        """To the unit's own topic. Raises the Provider errors."""


class Mail(Protocol):
    def send(self, to: str, subject: str, text: str, html: str, *, event: str, number: str, message_id: str) -> None:
        """One e-mail. Raises the Provider errors."""


class Sms(Protocol):
    def send(self, to: str, text: str, *, event: str, number: str, message_id: str) -> None:
        """One SMS of at most 160 GSM characters. Raises the Provider errors."""


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

    def original(self, key: str, etag: str) -> bytes | None:
        """The object as its event told of it; None when it is gone or was replaced since. Raises UnavailableError."""

    def store(self, key: str, data: bytes) -> None:
        """A WebP variant; again is the same. Raises UnavailableError."""


class Decoder(Protocol):
    def variants(self, data: bytes, content_type: str) -> "Decoded":
        """Sniffs (the type must be the announced one), checks, decodes, turns upright, strips. Raises
        PictureRefusedError, for any bytes nothing else."""


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
    """Not a picture that we show; `reason` is a code of domain/evidence.py, REASONS, which the sender sees."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Vault(Protocol):
    """Contacts: sealed by intake, opened by `notify_citizen` only."""

    def seal(self, number: str, contact: Contact) -> SealedContact: ...

    def open(self, number: str) -> Contact | None:
        """None if it was erased. Raises UnavailableError (try again), DamagedError (no retry helps)."""


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
        """The people of these units, disabled ones too, by unit and username."""

    def put(self, member: StaffMember) -> None:
        """Operator command: writes the person, and takes the place in a former unit away."""


class Tokens(Protocol):
    def username(self, token: str) -> str:
        """The verified access token's username. Raises UnauthenticatedError; UnavailableError when the pool's keys
        cannot be had."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """The intake secret, and the former one for 24 h after a change."""

    current: bytes
    former: bytes | None = None


class IntakeSecrets(Protocol):
    def read(self) -> Secrets:
        """From the secret's store once per process. Raises UnavailableError."""


@dataclass(frozen=True, slots=True)
class ListedCase:
    """What the public lists show of an open case: no words, no person, the place rounded to 10 m. `photo` is the object
    key of a picture that everybody may see."""

    number: str
    category: str
    status: str
    place: Place
    received_at: datetime
    followers: int = 0
    photo: str | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """Several listed cases, at the mean of their places."""

    place: Place
    count: int


@dataclass(frozen=True, slots=True)
class Projection:
    """Everything that is kept of one case outside its own rows, after its event `sequence`."""

    number: str
    sequence: int
    tally: Tally
    open_since: datetime | None = None
    listed: ListedCase | None = None
    overdue: QueueEntry | None = None


@dataclass(frozen=True, slots=True)
class OldestOpen:
    """The open case that was received first; its number only when it is publicly listed."""

    received_at: datetime
    number: str | None


class PublicLists(Protocol):
    """Rows without words that `project` keeps, readable without a scan."""

    def keep(self, projection: Projection) -> bool:
        """Replaces what was kept of this case, lists and figures in one transaction; False, and nothing done, when
        this sequence or a later one was kept before. Raises LostRaceError."""

    def nearby(self, box: Box, category: str) -> list[ListedCase]:
        """The listed cases of a category in a box of a few hundred metres."""

    def cases(self, box: Box) -> list[ListedCase]:
        """The listed cases in a box of at most 0.02°."""

    def clusters(self, box: Box) -> list[Cluster]:
        """The listed cases in a box of at most 1°, counted per 0.01° (up to 0.2°) or 0.05°."""

    def overdue(self, after: tuple[int, str] | None, limit: int) -> list[QueueEntry]:
        """Open cases of all units but the inspectorate's with a clock past due, longest past first, after
        (due, number)."""


class CityFigures(Protocol):
    """What `PublicLists.keep` counted, each event once."""

    def figures(self) -> Figures: ...

    def oldest_open(self) -> OldestOpen | None: ...


class Generations(Protocol):
    """Operator command only: builds all public rows anew beside those that are served."""

    def begin(self) -> int:
        """From now on `keep` writes a new, empty set of rows too."""

    def serve(self, generation: int) -> None:
        """From now on the new set is read, and it alone is written."""

    def discard_others(self) -> int:
        """Deletes the rows of every set that is not served; how many."""
