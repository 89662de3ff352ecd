"""How many messages the whole city sends in a day: a bound on money, not a book. Of a large ceiling's messages one in
eight is counted, as eight (decision 0105)."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256

from chalicelib.application.ports.standings import DayCounts
from chalicelib.domain.calendar import WIB

NEAR = 80  # percent
EACH = 1_000  # of a ceiling up to here each message is counted
SAMPLE = 8  # of a higher one, one in so many: the error at the ceiling is then below a tenth of it


class CityDay:
    """`ceilings`: most messages a day of the whole city, by purse (domain/ways.py). A worker keeps one, by which it
    remembers that it met the ceiling: else what is not counted would go beyond."""

    def __init__(self, *, counts: DayCounts, ceilings: Mapping[str, int], now: Callable[[], datetime]) -> None:
        self._counts = counts
        self._ceilings = ceilings
        self._now = now
        self._full: dict[str, date] = {}

    def has_room(self, purse: str, message: str, *, beyond: bool) -> bool:
        """For one more message, which is named by the same text at every try. `beyond`: it leaves however many there
        are. Raises UnavailableError."""
        day, most = day_of(self._now()), self._ceilings[purse]
        if not beyond and self._full.get(purse) == day:
            return False
        weight = weight_of(message, most)
        if not weight or self._counts.count(day, purse, None if beyond else most, weight):
            return True
        self._full[purse] = day
        return False


class ShareOfDay:
    """How much of the city's day is used up."""

    def __init__(self, *, counts: DayCounts, ceilings: Mapping[str, int], now: Callable[[], datetime]) -> None:
        self._counts = counts
        self._ceilings = ceilings
        self._now = now

    def near_the_ceiling(self) -> list[str]:
        """The purses whose ceiling is used up by NEAR percent or more today."""
        day = day_of(self._now())
        return [way for way, most in self._ceilings.items() if self._counts.counted(day, way) * 100 >= most * NEAR]


def weight_of(message: str, ceiling: int) -> int:
    """As how many messages this one is counted; the same at every try."""
    if ceiling <= EACH:
        return 1
    return 0 if sha256(message.encode()).digest()[0] % SAMPLE else SAMPLE


def day_of(moment: datetime) -> date:
    """The city's."""
    return moment.astimezone(WIB).date()


def next_day(moment: datetime) -> datetime:
    """Its beginning."""
    midnight = moment.astimezone(WIB).replace(hour=0, minute=0, second=0, microsecond=0)
    return (midnight + timedelta(days=1)).astimezone(moment.tzinfo)
