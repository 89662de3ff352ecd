"""What the city remembers of a conversation by SMS or on a messenger: under the pseudonym of the person's address, no
word and no address among it."""

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime
from typing import Protocol

from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Talk:
    """`heard_at`: their last message. `number`: the case that they speak of. `asks`: what we want to know (`place`,
    `category`, `matter`), the first is what we asked. `misunderstood`: in a row. `place`: a position that came before
    any words, `lat,lon`. `pictures`: tasks of pictures that came before any words. `seen`: what became of their last
    messages, and the case that they stand in, by the hash of the provider's id. `replies` on `day` (ISO). `kept`: the
    kept messages that speak of no case yet, each with the task that a person has of it. `version` counts the
    changes."""

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

    def without(self, number: str) -> "Talk | None":
        """What is left of it when everything about this case goes; None: nothing that is about another one."""
        seen = {mark: became for mark, became in self.seen.items() if number not in became}
        if self.number in ("", number) and not any("JKT-" in became for became in seen.values()):
            return None
        left = replace(self, seen=seen)
        return replace(left, number="", asks=(), place="", pictures=()) if self.number == number else left


class Talks(Protocol):
    """One row per address."""

    def find(self, pseudonym: str) -> Talk:
        """Consistent; a fresh one where there is none."""

    def take(self, talk: Talk, now: datetime, until: datetime) -> bool:
        """Leases it (machine times). False when somebody else has it, or it has changed since it was read."""

    def save(self, talk: Talk) -> None:
        """Writes it with the next version and ends the lease; nothing where the lease was lost meanwhile."""
