"""The rows of the emulator's tables, packed. As the emulator would keep them, a dict for each attribute, a row takes
some ten times its text. It never changes a stored row in place, so whoever reads may get a copy."""

import json
import marshal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from local.packed import Packed

FILE = "rows.jsonl"
Row = dict[str, Any]


class Rows(Packed):
    """One partition: rows by their sort keys."""

    pack = staticmethod(marshal.dumps)
    unpack = staticmethod(marshal.loads)


def teach() -> None:
    """Once, before the emulator takes requests or reads what it kept."""
    from ministack.core import persistence
    from ministack.services import dynamodb

    usual_set, usual_load = dynamodb._set_item, dynamodb.load_persisted_state

    def set_item(table: dict[str, Any], partition: str, key: str, row: Row) -> Any:
        pack(table["items"], partition)
        return usual_set(table, partition, key, row)

    def load(state: dict[str, Any]) -> None:
        usual_load(state)
        restore(Path(persistence.STATE_DIR) / FILE)

    dynamodb._set_item, dynamodb.load_persisted_state = set_item, load


def pack(partitions: dict[str, Any], name: str) -> Rows:
    """The partition, made when it is missing and packed when it is not."""
    rows = partitions.get(name)
    if not isinstance(rows, Rows):
        partitions[name] = rows = Rows(rows)
    return rows


def state() -> dict[str, Any]:
    """What the emulator keeps of its tables, without their rows."""
    from ministack.core.responses import AccountRegionScopedDict
    from ministack.services import dynamodb

    whole, light = dynamodb._tables, AccountRegionScopedDict()
    for place, table in whole.all_items():
        light._data[place] = {**table, "items": {}}
    dynamodb._tables = light
    try:
        kept: dict[str, Any] = dynamodb.get_state()
    finally:
        dynamodb._tables = whole
    return kept


def save(file: Path) -> None:
    """A line for each row: no more than one of them is unpacked at a time."""
    with file.open("w") as lines:
        for line in _lines():
            lines.write(f"{json.dumps(line)}\n")


def _lines() -> Iterator[tuple[Any, ...]]:
    from ministack.services import dynamodb

    for place, table in dynamodb._tables.all_items():
        for partition, rows in list(table["items"].items()):
            for key in list(rows):
                yield *place, partition, key, rows[key]


def restore(file: Path) -> None:
    """Also of a snapshot that has its rows in the emulator's own file."""
    from ministack.services import dynamodb

    tables = dynamodb._tables._data
    for table in tables.values():
        for partition in list(table["items"]):
            pack(table["items"], partition)
    if not file.exists():
        return
    with file.open() as lines:
        for line in lines:
            *place, partition, key, row = json.loads(line)
            pack(tables[tuple(place)]["items"], partition)[key] = row
