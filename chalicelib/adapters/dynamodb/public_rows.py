"""The layout of the public rows: one case's projection → the rows that it has and the counters that it is in.

Every partition begins with its generation (`G3#`), so that a rebuild writes a whole new set beside the one that is
read. Cells hold cases, clusters hold counts of cases, both by place; `OPEN` and `OVERDUE` are ordered by time,
`ROUTED` by day;
`FIGURES` holds counts and histograms. What is not ordered by place is spread over shards: one partition takes 1,000
writes a second, a transactional write counts twice."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.compact import clocks_text, instant, millis
from chalicelib.adapters.dynamodb.raw import Values
from chalicelib.adapters.dynamodb.translation import queue_entry
from chalicelib.application.ports.public import Cluster, ListedCase, Projection, RoutedCase
from chalicelib.application.ports.queues import QueueEntry
from chalicelib.domain.calendar import WIB
from chalicelib.domain.case import figures
from chalicelib.domain.case.figures import Distribution, Figures
from chalicelib.domain.place import grid
from chalicelib.domain.place.grid import Square

SHARDS = 8
CHUNK = 32  # buckets in one row: below 1 KB, so that a count costs one write unit, and a read of all is cheap
TOTAL = "TOTAL"
ANY = "G"  # what every partition begins with
POINTER = ("PUBLIC", "GENERATIONS")  # the row that says which generation is read

Key = tuple[str, str]


def within(generation: int, partition: str) -> str:
    return f"{ANY}{generation}#{partition}"


def marker(generation: int, number: str) -> Key:
    """The row that remembers what was written for this case (differences.py)."""
    return within(generation, f"KEPT#{number}"), "KEPT"


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
        found[_shard("OVERDUE", number), keys.due_key(overdue.due, number)] = _overdue_values(overdue)
    if routed := projection.routed:
        found[routed_on(f"{routed.at.astimezone(WIB):%Y-%m-%d}"), number] = _routed_values(routed)
    return found


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


def _overdue_values(entry: QueueEntry) -> Values:
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
    """What the case adds, by partition, sort key and attribute."""
    shard = _shard("FIGURES", projection.number)
    found = {(shard, TOTAL, name): 1 for name in projection.tally.counts}
    for kind, seconds in projection.tally.seconds.items():
        chunk, place = divmod(figures.bucket(seconds), CHUNK)
        found[shard, TOTAL, f"{kind}_seconds"] = seconds
        found[shard, f"{kind}#{chunk:02d}", f"b{place}"] = 1
    return found | (_cluster_counters(projection.listed) if projection.listed else {})


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


def figures_of(found: list[Mapping[str, Any]]) -> Figures:
    """The sum over the rows of every shard."""
    totals: dict[str, int] = {}
    buckets: dict[str, dict[int, int]] = {kind: {} for kind in figures.MEASURED}
    for values in found:
        kind, _, chunk = values["sk"].partition("#")
        added = {name: value for name, value in values.items() if name not in ("pk", "sk")}
        if kind == TOTAL:
            totals = {name: totals.get(name, 0) + added.get(name, 0) for name in totals | added}
        else:
            for name, value in added.items():
                number = int(chunk) * CHUNK + int(name[1:])
                buckets[kind][number] = buckets[kind].get(number, 0) + value
    clocks = {kind: _distribution(totals.get(f"{kind}_seconds", 0), buckets[kind]) for kind in figures.MEASURED}
    return Figures({name: totals.get(name, 0) for name in figures.COUNTS}, clocks)


def _distribution(total: int, buckets: Mapping[int, int]) -> Distribution:
    return Distribution(sum(buckets.values()), total, buckets)
