"""Clocks ring. `RingClocks` is what both callers use, the timer (one per complaint, exact) and the sweeper: it asks the
rows what is due now, so a late, early or repeated alarm does no harm. `ArmTimer` starts the timer of a complaint and
stops the one before it, `WakeTimer` starts the next one when it woke."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypedDict

from chalicelib.application.ports.cases import Complaints, LostRaceError
from chalicelib.application.ports.clocks import Timers
from chalicelib.domain import clocks, decide
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.reference import Reference

MOST_RACES = 5  # lost one after the other; then the caller comes again


class RingClocks:
    """Rings everything of one complaint that is due, in order, each rung its own event, once."""

    def __init__(
        self,
        *,
        complaints: Complaints,
        reference: Reference,
        now: Callable[[], datetime],
        salt: Callable[[], str],
    ) -> None:
        self._complaints = complaints
        self._reference = reference
        self._now = now
        self._salt = salt

    def __call__(self, number: str) -> datetime | None:
        """The next breach that a timer must meet (domain's time); None when it has nothing left to do. Raises
        LostRaceError or UnavailableError: call again."""
        complaint = self.rung(number)
        return clocks.next_exact(complaint.clocks) if complaint else None

    def rung(self, number: str) -> Complaint | None:
        """The complaint when nothing is due any more, None if there is no such. Raises as the call does."""
        lost = 0
        while (complaint := self._complaints.load(number)) is not None:
            try:
                return self._rung(complaint)
            except LostRaceError:
                lost += 1
                if lost == MOST_RACES:
                    raise
        return None

    def _rung(self, complaint: Complaint) -> Complaint:
        """It ends: every rung rings once."""
        while decision := decide.ring(complaint, reference=self._reference, now=self._now(), salt=self._salt()):
            self._complaints.commit(decision)
            complaint = decision.complaint
        return complaint


class Armed(TypedDict):
    """Until when the complaint's timer sleeps (domain's time), None if it needs none. `stopped`: whether the timer
    before it was stopped, None if there was none. A line of the log shows both."""

    until: datetime | None
    stopped: bool | None


class ArmTimer:
    """For an event whose row arms: one timer, asleep until the next breach. The one before it is stopped only when the
    next one is there, and by a number that the complaint has left behind: so however late or often a message comes, a
    timer that a running clock needs sleeps on."""

    def __init__(self, *, complaints: Complaints, timers: Timers) -> None:
        self._complaints = complaints
        self._timers = timers

    def __call__(self, number: str, sequence: int) -> Armed:
        """Raises LostRaceError (the message comes again) should the case stand before its own event, and what the
        start of a timer raises."""
        complaint = self._complaints.load(number)
        if complaint is None:  # erased meanwhile
            return Armed(until=None, stopped=None)
        if complaint.sequence < sequence:
            raise LostRaceError(number)
        until, over = clocks.next_exact(complaint.clocks), complaint.arming
        if until:
            self._timers.start(number, complaint.arming, until)
            over = complaint.arming - 1
        return Armed(until=until, stopped=self._timers.stop(number, over) if over else None)


class WakeTimer:
    """For a timer that woke: rings what is due, and starts the one that sleeps until the next breach."""

    def __init__(self, *, ring: RingClocks, timers: Timers) -> None:
        self._ring = ring
        self._timers = timers

    def __call__(self, number: str, arming: int, sleep: int) -> datetime | None:
        """Until when the next one sleeps; None when nothing is left. A breach that rang has raised the complaint's
        arming; where it stands as it did, this one woke too early, and `sleep` counts on. So a call that is repeated
        starts the same next one. Raises what ringing and the timers raise: call again."""
        complaint = self._ring.rung(number)
        until = clocks.next_exact(complaint.clocks) if complaint else None
        if complaint and until:
            following = sleep + 1 if complaint.arming == arming else 1
            self._timers.start(number, complaint.arming, until, sleep=following)
        return until


def wake_at(until: datetime, offset: timedelta) -> str:
    """RFC 3339 of the first whole machine second that is not before the domain's `until`, as the state machine reads
    it: an execution that wakes early finds nothing due. `offset`: how far the domain's clock runs ahead."""
    at = (until - offset).astimezone(UTC)
    if at.microsecond:
        at = at.replace(microsecond=0) + timedelta(seconds=1)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
