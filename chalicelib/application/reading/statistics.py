"""How the city is doing, in figures that everybody may read. What people waited is counted with those who still wait
(domain/case/waiting_times.py); all figures go by the time of receipt."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from chalicelib.application.ports.public import CityFigures, OldestOpen
from chalicelib.application.reading.view_parts import area_view
from chalicelib.domain.calendar import WIB
from chalicelib.domain.case.figures import (
    AREA,
    CATEGORY,
    CHANNEL,
    MEASURED,
    SOMEWHERE,
    UNIT,
    Counted,
    category_key,
    total,
)
from chalicelib.domain.case.publicity import is_delicate
from chalicelib.domain.case.waiting_times import ERROR, TARGETS, WaitingTimes
from chalicelib.domain.errors import FieldError, InvalidError
from chalicelib.domain.reference import Reference

FRESH = timedelta(seconds=15)
PERIOD = 90  # days, the last one is today
MONTHS = 4  # of the tables, the last one is this month: the period lies within them
MOST_MONTHS = 24  # that one table reads: older ones in which cases are still open come to those of MONTHS
LEARNED_FROM = 12  # months
FEWEST = 20  # cases that make something usual
FEWEST_DELICATE = 3  # cases of a sensitive category that a table shows
TABLES = (UNIT, AREA, CATEGORY, CHANNEL)
SHOWN = (
    *("received", "answered", "done", "confirmed", "unsolved", "rejected", "withdrawn", "merged", "open", "late"),
    *("reopened", "returned", "hops"),
)
OF_DAYS = ("received", "answered", "done", "confirmed", "rejected", "late", "reopened", "returned", "open")
IN_TIME = ("asked", "answered_in_time", "answered_late", "solved", "solved_in_time", "solved_late")
View = dict[str, Any]


class Statistics:
    """`now` is the domain's time."""

    def __init__(self, *, figures: CityFigures, reference: Reference, now: Callable[[], datetime]) -> None:
        self._figures = figures
        self._reference = reference
        self._now = now
        self._tables: dict[str, tuple[datetime, View]] = {}

    def city(self) -> View:
        """Counts of all time; both clocks and a line per day over the last 90 days. Seconds; null where nothing was
        counted, or the curve does not reach."""
        now = self._now()
        first = f"{now.astimezone(WIB) - timedelta(days=PERIOD - 1):%Y-%m-%d}"
        whole, days = total(self._figures.channels().values()), self._figures.days(first)
        oldest = self._figures.oldest_open()
        return {
            **_counts(whole, SHOWN),
            "rating": _rating(whole),
            "oldest_open": oldest and _oldest(oldest, now),
            "clocks": _clocks(total(days.values()), now),
            "period": {"from": first, "to": f"{now.astimezone(WIB):%Y-%m-%d}", "days": PERIOD},
            "days": [_day(day, days[day], now) for day in sorted(days)],
            "weeks": list(_weeks(days, now)),
            **_method(now),
        }

    def check_table(self, dimension: str | None) -> None:
        """Raises InvalidError for what no table is by."""
        if dimension is not None and dimension not in TABLES:
            raise InvalidError([FieldError("by", "value", "One of: " + ", ".join(TABLES))])

    def check_usual(self, category: str | None, area: str | None) -> None:
        """Raises InvalidError for codes that are not there; a missing one is left to the caller."""
        named = (("category", category, self._reference.categories), ("area", area, self._reference.areas))
        wrong = [name for name, code, known in named if code is not None and code not in known]
        if wrong:
            raise InvalidError([FieldError(name, "value", f"No such {name}") for name in wrong])

    def table(self, dimension: str) -> View:
        """One line per unit, area, category or channel, most cases first, at most FRESH old: it is the dearest thing
        that anybody may ask for. Raises InvalidError for anything else."""
        self.check_table(dimension)
        now = self._now()
        made, table = self._tables.get(dimension, (None, {}))
        if made is None or not timedelta(0) <= now - made < FRESH:
            table = self._table(dimension, now)
            self._tables[dimension] = now, table
        return table

    def _table(self, dimension: str, now: datetime) -> View:
        channels = self._figures.channels()
        if dimension == CHANNEL:
            return self._shown(dimension, channels, {}, now) | {"period": None}
        recent, older = _months(now, MONTHS), _open_months(total(channels.values()), now)
        lines, before = self._figures.by(dimension, recent), self._figures.by(dimension, older)
        period = {"from": f"{recent[-1]}-01", "to": f"{now.astimezone(WIB):%Y-%m-%d}"}
        return self._shown(dimension, _by_code(lines), _by_code(before), now) | {"period": period}

    def usual(self, category: str, area: str | None) -> View:
        """How long this kind of problem took in this kota, or in the whole city where too few were solved there;
        `usual` null where too few were solved anywhere. Raises InvalidError."""
        self.check_usual(category, area)
        now = self._now()
        return {"usual": self._usual(category, area, now), **_method(now)}

    def _usual(self, category: str, area: str | None, now: datetime) -> View | None:
        near = f"{category_key(category, area)}#" if area else None
        for begins in filter(None, (near, f"{category}@")):
            found = self._figures.by(CATEGORY, _months(now, LEARNED_FROM), begins)
            times = total(found.values()).times("resolution", now)
            if times.counted >= FEWEST:
                return {**_spread(times), "kota": self._kota(area) if begins == near else None}
        return None

    def _kota(self, area: str | None) -> str | None:
        return self._reference.areas[area].kota if area else None

    def _shown(self, dimension: str, lines: Mapping[str, Counted], older: Mapping[str, Counted], now: datetime) -> View:
        names = dict.fromkeys((*lines, *(code for code, one in older.items() if one.count("open"))))
        items = [self._line(dimension, code, lines.get(code, Counted()), older.get(code), now) for code in names]
        shown = [item for item in items if item and (item["received"] or item["asked"] or item["open"])]
        return {"by": dimension, "items": sorted(shown, key=_size), **_method(now)}

    def _line(self, dimension: str, code: str, counted: Counted, older: Counted | None, now: datetime) -> View | None:
        if dimension == CATEGORY and self._is_too_telling(code, counted):
            return None
        everything = total([counted, older]) if older else counted
        oldest = everything.oldest_waiting
        return {
            **self._named(dimension, code),
            **_counts(counted, (*SHOWN, *IN_TIME)),
            "open": everything.count("open"),
            "oldest_open": f"{oldest:%Y-%m-%d}" if oldest else None,
            "rating": _rating(counted),
            "clocks": _means(counted) if dimension == CHANNEL else _clocks(counted, now),
        }

    def _is_too_telling(self, code: str, counted: Counted) -> bool:
        return is_delicate(self._reference.categories[code]) and counted.count("received") < FEWEST_DELICATE

    def _named(self, dimension: str, code: str) -> View:
        city = self._reference
        if dimension == AREA:
            return {"code": None, "name": None} if code == SOMEWHERE else dict(area_view(code, city) or {})
        named = {
            UNIT: lambda: city.units[code].name,
            CATEGORY: lambda: city.categories[code].name_id,
            CHANNEL: lambda: city.channels[code].name_id,
        }
        english = {"name_en": city.categories[code].name_en} if dimension == CATEGORY else {}
        return {"code": code, "name": named[dimension](), **english}


def _size(item: View) -> tuple[int, str]:
    return -max(item["received"], item["asked"]), item["code"] or ""


def _months(now: datetime, how_many: int) -> list[str]:
    """This month and those before it, the last first."""
    year, month = (int(part) for part in f"{now.astimezone(WIB):%Y-%m}".split("-"))
    numbers = (year * 12 + month - 1 - back for back in range(how_many))
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in numbers]


def _open_months(whole: Counted, now: datetime) -> Sequence[str]:
    """The months before those of the tables in which cases are still open, the oldest first."""
    recent = _months(now, MONTHS)
    older = sorted(month for month, cases in whole.open_months.items() if cases > 0 and month < recent[-1])
    return older[: MOST_MONTHS - MONTHS]


def _by_code(counters: Mapping[str, Counted]) -> dict[str, Counted]:
    """Counters of a category in every kota together."""
    parts: dict[str, list[Counted]] = {}
    for key, counted in counters.items():
        parts.setdefault(key.partition("@")[0], []).append(counted)
    return {code: total(found) for code, found in parts.items()}


def _counts(counted: Counted, names: Sequence[str]) -> View:
    return {name: counted.count(name) for name in names}


def _rating(counted: Counted) -> View:
    """The mean of 1 to 5 stars, one rating a case."""
    rated = counted.count("rated")
    return {"counted": rated, "mean": round(counted.count("stars") / rated, 2) if rated else None}


def _clocks(counted: Counted, now: datetime) -> View:
    return {clock: _times(counted.times(clock, now), TARGETS[clock]) for clock in MEASURED}


def _times(times: WaitingTimes, target: int) -> View:
    return {
        "counted": times.counted,
        "waiting": times.still,
        "left": sum(times.left.values()),
        "mean": _rounded(times.mean, 1),
        "median": _rounded(times.quantile(0.5), 1),
        "p90": _rounded(times.quantile(0.9), 1),
        "target": target,
        "within_target": _rounded(times.answered_within(target), 4),
    }


def _means(counted: Counted) -> View:
    """Exact means over the answered cases: for all time there are no bins."""
    answered = {"coordination": counted.count("answered"), "resolution": counted.count("solved")}
    return {
        clock: {"counted": n, "mean": _rounded(counted.seconds.get(clock, 0) / n, 1) if n else None}
        for clock, n in answered.items()
    }


def _day(day: str, counted: Counted, now: datetime) -> View:
    within = {clock: _rounded(counted.times(clock, now).answered_within(TARGETS[clock]), 4) for clock in MEASURED}
    return {"day": day, **_counts(counted, OF_DAYS), "within_target": within}


def _weeks(days: Mapping[str, Counted], now: datetime) -> Iterator[View]:
    """The period in weeks; the last week ends today."""
    today = now.astimezone(WIB)
    for back in range((PERIOD - 1) // 7, -1, -1):
        names = [f"{today - timedelta(days=back * 7 + 6 - number):%Y-%m-%d}" for number in range(7)]
        week = _day(names[0], total(days[name] for name in names if name in days), now)
        yield {"from": week.pop("day"), **week}


def _spread(times: WaitingTimes) -> View:
    quarter, half, three = (_rounded(times.quantile(part), 1) for part in (0.25, 0.5, 0.75))
    return {"cases": times.counted, "waiting": times.still, "quarter": quarter, "median": half, "three_quarters": three}


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


def _oldest(oldest: OldestOpen, now: datetime) -> View:
    age = int((now - oldest.received_at).total_seconds())
    return {"number": oldest.number, "received_at": oldest.received_at.isoformat(), "age_seconds": max(0, age)}


def _method(now: datetime) -> View:
    return {"counted_at": now.isoformat(), "method": {"estimator": "kaplan-meier", "error": ERROR}}
