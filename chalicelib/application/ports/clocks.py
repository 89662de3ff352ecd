"""The timers that wake the clocks."""

from datetime import datetime
from typing import Protocol


class Timers(Protocol):
    """The timers that wake a complaint's clocks."""

    def start(self, number: str, arming: int, until: datetime, *, sleep: int = 1) -> None:
        """One execution that sleeps until `until` (domain's time). Named `<number>-<arming>`; a later sleep of the same
        arming `<number>-<arming>-<sleep>`. Existing is success."""

    def stop(self, number: str, arming: int) -> bool:
        """The first execution of this arming, which nobody waits for any more; whether it was stopped. Never raises and
        never tries twice: one that sleeps on wakes for nothing, and does no harm."""


class Heartbeat(Protocol):
    """What shows that the stream is read, while nobody reports anything."""

    def beat(self, at: datetime) -> None:
        """Something goes through the stream that is no event; forgotten an hour after `at` (machine time). Raises
        UnavailableError."""
