"""What another complaint system calls our statuses and categories, and the limits that it holds its agencies to."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from chalicelib.domain.calendar import WIB, Calendar
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class ForeignStatus:
    """Its code, and its words in Indonesian."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """`topics`: category by the other system's name of a topic, folded. `statuses`: its status by ours and the reason's
    code, "" where the reason does not matter. `limits`: working days by step (verify, answer, silence). `working_days`
    is their calendar."""

    topics: Mapping[str, str]
    statuses: Mapping[tuple[str, str], ForeignStatus]
    limits: Mapping[str, int]
    working_days: Calendar

    def category(self, topic: str) -> str:
        """Ours; empty where theirs says nothing to us."""
        return self.topics.get(folded(topic), "")

    def status(self, status: str, reason: str = "") -> ForeignStatus:
        return self.statuses.get((status, reason)) or self.statuses[status, ""]

    def due(self, step: str, since: datetime) -> datetime:
        """The end of the step's last working day (24.00 WIB); the day it begins on is not counted."""
        next_day = datetime.combine(since.astimezone(WIB).date() + timedelta(days=1), time(), WIB)
        return self.working_days.after(next_day, timedelta(days=self.limits[step]))


def folded(topic: str) -> str:
    """One spelling of a topic's name."""
    return " ".join(topic.casefold().split())
