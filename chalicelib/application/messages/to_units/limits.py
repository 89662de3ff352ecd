"""Units hear once that a limit of a case's channel has passed: what a desk promised, or LAPOR! asks. It is a message of
the case's first event, which waits in the ledger for the end of the limit, and is dropped where the thing was done."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.application.messages.delivery import Delivery
from chalicelib.application.messages.sending import named
from chalicelib.application.messages.to_units.alerts import Alerts, matter_of
from chalicelib.application.ports.cases import EventFile
from chalicelib.application.ports.messages import Notice, Notices, UnitAlerts
from chalicelib.domain import messages
from chalicelib.domain.budgets import is_receipt
from chalicelib.domain.case.channel_limits import OWED
from chalicelib.domain.clocks import Clock
from chalicelib.domain.messages import Message
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass
from chalicelib.domain.ways import WAYS

DONE = "empty"
A_MOMENT = timedelta(seconds=1)  # after which it has passed


@dataclass(frozen=True, slots=True)
class TellLimits:
    """`limits` answers what the channel of a case promises; `now` is the domain's time."""

    limits: Callable[..., list[Clock]]
    ledger: Notices
    delivery: Delivery
    alerts: Alerts
    topics: UnitAlerts
    reference: Reference
    now: Callable[[], datetime]

    def __call__(self, found: EventFile) -> list[str]:
        """The states of the messages of this event; none but for a first one. Any number of times."""
        if not is_receipt(found.event):
            return []
        return [self._told(found, limit) for limit in self.limits(found.complaint) if limit.kind in OWED]

    def _told(self, found: EventFile, limit: Clock) -> str:
        message = Message(messages.limit(limit.kind), f"limit_{limit.kind}")
        key, now = messages.key(found.event, message), self.now()
        former = self.ledger.find(found.event.number, key)
        if former and former.settled:
            return former.state
        if not limit.running:
            return self.delivery.set_aside(replace(former, state=DONE), former) if former else DONE
        if not limit.is_late(now):
            return former.state if former else self._wait(found, key, message, limit)

        def send(notice: Notice) -> None:
            subject, text = self.alerts.alert(found.event, message, matter_of(found), now)
            for unit in messages.limit_units(found.complaint, self.reference):
                self.topics.publish(unit, subject, text, **named(notice))

        return self.delivery.deliver(found.event.number, key, event=message.event, way=WAYS["alert"], send=send)

    def _wait(self, found: EventFile, key: str, message: Message, limit: Clock) -> str:
        now = self.now()
        known = Notice(found.event.number, key, message.event, "alert", "deferred", now, limit.due_at + A_MOMENT, now)
        return self.delivery.set_aside(known, None)
