"""What every route of a case reads first: who is asking, which case, under which key."""

import re
from typing import TYPE_CHECKING

from chalice.app import Request

from chalicelib.domain import numbers
from chalicelib.domain.actor import Actor
from chalicelib.domain.errors import UnauthenticatedError, UnreadableError, invalid

if TYPE_CHECKING:
    from chalicelib.application.handling import Opened
    from chalicelib.bootstrap import Bootstrap

BEARER = re.compile(r"(?i)bearer +([A-Za-z0-9._~+/=-]+)")
LONGEST_TOKEN = 8192
KEY_LENGTHS = range(16, 256)  # characters of an Idempotency-Key


def city() -> "Bootstrap":
    """The composition root, when a request needs it."""
    from chalicelib.bootstrap import bootstrap

    return bootstrap()


def staff(request: Request) -> Actor:
    """Raises UnauthenticatedError unless a good token was sent."""
    found = actor(request)
    if found is None:
        raise UnauthenticatedError("Sign in first")
    return found


def actor(request: Request) -> Actor | None:
    """The staff member whose token was sent; None without one. A bad token is refused on public routes too."""
    header = request.headers.get("authorization")
    if header is None:
        return None
    found = BEARER.fullmatch(header.strip())
    if found is None or len(header) > LONGEST_TOKEN:
        raise UnauthenticatedError("A bearer token is expected")
    return city().identity.actor(found[1])


def secret(request: Request) -> str | None:
    """The reporter's; only the header counts, never the query."""
    given = request.headers.get("x-complaint-secret")
    return str(given) if given is not None else None


def opened(request: Request, number: str) -> "Opened":
    """The case for who may change it: staff by token, else the reporter by secret. Raises UnauthenticatedError."""
    member, own = actor(request), secret(request)
    if member is not None:
        return city().act.open_as_staff(numbers.read(number), member)
    if own is None:
        raise UnauthenticatedError("Sign in, or send the secret of the report")
    return city().act.open_as_reporter(numbers.read(number), own)


def idempotency_key(request: Request) -> str | None:
    """Raises InvalidError on `Idempotency-Key`, UnreadableError for what is no header at all."""
    key = request.headers.get("idempotency-key")
    if key is None:
        return None
    if not key.isprintable():
        raise UnreadableError("The header Idempotency-Key is not readable")
    if len(key) not in KEY_LENGTHS:
        raise invalid("Idempotency-Key", "value", "16 to 255 characters")
    return str(key)
