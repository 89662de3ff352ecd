"""Which client a key belongs to, and whether it may send one more request now."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from chalicelib.application.ports.clients import ClientKeys, Rates
from chalicelib.domain.errors import NotAllowedError, TooManyError

LONGEST_KEY = 128  # characters that we hash at all


def digest_of_key(key: str) -> str:
    """Hex SHA-256: a key of 192 random bits needs no salt."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


class Clients:
    """`now` is the machine's time: a key's end and a minute are no deadlines of a case."""

    def __init__(self, *, keys: ClientKeys, rates: Rates, now: Callable[[], datetime]) -> None:
        self._keys = keys
        self._rates = rates
        self._now = now

    def of_key(self, key: str) -> str:
        """The client whose key it is. Raises NotAllowedError for a missing, wrong or ended key, TooManyError."""
        now = self._now()
        found = self._keys.find(digest_of_key(key)) if 0 < len(key) <= LONGEST_KEY else None
        if found is None or not found.counts_at(now):
            raise NotAllowedError("api_key is missing or not valid")
        if wait := self._rates.take(found.client, found.per_minute, now):
            raise TooManyError(wait)
        return found.client
