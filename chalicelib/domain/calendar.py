"""Which time counts for a limit. A category counts every hour, working days or working hours; Jakarta's time (WIB,
UTC+7 without summer time) decides what a day is. Holidays and office hours are the city's data. After the last listed
holiday only the days of the week decide: a due time then comes too early, never too late."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import field
from datetime import date, datetime, time, timedelta, timezone

from chalicelib.domain.reference import Category, Reference
from chalicelib.domain.values import dataclass

WIB = timezone(timedelta(hours=7), "WIB")
EVERY_HOUR, WORKING_DAYS, WORKING_HOURS = CALENDARS = ("calendar", "working_days", "working_hours")
WHOLE_DAY = (0, 24 * 60)  # minutes
MINUTE = timedelta(minutes=1)
NOTHING = timedelta(0)
ALL_WEEK = dict.fromkeys(range(7), WHOLE_DAY)


@dataclass(frozen=True, slots=True)
class Calendar:
    """`hours`: what counts of each weekday (0 is Monday), as minutes after midnight, from and to; a weekday that is
    missing counts for nothing, and one at least must count. `holidays`: ISO dates that count for nothing."""

    hours: Mapping[int, tuple[int, int]] = field(default_factory=lambda: ALL_WEEK)
    holidays: Container[str] = frozenset()

    def __post_init__(self) -> None:
        if not any(begin < end for begin, end in self.hours.values()):
            raise ValueError("a calendar in which no time ever counts")

    @property
    def counts_always(self) -> bool:
        return self.hours is ALL_WEEK and not self.holidays

    def after(self, begun: datetime, span: timedelta) -> datetime:
        """The earliest instant (UTC) at which so much time has counted since `begun`."""
        if self.counts_always or span <= NOTHING:
            return begun + span
        for opens, closes in self._openings(begun):
            if span <= closes - opens:
                return (opens + span).astimezone(begun.tzinfo)
            span -= closes - opens
        raise AssertionError("the days never end")

    def between(self, begun: datetime, end: datetime) -> timedelta:
        """How much time counts from one instant to the other; nothing where the second is the earlier one."""
        if self.counts_always or end <= begun:
            return max(end - begun, NOTHING)
        counted = NOTHING
        for opens, closes in self._openings(begun):
            if opens >= end:
                return counted
            counted += min(closes, end) - opens
        raise AssertionError("the days never end")

    def _openings(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The stretches of time that count, in order, from `since` on."""
        day = since.astimezone(WIB).date()
        while True:
            begin, end = self._hours_of(day)
            midnight = datetime.combine(day, time(), WIB)
            opens, closes = max(since, midnight + begin * MINUTE), midnight + end * MINUTE
            if opens < closes:
                yield opens, closes
            day += timedelta(days=1)

    def _hours_of(self, day: date) -> tuple[int, int]:
        return (0, 0) if day.isoformat() in self.holidays else self.hours.get(day.weekday(), (0, 0))


ALWAYS = Calendar()


def of_category(category: Category, reference: Reference) -> Calendar:
    """The calendar that a category's own limits (coordination, location, resolution, rework) are counted in. Working
    days are the days that have office hours, from midnight to midnight."""
    if category.calendar == EVERY_HOUR:
        return ALWAYS
    days = dict.fromkeys(reference.office_hours, WHOLE_DAY)
    hours = reference.office_hours if category.calendar == WORKING_HOURS else days
    return Calendar(hours, reference.holidays)
