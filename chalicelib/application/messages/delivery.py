"""Sends one message. E-mail and alerts: at least once. SMS: at most once. The message is claimed before the provider is
called and recorded after it. A claim without a record falls due: whoever comes next, the sweeper at the latest, sends
it again under the same id if its way is repeatable (domain/ways.py); else it becomes `unknown`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.application.ports.messages import (
    Notice,
    Notices,
    ProviderBusyError,
    ProviderRefusedError,
    ProviderUnclearError,
)
from chalicelib.domain.values import dataclass
from chalicelib.domain.ways import WAYS, Way

CLAIM_LIFE = timedelta(minutes=5)  # the sweeper's period
LONGEST_LIFE = timedelta(hours=6)
MOST_TRIES = 18  # three days: 10.6 h of growing waits, then every six hours
LEASE = timedelta(seconds=8)  # longer than a provider's call can take with its timeouts
GLANCE = 0.25  # seconds between two reads of a claim whose worker may still be alive

PROMISES = ("claimed", "deferred")
LONGEST_REASON = 60  # signs of a provider's code

Send = Callable[[Notice], None]


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a message. `more`: the caller has later ones for the same person. `look_again` is called when
    another worker may have left later ones to this one. `confirmed`: the address is."""

    more: bool = False
    look_again: Callable[[], None] = lambda: None
    confirmed: bool = False


NOTHING = Behind()


class Delivery:
    """`now` is the domain's time, `machine_now` the machine's: the domain's may jump, a worker's life does not."""

    def __init__(
        self,
        *,
        ledger: Notices,
        now: Callable[[], datetime],
        machine_now: Callable[[], datetime],
        pause: Callable[[float], None],
    ) -> None:
        self._ledger = ledger
        self._now = now
        self._machine_now = machine_now
        self._pause = pause

    def deliver(self, number: str, key: str, *, event: str, way: Way, send: Send, behind: Behind = NOTHING) -> str:
        """The state it is left in. `claimed`: somebody else is at it, or nobody knows yet. `deferred`: the provider was
        busy. Both are promises, which the sweeper brings back when they are due, so the caller need not call again; nor
        for the messages behind: whoever keeps the promise tells them."""
        now = self._now()
        fresh = Notice(number, key, event, way.name, "claimed", now, now, now, confirmed=behind.confirmed)
        fresh = self._claimed(fresh)
        if self._ledger.claim(fresh, None):
            return self._attempt(fresh, send, behind)
        found = self._ledger.find(number, key)
        return self._again(found, send, behind) if found and not found.settled else _state(found)

    def set_aside(self, notice: Notice, former: Notice | None, behind: Behind = NOTHING) -> str:
        """Records what does not leave now, or never, unless somebody else was at it since `former`. Its state."""
        if self._ledger.claim(notice, former):
            return notice.state
        return self._left(self._ledger.find(notice.number, notice.key), behind)

    def _again(self, found: Notice, send: Send, behind: Behind) -> str:
        if found.state == "claimed":
            found = self._given_up(found)
        if found.settled or self._now() < found.due_at:
            return self._left(found, behind)
        return self._take_over(found, send, behind)

    def _left(self, found: Notice | None, behind: Behind) -> str:
        """Leaves the message, and those behind it, to whoever keeps its promise. A worker that has claimed it may not
        know those: the mark comes back to it with its record. One that takes it over meanwhile loses the race."""
        while behind.more and found and found.state in PROMISES and not found.awaited:
            if self._ledger.claim(replace(found, awaited=True), found):
                break
            found = self._ledger.find(found.number, found.key)
        return _state(found)

    def _given_up(self, found: Notice) -> Notice:
        """The claim as it stands when its worker is dead for certain, or has recorded it. Waits only after a jump of
        the domain's clock: else a claim that is due has long lost its lease."""
        while self._now() >= found.due_at and found.state == "claimed" and self._machine_now() < found.lease_until:
            self._pause(GLANCE)
            found = self._ledger.find(found.number, found.key) or replace(found, state="unknown")
        return found

    def _take_over(self, found: Notice, send: Send, behind: Behind) -> str:
        again = self._claimed(replace(found, state="claimed", tries=found.tries + 1))
        if not self._ledger.claim(again, found):
            return self._left(self._ledger.find(found.number, found.key), behind) if behind.more else "claimed"
        if found.state == "claimed" and (not _is_repeatable(found) or again.tries > MOST_TRIES):
            return self._record(again, "unknown", behind)
        return self._attempt(again, send, behind)

    def _attempt(self, notice: Notice, send: Send, behind: Behind) -> str:
        try:
            send(notice)
        except ProviderRefusedError as refused:
            return self._record(replace(notice, reason=str(refused)[:LONGEST_REASON]), "failed", behind)
        except ProviderUnclearError:
            return "claimed" if _is_repeatable(notice) else self._record(notice, "unknown", behind)
        except ProviderBusyError:
            return self._record(notice, "failed" if notice.tries >= MOST_TRIES else "deferred", behind)
        return self._record(notice, "sent", behind)

    def _record(self, notice: Notice, state: str, behind: Behind) -> str:
        if self._ledger.record(replace(notice, state=state, awaited=False)):
            behind.look_again()
        return state

    def _claimed(self, notice: Notice) -> Notice:
        """The same, claimed now, with the time at which the promise falls due: later with every try."""
        life = min(CLAIM_LIFE * 2 ** (notice.tries - 1), LONGEST_LIFE)
        now = self._now()
        return replace(notice, claimed_at=now, due_at=now + life, lease_until=self._machine_now() + LEASE)


def is_to_ask_for(notice: Notice | None, now: datetime) -> bool:
    """Whether a message without an event of its own has to be asked for: it is not settled, and nobody is at it."""
    return notice is None or not (notice.settled or notice.due_at > now)


def _is_repeatable(notice: Notice) -> bool:
    return WAYS[notice.kind].repeatable


def _state(found: Notice | None) -> str:
    return found.state if found else "claimed"
