"""Cursors of lists: where a page ended. They are sealed and bound to the person and the list, so that nobody can use a
cursor of another one."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable

from chalicelib.domain.actor import Actor
from chalicelib.domain.values import dataclass

SEAL = 12  # bytes: 96 bits of HMAC-SHA-256


@dataclass(frozen=True, slots=True)
class Cursors:
    """`key` answers a secret of the stack."""

    key: Callable[[], bytes]

    def write(self, position: str, actor: Actor, list_name: str) -> str:
        return _encoded(self._seal(position, actor, list_name) + position.encode())

    def read(self, cursor: str, actor: Actor, list_name: str) -> str | None:
        """The position; None for what is no cursor of this person and list."""
        try:
            decoded = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            seal, position = decoded[:SEAL], decoded[SEAL:].decode()
        except (binascii.Error, ValueError):
            return None
        return position if hmac.compare_digest(seal, self._seal(position, actor, list_name)) else None

    def _seal(self, position: str, actor: Actor, list_name: str) -> bytes:
        bound = "\x00".join(("cursor", actor.role, actor.id, list_name, position)).encode()
        return hmac.new(self.key(), bound, hashlib.sha256).digest()[:SEAL]


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
