"""Units hear once that a limit of a case's channel has passed: what a desk promised, or LAPOR! asks. It is a message of
the case's first event, which waits for the end of the limit."""

from collections.abc import Callable

from chalicelib.application.messages.to_units.when_due import Outstanding, TellWhenDue
from chalicelib.application.ports.cases import EventFile
from chalicelib.domain import messages
from chalicelib.domain.budgets import is_receipt
from chalicelib.domain.case.channel_limits import OWED
from chalicelib.domain.clocks import Clock
from chalicelib.domain.messages import Message
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class TellLimits:
    """`limits` answers what the channel of a case promises."""

    limits: Callable[..., list[Clock]]
    tell: TellWhenDue
    reference: Reference

    def __call__(self, found: EventFile) -> list[str]:
        """The states of the messages of this event; none but for a first one. Any number of times."""
        if not is_receipt(found.event):
            return []
        return [self._told(found, limit) for limit in self.limits(found.complaint) if limit.kind in OWED]

    def _told(self, found: EventFile, limit: Clock) -> str:
        message = Message(messages.limit(limit.kind), f"limit_{limit.kind}")
        units = messages.limit_units(found.complaint, self.reference)
        return self.tell(found, message, Outstanding(limit.due_at, limit.running), units)
