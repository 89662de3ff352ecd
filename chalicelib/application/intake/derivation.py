"""Numbers and secrets of reports, derived from the server's secret, the source and the client's key: so a repeated
intake finds its own first answer, and needs no row of its own."""

import base64
import hashlib
import hmac

from chalicelib.application.ports.cases import Contact
from chalicelib.domain.case import numbers
from chalicelib.domain.pseudonyms import MOST_SIGNS, SIGNS, mailbox_of
from chalicelib.domain.values import dataclass

SEPARATOR = b"\x00"
SECRET_BYTES = 16  # 128 bits


@dataclass(frozen=True, slots=True)
class IntakeKey:
    """`source` is `web`, `staff:<username>` or `channel:<code>`: no client can take another's keys."""

    source: str
    key: str

    @property
    def hash(self) -> str:
        """Hex SHA-256 of source and key: what the case remembers of them."""
        return hashlib.sha256(SEPARATOR.join((self.source.encode(), self.key.encode()))).hexdigest()


def number(server_secret: bytes, key: IntakeKey, attempt: int) -> str:
    """A number of 40 derived bits; every attempt another one."""
    return numbers.from_bits(int.from_bytes(_derive(server_secret, "number", key, attempt)[:5]))


def owner_secret(server_secret: bytes, key: IntakeKey, attempt: int) -> str:
    """The reporter's secret of the report with this number: 22 signs of base64url."""
    derived = _derive(server_secret, "owner", key, attempt)[:SECRET_BYTES]
    return base64.urlsafe_b64encode(derived).rstrip(b"=").decode()


def contact_token(server_secret: bytes, contact: Contact) -> str:
    """The token of the address that the contact is told at, the same for every report that names it; "" for none. Of
    letters and digits only, since it ends a link."""
    way = contact.way
    if way is None or way.address is None:
        return ""
    address = str(contact.addresses[way.address])
    parts = (b"contact", way.name.encode(), (mailbox_of(address) if way.name == "email" else address).encode())
    derived = hmac.new(server_secret, SEPARATOR.join(parts), hashlib.sha256).digest()
    return base64.b64encode(derived, altchars=b"xY").decode()[: SIGNS.get(way.name, MOST_SIGNS)]


def _derive(server_secret: bytes, purpose: str, key: IntakeKey, attempt: int) -> bytes:
    parts = (purpose.encode(), key.source.encode(), key.key.encode(), str(attempt).encode())
    return hmac.new(server_secret, SEPARATOR.join(parts), hashlib.sha256).digest()
