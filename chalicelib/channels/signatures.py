"""How a sender proves that a message is theirs: each scheme signs the raw bytes, and is checked before they are read.
No comparison tells by its time how much of a signature was right."""

import base64
import hashlib
import hmac
from binascii import Error as NotBase64
from collections.abc import Iterable, Mapping
from datetime import datetime

from chalicelib.domain.errors import UnauthenticatedError

TOLERANCE = 300  # seconds between the sender's clock and ours: the advice of Standard Webhooks
Headers = Mapping[str, str]  # by name in lower case


def check_standard(headers: Headers, raw: bytes, secrets: Iterable[str], now: datetime) -> str:
    """Standard Webhooks (standardwebhooks.com, specification 1.0): the MAC covers id, time and body. `now` is the
    machine's time. Answers the message's id. Raises UnauthenticatedError."""
    message_id, sent_at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not message_id or not sent_at.isascii() or not sent_at.isdigit() or len(sent_at) > len("9999999999"):
        raise UnauthenticatedError("The headers of a signed message are missing")
    if abs(now.timestamp() - int(sent_at)) > TOLERANCE:
        raise UnauthenticatedError("The message was signed more than five minutes ago, or in the future")
    signed = f"{message_id}.{sent_at}.".encode("utf-8", "surrogatepass") + raw
    given = [part.removeprefix("v1,") for part in headers.get("webhook-signature", "").split() if part[:3] == "v1,"]
    _expect(given, [_base64(_mac(standard_key(secret), signed)) for secret in secrets])
    return message_id


def standard_key(secret: str) -> bytes:
    """What begins with `whsec_` is base64; any other secret is taken by its UTF-8 bytes."""
    if not secret.startswith("whsec_"):
        return secret.encode()
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except NotBase64:
        return secret.encode()


def sign_standard(secret: str, message_id: str, at: int, raw: bytes) -> dict[str, str]:
    """The headers of a message that we send; `at` in epoch seconds."""
    signature = _base64(_mac(standard_key(secret), f"{message_id}.{at}.".encode() + raw))
    return {"webhook-id": message_id, "webhook-timestamp": str(at), "webhook-signature": f"v1,{signature}"}


def check_meta(headers: Headers, raw: bytes, secrets: Iterable[str]) -> None:
    """Meta's webhooks: `X-Hub-Signature-256`, hexadecimal, by the app's secret; no time is signed, so a repetition is
    told by the ids inside. Raises UnauthenticatedError."""
    given = headers.get("x-hub-signature-256", "")
    _expect([given], [f"sha256={_mac(secret.encode(), raw).hex()}" for secret in secrets])


def check_x(headers: Headers, raw: bytes, secrets: Iterable[str]) -> None:
    """X's account activity: `x-twitter-webhooks-signature`, base64, by the consumer secret. The same secret answers
    X's challenge, which anybody may ask: only an object is a message, and no challenge is one. Raises
    UnauthenticatedError."""
    if not raw.lstrip().startswith(b"{"):
        raise UnauthenticatedError("A message of X is an object")
    given = headers.get("x-twitter-webhooks-signature", "")
    _expect([given], [f"sha256={_base64(_mac(secret.encode(), raw))}" for secret in secrets])


def answer_x(secret: str, token: str) -> str:
    """The response token of X's challenge (CRC)."""
    return "sha256=" + _base64(_mac(secret.encode(), token.encode()))


def is_same(given: str, known: str) -> bool:
    """Compares two secrets in a time that tells nothing."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), known.encode())


def _expect(given: list[str], right: list[str]) -> None:
    """Every pair is compared, whichever is the right one."""
    matches = sum(is_same(one, other) for one in given for other in right)
    if not matches:
        raise UnauthenticatedError("The signature is not right")


def _mac(key: bytes, signed: bytes) -> bytes:
    return hmac.new(key, signed, hashlib.sha256).digest()


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
