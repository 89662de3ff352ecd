"""The layout of the public rows: one case's projection → the rows that it has and the counters that it is in.

Every partition begins with its generation (`G3#`), so that a rebuild writes a whole new set beside the one that is
read. Cells hold cases, clusters hold counts of cases, both by place; `OPEN` and `OVERDUE` are ordered by time,
`OTHERS` and `DONE` by unit and time, `ROUTED` by day; what is counted stands in figure_rows.py. What is ordered neither
by place nor by unit or day is spread over shards: one partition takes 1,000 writes a second, a transactional write
counts twice."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.cases.translation import queue_entry
from chalicelib.adapters.dynamodb.compact import clocks_text, instant, millis
from chalicelib.adapters.dynamodb.public.dated_rows import dated_rows
from chalicelib.adapters.dynamodb.raw import Values
from chalicelib.application.ports.public import Cluster, FiledCase, ListedCase, Projection, RoutedCase
from chalicelib.application.ports.queues import QueueEntry
from chalicelib.domain.calendar import WIB
from chalicelib.domain.case.filing import KEPT
from chalicelib.domain.place import grid
from chalicelib.domain.place.grid import Square

SHARDS = 8
LAST_SECOND = 9_999_999_999  # of a key's ten digits
ANY = "G"  # what every partition begins with
POINTER = ("PUBLIC", "GENERATIONS")  # the row that says which generation is read

Key = tuple[str, str]


def within(generation: int, partition: str) -> str:
    return f"{ANY}{generation}#{partition}"


def marker(generation: int, projection: Projection) -> Key:
    """The row that remembers what was written for this case (differences.py). Those of a day of receipt lie together,
    so that the cases of a day can be listed."""
    number = projection.number
    return within(generation, kept(f"{projection.tally.local:%Y-%m-%d}", keys.shard(number, SHARDS))), number


def kept(day: str, shard: int) -> str:
    """Partition of the markers of a day of receipt (2026-03-02)."""
    return f"KEPT#{day}#{shard}"


def cell(square: Square) -> str:
    return f"CELL#{square[0]}#{square[1]}"


def clusters(step: int, block: Square) -> str:
    return f"CLUSTERS#{step}#{block[0]}#{block[1]}"


def shards(name: str) -> list[str]:
    return [f"{name}#{index}" for index in range(SHARDS)]


def _shard(name: str, number: str) -> str:
    return f"{name}#{keys.shard(number, SHARDS)}"


def rows(projection: Projection) -> dict[Key, Values]:
    """What must stand there, by partition (without generation) and sort key."""
    found: dict[Key, Values] = {}
    number, listed, overdue = projection.number, projection.listed, projection.overdue
    if listed:
        found[cell(grid.square(listed.place, grid.CELL)), f"{listed.category}#{number}"] = _case_values(listed)
    if projection.open_since:
        key = keys.due(projection.open_since, number)
        values: Values = {
            "number": number,
            "received": millis(projection.open_since),
            "listed": int(listed is not None),
        }
        found[_shard("OPEN", number), key] = values
    if overdue:
        found[_shard("OVERDUE", number), keys.due_key(overdue.due, number)] = _entry_values(overdue)
    if routed := projection.routed:
        found[routed_on(f"{routed.at.astimezone(WIB):%Y-%m-%d}"), number] = _routed_values(routed)
    return found | dated_rows(projection) | (_filed_rows(projection.filed) if projection.filed else {})


def _filed_rows(case: FiledCase) -> dict[Key, Values]:
    """One partition per list and unit: eight calls of `project` at once write fewer than 1,000 units a second in all.
    DynamoDB takes a row away when it has expired."""
    filing, entry = case.filing, case.entry
    expires = int((filing.decided_at + KEPT).timestamp())
    values: Values = {**_entry_values(entry), "ends": entry.due, "expires": expires}
    key = keys.due_key(_before(filing.decided_at), entry.number)
    return {(filed(filing.list_name, unit), key): values for unit in filing.units}


def filed(list_name: str, unit: str) -> str:
    return f"{list_name.upper()}#{unit}"


def not_before(since: datetime) -> str:
    """Sorts after every key of a filed case whose last decision is not before `since`."""
    return keys.due_bound(_before(since) + 1)


def _before(at: datetime) -> int:
    """Newer times have smaller numbers."""
    return LAST_SECOND - int(at.timestamp())


def filed_of(values: Mapping[str, Any]) -> QueueEntry:
    return replace(queue_entry(values, number=values["number"], position=values["sk"]), due=values["ends"])


REHEARSED = timedelta(days=40)  # a rehearsal looks back a month; then DynamoDB takes the row away


def routed_on(day: str) -> str:
    """Reports by their day of receipt: `project` runs eight times at once at most, so one partition takes them."""
    return f"ROUTED#{day}"


def _routed_values(case: RoutedCase) -> Values:
    named: dict[str, str | int | None] = {
        "at": millis(case.at),
        "category": case.category,
        "area": case.area,
        "channel": case.channel,
        "unit": case.unit,
        "expires": int((case.at + REHEARSED).timestamp()),
        "answers": json.dumps({code: list(v) for code, v in case.answers.items()}) if case.answers else None,
    }
    return {name: value for name, value in named.items() if value is not None}


def routed_of(values: Mapping[str, Any]) -> RoutedCase:
    answers = json.loads(values.get("answers", "{}"))
    return RoutedCase(
        at=instant(values["at"]),
        category=values["category"],
        area=values.get("area"),
        channel=values["channel"],
        unit=values["unit"],
        answers={code: tuple(chosen) for code, chosen in answers.items()},
    )


def _case_values(case: ListedCase) -> Values:
    values: dict[str, str | int] = {
        "number": case.number,
        "category": case.category,
        "status": case.status,
        "lat": grid.units(case.place[0]),
        "lon": grid.units(case.place[1]),
        "received": millis(case.received_at),
        "followers": case.followers,
    }
    return values | ({"photo": case.photo} if case.photo else {})


def case_of(values: Mapping[str, Any]) -> ListedCase:
    return ListedCase(
        number=values["number"],
        category=values["category"],
        status=values["status"],
        place=(values["lat"] / grid.UNITS, values["lon"] / grid.UNITS),
        received_at=instant(values["received"]),
        followers=values["followers"],
        photo=values.get("photo"),
    )


def _entry_values(entry: QueueEntry) -> Values:
    values: dict[str, str | int] = {
        "number": entry.number,
        "status": entry.status,
        "version": entry.version,
        "category": entry.category,
        "unit": entry.unit,
        "channel": entry.channel,
        "received": millis(entry.received_at),
        "clocks": clocks_text(entry.clocks),
    }
    summary = entry.summary
    named = {"area": entry.area, "text": summary.text, "landmark": summary.landmark, "photo": summary.photo}
    rest = {**named, "flags": ",".join(summary.flags), "assignee": entry.assignee}
    return values | {name: value for name, value in rest.items() if value}


def overdue_of(values: Mapping[str, Any]) -> QueueEntry:
    return queue_entry(values, number=values["number"], position=values["sk"])


def counters(projection: Projection) -> dict[tuple[str, str, str], int]:
    """What the case adds to the map, by partition, sort key and attribute."""
    return _cluster_counters(projection.listed) if projection.listed else {}


def _cluster_counters(case: ListedCase) -> dict[tuple[str, str, str], int]:
    """Counts and sums of places: a cluster is shown at the mean of its cases. Its row is spread over shards by number,
    so that a flood inside one cluster does not meet on one item."""
    values = {"n": 1, "lat": grid.units(case.place[0]), "lon": grid.units(case.place[1])}
    found: dict[tuple[str, str, str], int] = {}
    for step in grid.CLUSTERS:
        lat, lon = grid.square(case.place, step)
        partition = clusters(step, grid.square(case.place, step * grid.BLOCK))
        row = f"{lat}#{lon}#{keys.shard(case.number, SHARDS)}"
        found |= {(partition, row, name): value for name, value in values.items()}
    return found


def clusters_of(found: Iterable[Mapping[str, Any]]) -> list[Cluster]:
    """The sum over the shards of each cluster, without those that nothing is left in."""
    sums: dict[Key, list[int]] = {}
    for values in found:
        cluster, _, _ = values["sk"].rpartition("#")
        total = sums.setdefault((values["pk"], cluster), [0, 0, 0])
        for index, name in enumerate(("n", "lat", "lon")):
            total[index] += values[name]
    means = ((n, lat / n / grid.UNITS, lon / n / grid.UNITS) for n, lat, lon in sums.values() if n > 0)
    return [Cluster((lat, lon), n) for n, lat, lon in means]
