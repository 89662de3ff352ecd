"""Following a case: a row of its own, no line of the history. With a contact the follower is told the steps."""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from chalicelib.application.intake import contacts, derivation
from chalicelib.application.ports.cases import Contact, Vault
from chalicelib.application.ports.followers import Follower, Followers, sealed_as
from chalicelib.domain.errors import FieldError
from chalicelib.domain.ways import way_to

ID = 24  # hex digits of a follower's id: 96 bits


class Following:
    """`secret` answers the server's: an address cannot be guessed from the id that is made of it."""

    def __init__(
        self,
        *,
        followers: Followers,
        vault: Callable[[], Vault],
        secret: Callable[[], bytes],
        random_id: Callable[[], str],
    ) -> None:
        self._followers = followers
        self._vault = vault
        self._secret = secret
        self._random_id = random_id

    def __call__(
        self, number: str, contact: Contact | None, *, since: int, operation: str = "", body_hash: str = ""
    ) -> bool:
        """True also for who follows already: the same address, or the same operation. False: no more can be told.
        Raises KeyReusedError for the same operation with another body."""
        way = way_to(contact.addresses) if contact else None
        if contact is None or way is None:
            anybody = self._id(number, operation or self._random_id())
            return self._followers.add(Follower(number, anybody, since, key=operation, body_hash=body_hash))
        follower_id = self._id(number, str(contact.addresses[str(way.address)]).lower())
        token = derivation.contact_token(self._secret(), contact)
        sealed = self._vault().seal(sealed_as(number, follower_id), replace(contact, token=token))
        return self._followers.add(Follower(number, follower_id, since, sealed, operation, body_hash))

    def _id(self, number: str, what: str) -> str:
        return hmac.new(self._secret(), f"follower\x00{number}\x00{what}".encode(), hashlib.sha256).hexdigest()[:ID]


def read_contact(typed: Mapping[str, Any] | None) -> tuple[Contact | None, tuple[FieldError, ...]]:
    """A contact as it was typed, and what is wrong with it."""
    if not typed:
        return None, ()
    contact, faults = contacts.read(
        name=typed.get("name"),
        phone=typed.get("phone"),
        email=typed.get("email"),
        language=typed.get("language") or "id",
    )
    return contact, tuple(faults)
