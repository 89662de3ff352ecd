"""What a provider asks before it sends: whether this address knows its secret."""

import re
from collections.abc import Mapping

from chalicelib.application.ports.channels import ChannelSecret
from chalicelib.channels import signatures
from chalicelib.domain.errors import UnauthenticatedError, UnreadableError

LONGEST = 500  # characters of a challenge: theirs have some twenty
# Anybody may ask X's question, and the answer is the MAC of the token: no token may read as a message of X, which is an
# object (signatures.check_x).
TOKEN = re.compile(r"[A-Za-z0-9+/=_.~-]+", re.ASCII)


def of_meta(query: Mapping[str, str], secret: ChannelSecret) -> str:
    """Meta's verification request: the challenge comes back as it came, as plain text."""
    if query.get("hub.mode") != "subscribe" or not secret.verify_token:
        raise UnauthenticatedError("A verification request is expected")
    if not signatures.is_same(query.get("hub.verify_token", ""), secret.verify_token):
        raise UnauthenticatedError("The verify token is not ours")
    return _bounded(query.get("hub.challenge", ""))


def of_x(query: Mapping[str, str], secret: ChannelSecret) -> dict[str, str]:
    """X's challenge-response check (CRC), within three seconds. Raises UnreadableError."""
    token = _bounded(query.get("crc_token", ""))
    if not TOKEN.fullmatch(token):
        raise UnreadableError("The challenge is not readable")
    return {"response_token": signatures.answer_x(secret.keys[0], token)}


def _bounded(challenge: str) -> str:
    if not challenge or len(challenge) > LONGEST or not challenge.isprintable():
        raise UnreadableError("The challenge is not readable")
    return challenge
