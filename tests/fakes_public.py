"""Public lists and figures in memory: every answer is worked out anew from the projections that were kept, so that it
can serve as the oracle of the real ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from chalicelib.adapters.dynamodb import keys
from chalicelib.application.ports.cases import CaseFile
from chalicelib.application.ports.public import (
    CASE_SHARDS,
    Cluster,
    CountedCase,
    FiledCase,
    ListedCase,
    OldestOpen,
    Projection,
    RoutedCase,
)
from chalicelib.application.ports.queues import QueueEntry
from chalicelib.domain.calendar import WIB
from chalicelib.domain.case.figures import Addition, Counted, Tally, additions, total
from chalicelib.domain.case.waiting_times import bin_of
from chalicelib.domain.place import grid
from chalicelib.domain.place.grid import Box


class MemoryPublicLists:
    """Implements PublicLists, RoutedCases, CityFigures and Generations."""

    def __init__(self) -> None:
        self.sets: dict[int, dict[str, Projection]] = {1: {}}
        self.served = 1

    @property
    def kept(self) -> dict[str, Projection]:
        return self.sets[self.served]

    def keep(self, projection: Projection) -> bool:
        return any([self._keep(one, projection) for one in self.sets.values()])  # noqa: C419 - every set is written

    def _keep(self, kept: dict[str, Projection], projection: Projection) -> bool:
        if projection.number in kept and kept[projection.number].sequence >= projection.sequence:
            return False
        kept[projection.number] = projection
        return True

    def keep_together(self, projections: Sequence[Projection]) -> dict[str, bool]:
        return {projection.number: self.keep(projection) for projection in projections}

    def nearby(self, box: Box, category: str) -> list[ListedCase]:
        return [case for case in self.cases(box) if case.category == category]

    def cases(self, box: Box) -> list[ListedCase]:
        return [case for case in self._listed() if box.holds(case.place)]

    def _listed(self) -> list[ListedCase]:
        return [projection.listed for projection in self.kept.values() if projection.listed]

    def clusters(self, box: Box) -> list[Cluster]:
        step = grid.CLUSTERS[box.span > 0.2]
        heaps: dict[grid.Square, list[grid.Place]] = {}
        for case in self._listed():
            heaps.setdefault(grid.square(case.place, step), []).append(case.place)
        means = (Cluster((_mean(heap, 0), _mean(heap, 1)), len(heap)) for heap in heaps.values())
        return [cluster for cluster in means if box.holds(cluster.place)]

    def overdue(self, after: str | None, limit: int) -> list[QueueEntry]:
        late = (projection.overdue for projection in self.kept.values() if projection.overdue)
        entries = (replace(entry, position=keys.due_key(entry.due, entry.number)) for entry in late)
        rest = [entry for entry in entries if after is None or entry.position > after]
        return sorted(rest, key=lambda entry: entry.position)[:limit]

    def routed(self, day: str, limit: int) -> list[RoutedCase]:
        found = [projection.routed for projection in self.kept.values() if projection.routed]
        return [case for case in found if f"{case.at.astimezone(WIB):%Y-%m-%d}" == day][:limit]

    def channels(self) -> dict[str, Counted]:
        return self._counted("channel", lambda tally: True)

    def days(self, first: str) -> dict[str, Counted]:
        return self._counted("day", lambda tally: f"{tally.local:%Y-%m-%d}" >= first)

    def by(self, dimension: str, months: Sequence[str], begins: str | None = None) -> dict[str, Counted]:
        found = self._counted(dimension, lambda tally: f"{tally.local:%Y-%m}" in months)
        return {key: counted for key, counted in found.items() if f"{key}#".startswith(begins or "")}

    def _counted(self, dimension: str, wanted: Callable[[Tally], bool]) -> dict[str, Counted]:
        found: dict[str, list[Counted]] = {}
        for tally in (p.tally for p in self.kept.values() if wanted(p.tally)):
            for addition in additions(tally):
                if addition.dimension == dimension:
                    found.setdefault(addition.key, []).append(_of_one(tally, addition))
        return {key: total(parts) for key, parts in found.items()}

    def cases_of(self, day: str, shard: int, after: str | None, limit: int) -> list[CountedCase]:
        mine = (p for p in self.kept.values() if keys.shard(p.number, CASE_SHARDS) == shard)
        found = sorted((p.number, p.tally) for p in mine if f"{p.tally.local:%Y-%m-%d}" == day)
        return [CountedCase(*case) for case in found if case[0] > (after or "")][:limit]

    def filed(self, list_name, units, *, since, after, limit) -> list[QueueEntry]:
        kept = (p.filed for p in self.kept.values() if p.filed and p.filed.filing.list_name == list_name)
        shown = [f for f in kept if set(f.filing.units) & set(units) and _second(f.filing.decided_at) >= _second(since)]
        entries = (replace(f.entry, position=_newest_first(f)) for f in shown)
        rest = [entry for entry in entries if after is None or entry.position > after]
        return sorted(rest, key=lambda entry: entry.position)[:limit]

    def oldest_open(self) -> OldestOpen | None:
        still = [(p.open_since, p.number, p.listed is not None) for p in self.kept.values() if p.open_since]
        return OldestOpen(min(still)[0], min(still)[1] if min(still)[2] else None) if still else None

    def begin(self) -> int:
        building = max(self.sets) + 1
        self.sets[building] = {}
        return building

    def serve(self, generation: int) -> None:
        self.served = generation

    def discard_others(self) -> int:
        others = [number for number in self.sets if number != self.served]
        return sum(len(self.sets.pop(number)) for number in others)


def _of_one(tally: Tally, addition: Addition) -> Counted:
    """What one case adds, as if it stood alone."""
    waits = {clock: tally.waits[clock] for clock in addition.clocks}
    seconds = {clock: wait.seconds for clock, wait in waits.items() if wait.seconds is not None and not wait.left}
    opened = {f"{tally.local:%Y-%m}": 1} if tally.counts.get("open") else {}
    if addition.dimension == "channel":
        return Counted(addition.counts, seconds, open_months=opened)
    hour = tally.local.hour if addition.dimension == "day" else 0
    since = tally.local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return Counted(
        addition.counts,
        seconds,
        answered={clock: {bin_of(number): 1} for clock, number in seconds.items()},
        left={clock: {bin_of(wait.seconds or 0): 1} for clock, wait in waits.items() if wait.left},
        waiting={clock: {since: 1} for clock, wait in waits.items() if wait.seconds is None},
    )


def _second(at) -> int:
    return int(at.timestamp())


def _newest_first(case: FiledCase) -> str:
    return keys.due_key(9_999_999_999 - _second(case.filing.decided_at), case.entry.number)


def _mean(places: list[grid.Place], axis: int) -> float:
    return sum(grid.units(place[axis]) for place in places) / len(places) / grid.UNITS


@dataclass
class CaseFiles:
    """As much of Complaints as a projection reads."""

    files: dict[str, CaseFile] = field(default_factory=dict)

    def case_file(self, number: str) -> CaseFile | None:
        return self.files.get(number)

    def all_events(self, since=None):
        for file in self.files.values():
            yield from file.events
