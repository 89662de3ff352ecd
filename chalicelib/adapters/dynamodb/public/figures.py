"""The figures in DynamoDB, read by partition: as many rows as there are days, units, areas, categories and channels,
however many cases they count."""

from collections.abc import Iterator, Sequence
from typing import Any

from chalicelib.adapters.dynamodb import raw
from chalicelib.adapters.dynamodb.compact import instant
from chalicelib.adapters.dynamodb.public import figure_rows, public_rows
from chalicelib.adapters.dynamodb.public.generations import DynamoGenerations
from chalicelib.application.ports.public import CountedCase, OldestOpen
from chalicelib.domain.case.figures import Counted, total

FIRST = "0"  # before every number


class DynamoFigures:
    """Implements CityFigures."""

    def __init__(self) -> None:
        self._generations = DynamoGenerations()

    def channels(self) -> dict[str, Counted]:
        return figure_rows.counted(self._rows(figure_rows.TOTALS))

    def days(self, first: str) -> dict[str, Counted]:
        return figure_rows.counted(self._rows(figure_rows.DAYS, after=first))

    def by(self, dimension: str, months: Sequence[str], begins: str | None = None) -> dict[str, Counted]:
        partitions = (figure_rows.by(dimension, month) for month in months)
        found = [figure_rows.counted(self._rows(partition, prefix=begins)) for partition in partitions]
        names = dict.fromkeys(key for month in found for key in month)
        return {key: total(month[key] for month in found if key in month) for key in names}

    def oldest_open(self) -> OldestOpen | None:
        firsts = (row for part in public_rows.shards("OPEN") for row in self._page(part, limit=1))
        oldest = min(firsts, key=lambda values: values["sk"], default=None)
        if oldest is None:
            return None
        return OldestOpen(instant(oldest["received"]), oldest["number"] if oldest["listed"] else None)

    def cases_of(self, day: str, shard: int, after: str | None, limit: int) -> list[CountedCase]:
        rows = self._page(public_rows.kept(day, shard), after=after or FIRST, limit=limit)
        return [CountedCase(values["sk"], figure_rows.tally_of(values["tally"])) for values in rows]

    def _rows(self, partition: str, *, prefix: str | None = None, after: str | None = None) -> Iterator[dict[str, Any]]:
        """All of a partition, page after page: its rows are few, whatever they count."""
        while page := self._page(partition, prefix=prefix, after=after):
            yield from page
            if prefix:
                return
            after = page[-1]["sk"]

    def _page(self, partition: str, **how: Any) -> list[dict[str, Any]]:
        return raw.page(public_rows.within(self._generations.served(), partition), **how)
