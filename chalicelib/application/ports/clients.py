"""Programs of others that send us reports: their keys, and how much each may send."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class ClientKey:
    """One key of one client. `digest` is the hex SHA-256 of it: the key itself is shown once and kept nowhere.
    `per_minute`: requests. From `ends_at` on (machine time) it opens nothing."""

    client: str
    digest: str
    per_minute: int
    issued_at: datetime
    ends_at: datetime | None = None

    def counts_at(self, now: datetime) -> bool:
        return self.ends_at is None or now < self.ends_at


class ClientKeys(Protocol):
    """Read by the API; written by operators only."""

    def find(self, digest: str) -> ClientKey | None: ...

    def of(self, client: str | None = None) -> Sequence[ClientKey]:
        """The keys of one client, or of all, by client and time of issue."""

    def put(self, key: ClientKey) -> None: ...


class Rates(Protocol):
    """How much was taken in the running minute, by name."""

    def take(self, name: str, limit: int, now: datetime) -> int:
        """Takes one; 0 if it was there, else the seconds until there is more. Raises UnavailableError."""
