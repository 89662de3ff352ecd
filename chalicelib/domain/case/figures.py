"""What the city counts of a case, and how thousands of durations become a median: a histogram whose buckets grow by
2 %, so that any percentile is within 1 % of the true one whatever the number of cases."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

COUNTS = ("received", "done", "late", "reopened", "open")
MEASURED = ("coordination", "resolution")  # the two clocks that were promised to the citizen
GROWTH = 1.02


@dataclass(frozen=True, slots=True)
class Tally:
    """One case: which counts it is in, and the seconds of each clock that has an answer."""

    counts: frozenset[str]
    seconds: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Distribution:
    """Many durations: how many, their sum in seconds, and how many per bucket."""

    counted: int = 0
    total: int = 0
    buckets: Mapping[int, int] = field(default_factory=dict)

    @property
    def mean(self) -> float | None:
        """Exact."""
        return self.total / self.counted if self.counted > 0 else None

    def percentile(self, share: float) -> float | None:
        """Nearest rank, within 1 % (below one second: 0); None where nothing was counted."""
        rank, seen = max(1, math.ceil(share * sum(self.buckets.values()))), 0
        for number in sorted(self.buckets):
            seen += self.buckets[number]
            if seen >= rank:
                return middle(number)
        return None


@dataclass(frozen=True, slots=True)
class Figures:
    """The whole city."""

    counts: Mapping[str, int]
    clocks: Mapping[str, Distribution]


def bucket(seconds: int) -> int:
    """0 for less than a second, else n for (1.02^(n-2), 1.02^(n-1)]; a year is 873."""
    return math.ceil(math.log(seconds) / math.log(GROWTH)) + 1 if seconds >= 1 else 0


def middle(number: int) -> float:
    """The value that is wrong by the same share (0.99 %) at both ends of the bucket."""
    return 2 * GROWTH ** (number - 1) / (1 + GROWTH) if number else 0.0
