"""What must be written so that the public rows of a case become those of its newest projection. A marker row per case
remembers what was written for it before: rows with a checksum, what was added to the map, and its tally. The same
transaction replaces it, on condition that it has not changed. So each event counts once. What a tally adds follows from
the tally alone: another layout of the figures needs a rebuild."""

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chalicelib.adapters.dynamodb.public import figure_rows, public_rows
from chalicelib.adapters.dynamodb.public.dated_rows import is_line
from chalicelib.adapters.dynamodb.public.public_rows import Key, within
from chalicelib.adapters.dynamodb.raw import Values, table_name, typed
from chalicelib.application.ports.public import Projection
from chalicelib.domain.values import dataclass

SEPARATOR = "|"
FIXED = 0  # in the place of the checksum of a row that never changes: a marker of 1 KB costs half of a larger one
Request = dict[str, Any]
Transaction = tuple[list[Request], list[Request], list[Request]]  # deletes, puts, updates: PynamoDB's order


@dataclass(frozen=True, slots=True)
class Difference:
    """The difference of one case: requests, and what is added to counters by row and attribute."""

    deletes: list[Request]
    puts: list[Request]
    added: Mapping[str, int]


def requests(differences: Sequence[Difference]) -> Transaction:
    """One transaction. What several cases add to a row is one update: a transaction may name a row once."""
    added: Counter[str] = Counter()
    for one in differences:
        added.update(one.added)
    deletes = [request for one in differences for request in one.deletes]
    return deletes, [request for one in differences for request in one.puts], _additions(added)


def difference(generation: int, marker: Mapping[str, Any], projection: Projection, shard: int = 0) -> Difference:
    """`shard`: of the figures' rows, any from 0 to 7."""
    rows = {(within(generation, pk), sk): values for (pk, sk), values in public_rows.rows(projection).items()}
    counts = _named(generation, public_rows.counters(projection))
    marks = {_joined(key): FIXED if is_line(key) else _mark(values) for key, values in rows.items()}
    written, counted = json.loads(marker.get("rows", "{}")), json.loads(marker.get("counts", "{}"))
    kept: Values = {
        "sequence": projection.sequence,
        "rows": _short(marks),
        "counts": _short(counts),
        "tally": figure_rows.text_of(projection.tally),
    }
    changed = (key for key in rows if _differs(written.get(_joined(key)), marks[_joined(key)]))
    tallied = _tallied(generation, marker.get("tally"), shard), _tallied(generation, kept["tally"], shard)
    before, after = Counter(counted | tallied[0]), Counter(counts | tallied[1])
    after.subtract(before)
    return Difference(
        [_at(key) for key in written if key not in marks],
        [
            _put(public_rows.marker(generation, projection), kept) | _unmoved(marker),
            *(_put(k, rows[k]) for k in changed),
        ],
        after,
    )


def _tallied(generation: int, tally: Any, shard: int) -> dict[str, int]:
    """What a tally adds; nothing before the first one."""
    if not tally:
        return {}
    found = figure_rows.counters(figure_rows.tally_of(tally))
    return _named(generation, {(pk, f"{sk}#{shard}", name): number for (pk, sk, name), number in found.items()})


def _named(generation: int, counters: Mapping[tuple[str, str, str], int]) -> dict[str, int]:
    return {_joined((within(generation, pk), sk, name)): n for (pk, sk, name), n in counters.items()}


def _short(values: Mapping[str, int]) -> str:
    return json.dumps(values, separators=(",", ":"))


def _joined(parts: Iterable[str]) -> str:
    return SEPARATOR.join(parts)


def _mark(values: Values) -> int:
    """Tells a changed row from an unchanged one, which is not written again."""
    return zlib.crc32(json.dumps(values, sort_keys=True).encode())


def _differs(was: int | None, now: int) -> bool:
    """Whether a row must be written. A line's key says all that stands in it; markers may have a checksum of it."""
    return was is None or (now != FIXED and was != now)


def _unmoved(marker: Mapping[str, Any]) -> Request:
    if not marker:
        return {"ConditionExpression": "attribute_not_exists(pk)"}
    return {
        "ConditionExpression": "#sequence = :read",
        "ExpressionAttributeNames": {"#sequence": "sequence"},
        "ExpressionAttributeValues": typed({":read": int(marker["sequence"])}),
    }


def _at(joined: str) -> Request:
    pk, sk = joined.split(SEPARATOR)
    return {"TableName": table_name(), "Key": typed({"pk": pk, "sk": sk})}


def _put(key: Key, values: Values) -> Request:
    return {"TableName": table_name(), "Item": typed({"pk": key[0], "sk": key[1], **values})}


def _additions(added: Mapping[str, int]) -> list[Request]:
    """One ADD per counter row whose numbers changed."""
    rows: dict[str, dict[str, int]] = {}
    for counter, number in sorted(added.items()):
        row, _, name = counter.rpartition(SEPARATOR)
        if number:
            rows.setdefault(row, {})[name] = number
    return [_add(row, numbers) for row, numbers in rows.items()]


def _add(row: str, added: Mapping[str, int]) -> Request:
    return {
        **_at(row),
        "UpdateExpression": "ADD " + ", ".join(f"#{index} :{index}" for index in range(len(added))),
        "ExpressionAttributeNames": {f"#{index}": name for index, name in enumerate(added)},
        "ExpressionAttributeValues": typed({f":{index}": value for index, value in enumerate(added.values())}),
    }
