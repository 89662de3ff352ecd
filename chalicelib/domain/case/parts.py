"""Parts of the work that other units do. A part's words are in the row of its task; here is what decisions need."""

from datetime import datetime

from chalicelib.domain.clocks import is_past
from chalicelib.domain.values import dataclass

MOST_PARTS = 10  # of one case, ended ones too
OPEN_PART, DONE, DECLINED, CANCELLED = PART_STATES = ("open", "done", "declined", "cancelled")
READING = (OPEN_PART, DONE)  # states in which the part's unit reads the case


@dataclass(frozen=True, slots=True)
class Part:
    """What one other unit is asked to do, until when (UTC); `part_id` counts the parts of the case from 1."""

    part_id: str
    unit: str
    due_at: datetime
    state: str = OPEN_PART

    @property
    def is_open(self) -> bool:
        return self.state == OPEN_PART

    def is_late(self, now: datetime) -> bool:
        """Whether it is not done and past its due instant (UTC). Of a case that has ended nothing is asked any more:
        the case says so (complaint.py, `late_parts`)."""
        return self.is_open and is_past(self.due_at, now)
