"""An operator's order: call-backs that are stuck are due again at once, with all their tries before them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from chalicelib.application.ports.messages import Notices
from chalicelib.application.ports.partners import StuckCallBack, StuckCallBacks


class ReplayCallBacks:
    """`now` is the domain's time."""

    def __init__(self, *, stuck: StuckCallBacks, ledger: Notices, now: Callable[[], datetime]) -> None:
        self._stuck = stuck
        self._ledger = ledger
        self._now = now

    def __call__(self, channel: str, number: str | None = None) -> list[StuckCallBack]:
        """What the sweeper hands on within five minutes: of one case, or of the whole channel."""
        wanted = [each for each in self._stuck.of(channel) if number in (None, each.number)]
        return [each for each in wanted if self._promised(each)]

    def _promised(self, stuck: StuckCallBack) -> bool:
        """False where somebody is at it, or it was told or erased meanwhile."""
        found = self._ledger.find(stuck.number, stuck.key)
        if found is None or found.state not in ("failed", "unknown", "deferred"):
            return False
        now = self._now()
        again = replace(found, state="deferred", tries=1, claimed_at=now, due_at=now)
        return self._ledger.claim(again, found)
