"""Listed cases by the time of their receipt, and what the public was told of them by the time it was told."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from chalicelib.application.ports.cases import CaseFile
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import Event
from chalicelib.domain.place.grid import Place
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class DatedCase:
    """A listed case, open or ended, as its row has it: no words, no person. `changed_at`: when its state last changed;
    of an ended case when it ended. `picture` is the object key of one that everybody may see."""

    number: str
    category: str
    is_open: bool
    received_at: datetime
    changed_at: datetime
    place: Place | None = None
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class DatedLine:
    """One line of a listed case's public history that changed its status or says something."""

    number: str
    sequence: int
    at: datetime


class DatedCases(Protocol):
    """Read by time, never scanned; kept by `PublicLists.keep`."""

    def newest(self, since: datetime, until: datetime) -> Iterator[DatedCase]:
        """The listed cases received from `since` to `until`, both included to the second, newest first. Read as they
        are asked for."""

    def lines(self, since: datetime, until: datetime) -> Iterator[DatedLine]:
        """The lines from `since` to `until`, both included to the second, oldest first."""

    def briefs(self, numbers: Sequence[str]) -> Mapping[str, CaseFile]:
        """Each case with its first event and nothing else, by its number; the ones that are gone are left out."""

    def told(self, lines: Sequence[DatedLine]) -> Sequence[tuple[Complaint, Event]]:
        """The case and the event of each line, in their order; the ones that are gone are left out."""
