"""Packed rows answer as plain ones, and come back from a snapshot as they were."""

import copy
import json
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from local.emulator import rows
from local.emulator.rows import Rows
from local.snapshot_files import SnapshotFiles
from tests.loops import in_a_loop

PLACE = ("000000000000", "ap-southeast-3", "cases")
FIRST = {"pk": {"S": "C#1"}, "sk": {"S": "A"}, "words": {"S": "Jalan “rusak” 😀\n\ttab"}, "hops": {"N": "2"}}
SECOND = {"pk": {"S": "C#1"}, "sk": {"S": "B"}, "facts": {"M": {"list": {"L": [{"BOOL": True}, {"NULL": True}]}}}}
PARTITION = {"A": FIRST, "B": SECOND}
ASKED: dict[str, Callable[[Any], Any]] = {
    "one": lambda given: given["A"],
    "one, perhaps": lambda given: given.get("A"),
    "none": lambda given: given.get("C"),
    "none, with another answer": lambda given: given.get("C", {}),
    "all": lambda given: list(given.values()),
    "all, with their keys": lambda given: list(given.items()),
    "keys": lambda given: sorted(given.keys()),
    "whether": lambda given: ("A" in given, "C" in given),
    "how many": len,
    "whether any": bool,
    "away": lambda given: (given.pop("A", None), list(given.items())),
    "nothing away": lambda given: (given.pop("C", None), len(given)),
    "put": lambda given: (given.__setitem__("A", SECOND), list(given.items())),
    "put, if missing": lambda given: (given.setdefault("A", SECOND), given.setdefault("C", FIRST), len(given)),
    "put several": lambda given: (given.update({"A": SECOND, "C": FIRST}), list(given.items())),
    "a deep copy": lambda given: list(copy.deepcopy(given).items()),
    "a shallow copy": lambda given: list(given.copy().items()),
    "another dict of them": lambda given: {**given},
    "a dict made of them": dict,
    "as JSON": json.dumps,
    "deleted": lambda given: (given.__delitem__("A"), list(given)),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_packed_rows_answer_as_plain_ones(ask: Callable[[Any], Any]) -> None:
    assert ask(Rows(PARTITION)) == ask(dict(PARTITION))


def test_a_missing_row_is_a_key_error_as_of_a_dict() -> None:
    with pytest.raises(KeyError):
        Rows()["A"]
    with pytest.raises(KeyError):
        Rows().pop("A")


def test_what_was_handed_out_changes_nothing_that_is_kept() -> None:
    kept = Rows({"A": FIRST})

    kept["A"]["words"]["S"] = "changed"

    assert kept["A"] == FIRST


def test_a_partition_takes_a_quarter_of_what_dicts_take() -> None:
    plain = {str(number): copy.deepcopy(SECOND) for number in range(100)}

    packed = dict.values(Rows(plain))

    assert sum(map(sys.getsizeof, packed)) * 4 < sum(map(_size, plain.values()))


def _size(value: Any) -> int:
    """Of dicts and lists; texts, which the packed form holds as well, left out."""
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return (sys.getsizeof(value) if inner else 0) + sum(map(_size, inner))


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The emulator's module, with no table but those of the test."""
    from ministack.core.responses import AccountRegionScopedDict
    from ministack.services import dynamodb

    monkeypatch.setattr(dynamodb, "_tables", AccountRegionScopedDict())
    return dynamodb


def a_table(partitions: dict[str, Any]) -> dict[str, Any]:
    return {"TableName": PLACE[2], "ItemCount": 2, "items": defaultdict(dict, partitions)}


def test_rows_come_back_from_a_snapshot_as_they_were(tables: ModuleType, tmp_path: Path) -> None:
    tables._tables._data[PLACE] = a_table({"C#1": Rows(PARTITION), "C#2": {"A": FIRST}})

    rows.save(SnapshotFiles(tmp_path, tmp_path / "none"))
    kept = rows.state()["tables"]._data[PLACE]
    tables._tables._data[PLACE] = a_table({})
    rows.restore(tmp_path)

    assert (kept["ItemCount"], kept["items"]) == (2, {})
    found = tables._tables._data[PLACE]["items"]
    assert {name: dict(partition.items()) for name, partition in found.items()} == {
        "C#1": PARTITION,
        "C#2": {"A": FIRST},
    }
    assert {type(partition) for partition in found.values()} == {Rows}


def snapshot(folder: Path, former: Path) -> Path:
    folder.mkdir()
    files = SnapshotFiles(folder, former)
    rows.save(files)
    files.close()
    return folder


CHANGES: dict[str, tuple[Callable[[Any], Any], set[str]]] = {
    "nothing": (lambda _: None, set()),
    "the same row again": (lambda given: given["C#1"].__setitem__("A", dict(FIRST)), set()),
    "a row": (lambda given: given["C#1"].__setitem__("A", SECOND), {"rows000000.jsonl"}),
    "a row in the last file": (lambda given: given["C#3"].__setitem__("B", FIRST), {"rows000001.jsonl"}),
    "a row less": (lambda given: given["C#3"].pop("A"), {"rows000001.jsonl"}),
    "another partition": (lambda given: given.update({"C#4": Rows(PARTITION)}), {"rows000001.jsonl"}),
    "a partition less": (lambda given: given.pop("C#1"), {"rows000000.jsonl"}),
}


@pytest.mark.parametrize(("change", "written"), CHANGES.values(), ids=CHANGES)
def test_rows_that_did_not_change_are_not_written_again_and_all_come_back(
    tables: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Any], Any], written: set[str]
) -> None:
    monkeypatch.setattr(rows, "TOGETHER", 2)
    names = ("C#1", "C#2", "C#3")
    tables._tables._data[PLACE] = table = a_table({name: Rows(PARTITION) for name in names})
    former = snapshot(tmp_path / "former", tmp_path / "none")
    change(table["items"])
    then = {name: dict(partition.items()) for name, partition in table["items"].items()}

    newest = snapshot(tmp_path / "newest", former)
    tables._tables._data[PLACE] = a_table({})
    rows.restore(newest)

    files = {file.name: file.stat().st_ino for file in newest.glob("rows*")}
    before = {file.name: file.stat().st_ino for file in former.glob("rows*")}
    assert {name for name, inode in files.items() if before.get(name) != inode} == written
    found = tables._tables._data[PLACE]["items"]
    assert {name: dict(partition.items()) for name, partition in found.items()} == then


def test_a_snapshot_with_all_rows_in_one_file_is_read(tables: ModuleType, tmp_path: Path) -> None:
    tables._tables._data[PLACE] = a_table({})
    lines = [json.dumps([*PLACE, "C#1", key, row]) for key, row in PARTITION.items()]
    (tmp_path / "rows.jsonl").write_text("\n".join(lines))

    rows.restore(tmp_path)

    assert dict(tables._tables._data[PLACE]["items"]["C#1"].items()) == PARTITION


def test_a_snapshot_of_before_which_has_its_rows_elsewhere_is_read(tables: ModuleType, tmp_path: Path) -> None:
    tables._tables._data[PLACE] = a_table({"C#1": dict(PARTITION)})

    rows.restore(tmp_path)

    assert list(tables._tables._data[PLACE]["items"]["C#1"].items()) == list(PARTITION.items())


KEY = {"pk": {"S": "C#1"}, "sk": {"S": "A"}}
AMONG = {"ExpressionAttributeValues": {":one": {"S": "shelf"}}}
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("PutItem", {"Item": {**FIRST, "shelf": {"S": "shelf"}}}),
    ("PutItem", {"Item": {**SECOND, "shelf": {"S": "shelf"}}}),
    ("PutItem", {"Item": FIRST, "ConditionExpression": "attribute_not_exists(pk)"}),
    ("UpdateItem", {"Key": KEY, "UpdateExpression": "SET shelf = :one", **AMONG, "ReturnValues": "ALL_NEW"}),
    ("Query", {"KeyConditionExpression": "pk = :one", "ExpressionAttributeValues": {":one": {"S": "C#1"}}}),
    ("Query", {"IndexName": "shelves", "KeyConditionExpression": "shelf = :one", **AMONG}),
    ("GetItem", {"Key": KEY}),
    ("DeleteItem", {"Key": KEY, "ReturnValues": "ALL_OLD"}),
    ("Query", {"IndexName": "shelves", "KeyConditionExpression": "shelf = :one", **AMONG}),
    ("Scan", {}),
]


def answers(emulator: ModuleType) -> list[tuple[int, Any]]:
    """Of the calls, to a table of its own."""
    from ministack.core.responses import request_scope

    names = ("pk", "sk", "shelf")
    index = {"KeySchema": [{"AttributeName": "shelf", "KeyType": "HASH"}], "Projection": {"ProjectionType": "ALL"}}
    table = {
        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name in names],
        "BillingMode": "PAY_PER_REQUEST",
        "GlobalSecondaryIndexes": [{"IndexName": "shelves", **index}],
    }
    found = []
    with request_scope(*PLACE[:2]):
        in_a_loop(_ask(emulator, "CreateTable", table))
        for operation, words in CALLS:
            found.append(in_a_loop(_ask(emulator, operation, words)))
    return found


async def _ask(emulator: ModuleType, operation: str, words: dict[str, Any]) -> tuple[int, Any]:
    body = json.dumps({"TableName": PLACE[2], **words}).encode()
    status, _, said = await emulator.handle_request("POST", "/", {"x-amz-target": f"DynamoDB.{operation}"}, body, {})
    return status, json.loads(said)


def test_the_emulator_answers_the_same_with_packed_rows(tables: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = answers(tables)
    tables._tables._data.clear()
    for name in ("_set_item", "load_persisted_state"):
        monkeypatch.setattr(tables, name, getattr(tables, name))  # so that it is put back
    rows.teach()

    assert answers(tables) == plain
    assert [type(partition) for partition in tables._tables._data[PLACE]["items"].values()] == [Rows]
    assert [status for status, _ in plain] == [200, 200, 400, *[200] * 7]
