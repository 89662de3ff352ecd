"""The rows of the emulator's tables, packed. As the emulator would keep them, a dict for each attribute, a row takes
some ten times its text. It never changes a stored row in place, so whoever reads may get a copy."""

import itertools
import json
import marshal
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from local.packed import Packed
from local.snapshot_files import SnapshotFiles, mark

PREFIX, SUFFIX = "rows", ".jsonl"
TOGETHER = 256  # partitions in a file: those of some 30 complaints
Row = dict[str, Any]


class Rows(Packed):
    """One partition: rows by their sort keys."""

    pack = staticmethod(marshal.dumps)
    unpack = staticmethod(marshal.loads)


Partition = tuple[list[str], Rows]  # account, region, table, name; its rows


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
        restore(Path(persistence.STATE_DIR))

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


def save(files: SnapshotFiles) -> None:
    """Each file holds some partitions, in the order in which they came. A file whose rows are as before stays, unread.
    Each row is a line; only one row at a time is unpacked."""
    for number, partitions in enumerate(_some(_partitions())):
        packed = (part for place, rows in partitions for part in _packed(place, rows))
        files.put(f"{PREFIX}{number:06}{SUFFIX}", mark(*packed), partial(_lines, partitions))


def _partitions() -> Iterator[Partition]:
    from ministack.services import dynamodb

    for place, table in dynamodb._tables.all_items():
        for name in list(table["items"]):
            yield [*place, name], pack(table["items"], name)


def _some(partitions: Iterator[Partition]) -> Iterator[list[Partition]]:
    while some := list(itertools.islice(partitions, TOGETHER)):
        yield some


def _packed(place: list[str], rows: Rows) -> Iterator[bytes]:
    yield json.dumps([place, len(rows)]).encode()
    for key, row in dict.items(rows):
        yield key.encode()
        yield row


def _lines(partitions: list[Partition]) -> Iterator[str]:
    for place, rows in partitions:
        for key in list(rows):
            yield f"{json.dumps([*place, key, rows[key]])}\n"


def restore(folder: Path) -> None:
    """Also of a snapshot that has its rows in one file, or in the emulator's own."""
    from ministack.services import dynamodb

    tables = dynamodb._tables._data
    for table in tables.values():
        for partition in list(table["items"]):
            pack(table["items"], partition)
    for file in sorted(folder.glob(f"{PREFIX}*{SUFFIX}")):
        with file.open() as lines:
            for line in lines:
                *place, partition, key, row = json.loads(line)
                pack(tables[tuple(place)]["items"], partition)[key] = row
