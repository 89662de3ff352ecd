"""Whose hands a case went through: how long each unit held it, where it came from, and who handed it to whom. The city
counts it, so that nobody can pass a case round unseen."""

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime

from chalicelib.domain.values import dataclass

MOST_HOPS = 2  # then only a coordinator places the case
LONGEST_TRAIL = 5


@dataclass(frozen=True, slots=True)
class Custody:
    """`since`: from when the present holder has it (UTC, whole second; None: from the receipt). `held`: whole seconds
    of each unit that held it before, by code. `trail`: the units that it came from, the last one last. `passes`: from
    and to of every transfer by an officer."""

    since: datetime | None = None
    held: Mapping[str, int] = field(default_factory=dict)
    trail: tuple[str, ...] = ()
    passes: tuple[tuple[str, str], ...] = ()

    @property
    def came_from(self) -> str | None:
        """The unit that a return goes to."""
        return self.trail[-1] if self.trail else None

    def passed_on(self, holder: str, *, received_at: datetime, now: datetime) -> "Custody":
        """After `holder` gave it to somebody else."""
        held = {**self.held, holder: self.held.get(holder, 0) + self.stay(received_at, now)}
        return replace(self, since=now.replace(microsecond=0), held=held)

    def stay(self, received_at: datetime, now: datetime) -> int:
        """Whole seconds for which the present holder has had it. Stays add up to the age of the case exactly."""
        since = self.since or received_at.replace(microsecond=0)
        return int((now.replace(microsecond=0) - since).total_seconds())


NEW = Custody()


def remembering(custody: Custody, unit: str) -> Custody:
    """With one more unit that the case came from."""
    return replace(custody, trail=(*custody.trail, unit)[-LONGEST_TRAIL:])


def may_go(custody: Custody, hops: int, *, holder: str, unit: str) -> bool:
    """Whether an officer may transfer it from `holder` to `unit`, or, without one, back to where it came from: two hops
    at most, and never twice from one unit to the same other."""
    target = unit or custody.came_from
    return target is not None and (not unit or hops < MOST_HOPS) and (holder, target) not in custody.passes
