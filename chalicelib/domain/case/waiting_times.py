"""How long people wait, over many cases, from counters alone. Who still waits is counted as long as they have waited,
and who left unanswered until they left (the Kaplan-Meier estimator, J. Am. Stat. Assoc. 53 (1958) 457): a median over
answered cases only would fall when the hard ones are left lying."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from chalicelib.domain.values import dataclass

HOUR, DAY = 3600, 24 * 3600
TARGETS: Mapping[str, int] = {"coordination": 6 * HOUR, "resolution": 7 * DAY}  # seconds: the Pergub's own measure
_FIRST, _LAST = TARGETS["coordination"], TARGETS["resolution"]
_STEPS = 35  # bins between the two targets, which are edges of bins: each bin is 10 % longer than the one before
_RATIO = _LAST / _FIRST
_OFFSET = 106  # of the bin that ends at the first target, so that one second is not below bin 1
ERROR = 0.05  # a time that is read from a bin is wrong by no more than this share
_NOBODY = 1e-9


def bin_of(seconds: float) -> int:
    """0 for less than a second, else the number of the bin that ends at or after it; a year is in 183."""
    if seconds < 1:
        return 0
    return math.ceil(round(_STEPS * math.log(seconds / _FIRST) / math.log(_RATIO), 9)) + _OFFSET


def middle(number: int) -> float:
    """The seconds that are wrong by the same share (4.8 %) at both ends of the bin."""
    low, high = (_FIRST * _RATIO ** ((n - _OFFSET) / _STEPS) for n in (number - 1, number))
    return 2 * low * high / (low + high) if number else 0.0


@dataclass(frozen=True, slots=True)
class CurveStep:
    """One bin of the curve: how many were still waiting when it began, and the share that waits longer than it."""

    number: int
    at_risk: int
    share: float


@dataclass(frozen=True, slots=True)
class WaitingTimes:
    """`answered` and `left`: cases per bin of the seconds until the answer, or until they ended without one. `waiting`:
    (seconds so far, cases). `seconds`: the sum over the answered."""

    answered: Mapping[int, int] = field(default_factory=dict)
    left: Mapping[int, int] = field(default_factory=dict)
    waiting: Sequence[tuple[float, int]] = ()
    seconds: int = 0

    @property
    def counted(self) -> int:
        """Answered cases."""
        return sum(self.answered.values())

    @property
    def still(self) -> int:
        """Cases that wait now."""
        return sum(cases for _, cases in self.waiting)

    @property
    def mean(self) -> float | None:
        """Seconds, exact, over the answered only; None where there are none."""
        return self.seconds / self.counted if self.counted else None

    def curve(self) -> Iterator[CurveStep]:
        """Who left or still waits in a bin counts as waiting until its end."""
        unanswered = self._unanswered()
        at_risk, share = self.counted + sum(unanswered.values()), 1.0
        for number in sorted(self.answered.keys() | unanswered.keys()):
            answered = self.answered.get(number, 0)
            share *= 1 - answered / at_risk if at_risk else 1
            yield CurveStep(number, at_risk, share)
            at_risk -= answered + unanswered[number]

    def quantile(self, part: float) -> float | None:
        """Seconds until this part of all cases was answered, within ERROR; None where the curve does not reach it."""
        reached = (step.number for step in self.curve() if step.share <= 1 - part + _NOBODY)
        number = next(reached, None)
        return None if number is None else middle(number)

    def answered_within(self, seconds: float) -> float | None:
        """The share that is answered within so many seconds, exact at the edges of bins; None where nobody has waited
        so long, and not all are answered."""
        last, share = -1, 1.0
        for step in self.curve():
            if step.number <= bin_of(seconds):
                share = step.share
            last = step.number
        known = last >= bin_of(seconds) or (last >= 0 and share <= _NOBODY)
        return 1 - share if known else None

    def _unanswered(self) -> Counter[int]:
        found = Counter(self.left)
        for seconds, cases in self.waiting:
            found[bin_of(seconds)] += cases
        return found
