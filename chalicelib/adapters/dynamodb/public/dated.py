"""Listed cases and their news by time, in DynamoDB: each month is one partition, read in the order of its sort keys and
only as far as somebody asks."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from chalicelib.adapters.dynamodb import keys, raw
from chalicelib.adapters.dynamodb.cases.complaint_rows import complaint_of
from chalicelib.adapters.dynamodb.cases.translation import event_of
from chalicelib.adapters.dynamodb.public.dated_rows import (
    CASES,
    LINES,
    bounds,
    dated_case,
    dated_line,
    months,
    partition,
)
from chalicelib.adapters.dynamodb.public.generations import DynamoGenerations
from chalicelib.adapters.dynamodb.public.public_rows import within
from chalicelib.adapters.dynamodb.raw import plain, typed
from chalicelib.adapters.dynamodb.rows import ComplaintRow, EventRow
from chalicelib.adapters.dynamodb.several import rows as rows_at
from chalicelib.application.ports.cases import CaseFile
from chalicelib.application.ports.dated import DatedCase, DatedLine
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import Event

Item = dict[str, Any]


class DynamoDatedCases:
    """Implements DatedCases."""

    def __init__(self) -> None:
        self._generations = DynamoGenerations()

    def newest(self, since: datetime, until: datetime) -> Iterator[DatedCase]:
        for values in self._by_time(CASES, since, until, newest_first=True):
            yield dated_case(values)

    def lines(self, since: datetime, until: datetime) -> Iterator[DatedLine]:
        for values in self._by_time(LINES, since, until, newest_first=False):
            yield dated_line(values)

    def briefs(self, numbers: Sequence[str]) -> Mapping[str, CaseFile]:
        cases = {number: keys.case(number) for number in numbers}
        rows = rows_at([(pk, sk) for pk in cases.values() for sk in (keys.COMPLAINT, keys.event(1))])
        whole = {n: (rows.get((pk, keys.COMPLAINT)), rows.get((pk, keys.event(1)))) for n, pk in cases.items()}
        return {
            number: CaseFile(_complaint(case), [_event(first)], [], None)
            for number, (case, first) in whole.items()
            if case and first
        }

    def told(self, lines: Sequence[DatedLine]) -> Sequence[tuple[Complaint, Event]]:
        at = [(keys.case(line.number), keys.event(line.sequence)) for line in lines]
        rows = rows_at([*dict.fromkeys((pk, keys.COMPLAINT) for pk, _ in at), *at])
        whole = ((rows.get((pk, keys.COMPLAINT)), rows.get((pk, sk))) for pk, sk in at)
        return [(_complaint(case), _event(event)) for case, event in whole if case and event]

    def _by_time(self, name: str, since: datetime, until: datetime, *, newest_first: bool) -> Iterator[Item]:
        generation, (low, high) = self._generations.served(), bounds(since, until)
        for month in sorted(months(since, until), reverse=newest_first):
            yield from _between(within(generation, partition(name, month)), low, high, newest_first=newest_first)


def _between(pk: str, low: str, high: str, *, newest_first: bool) -> Iterator[Item]:
    """Every row of a partition between two sort keys, page by page."""
    request: Item = {
        "KeyConditionExpression": "pk = :pk AND sk BETWEEN :low AND :high",
        "ExpressionAttributeValues": typed({":pk": pk, ":low": low, ":high": high}),
        "ScanIndexForward": not newest_first,
    }
    while True:
        answer = raw.call("Query", request)
        yield from map(plain, answer["Items"])
        if "LastEvaluatedKey" not in answer:
            return
        request = {**request, "ExclusiveStartKey": answer["LastEvaluatedKey"]}


def _complaint(item: Item) -> Complaint:
    return complaint_of(ComplaintRow.from_raw_data(item))


def _event(item: Item) -> Event:
    return event_of(EventRow.from_raw_data(item))
