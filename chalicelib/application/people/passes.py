"""A pass, which somebody gets by the link that their address was sent. For a day it proves that they are the reporter
of every case whose reporter is told at that address, or at another address of the same person."""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.errors import UnauthenticatedError
from chalicelib.domain.values import dataclass

if TYPE_CHECKING:
    from chalicelib.application.ports.reporters import OwnCases, Pass, Passes


LIFE = timedelta(hours=24)
BYTES = 24  # of a token; a case's secret has fewer, and so has the link of a question
MOST_NAMES = 12  # pseudonyms of one person
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


def is_pass(secret: str) -> bool:
    """By its form alone: no other secret is so long."""
    return _TOKEN.fullmatch(secret) is not None


def digest(token: str) -> str:
    """Hex SHA-256, by which a pass is kept: 192 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Bearers:
    """`now` is the domain's time."""

    passes: "Passes"
    own: "OwnCases"
    now: Callable[[], datetime]

    def proved(self, token: str) -> tuple[str, ...]:
        """The pseudonyms that the link itself proves. Raises UnauthenticatedError."""
        return self.held(token).names

    def held(self, token: str) -> "Pass":
        """Raises UnauthenticatedError for a pass that is none, or over."""
        found = self.passes.find(digest(token)) if is_pass(token) else None
        if found is None or self.now() >= found.until:
            raise UnauthenticatedError("The link is not one of ours, or its day is over")
        return found

    def names(self, token: str) -> tuple[str, ...]:
        """The pseudonyms of a pass, and those of every address that was joined with one of them. Raises
        UnauthenticatedError."""
        found = dict.fromkeys(self.proved(token))
        waiting = list(found)
        while waiting and len(found) < MOST_NAMES:
            new = [name for name in self.own.joined(waiting.pop()) if name not in found]
            found.update(dict.fromkeys(new))
            waiting += new
        return tuple(found)[:MOST_NAMES]
