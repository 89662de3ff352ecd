"""Cases, their history and the reporter's sealed contact."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.application.ports.messages import Notice
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.decision import Decision
from chalicelib.domain.errors import RetryableError
from chalicelib.domain.events import Event
from chalicelib.domain.evidence import Photo
from chalicelib.domain.ways import line_of


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

    @property
    def addresses(self) -> dict[str, str | None]:
        """`email`, and `mobile` or `fixed`, as domain/ways.py asks for them."""
        telephone = {line_of(self.phone): self.phone} if self.phone else {}
        return {"email": self.email, **telephone}


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything about one complaint, from one query of its partition."""

    complaint: Complaint
    events: Sequence[Event]  # oldest first
    photos: Sequence[Photo]
    masked_contact: Mapping[str, str] | None
    notices: Sequence[Notice] = ()


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
        """One consistent query of the whole partition."""

    def lodge(self, decision: Decision, contact: SealedContact | None) -> None:
        """A new case, in one transaction. Raises AlreadyLodgedError."""

    def commit(self, decision: Decision) -> None:
        """Everything that the decision writes, in one transaction, on condition that each case is as it was loaded and
        each photo is ready. Raises LostRaceError, PhotoMovedError. A lost answer of our own commit is success."""

    def event(self, number: str, sequence: int) -> Event | None:
        """Consistent read of one event."""

    def events(self, number: str) -> list[Event]:
        """All events of a complaint, oldest first (consistent)."""

    def all_events(self, since: datetime | None = None) -> Iterator[Event]:
        """Operator commands only (replay, rebuild): every event row at or after `since`, in no order across cases."""


class Vault(Protocol):
    """Contacts: sealed by intake, opened by `notify_citizen` only."""

    def seal(self, number: str, contact: Contact) -> SealedContact: ...

    def open(self, number: str) -> Contact | None:
        """None if it was erased. Raises UnavailableError (try again), DamagedError (no retry helps)."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """The intake secret, and the former one for 24 h after a change."""

    current: bytes
    former: bytes | None = None


class IntakeSecrets(Protocol):
    """The store of the intake secret."""

    def read(self) -> Secrets:
        """From the secret's store, at most five minutes old while that answers. Raises UnavailableError."""
