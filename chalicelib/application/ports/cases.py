"""Cases, their history and the reporter's sealed contact."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.erasure import as_left, goes
from chalicelib.domain.case.events import Event
from chalicelib.domain.case.evidence import Photo
from chalicelib.domain.case.tasks import Task
from chalicelib.domain.decision import Decision
from chalicelib.domain.errors import RetryableError
from chalicelib.domain.values import dataclass
from chalicelib.domain.ways import CHATS, Way, line_of, read_chat, way_to

if TYPE_CHECKING:
    from chalicelib.application.ports.messages import Notice


@dataclass(frozen=True, slots=True)
class SealedContact:
    """A reporter's contact as it is stored. `masked` is what the reporter's own page shows, `answer_hash` tells the
    one-use link of a question; the rest is ciphertext. `pseudonym` is of the address that is written to, None where
    there is none; `confirmed`: it is known to be theirs already, which is kept with the address and not here."""

    masked: Mapping[str, str]
    sealed: bytes
    data_key: bytes
    pseudonym: str | None = None
    confirmed: bool = False
    answer_hash: bytes | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a reporter, in clear: only `notify_citizen` ever holds one. `secret` opens the owner link, `token`
    shows that a message was read; "" in contacts that are older than tokens. `by`: the way that they chose. `chat`:
    their address on a messenger (domain/ways.py)."""

    name: str | None
    phone: str | None
    email: str | None
    language: str
    secret: str
    token: str = ""
    by: str | None = None
    chat: str | None = None

    @property
    def addresses(self) -> dict[str, str | None]:
        """`email`, `mobile` or `fixed`, and a messenger's, as domain/ways.py asks for them."""
        telephone = {line_of(self.phone): self.phone} if self.phone else {}
        messenger = {CHATS[read_chat(self.chat)[0]]: self.chat} if self.chat else {}
        return {"email": self.email, **telephone, **messenger}

    @property
    def way(self) -> Way | None:
        """How they are told: as they asked where that leads anywhere, else by the first way that does."""
        return way_to(self.addresses, self.by)

    @property
    def reach(self) -> str | None:
        """A way, `call` where somebody would have to call them, None for nothing of these."""
        return self.way.name if self.way else "call" if self.phone else None


LAST_EVENTS = 200  # of a history that are read at once; fewer where these are more than 1 MB


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A complaint with what stands around it, as much as can be read at once, however long its history is. `events` are
    its last ones, oldest first; `lodged` is the first event where they do not reach back to it. `followers` is
    how many follow it. `answer_hash`: see SealedContact. `sealed` is the contact itself, for whoever may open it."""

    complaint: Complaint
    events: Sequence[Event]
    photos: Sequence[Photo]
    masked_contact: Mapping[str, str] | None
    notices: "Sequence[Notice]" = ()
    lodged: Event | None = None
    pseudonym: str | None = None  # of the address that the reporter is told at
    tasks: Sequence[Task] = ()
    followers: int = 0
    answer_hash: bytes | None = None
    sealed: SealedContact | None = None

    @property
    def first(self) -> Event:
        """The event with the words of the report."""
        return self.lodged or self.events[0]


def as_erased(case: CaseFile) -> CaseFile:
    """The same without what its reporter had erased, also before the rows have followed: nobody reads it again."""
    erased = case.complaint.erased
    if erased is None:
        return case
    return replace(
        case,
        events=[as_left(event, erased) for event in case.events],
        lodged=case.lodged and as_left(case.lodged, erased),
        photos=[photo for photo in case.photos if not goes(photo, erased)],
        masked_contact=None,
        pseudonym=None,
        answer_hash=None,
        sealed=None,
    )


@dataclass(frozen=True, slots=True)
class EventFile:
    """An event with its case as it stands, and with the event that has the words of the report (None where it is
    gone)."""

    event: Event
    complaint: Complaint
    first: Event | None


RACES = 20  # lost on a case's sequence alone: of sixteen people at once each round serves one, whoever writes


class LostRaceError(RetryableError):
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
        """Consistent, `as_erased`. One query for a case of usual length; of a longer one its newest rows, at most 1 MB
        of events and 1 MB of the others."""

    def event_file(self, number: str, sequence: int) -> EventFile | None:
        """Consistent, in one call. None where the event or its case is gone."""

    def lodge(self, decision: Decision, contact: SealedContact | None) -> None:
        """A new case, in one transaction. Raises AlreadyLodgedError."""

    def commit(self, decision: Decision) -> None:
        """Everything that the decision writes, in one transaction, on condition that each case is as it was loaded and
        each photo is ready. Raises LostRaceError, PhotoMovedError. A lost answer of our own commit is success."""

    def event(self, number: str, sequence: int) -> Event | None:
        """Consistent read of one event."""

    def events(self, number: str) -> list[Event]:
        """All events of a complaint, oldest first (consistent): nobody who waits for an answer asks this."""

    def events_before(self, number: str, sequence: int) -> list[Event]:
        """The last ones before this sequence, oldest first (consistent): at most LAST_EVENTS, and 1 MB."""

    def all_events(self, since: datetime | None = None) -> Iterator[Event]:
        """Operator commands only (replay, rebuild): every event row at or after `since`, in no order across cases."""


def with_whole_history(case: CaseFile, complaints: Complaints) -> CaseFile:
    """For what must count every event, and does not keep anybody waiting."""
    if case.lodged is None:
        return case
    return as_erased(replace(case, events=complaints.events(case.complaint.number), lodged=None))


class Vault(Protocol):
    """Contacts: sealed by intake, opened by `notify_citizen` only."""

    def seal(self, number: str, contact: Contact) -> SealedContact: ...

    def open(self, number: str, sealed: SealedContact | None = None) -> Contact | None:
        """`sealed`: as it was read with the case; without it the row is read. None if it was erased. Raises
        UnavailableError (try again), DamagedError (no retry helps)."""

    def unseal(self, name: str, sealed: SealedContact) -> Contact:
        """What `seal` made under this name: a number, with or without `/` and more. Raises as `open` does."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """The intake secret, and the former one for 24 h after a change."""

    current: bytes
    former: bytes | None = None


class IntakeSecrets(Protocol):
    """The store of the intake secret."""

    def read(self) -> Secrets:
        """From the secret's store, at most five minutes old while that answers. Raises UnavailableError."""
