"""Providers of messengers let us write for a while after the person's last message only (domain/ways.py). What is due
later goes by another way of theirs, or waits until they write again."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.application.ports.cases import Contact
from chalicelib.domain.pseudonyms import pseudonym
from chalicelib.domain.values import dataclass
from chalicelib.domain.ways import WAYS, Way


@dataclass(frozen=True, slots=True)
class Windows:
    """`heard_at` answers when the address with this pseudonym last wrote to us; `now` is the domain's time."""

    heard_at: Callable[[str], datetime | None]
    now: Callable[[], datetime]

    def way(self, contact: Contact) -> Way | None:
        """How the person is told now; None while there is no way that the provider leaves open."""
        way = contact.way
        if way is None or way.window is None or self._is_open(way, contact.token):
            return way
        instead = WAYS.get(way.instead)
        return instead if instead and instead.address and contact.addresses.get(instead.address) else None

    def _is_open(self, way: Way, token: str) -> bool:
        heard = self.heard_at(pseudonym(token)) if token else None
        return heard is not None and way.window is not None and self.now() - heard < way.window
