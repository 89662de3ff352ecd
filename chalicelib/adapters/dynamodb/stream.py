"""Records of the table's stream, as Lambda hands them over, to events."""

import base64
from collections.abc import Mapping
from typing import Any

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.cases.translation import event_of
from chalicelib.adapters.dynamodb.rows import EventRow
from chalicelib.domain.case.events import Event


def event_of_record(record: Mapping[str, Any]) -> Event | None:
    """The event that was inserted; None for any other change, and for one that came back from a backup. Raises
    KeyError, ValueError, TypeError and what PynamoDB says of a row that it cannot read."""
    change = record["dynamodb"]
    if record["eventName"] != "INSERT" or not change["Keys"]["sk"]["S"].startswith(keys.EVENT_PREFIX):
        return None
    if keys.RESTORED in change["NewImage"]:
        return None
    return event_of(EventRow.from_raw_data({name: _as_read(value) for name, value in change["NewImage"].items()}))


def keys_only(record: Mapping[str, Any]) -> dict[str, Any]:
    """What a queue may hold of a record: which row changed and how. Its images hold people's words."""
    keys_of_row = record.get("dynamodb", {}).get("Keys", {})
    return {"eventName": record.get("eventName"), "dynamodb": {"Keys": keys_of_row}}


def place_of_record(record: Mapping[str, Any]) -> tuple[str, int]:
    """Number and sequence of the event whose row a record names. Raises KeyError, ValueError, TypeError for one that
    names no event's row."""
    row = record["dynamodb"]["Keys"]
    pk, sk = row["pk"]["S"], row["sk"]["S"]
    sequence = sk.removeprefix(keys.EVENT_PREFIX)
    if not pk.startswith(keys.CASE_PREFIX) or sk == sequence or not sequence.isdecimal():
        raise ValueError("no event's row")
    return keys.number_of(pk), int(sequence)


def _as_read(value: Mapping[str, Any]) -> dict[str, Any]:
    """JSON has no bytes: a record carries them in base64, a read does not."""
    return {kind: base64.b64decode(held, validate=True) if kind == "B" else held for kind, held in value.items()}
