"""The timers that wake the clocks."""

from datetime import datetime
from typing import Protocol


class Timers(Protocol):
    """The timers that wake a complaint's clocks."""

    def start(self, number: str, arming: int, until: datetime) -> None:
        """One execution named `<number>-<arming>`, sleeping until `until` (domain's time). Existing is success."""
