"""Rows are written under the condition that they are missing, whatever DynamoDB answers meanwhile."""

from typing import Any

import pytest

from tools.recovery import row_writing
from tools.recovery.row_writing import MissingRows, UnwrittenError

ROWS = [{"pk": {"S": "C#1"}, "sk": {"S": f"EVENT#{n}"}} for n in range(3)]


class Cancelled(Exception):
    def __init__(self, codes: list[str]) -> None:
        super().__init__("cancelled")
        self.response = {"CancellationReasons": [{"Code": code} for code in codes]}


class Table:
    """Cancels the first transactions with what it is given for each row; `there`: rows that it has."""

    class exceptions:  # noqa: N801  # as botocore's clients have it
        TransactionCanceledException = Cancelled

    def __init__(self, *answers: list[str], there: int = 0) -> None:
        self.answers = list(answers)
        self.there = ROWS[:there]
        self.tried: list[int] = []

    def batch_get_item(self, RequestItems: Any) -> Any:  # noqa: N803
        return {"Responses": {"t": self.there}}

    def transact_write_items(self, TransactItems: list[Any]) -> None:  # noqa: N803
        self.tried.append(len(TransactItems))
        if self.answers:
            raise Cancelled(self.answers.pop(0))


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_writing.time, "sleep", lambda seconds: None)


def test_what_is_there_is_not_even_tried() -> None:
    table = Table(there=3)

    assert MissingRows(table, "t").write(ROWS) == 0
    assert table.tried == []


def test_a_row_that_came_meanwhile_is_left_alone_and_the_others_are_written() -> None:
    table = Table(["None", "ConditionalCheckFailed", "None"])

    assert MissingRows(table, "t").write(ROWS) == 2
    assert table.tried == [3, 2]


@pytest.mark.parametrize("code", sorted(row_writing.AGAIN - {"None"}))
def test_what_passes_is_tried_again(code: str) -> None:
    table = Table([code, "None", "None"], ["None", code, "None"])

    assert MissingRows(table, "t").write(ROWS) == 3


def test_what_does_not_pass_is_told() -> None:
    with pytest.raises(UnwrittenError, match="3 rows"):
        MissingRows(Table(*[["TransactionConflict"] * 3] * 20), "t").write(ROWS)


def test_a_row_that_dynamodb_can_never_take_is_named() -> None:
    with pytest.raises(UnwrittenError, match="EVENT#1 is refused: ItemCollectionSizeLimitExceeded"):
        MissingRows(Table(["None", "ItemCollectionSizeLimitExceeded", "None"]), "t").write(ROWS)
