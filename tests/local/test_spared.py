"""What the emulator does for nobody is left out, and nobody sees it."""

import copy
import json
import uuid
from typing import Any

import pytest

from local.emulator import spared


def test_a_name_is_a_random_uuid_as_any_other() -> None:
    names = [spared.name() for _ in range(200)]

    read = [uuid.UUID(name) for name in names]

    assert [str(one) for one in read] == names
    assert {(one.version, one.variant) for one in read} == {(4, uuid.RFC_4122)}
    assert len(set(read)) == len(read)
    assert {one.hex[16] for one in read} == set("89ab")


class Store(dict[str, Any]):
    """What JSON cannot say."""


ROW = {"pk": {"S": "C#1 😀"}, "facts": {"M": {"list": {"L": [{"BOOL": True}, {"NULL": True}, {"N": "1"}]}}}}


@pytest.mark.parametrize(
    "value",
    [ROW, {}, [ROW, ROW], {"rows": Store(ROW)}, Store(one=Store(ROW)), {"key": (1, b"x", {"a"})}, None],
    ids=["a row", "nothing", "the same twice", "a store within", "a store", "no JSON", "none"],
)
def test_a_copy_is_equal_and_deep(value: Any) -> None:
    copied = spared.Copier().deepcopy(value)

    assert (copied, type(copied)) == (value, type(value))
    assert [type(one) for one in _within(copied)] == [type(one) for one in _within(value)]
    changeable = {id(one) for one in _within(value) if isinstance(one, dict | list | set)}
    assert not changeable & {id(one) for one in _within(copied)}


def _within(value: Any) -> list[Any]:
    inner = list(value.values()) if isinstance(value, dict) else list(value) if isinstance(value, list | tuple) else []
    return [value, *(one for each in inner for one in _within(each))]


def test_a_snapshot_that_copies_nothing_is_heard_of_here_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copy, "deepcopy", lambda value: value)
    store = Store(ROW)

    assert spared.Copier().deepcopy(store) is store


def test_a_transaction_asks_for_each_right_once_and_in_its_order() -> None:
    from ministack.core.iam_actions import dynamodb_transaction_checks as usual

    members = [("Put", "cases"), ("Update", "cases"), ("Put", "others"), ("Put", "cases"), ("Update", "cases")]
    items = [{member: {"TableName": table}} for member, table in members]
    words = "dynamodb:TransactWriteItems", json.dumps({"TransactItems": items}).encode(), "ap-southeast-3", "0" * 12

    asked = spared.each_once(usual)(*words)

    assert asked == [usual(*words)[place] for place in (0, 1, 2)]
    assert set(asked) == set(usual(*words))
