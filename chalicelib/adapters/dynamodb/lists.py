"""Public lists and figures in DynamoDB: written in one transaction per case, read by partition, never scanned."""

import random
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pynamodb.exceptions import TransactWriteError

from chalicelib.adapters.dynamodb import public_rows, raw
from chalicelib.adapters.dynamodb.compact import instant
from chalicelib.adapters.dynamodb.differences import Request, difference
from chalicelib.adapters.dynamodb.faults import CONDITION, CONFLICT, reasons
from chalicelib.adapters.dynamodb.generations import DynamoGenerations
from chalicelib.application.ports.cases import LostRaceError
from chalicelib.application.ports.public import Cluster, ListedCase, OldestOpen, Projection, RoutedCase
from chalicelib.application.ports.queues import QueueEntry
from chalicelib.domain.case.figures import Figures
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.place import grid
from chalicelib.domain.place.grid import Box

TRIES = 8  # of a transaction that met another one on a counter; after that the message comes again
LONGEST_PAUSE = 0.4  # seconds before another try; the first is a sixteenth of it, each at random (full jitter)
FINE = 0.2  # degrees: a larger box reads the coarser clusters


class DynamoPublicLists:
    """Implements PublicLists, RoutedCases and CityFigures."""

    def __init__(self, *, pause: Callable[[float], None] = time.sleep) -> None:
        self._generations = DynamoGenerations()
        self._pause = pause

    def keep(self, projection: Projection) -> bool:
        kept = [self._keep(projection, generation) for generation in self._generations.written()]
        return any(kept)

    def _keep(self, projection: Projection, generation: int) -> bool:
        for tried in range(TRIES):
            if tried:
                self._pause(pause_before(tried))
            marker = raw.get(*public_rows.marker(generation, projection.number), consistent=True)
            if marker.get("sequence", 0) >= projection.sequence:
                return False
            if _committed(difference(generation, marker, projection)):
                return True
        raise LostRaceError(projection.number)

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

    def figures(self) -> Figures:
        return public_rows.figures_of(list(self._all(public_rows.shards("FIGURES"))))

    def oldest_open(self) -> OldestOpen | None:
        oldest = min(self._all(public_rows.shards("OPEN"), limit=1), key=lambda values: values["sk"], default=None)
        if oldest is None:
            return None
        return OldestOpen(instant(oldest["received"]), oldest["number"] if oldest["listed"] else None)

    def _all(self, partitions: Iterable[str], **how: Any) -> Iterator[dict[str, Any]]:
        """One page of each partition and no more: 1 MB, about 4,000 cases, bounds what any request may read."""
        generation = self._generations.served()
        for partition in partitions:
            yield from raw.page(public_rows.within(generation, partition), **how)


def pause_before(tried: int) -> float:
    """Seconds, at random up to a bound that doubles (AWS, "Exponential backoff and jitter")."""
    return random.uniform(0, min(LONGEST_PAUSE, LONGEST_PAUSE / 16 * 2**tried))  # noqa: S311  # no secret


def _committed(requests: tuple[list[Request], list[Request], list[Request]]) -> bool:
    """False when the marker moved meanwhile, or another case was counted on the same row at the same time."""
    try:
        raw.connection().transact_write_items([], *requests)
    except TransactWriteError as error:
        if {CONDITION, CONFLICT} & set(reasons(error)):
            return False
        raise UnavailableError("dynamodb") from error
    return True
