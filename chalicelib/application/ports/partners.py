"""What call-backs need of the outside: the systems of partners, and a list of what could not be told to them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class CallBackAddress:
    """Where the system of a partner is told, and what we sign with: two keys while one is being changed."""

    url: str
    keys: tuple[str, ...]


class CallBackAddresses(Protocol):
    """The address of each partner's system, as the operator set it."""

    def call_back(self, channel: str) -> CallBackAddress | None:
        """Where the partner is called back; None if nobody asked for it. Raises UnavailableError."""


class Partners(Protocol):
    """The systems of partners, by their channel's code."""

    def send(self, address: CallBackAddress, body: Mapping[str, Any], *, message_id: str) -> None:
        """One signed message. `message_id` is the same at every try. Raises the Provider errors, whose text is a code
        and holds nothing of what was sent."""


@dataclass(frozen=True, slots=True)
class StuckCallBack:
    """A call-back that has failed at least once and was not told since. `key` is its notice's; `reason` a code."""

    channel: str
    number: str
    key: str
    tries: int
    reason: str
    at: datetime


class StuckCallBacks(Protocol):
    """What operators look at when a partner says that they hear nothing."""

    def note(self, stuck: StuckCallBack) -> None:
        """In place of what was noted before. Raises UnavailableError."""

    def clear(self, channel: str, key: str, number: str) -> None:
        """It was told. Raises UnavailableError."""

    def of(self, channel: str) -> list[StuckCallBack]:
        """By number, the first MOST of them. Raises UnavailableError."""


MOST = 500
