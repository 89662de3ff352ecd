"""The bill for DynamoDB calls, on items drawn so that every rule shows."""

from typing import Any

import pytest

from bench.accountant import Accountant, Units
from bench.table import Index, Table

BY_HOLDER = Index("queue", ("queue", "due"), frozenset({"pk", "sk", "queue", "due", "status"}))
TABLE = Table(("pk", "sk"), (BY_HOLDER,))
KEY = {"pk": {"S": "C#1"}, "sk": {"S": "COMPLAINT"}}


def a_case(**texts: str) -> dict[str, Any]:
    return KEY | {name: {"S": text} for name, text in texts.items()}


QUEUED = a_case(queue="DBM#0", due="1", status="waiting")


class Shelf:
    """One item, which the test changes between the two looks."""

    def __init__(self, item: dict[str, Any] | None) -> None:
        self.item = item

    def bill(
        self, operation: str, request: dict[str, Any], becomes: dict[str, Any] | None, *, done: bool = True
    ) -> Units:
        accountant = Accountant(TABLE, lambda key: self.item)
        images = accountant.before(operation, request)
        self.item = becomes
        return accountant.after(operation, request, images, {} if done else None)


def put(item: dict[str, Any]) -> dict[str, Any]:
    return {"Item": item}


def in_transaction(item: dict[str, Any]) -> dict[str, Any]:
    return {"TransactItems": [{"Put": {"Item": item}}]}


def test_a_new_row_in_no_index_costs_one_unit() -> None:
    item = a_case(status="waiting")

    assert Units(write=1) == Shelf(None).bill("PutItem", put(item), item)


def test_a_transaction_pays_its_rows_twice_and_its_indexes_once() -> None:
    assert Units(write=2 + 1) == Shelf(None).bill("TransactWriteItems", in_transaction(QUEUED), QUEUED)


def test_the_larger_of_old_and_new_is_paid() -> None:
    large = a_case(more="x" * 2000)

    assert Units(write=2) == Shelf(large).bill("PutItem", put(KEY), KEY)


@pytest.mark.parametrize(
    ("becomes", "of_index"),
    [
        (QUEUED, 0),
        (QUEUED | {"unprojected": {"S": "x"}}, 0),
        (QUEUED | {"status": {"S": "coordinated"}}, 1),
        (QUEUED | {"due": {"S": "2"}}, 2),
        (a_case(status="closed"), 1),
    ],
    ids=["same", "outside the projection", "projected value", "key moved", "left the index"],
)
def test_an_index_is_paid_by_what_changed_in_it(becomes: dict[str, Any], of_index: int) -> None:
    assert Units(write=1 + of_index) == Shelf(QUEUED).bill("PutItem", put(becomes), becomes)


def test_a_condition_check_pays_as_a_write_of_the_transaction() -> None:
    request = {"TransactItems": [{"ConditionCheck": {"Key": KEY}}]}

    assert Units(write=2) == Shelf(QUEUED).bill("TransactWriteItems", request, QUEUED)


def test_a_refused_write_is_paid_by_what_stands_there() -> None:
    assert Units(write=1) == Shelf(QUEUED).bill("PutItem", put(QUEUED), QUEUED, done=False)


def read(operation: str, request: dict[str, Any], answer: dict[str, Any]) -> float:
    return Accountant(TABLE, lambda key: None).after(operation, request, [], answer).read


def test_a_query_is_paid_by_the_sum_of_what_it_read() -> None:
    items = [a_case(more="x" * 1000)] * 5

    assert read("Query", {"ConsistentRead": True}, {"Items": items}) == 2
    assert read("Query", {}, {"Items": items}) == 1


def test_a_query_of_an_index_is_paid_by_what_the_index_holds() -> None:
    items = [QUEUED | {"unprojected": {"S": "x" * 4000}}] * 2

    assert read("Query", {"IndexName": "queue"}, {"Items": items}) == 0.5


def test_a_filter_that_hides_what_it_read_is_not_believed() -> None:
    with pytest.raises(ValueError, match="filtered"):
        read("Query", {}, {"Items": [], "ScannedCount": 3})
