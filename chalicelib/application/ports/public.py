"""Rows without words that everybody may read, and the figures counted from them."""

from collections.abc import Sequence
from dataclasses import field
from datetime import datetime
from typing import Protocol

from chalicelib.application.ports.dated import DatedCase, DatedLine
from chalicelib.application.ports.queues import QueueEntry
from chalicelib.domain.case.figures import Counted, Tally
from chalicelib.domain.case.filing import Filing
from chalicelib.domain.place.grid import Box, Place
from chalicelib.domain.rules import Answers
from chalicelib.domain.values import dataclass


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
class RoutedCase:
    """What the routing rules were asked of a case, and who received it: for a rehearsal of other rules."""

    at: datetime
    category: str
    area: str | None
    channel: str
    unit: str
    answers: Answers = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FiledCase:
    """A case on the lists of units that wait for others, or are done with it."""

    filing: Filing
    entry: QueueEntry


@dataclass(frozen=True, slots=True)
class Projection:
    """Everything that is kept of one case outside its own rows, after its event `sequence`."""

    number: str
    sequence: int
    tally: Tally
    open_since: datetime | None = None
    listed: ListedCase | None = None
    overdue: QueueEntry | None = None
    routed: RoutedCase | None = None
    filed: FiledCase | None = None
    dated: DatedCase | None = None
    lines: tuple[DatedLine, ...] = ()


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

    def keep_together(self, projections: Sequence[Projection]) -> dict[str, bool]:
        """The same for several cases in as few transactions as they fit in, so that what they add to one counter is
        written once. By number; what met another transaction is not there, and must be kept by itself."""

    def nearby(self, box: Box, category: str) -> list[ListedCase]:
        """The listed cases of a category in a box of a few hundred metres."""

    def cases(self, box: Box) -> list[ListedCase]:
        """The listed cases in a box of at most 0.02°."""

    def clusters(self, box: Box) -> list[Cluster]:
        """The listed cases in a box of at most 1°, counted per 0.01° (up to 0.2°) or 0.05°."""

    def overdue(self, after: str | None, limit: int) -> list[QueueEntry]:
        """Open cases of all units but the inspectorate's with a clock past due, longest past first, after
        the position of an entry."""

    def filed(
        self, list_name: str, units: Sequence[str], *, since: datetime, after: str | None, limit: int
    ) -> list[QueueEntry]:
        """Cases on this list of these units whose last decision is not before `since`, the newest first, each once,
        after the position of an entry."""


class RoutedCases(Protocol):
    """What `PublicLists.keep` kept for rehearsals; nobody reads it case by case."""

    def routed(self, day: str, limit: int) -> list[RoutedCase]:
        """Some of the reports of a day (ISO, WIB), in no order."""


@dataclass(frozen=True, slots=True)
class CountedCase:
    """One case as it is counted."""

    number: str
    tally: Tally


CASE_SHARDS = 8  # parts in which the cases of a day are read


class CityFigures(Protocol):
    """What `PublicLists.keep` counted, each event once. Days and months are those of receipt in Jakarta, written
    2026-03-02 and 2026-03."""

    def channels(self) -> dict[str, Counted]:
        """All that was ever counted, by channel, without times that people waited."""

    def days(self, first: str) -> dict[str, Counted]:
        """By day, from the first one on."""

    def by(self, dimension: str, months: Sequence[str], begins: str | None = None) -> dict[str, Counted]:
        """Units, areas or categories (by kota) of these months together, each by its key; only keys that begin so."""

    def oldest_open(self) -> OldestOpen | None: ...

    def cases_of(self, day: str, shard: int, after: str | None, limit: int) -> list[CountedCase]:
        """The cases of a day in one of CASE_SHARDS parts, by number, after a number."""


class Generations(Protocol):
    """Operator command only: builds all public rows anew beside those that are served."""

    def begin(self) -> int:
        """From now on `keep` writes a new, empty set of rows too."""

    def serve(self, generation: int) -> None:
        """From now on the new set is read, and it alone is written."""

    def discard_others(self) -> int:
        """Deletes the rows of every set that is not served; how many."""
