"""What the city counts of a case, and where. One case is one `Tally`; it adds to the counters of its channel, its day
of receipt, its units, its area and its category. Every figure counts cases by the time of their receipt."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import datetime
from typing import TypeVar

from chalicelib.domain.calendar import WIB
from chalicelib.domain.case.waiting_times import TARGETS, WaitingTimes
from chalicelib.domain.values import dataclass

MEASURED = tuple(TARGETS)  # the two clocks that were promised to the citizen
# Each count is of cases, but `hops` (times that a case was handed on) and `stars` (the sum of all ratings).
ANSWERING = ("asked", "answered", "answered_in_time", "answered_late")
WORKING = (
    *("received", "done", "confirmed", "unsolved", "rejected", "withdrawn", "merged", "open", "late", "reopened"),
    *("returned", "hops", "rated", "stars", "solved", "solved_in_time", "solved_late"),
)
COUNTS = (*WORKING, *ANSWERING)
K = TypeVar("K")
SOMEWHERE = "-"  # the key of what has no place yet

CHANNEL, DAY, UNIT, AREA, CATEGORY = ("channel", "day", "unit", "area", "category")


@dataclass(frozen=True, slots=True)
class Wait:
    """How a case stands with one clock: answered after `seconds`, or it `left` without an answer after them; None: it
    waits. Paused time is left out."""

    seconds: int | None = None
    left: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """One case. `unit` holds it, or held it when it ended; `first_unit` has to answer it, or did; `repaired_by` had
    repaired what the case says has come back. `restricted`: about officers, shown to few."""

    received_at: datetime
    channel: str
    category: str
    unit: str
    first_unit: str
    status: str
    counts: Mapping[str, int]
    waits: Mapping[str, Wait]
    area: str | None = None
    repaired_by: str | None = None
    restricted: bool = False

    @property
    def local(self) -> datetime:
        """The time of receipt in Jakarta."""
        return self.received_at.astimezone(WIB)


@dataclass(frozen=True, slots=True)
class Addition:
    """What a case adds to one counter: counts by name, and the clocks that are measured there."""

    dimension: str
    key: str
    counts: Mapping[str, int]
    clocks: tuple[str, ...] = MEASURED


def additions(tally: Tally) -> list[Addition]:
    """A unit is measured by what it did: the first one by its answer, the holder by its work, the one that had repaired
    by what came back."""
    everywhere = {
        CHANNEL: tally.channel,
        DAY: f"{tally.local:%Y-%m-%d}",
        AREA: tally.area or SOMEWHERE,
        CATEGORY: category_key(tally.category, tally.area),
    }
    return [
        *(Addition(dimension, key, tally.counts) for dimension, key in everywhere.items()),
        *_of_units(tally),
    ]


def _of_units(tally: Tally) -> Iterator[Addition]:
    working = tuple(name for name in WORKING if name != "returned")
    yield Addition(UNIT, tally.first_unit, _only(tally.counts, ANSWERING), ("coordination",))
    yield Addition(UNIT, tally.unit, _only(tally.counts, working), ("resolution",))
    if tally.repaired_by:
        yield Addition(UNIT, tally.repaired_by, _only(tally.counts, ("returned",)), ())


def _only(counts: Mapping[str, int], names: Iterable[str]) -> dict[str, int]:
    return {name: counts[name] for name in names if counts.get(name)}


def category_key(category: str, area: str | None) -> str:
    """A category in a kota: where one suku dinas does the work, and enough cases come together to learn from."""
    return f"{category}@{kota_of(area)}"


def kota_of(area: str | None) -> str:
    """The kota's part of a Kemendagri code (31.71 of 31.71.01.1001)."""
    return area[:5] if area else SOMEWHERE


@dataclass(frozen=True, slots=True)
class Counted:
    """One counter, read: `answered` and `left` are cases per bin, `waiting` cases per time of receipt, all by clock;
    `seconds` the sum over the answered. `open_months`: open cases per month of receipt, where they are kept."""

    counts: Mapping[str, int] = field(default_factory=dict)
    seconds: Mapping[str, int] = field(default_factory=dict)
    answered: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    left: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    waiting: Mapping[str, Mapping[datetime, int]] = field(default_factory=dict)
    open_months: Mapping[str, int] = field(default_factory=dict)

    def count(self, name: str) -> int:
        return self.counts.get(name, 0)

    def times(self, clock: str, now: datetime) -> WaitingTimes:
        """Who waits is taken to have waited since the beginning of the hour or day that counts them."""
        still = self.waiting.get(clock, {}).items()
        return WaitingTimes(
            answered=self.answered.get(clock, {}),
            left=self.left.get(clock, {}),
            waiting=[(max(0.0, (now - since).total_seconds()), cases) for since, cases in still if cases > 0],
            seconds=self.seconds.get(clock, 0),
        )

    @property
    def oldest_waiting(self) -> datetime | None:
        """The beginning of the hour or day in which the case was received that has waited longest to be solved."""
        return min((since for since, cases in self.waiting.get("resolution", {}).items() if cases > 0), default=None)


def total(counters: Iterable[Counted]) -> Counted:
    """Their sum."""
    found = list(counters)
    return Counted(
        counts=added(one.counts for one in found),
        seconds=added(one.seconds for one in found),
        answered=_added_by_clock(one.answered for one in found),
        left=_added_by_clock(one.left for one in found),
        waiting=_added_by_clock(one.waiting for one in found),
        open_months=added(one.open_months for one in found),
    )


def added(counts: Iterable[Mapping[K, int]]) -> dict[K, int]:
    """Their sums by name, without what is nothing."""
    sums: dict[K, int] = {}
    for one in counts:
        for name, number in one.items():
            sums[name] = sums.get(name, 0) + number
    return {name: number for name, number in sums.items() if number}


def _added_by_clock(parts: Iterable[Mapping[str, Mapping[K, int]]]) -> dict[str, dict[K, int]]:
    found = list(parts)
    return {clock: added(part[clock] for part in found if clock in part) for clock in MEASURED}
