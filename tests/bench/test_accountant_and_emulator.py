"""The accountant against the one emulator that counts written bytes and index changes as AWS documents them."""

from collections.abc import Iterator
from typing import Any

import pytest

from bench.accountant import Accountant
from bench.table import definition, table
from tests.city import City

TABLE = "bench-cross-check"
KEY = {"pk": {"S": "C#1"}, "sk": {"S": "COMPLAINT"}}
QUEUED = {**KEY, "queue": {"S": "DBM#0"}, "due": {"S": "0000000001#1"}, "status": {"S": "waiting"}}
ALARMED = {**QUEUED, "alarm": {"S": "A#1"}, "alarm_at": {"N": "1770000000"}}
LIFE = [  # one after the other
    ALARMED,
    {**ALARMED, "status": {"S": "coordinated"}},
    {**ALARMED, "queue": {"S": "DSDA#3"}, "alarm_at": {"N": "1780000000"}},
    {**QUEUED, "words": {"S": "x" * 1500}},
    {**KEY, "status": {"S": "closed"}, "head": {"B": b"0" * 32}},
]


@pytest.fixture
def store(city: City) -> Iterator[Any]:
    """A table of its own, with the keys and indexes of the complaints'."""
    client = city.aws("dynamodb")
    names = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")
    client.create_table(TableName=TABLE, **{name: definition()[name] for name in names})
    yield client
    client.delete_table(TableName=TABLE)


def counted(store: Any, operation: str, request: dict[str, Any]) -> tuple[float, float]:
    """Write units by the accountant and by the emulator."""
    accountant = Accountant(table(), lambda key: store.get_item(TableName=TABLE, Key=dict(key)).get("Item"))
    images = accountant.before(operation, request)
    call = {"PutItem": store.put_item, "TransactWriteItems": store.transact_write_items}[operation]
    answer = call(**request, ReturnConsumedCapacity="INDEXES")
    said = answer["ConsumedCapacity"]
    emulated = sum(one["CapacityUnits"] for one in said) if isinstance(said, list) else said["CapacityUnits"]
    return accountant.after(operation, request, images, answer).write, emulated


def test_plain_writes_cost_the_same(store: Any) -> None:
    both = [counted(store, "PutItem", {"TableName": TABLE, "Item": item}) for item in LIFE]

    assert [mine for mine, _ in both] == [emulated for _, emulated in both]


def test_transactions_cost_the_same(store: Any) -> None:
    requests = [{"TransactItems": [{"Put": {"TableName": TABLE, "Item": item}}]} for item in LIFE]
    both = [counted(store, "TransactWriteItems", request) for request in requests]

    assert [mine for mine, _ in both] == [emulated for _, emulated in both]
