"""What every route of a case reads first: who is asking, which case, what was sent under which key."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from chalice.app import Request

from chalicelib.domain.actor import Actor
from chalicelib.domain.case import numbers
from chalicelib.domain.errors import FieldError, InvalidError, UnauthenticatedError, UnreadableError
from chalicelib.domain.values import dataclass

if TYPE_CHECKING:
    from chalicelib.application.handling.access import CaseAccess
    from chalicelib.bootstrap import Bootstrap

BEARER = re.compile(r"(?i)bearer +([A-Za-z0-9._~+/=-]+)")
KEY_LENGTHS = range(16, 256)  # characters of an Idempotency-Key


def city() -> "Bootstrap":
    """The composition root, when a request needs it."""
    from chalicelib.bootstrap import bootstrap

    return bootstrap()


@contextmanager
def behind(earlier: Callable[[], Any]) -> Iterator[None]:
    """Who is refused for another reason first is not told what is wrong with their question: before a fault goes out,
    `earlier` may raise what the contract puts before it (401, 400, 404, 403). Without a fault it is not called."""
    try:
        yield
    except InvalidError:
        earlier()
        raise


def staff(request: Request) -> Actor:
    """Raises UnauthenticatedError unless a good token was sent."""
    found = actor(request)
    if found is None:
        raise UnauthenticatedError("Sign in first")
    return found


def token(request: Request) -> str:
    """The bearer token that was sent; only after `staff` has let it pass."""
    found = BEARER.fullmatch(request.headers["authorization"].strip())
    return found[1] if found else ""


def actor(request: Request) -> Actor | None:
    """The staff member whose token was sent; None without one. A bad token is refused on public routes too."""
    header = request.headers.get("authorization")
    if header is None:
        return None
    found = BEARER.fullmatch(header.strip())
    if found is None:
        raise UnauthenticatedError("A bearer token is expected")
    return city().identity.actor(found[1])


def secret(request: Request) -> str | None:
    """The reporter's; only the header counts, never the query."""
    given = request.headers.get("x-complaint-secret")
    return str(given) if given is not None else None


def case_access(request: Request, number: str, *, for_everybody: bool = False) -> "CaseAccess":
    """The case for who may change it: staff by token, else the reporter by secret, else anybody where everybody may.
    Raises UnauthenticatedError."""
    member, own = actor(request), secret(request)
    if member is not None:
        return city().open_case.as_staff(numbers.read(number), member)
    if own is None and for_everybody:
        return city().open_case.as_public(numbers.read(number))
    if own is None:
        raise UnauthenticatedError("Sign in, or send the secret of the report")
    return city().open_case.as_reporter(numbers.read(number), own)


@dataclass(frozen=True, slots=True)
class RequestBody:
    """A body as it was sent, and under which key. `values` are the fields that are sound, `faults` those of form, to be
    told with those of meaning."""

    sent: Any
    values: dict[str, Any]
    key: str | None
    faults: tuple[FieldError, ...]

    def hash(self, action: str = "") -> str:
        """Hex SHA-256 of everything that was sent, unreadable fields too: another body is another hash."""
        text = json.dumps([action, self.sent], sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def link_token(request: Request) -> str:
    """What a link of a message carries, as its page sends it. Nobody has to sign in for it, but a bad token of staff is
    refused. Raises InvalidError."""
    from chalicelib.entrypoints.forms import TokenForm, read_form

    actor(request)
    values, faults = read_form(TokenForm, body(request))
    if not faults and "token" not in values:
        faults = (FieldError("token", "required", "This is needed"),)
    if faults:
        raise InvalidError(list(faults))
    return str(values["token"])


def no_fields(sent: RequestBody) -> None:
    """For a route that takes none. Raises InvalidError."""
    from chalicelib.entrypoints.forms import Form, read_form

    _, faults = read_form(Form, sent)
    if faults:
        raise InvalidError(list(faults))


def body(request: Request) -> RequestBody:
    """Raises UnreadableError, TooLargeError, UnsupportedTypeError; every other fault waits for the rights."""
    from chalicelib.entrypoints.bodies import read_object

    sent, values, faults = read_object(request)
    key = request.headers.get("idempotency-key")
    if key is not None and not key.isprintable():
        raise UnreadableError("The header Idempotency-Key is not readable")
    if key is None or len(key) in KEY_LENGTHS:
        return RequestBody(sent, values, key, faults)
    return RequestBody(sent, values, None, (*faults, FieldError("Idempotency-Key", "value", "16 to 255 characters")))
