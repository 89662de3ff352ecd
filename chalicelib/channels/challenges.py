"""What a provider asks before it sends: whether this address knows its secret."""

from collections.abc import Mapping

from chalicelib.application.ports.channels import ChannelSecret
from chalicelib.channels import signatures
from chalicelib.domain.errors import UnauthenticatedError, UnreadableError

LONGEST = 500  # characters of a challenge: theirs have some twenty


def of_meta(query: Mapping[str, str], secret: ChannelSecret) -> str:
    """Meta's verification request: the challenge comes back as it came, as plain text."""
    if query.get("hub.mode") != "subscribe" or not secret.verify_token:
        raise UnauthenticatedError("A verification request is expected")
    if not signatures.is_same(query.get("hub.verify_token", ""), secret.verify_token):
        raise UnauthenticatedError("The verify token is not ours")
    return _bounded(query.get("hub.challenge", ""))


def of_x(query: Mapping[str, str], secret: ChannelSecret) -> dict[str, str]:
    """X's challenge-response check (CRC), within three seconds."""
    return {"response_token": signatures.answer_x(secret.keys[0], _bounded(query.get("crc_token", "")))}


def _bounded(challenge: str) -> str:
    if not challenge or len(challenge) > LONGEST or not challenge.isprintable():
        raise UnreadableError("The challenge is not readable")
    return challenge
