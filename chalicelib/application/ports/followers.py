"""Who follows a case without being its reporter."""

from typing import Protocol

from chalicelib.application.ports.cases import SealedContact
from chalicelib.domain.values import dataclass

MOST_TOLD = 100  # followers with a contact of one case: one event's letters are sent in one call


@dataclass(frozen=True, slots=True)
class Follower:
    """`follower_id` is the same for the same address. Told each step after the event `since`, where there is a
    contact, which is sealed under `name`. `key`: what a client calls its request, "" where it has no name for it;
    `body_hash` is of what was sent."""

    number: str
    follower_id: str
    since: int
    contact: SealedContact | None = None
    key: str = ""
    body_hash: str = ""

    @property
    def name(self) -> str:
        return sealed_as(self.number, self.follower_id)


def sealed_as(number: str, follower_id: str) -> str:
    """What a follower's contact is bound to: a copy of it elsewhere opens nothing."""
    return f"{number}/{follower_id}"


class KeyReusedError(Exception):
    """Another body was sent under this key."""


class Followers(Protocol):
    """The rows of followers, apart from their case; how many there are is counted beside it."""

    def add(self, follower: Follower) -> bool:
        """Counted once; True also when it follows already. False: the case has MOST_TOLD with a contact. Raises
        KeyReusedError, UnavailableError."""

    def told(self, number: str) -> list[Follower]:
        """The followers with a contact (consistent)."""
