"""The timers that wake the clocks."""

from datetime import datetime
from typing import Protocol


class Timers(Protocol):
    """The timers that wake a complaint's clocks."""

    def start(self, number: str, arming: int, until: datetime) -> None:
        """One execution named `<number>-<arming>`, sleeping until `until` (domain's time). Existing is success."""


class Heartbeat(Protocol):
    """What shows that the stream is read, while nobody reports anything."""

    def beat(self, at: datetime) -> None:
        """Something goes through the stream that is no event; forgotten an hour after `at` (machine time). Raises
        UnavailableError."""
