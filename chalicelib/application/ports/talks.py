"""What the city remembers of a conversation by SMS or on a messenger: under the pseudonym of the person's address, no
word and no address among it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime
from typing import Protocol

from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Talk:
    """`heard_at`: their last message that was looked at; `wrote_at`: the last of all, as the provider counts.
    `number`: the case that they speak of. `asks`: what we want to know (`place`, `category`, `matter`), the first is
    what we asked. `misunderstood`: in a row. `place`: a position that came before any words, `lat,lon`. `pictures`:
    tasks of pictures that came before any words. `seen`: what became of their last messages, and the case that they
    stand in, by the hash of the provider's id. `replies` on `day` (ISO). `kept`: the kept messages that speak of no
    case yet, each with the task that a person has of it. `version` counts the changes."""

    pseudonym: str
    heard_at: datetime | None = None
    number: str = ""
    asks: tuple[str, ...] = ()
    misunderstood: int = 0
    place: str = ""
    pictures: tuple[str, ...] = ()
    seen: Mapping[str, str] = field(default_factory=dict)
    replies: int = 0
    day: str = ""
    kept: tuple[tuple[str, str], ...] = ()
    version: int = 0
    wrote_at: datetime | None = None

    @property
    def last_written_at(self) -> datetime | None:
        """Also of what is being looked at now: its answer may leave before the talk is saved."""
        return self.wrote_at or self.heard_at

    def without(self, number: str) -> "Talk | None":
        """What is left of it when everything about this case goes; None: nothing that is about another one."""
        seen = {mark: became for mark, became in self.seen.items() if number not in became}
        if self.number in ("", number) and not any("JKT-" in became for became in seen.values()):
            return None
        left = replace(self, seen=seen)
        return replace(left, number="", asks=(), place="", pictures=()) if self.number == number else left


@dataclass(frozen=True, slots=True)
class LongMessage:
    """A message that comes in parts, and the case that its words stand in. `of`: how many parts it has; `came`: which
    of them have come, by the mark of each; `until`: when the others are missed; `is_missed`: that they were."""

    number: str
    channel: str
    of: int
    until: datetime
    came: Mapping[str, int] = field(default_factory=dict)
    is_missed: bool = False

    @property
    def missing(self) -> list[int]:
        """Two such messages at the same time count as one whose parts come twice."""
        times = Counter(self.came.values())
        most = max(times.values(), default=0)
        return [part for part in range(1, self.of + 1) if times[part] < most]

    @property
    def is_promised(self) -> bool:
        return bool(self.missing) and not self.is_missed


class LongMessages(Protocol):
    """One row per case and number of parts. While parts are missing it is a promise, due at its time."""

    def find(self, number: str, of: int) -> LongMessage | None:
        """Consistent read. Raises UnavailableError."""

    def save(self, long: LongMessage) -> None:
        """Raises UnavailableError."""


class Talks(Protocol):
    """One row per address."""

    def find(self, pseudonym: str) -> Talk:
        """Consistent; a fresh one where there is none."""

    def take(self, talk: Talk, now: datetime, until: datetime) -> bool:
        """Leases it (machine times), and writes down when they wrote. False when somebody else has it, or it has
        changed since it was read."""

    def save(self, talk: Talk) -> None:
        """Writes it with the next version and ends the lease; nothing where the lease was lost meanwhile."""
