"""What an erasure reaches, in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from chalicelib.domain.case.erasure import Erasure
from chalicelib.domain.case.evidence import Photo
from tests.fakes import MemoryComplaints


@dataclass
class MemoryPersonalRows:
    """Implements PersonalRows."""

    complaints: MemoryComplaints
    sources: dict[str, list[str]] = field(default_factory=dict)

    def photos(self, number: str) -> list[Photo]:
        return [photo for photo in self.complaints.photos.rows.values() if photo.number == number]

    def raw_keys(self, number: str) -> list[str]:
        return self.sources.get(number, [])

    def remove(self, number: str, photo_ids: Sequence[str]) -> None:
        for at in [at for at in self.complaints.photos.rows if at[0] == number and at[1] in photo_ids]:
            del self.complaints.photos.rows[at]
        for at in [at for at in self.complaints.followers.rows if at[0] == number]:
            del self.complaints.followers.rows[at]
        self.sources.pop(number, None)
        self.complaints.contacts.pop(number, None)

    def strip(self, number: str, sequences: Sequence[int]) -> None:
        events = self.complaints.history[number]
        bare = [replace(event, words={}, salt="") if event.sequence in sequences else event for event in events]
        self.complaints.history[number] = bare


@dataclass
class MemoryPersonalObjects:
    """Implements PersonalObjects."""

    removed: list[str] = field(default_factory=list)

    def remove_photos(self, keys: Sequence[str]) -> None:
        self.removed += keys

    def remove_messages(self, keys: Sequence[str]) -> None:
        self.removed += keys


@dataclass
class MemoryErasures:
    """Implements ErasureLedger."""

    lines: dict[str, Erasure] = field(default_factory=dict)

    def note(self, erasure: Erasure) -> None:
        self.lines[erasure.number] = erasure

    def all(self) -> Iterator[Erasure]:
        yield from self.lines.values()
