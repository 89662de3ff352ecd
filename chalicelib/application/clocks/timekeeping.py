"""Clocks ring. `RingClocks` is what both callers use, the timer (one per complaint, exact) and the sweeper: it asks the
rows what is due now, so a late, early or repeated alarm does no harm. `ArmTimer` starts the timer of a complaint,
`WakeTimer` the next one when it woke."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

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
        lost = 0
        while (complaint := self._complaints.load(number)) is not None:
            try:
                return clocks.next_exact(self._rung(complaint).clocks)
            except LostRaceError:
                lost += 1
                if lost == MOST_RACES:
                    raise
        return None

    def _rung(self, complaint: Complaint) -> Complaint:
        """The complaint when nothing is due any more. It ends: every rung rings once."""
        while decision := decide.ring(complaint, reference=self._reference, now=self._now(), salt=self._salt()):
            self._complaints.commit(decision)
            complaint = decision.complaint
        return complaint


class ArmTimer:
    """For an event whose row arms: one timer, asleep until the next breach."""

    def __init__(self, *, complaints: Complaints, timers: Timers) -> None:
        self._complaints = complaints
        self._timers = timers

    def __call__(self, number: str, sequence: int) -> datetime | None:
        """Until when it sleeps; None when there is nothing left to wait for. Raises LostRaceError (the message comes
        again) should the case stand before its own event, and what the timers raise."""
        complaint = self._complaints.load(number)
        if complaint is None:  # erased meanwhile
            return None
        if complaint.sequence < sequence:
            raise LostRaceError(number)
        until = clocks.next_exact(complaint.clocks)
        if until:
            self._timers.start(number, complaint.arming, until)
        return until


class WakeTimer:
    """For a timer that woke: rings what is due, and starts the one that sleeps until the next breach."""

    def __init__(self, *, ring: RingClocks, timers: Timers) -> None:
        self._ring = ring
        self._timers = timers

    def __call__(self, number: str, arming: int, sleep: int) -> datetime | None:
        """Until when the next one sleeps; None when nothing is left. `sleep` counts the timers of one arming, so that a
        call that is repeated starts the same next one. Raises what ringing and the timers raise: call again."""
        until = self._ring(number)
        if until:
            self._timers.start(number, arming, until, sleep=sleep + 1)
        return until


def wake_at(until: datetime, offset: timedelta) -> str:
    """RFC 3339 of the first whole machine second that is not before the domain's `until`, as the state machine reads
    it: an execution that wakes early finds nothing due. `offset`: how far the domain's clock runs ahead."""
    at = (until - offset).astimezone(UTC)
    if at.microsecond:
        at = at.replace(microsecond=0) + timedelta(seconds=1)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
