"""Keeps what goes to one address apart, where its provider takes only so much in a second."""

from collections.abc import Callable
from datetime import datetime, timedelta


class Pace:
    """At least `gap` between two turns of one name, in this process. `now` is the machine's time."""

    def __init__(self, gap: timedelta, *, now: Callable[[], datetime], pause: Callable[[float], None]) -> None:
        self._gap = gap
        self._now = now
        self._pause = pause
        self._free: dict[str, datetime] = {}

    def wait(self, name: str) -> None:
        """Returns when it is the name's turn."""
        now = self._now()
        turn = max(self._free.get(name, now), now)
        self._free[name] = turn + self._gap
        if turn > now:
            self._pause((turn - now).total_seconds())
