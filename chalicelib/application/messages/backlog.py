"""What a reporter has not been told of a case yet, and what of it they are told: not the past, but how it stands."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.application.ports.cases import CaseFile
from chalicelib.application.ports.messages import Notice
from chalicelib.domain import messages
from chalicelib.domain.case.events import Event
from chalicelib.domain.messages import Message
from chalicelib.domain.values import dataclass

SET_ASIDE = ("held", "postponed")
OPEN = ("", "claimed", "deferred")  # still to be told


@dataclass(frozen=True, slots=True)
class Due:
    """A message to the reporter, with the ledger's word on it; None: nobody was at it yet."""

    event: Event
    message: Message
    notice: Notice | None

    @property
    def key(self) -> str:
        return messages.key(self.event, self.message)

    @property
    def state(self) -> str:
        return self.notice.state if self.notice else ""

    @property
    def kind(self) -> str:
        return self.notice.kind if self.notice else ""

    def opens(self, now: datetime, *, is_open: bool) -> bool:
        """Whether it was set aside and may leave now; `is_open`: what was held may."""
        if self.notice is None or self.state not in SET_ASIDE:
            return False
        return is_open if self.state == "held" else self.notice.due_at <= now


@dataclass(frozen=True, slots=True)
class Backlog:
    """Every message of the case to its reporter, oldest first."""

    all: Sequence[Due]

    @classmethod
    def of(cls, case: CaseFile) -> "Backlog":
        notices = {notice.key: notice for notice in case.notices}
        told = ((event, messages.for_reporter(event)) for event in case.events)
        return cls([Due(e, m, notices.get(messages.key(e, m))) for e, m in told if m is not None])

    @property
    def has_held(self) -> bool:
        return any(due.state == "held" for due in self.all)

    def present_state(self, now: datetime, *, is_open: bool) -> tuple[list[Due], list[Due]]:
        """What is told now, oldest first, and what is superseded. Of what was set aside and may leave now, only the
        latest status is told, unless a later one was or is to be; without a status the latest message."""
        opened = [due for due in self.all if due.opens(now, is_open=is_open)]
        latest = next((due for due in reversed(opened) if due.event.tells_state), opened[-1] if opened else None)
        if latest and self._is_told_later(latest):
            latest = None
        others = [due.key for due in self.all if due.state in OPEN]
        going = [due for due in self.all if due is latest or due.key in others]
        return going, [due for due in opened if due is not latest]

    def _is_told_later(self, latest: Due) -> bool:
        """A message that failed, or was set aside itself, tells nothing."""
        later = (due for due in self.all if due.event.sequence > latest.event.sequence and due.event.tells_state)
        return any(due.state in (*OPEN, "sent", "delivered", "unknown") for due in later)
