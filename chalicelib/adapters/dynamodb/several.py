"""Rows of different kinds by their keys, in one call: one after the other they would cost a call each."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from chalicelib.adapters.answers import answering
from chalicelib.adapters.dynamodb import raw
from chalicelib.domain.errors import UnavailableError

MOST = 100  # keys of one BatchGetItem
TRIES = 5  # of what a call left unread
Key = tuple[str, str]
Item = dict[str, Any]


def rows(wanted: Iterable[Key], *, consistent: bool = False) -> dict[Key, Item]:
    """The rows that are there, by partition and sort key. Each is read by itself: together they are no snapshot. Raises
    UnavailableError."""
    once = list(dict.fromkeys(wanted))  # a key twice in one call is refused
    parts = (once[start : start + MOST] for start in range(0, len(once), MOST))
    items = (item for part in parts for item in _answered(part, consistent=consistent))
    return {(item["pk"]["S"], item["sk"]["S"]): item for item in items}


def _answered(part: Sequence[Key], *, consistent: bool) -> Iterator[Item]:
    table = raw.table_name()
    asked: Item = {"Keys": [raw.typed({"pk": pk, "sk": sk}) for pk, sk in part], "ConsistentRead": consistent}
    for _ in range(TRIES):
        with answering("dynamodb"):
            answer = raw.connection().dispatch("BatchGetItem", {"RequestItems": {table: asked}})
        yield from answer.get("Responses", {}).get(table, [])
        asked = answer.get("UnprocessedKeys", {}).get(table, {})
        if not asked.get("Keys"):
            return
    raise UnavailableError("dynamodb")
