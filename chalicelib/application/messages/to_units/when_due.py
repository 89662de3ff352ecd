"""Messages to units that wait in the ledger until something is due: they are told once if it was not done by then, and
dropped where it was. The sweeper finds them on the index `alarm`, like every promise."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.application.messages.delivery import Delivery
from chalicelib.application.messages.sending import named
from chalicelib.application.messages.to_units.alerts import Alerts, matter_of
from chalicelib.application.ports.cases import EventFile
from chalicelib.application.ports.messages import Notice, Notices, UnitAlerts
from chalicelib.domain import messages
from chalicelib.domain.clocks import is_past
from chalicelib.domain.messages import Message
from chalicelib.domain.values import dataclass
from chalicelib.domain.ways import WAYS

DONE = "empty"
A_MOMENT = timedelta(seconds=1)  # after which it has passed


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What a message waits for: neither done nor given up, as long as it `waits`. `comes_back`: what was given up may
    be waited for again."""

    at: datetime
    waits: bool
    comes_back: bool = False


@dataclass(frozen=True, slots=True)
class TellWhenDue:
    """`now` is the domain's time."""

    ledger: Notices
    delivery: Delivery
    alerts: Alerts
    topics: UnitAlerts
    now: Callable[[], datetime]

    def __call__(self, found: EventFile, message: Message, due: Outstanding, units: Iterable[str]) -> str:
        """The state of the message; `units` are those that hear of it. Any number of times."""
        key, now = messages.key(found.event, message), self.now()
        former = self.ledger.find(found.event.number, key)
        again = former is not None and former.state == DONE and due.comes_back
        if former and former.settled and not (again and due.waits):
            return former.state
        if not due.waits:
            return self.delivery.set_aside(replace(former, state=DONE), former) if former else DONE
        if not is_past(due.at, now):
            return former.state if former and not again else self._wait(found, message, due.at, former)
        if again:  # as a promise that is due, which `deliver` takes over
            self._wait(found, message, now - A_MOMENT, former)
        return self._tell(found, message, units)

    def _tell(self, found: EventFile, message: Message, units: Iterable[str]) -> str:
        def send(notice: Notice) -> None:
            subject, text = self.alerts.alert(found.event, message, matter_of(found), self.now())
            for unit in units:
                self.topics.publish(unit, subject, text, **named(notice))

        key = messages.key(found.event, message)
        return self.delivery.deliver(found.event.number, key, event=message.event, way=WAYS["alert"], send=send)

    def _wait(self, found: EventFile, message: Message, due_at: datetime, former: Notice | None) -> str:
        now, key = self.now(), messages.key(found.event, message)
        known = Notice(found.event.number, key, message.event, "alert", "deferred", now, due_at + A_MOMENT, now)
        return self.delivery.set_aside(known, former)
