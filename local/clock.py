"""The city's time: the machine's, moved ahead. Deadlines follow it; tokens, signatures and forms do not."""

import re
from datetime import UTC, datetime, timedelta

from local.emulator.deploy import Functions
from local.emulator.work import Work

VARIABLE = "CLOCK_OFFSET_SECONDS"
FARTHEST = timedelta(days=36525)  # a century: beyond it dates end
DURATION = re.compile(
    r"P(?=[\dT])(?:(\d+(?:[.,]\d+)?)Y)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)W)?(?:(\d+(?:[.,]\d+)?)D)?"
    r"(?:T(?=\d)(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?",
    re.ASCII,
)
UNIT_SECONDS = (365 * 86400, 30 * 86400, 7 * 86400, 86400, 3600, 60, 1)  # years and months as ISO 8601 leaves them open


def duration(text: str) -> timedelta:
    """An ISO 8601 duration, such as PT6H or P7DT1H. Raises ValueError."""
    found = DURATION.fullmatch(text) if len(text) <= 64 else None
    if not found:
        raise ValueError(text)
    parts = (float((part or "0").replace(",", ".")) for part in found.groups())
    seconds = sum(part * unit for part, unit in zip(parts, UNIT_SECONDS, strict=True))
    if seconds > FARTHEST.total_seconds():
        raise ValueError(text)
    return timedelta(seconds=int(seconds))


class Clock:
    """`offset` seconds are kept with the city's state."""

    def __init__(self, *, functions: Functions, work: Work, offset: int = 0) -> None:
        self._functions = functions
        self._work = work
        self.offset = offset

    def now(self) -> datetime:
        return self.machine_now() + timedelta(seconds=self.offset)

    @staticmethod
    def machine_now() -> datetime:
        return datetime.now(UTC)

    def advance(self, by: timedelta) -> datetime:
        """Returns when everything that became due was done and told, or when the patience of `work` ended."""
        if self.offset + by.total_seconds() > FARTHEST.total_seconds():
            raise ValueError(str(by))
        self._work.settle()
        self.offset += int(by.total_seconds())
        self.tell()
        self._work.catch_up(self.now())
        return self.now()

    def put_back(self) -> None:
        if self.offset:
            self.offset = 0
            self.tell()

    def tell(self) -> None:
        """Every function reads it when it starts: after a move, and after a stack update, which put it back."""
        self._functions.set_variable(VARIABLE, str(self.offset) if self.offset else None)
