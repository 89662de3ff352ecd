"""The layout of the public rows by time. Each generation has partitions for each month (UTC): `CASES#202611` holds the
listed cases that were received in that month, and `TOLD#202611` the lines that the public was told in it. So a question
for 90 days asks four partitions. Not spread over shards: what writes them is bounded (infra/functions.yaml, `project`),
and each is read in order."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.compact import instant, millis
from chalicelib.application.ports.dated import DatedCase, DatedLine
from chalicelib.domain.place import grid

if TYPE_CHECKING:
    from chalicelib.application.ports.public import Projection

CASES, LINES = "CASES", "TOLD"
INTO_NEXT = timedelta(days=31)  # from the first of a month
Key = tuple[str, str]
Values = Mapping[str, str | int]


def dated_rows(projection: "Projection") -> dict[Key, Values]:
    """By partition (without generation) and sort key."""
    found: dict[Key, Values] = {}
    if case := projection.dated:
        found[partition(CASES, case.received_at), keys.due(case.received_at, case.number)] = _case_values(case)
    for line in projection.lines:
        key = keys.due(line.at, line.number, f"{line.sequence:06d}")
        found[partition(LINES, line.at), key] = {
            "number": line.number,
            "sequence": line.sequence,
            "at": millis(line.at),
        }
    return found


def is_line(key: Key) -> bool:
    """Whether it is the key of a line (with its generation)."""
    return key[0].partition("#")[2].startswith(f"{LINES}#")


def partition(name: str, at: datetime) -> str:
    return f"{name}#{at.astimezone(UTC):%Y%m}"


def months(since: datetime, until: datetime) -> Iterator[datetime]:
    """The first moment of each month (UTC) that the span touches, oldest first."""
    month, last = _first_of(since), until.astimezone(UTC)
    while month <= last:
        yield month
        month = _first_of(month + INTO_NEXT)


def _first_of(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def bounds(since: datetime, until: datetime) -> tuple[str, str]:
    """Sort keys between which everything of these seconds lies."""
    return keys.due_bound(int(since.timestamp())), keys.due_bound(int(until.timestamp()) + 1)


def _case_values(case: DatedCase) -> Values:
    values: dict[str, str | int] = {
        "number": case.number,
        "category": case.category,
        "open": int(case.is_open),
        "received": millis(case.received_at),
        "changed": millis(case.changed_at),
    }
    if case.place:
        values |= {"lat": grid.units(case.place[0]), "lon": grid.units(case.place[1])}
    return values | ({"picture": case.picture} if case.picture else {})


def dated_case(values: Mapping[str, Any]) -> DatedCase:
    return DatedCase(
        number=values["number"],
        category=values["category"],
        is_open=bool(values["open"]),
        received_at=instant(values["received"]),
        changed_at=instant(values["changed"]),
        place=(values["lat"] / grid.UNITS, values["lon"] / grid.UNITS) if "lat" in values else None,
        picture=values.get("picture"),
    )


def dated_line(values: Mapping[str, Any]) -> DatedLine:
    return DatedLine(values["number"], values["sequence"], instant(values["at"]))
