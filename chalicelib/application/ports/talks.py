"""What the city remembers of a conversation by SMS or on a messenger: under the pseudonym of the person's address, no
word and no address among it."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Protocol

from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Talk:
    """`heard_at`: their last message. `number`: the case that they speak of. `asks`: what we want to know (`place`,
    `category`, `matter`), the first is what we asked. `misunderstood`: in a row. `place`: a position that came before
    any words, `lat,lon`. `pictures`: tasks of pictures that came before any words. `seen`: what became of their last
    messages, and the case that they stand in, by the hash of the provider's id. `replies` on
    `day` (ISO). `version` counts the changes."""

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
    version: int = 0


class Talks(Protocol):
    """One row per address."""

    def find(self, pseudonym: str) -> Talk:
        """Consistent; a fresh one where there is none."""

    def take(self, talk: Talk, now: datetime, until: datetime) -> bool:
        """Leases it (machine times). False when somebody else has it, or it has changed since it was read."""

    def save(self, talk: Talk) -> None:
        """Writes it with the next version and ends the lease; nothing where the lease was lost meanwhile."""
