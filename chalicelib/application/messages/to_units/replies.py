"""Alerts a unit to replies of the reporter's side, or of the agency that a case was referred to. The first reply is
alerted at once and begins an hour. All replies within that hour are one alert at its end."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from chalicelib.domain.case.events import Event
from chalicelib.domain.messages import is_reply_to_unit, of_agency
from chalicelib.domain.values import dataclass

JOINED_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Hour:
    """The replies of one hour, oldest first."""

    replies: Sequence[Event]

    @property
    def end(self) -> datetime:
        return self.replies[0].at + JOINED_FOR

    @property
    def joined(self) -> Sequence[Event]:
        """The replies that are told together; the first of them stands for all."""
        return self.replies[1:]


def hour_of(reply: Event, history: Sequence[Event]) -> Hour:
    """The hour that a reply falls into. `history` reaches back as far as it is known: what is older is left out of
    account, which can only alert a unit once more."""
    told = sorted({e.sequence: e for e in (*history, reply) if _is_like(e, reply)}.values(), key=lambda e: e.sequence)
    hours: list[list[Event]] = []
    for event in told:
        if not hours or event.at - hours[-1][0].at >= JOINED_FOR:
            hours.append([])
        hours[-1].append(event)
    return Hour(next(replies for replies in hours if reply in replies))


def _is_like(event: Event, reply: Event) -> bool:
    return is_reply_to_unit(event) and event.unit == reply.unit and of_agency(event) == of_agency(reply)
