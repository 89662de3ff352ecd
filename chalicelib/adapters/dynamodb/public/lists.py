"""Public lists in DynamoDB, and the figures with them: written in one transaction per case, read by partition, never
scanned."""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from pynamodb.exceptions import TransactWriteError

from chalicelib.adapters.dynamodb import keys, raw, several
from chalicelib.adapters.dynamodb.faults import CONDITION, CONFLICT, reasons
from chalicelib.adapters.dynamodb.public import figure_rows, public_rows
from chalicelib.adapters.dynamodb.public.differences import Transaction, difference, requests
from chalicelib.adapters.dynamodb.public.generations import FIRST, DynamoGenerations, sets_of
from chalicelib.application.ports.cases import LostRaceError
from chalicelib.application.ports.public import Cluster, ListedCase, Projection, RoutedCase
from chalicelib.application.ports.queues import QueueEntry
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.place import grid
from chalicelib.domain.place.grid import Box

Marker = Mapping[str, Any]
SPREAD = 60.0  # seconds: for how long after a conflict this container spreads the figures over their shards
MOST_AT_ONCE = 100  # items of one transaction (DynamoDB, TransactWriteItems)
TRIES = 8  # of a transaction that met another one on a counter; after that the message comes again
LONGEST_PAUSE = 0.4  # seconds before another try; the first is a sixteenth of it, each at random (full jitter)
FINE = 0.2  # degrees: a larger box reads the coarser clusters


class DynamoPublicLists:
    """Implements PublicLists and RoutedCases."""

    def __init__(
        self, *, pause: Callable[[float], None] = time.sleep, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._generations = DynamoGenerations()
        self._sets = [FIRST]  # that were written when the pointer was last read
        self._pause = pause
        self._clock = clock
        self._spread_until = 0.0

    def keep(self, projection: Projection) -> bool:
        sets = self._markers([projection])
        kept = [self._keep(projection, generation, found[projection.number]) for generation, found in sets.items()]
        return any(kept)

    def _keep(self, projection: Projection, generation: int, marker: Marker) -> bool:
        for tried in range(TRIES):
            if tried:
                self._pause(pause_before(tried))
                marker = raw.get(*public_rows.marker(generation, projection), consistent=True)
            if marker.get("sequence", 0) >= projection.sequence:
                return False
            if self._commit(requests([difference(generation, marker, projection, self._shard(projection.number))])):
                return True
        raise LostRaceError(projection.number)

    def keep_together(self, projections: Sequence[Projection]) -> dict[str, bool]:
        sets = self._markers(projections)
        if len(sets) > 1:
            return {}
        ((generation, markers),) = sets.items()
        return self._kept_at_once(projections, generation, markers)

    def _markers(self, projections: Sequence[Projection]) -> dict[int, dict[str, Marker]]:
        """The markers of these cases by number, in each set that is written. One call, except for the first one after a
        rebuild began or ended: the pointer is read with the markers of the sets that were written when it was last
        read."""
        while True:
            asked = self._sets
            places = {(g, one.number): public_rows.marker(g, one) for g in asked for one in projections}
            rows = several.rows((public_rows.POINTER, *places.values()), consistent=True)
            found = {place: raw.plain(item) for place, item in rows.items()}
            self._sets = sets_of(found.get(public_rows.POINTER, {}))
            if self._sets == asked:
                return {g: {one.number: found.get(places[g, one.number], {}) for one in projections} for g in asked}

    def _kept_at_once(
        self, projections: Sequence[Projection], generation: int, markers: Mapping[str, Marker]
    ) -> dict[str, bool]:
        pairs = [(markers[one.number], one) for one in projections]
        fresh = [(marker, one) for marker, one in pairs if marker.get("sequence", 0) < one.sequence]
        old = {one.number: False for marker, one in pairs if marker.get("sequence", 0) >= one.sequence}
        shard = self._shard(projections[0].number) if projections else 0
        transaction = requests([difference(generation, marker, one, shard) for marker, one in fresh])
        if sum(map(len, transaction)) > MOST_AT_ONCE:
            half = len(projections) // 2
            halves = (
                self._kept_at_once(part, generation, markers) for part in (projections[:half], projections[half:])
            )
            return {number: kept for found in halves for number, kept in found.items()}
        is_kept = not fresh or self._commit(transaction)
        return old | ({one.number: True for _, one in fresh} if is_kept else {})

    def _commit(self, transaction: Transaction) -> bool:
        is_done = _committed(transaction)
        if not is_done:
            self._spread_until = self._clock() + SPREAD
        return is_done

    def _shard(self, number: str) -> int:
        """The shard of the figures: the first as long as no transactions meet on it, so that in calm times a figure is
        read from one row; for a while after they met, the case's own."""
        return keys.shard(number, figure_rows.SHARDS) if self._clock() < self._spread_until else 0

    def nearby(self, box: Box, category: str) -> list[ListedCase]:
        return self._listed(box, f"{category}#")

    def cases(self, box: Box) -> list[ListedCase]:
        return self._listed(box, None)

    def _listed(self, box: Box, prefix: str | None) -> list[ListedCase]:
        partitions = map(public_rows.cell, grid.covering(box, grid.CELL))
        found = map(public_rows.case_of, self._all(partitions, prefix=prefix))
        return [case for case in found if box.holds(case.place)]

    def clusters(self, box: Box) -> list[Cluster]:
        step = grid.CLUSTERS[box.span > FINE]
        partitions = (public_rows.clusters(step, block) for block in grid.covering(box, step * grid.BLOCK))
        found = public_rows.clusters_of(self._all(partitions))
        return [cluster for cluster in found if box.holds(cluster.place)]

    def overdue(self, after: str | None, limit: int) -> list[QueueEntry]:
        found = map(public_rows.overdue_of, self._all(public_rows.shards("OVERDUE"), after=after, limit=limit))
        return sorted(found, key=lambda entry: entry.position)[:limit]

    def routed(self, day: str, limit: int) -> list[RoutedCase]:
        return list(map(public_rows.routed_of, self._all([public_rows.routed_on(day)], limit=limit)))

    def filed(
        self, list_name: str, units: Sequence[str], *, since: datetime, after: str | None, limit: int
    ) -> list[QueueEntry]:
        partitions = (public_rows.filed(list_name, unit) for unit in units)
        bounds = {"after": after, "before": public_rows.not_before(since)}
        found = map(public_rows.filed_of, self._all(partitions, **bounds, limit=limit))
        once = {entry.number: entry for entry in found}  # several units of one OPD may have it
        return sorted(once.values(), key=lambda entry: entry.position)[:limit]

    def _all(self, partitions: Iterable[str], **how: Any) -> Iterator[dict[str, Any]]:
        """One page of each partition and no more: 1 MB, about 4,000 cases, bounds what any request may read."""
        generation = self._generations.served()
        for partition in partitions:
            yield from raw.page(public_rows.within(generation, partition), **how)


def pause_before(tried: int) -> float:
    """Seconds, at random up to a bound that doubles (AWS, "Exponential backoff and jitter")."""
    return random.uniform(0, min(LONGEST_PAUSE, LONGEST_PAUSE / 16 * 2**tried))  # noqa: S311  # no secret


def _committed(transaction: Transaction) -> bool:
    """False when the marker moved meanwhile, or another case was counted on the same row at the same time."""
    try:
        raw.connection().transact_write_items([], *transaction)
    except TransactWriteError as error:
        if {CONDITION, CONFLICT} & set(reasons(error)):
            return False
        raise UnavailableError("dynamodb") from error
    return True
