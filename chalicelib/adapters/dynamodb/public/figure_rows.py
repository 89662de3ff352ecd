"""The layout of the figures: one case's tally → the counters that it is in, and back.

`TOTALS` has a row per channel for all time, `DAYS` one per day of receipt, `BY#<dimension>#<month of receipt>` one per
unit, area or category. All that a case adds to one of them lies in one row, because a transaction pays for each row
twice. A counter is spread over up to 8 rows, and only where transactions met on it (lists.py): what is read is their
sum."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from chalicelib.adapters.dynamodb.compact import instant, millis
from chalicelib.domain.calendar import WIB
from chalicelib.domain.case.figures import CHANNEL, COUNTS, DAY, Addition, Counted, Tally, Wait, additions, total
from chalicelib.domain.case.waiting_times import bin_of

Row = tuple[str, str]  # partition without generation, sort key without shard
Counter = tuple[str, str, str]  # row, attribute
LETTERS = {"coordination": "c", "resolution": "r"}
CLOCKS = {letter: clock for clock, letter in LETTERS.items()}
LEFT, WAITING, OPEN_IN = "x", "w", "o"  # after the clock's letter; before a month
TIMES = re.compile(r"([cr])([xw]?)([0-9]+)")
TOTALS, DAYS = "TOTALS", "DAYS"
SHARDS = 8


def by(dimension: str, month: str) -> str:
    """Partition of the counters of a month of receipt (2026-03)."""
    return f"BY#{dimension}#{month}"


def counters(tally: Tally) -> dict[Counter, int]:
    """What the case adds, by row and attribute."""
    found: dict[Counter, int] = {}
    for addition in additions(tally):
        row = _row(addition, tally)
        found |= {(*row, name): number for name, number in addition.counts.items()}
        found |= {(*row, name): number for name, number in _attributes(addition, tally)}
    return found


def _row(addition: Addition, tally: Tally) -> Row:
    partitions = {CHANNEL: TOTALS, DAY: DAYS}
    return partitions.get(addition.dimension, by(addition.dimension, _month(tally))), addition.key


def _month(tally: Tally) -> str:
    return f"{tally.local:%Y-%m}"


def _attributes(addition: Addition, tally: Tally) -> Iterator[tuple[str, int]]:
    for clock in addition.clocks:
        wait = tally.waits[clock]
        if wait.seconds is not None and not wait.left:
            yield f"{clock}_seconds", wait.seconds
        if addition.dimension != CHANNEL:
            yield _time(clock, wait, _slot(addition, tally)), 1
    if addition.dimension == CHANNEL and tally.counts.get("open"):
        yield OPEN_IN + _month(tally), 1


def _slot(addition: Addition, tally: Tally) -> int:
    """The slot of the time of receipt: the hour in a day, the day in a month."""
    return tally.local.hour if addition.dimension == DAY else tally.local.day


def _time(clock: str, wait: Wait, slot: int) -> str:
    letter = LETTERS[clock]
    if wait.seconds is None:
        return f"{letter}{WAITING}{slot}"
    return f"{letter}{LEFT if wait.left else ''}{bin_of(wait.seconds)}"


def counted(rows: Iterable[Mapping[str, Any]]) -> dict[str, Counted]:
    """Counters by their key."""
    found: dict[str, list[Counted]] = {}
    for values in rows:
        key = values["sk"].rpartition("#")[0]
        found.setdefault(key, []).append(_counted(values, _begins(values["pk"], key)))
    return {key: total(parts) for key, parts in found.items()}


def _begins(pk: str, key: str) -> str:
    """The day or month that the row's slots are in: a day of `DAYS`, a month of `BY#…`."""
    return key if pk.endswith(DAYS) else pk.rpartition("#")[2]


def _counted(values: Mapping[str, Any], begins: str) -> Counted:
    times: dict[str, dict[str, dict[Any, int]]] = {"": {}, LEFT: {}, WAITING: {}}
    for name, number in values.items():
        if found := TIMES.fullmatch(name):
            letter, kind, place = found.groups()
            at = _slot_begins(begins, int(place)) if kind == WAITING else int(place)
            times[kind].setdefault(CLOCKS[letter], {})[at] = number
    months = {name[1:]: number for name, number in values.items() if re.fullmatch(r"o\d{4}-\d\d", name)}
    seconds = {clock: values.get(f"{clock}_seconds", 0) for clock in LETTERS}
    counts = {name: values[name] for name in COUNTS if name in values}
    return Counted(counts, seconds, times[""], times[LEFT], times[WAITING], months)


def _slot_begins(begins: str, slot: int) -> datetime:
    day_or_month = datetime.strptime(begins, "%Y-%m-%d" if len(begins) == 10 else "%Y-%m").replace(tzinfo=WIB)
    return day_or_month.replace(hour=slot) if len(begins) == 10 else day_or_month.replace(day=slot)


def text_of(tally: Tally) -> str:
    """The tally as its case's marker row keeps it: as short as can be read."""
    waits = [[wait.seconds, int(wait.left)] for wait in (tally.waits[clock] for clock in LETTERS)]
    counts = ",".join(f"{COUNTS.index(name)}:{number}" for name, number in tally.counts.items())
    named = [tally.channel, tally.category, tally.unit, tally.first_unit, tally.status, tally.area, tally.repaired_by]
    parts = [millis(tally.received_at), *named, int(tally.restricted), counts, waits]
    return json.dumps(parts, separators=(",", ":"))


def tally_of(text: str) -> Tally:
    received, channel, category, unit, first_unit, status, area, repaired_by, restricted, counts, waits = json.loads(
        text
    )
    pairs = (pair.split(":") for pair in counts.split(",") if pair)
    return Tally(
        received_at=instant(received),
        channel=channel,
        category=category,
        unit=unit,
        first_unit=first_unit,
        status=status,
        counts={COUNTS[int(index)]: int(number) for index, number in pairs},
        waits={clock: Wait(seconds, bool(left)) for clock, (seconds, left) in zip(LETTERS, waits, strict=True)},
        area=area,
        repaired_by=repaired_by,
        restricted=bool(restricted),
    )
