"""Rows that are missing in a table, many at once: looked for in batches, and written in transactions, each row under
the condition that it is still missing. At 25 rows a call the network sets the pace, not the interpreter."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

BATCH = 25  # rows of 1 KB or so: far below the 4 MB of a transaction, and few that can meet another's
TRIES = 8
# Why a row of a cancelled transaction was not written, though nothing is wrong with it. Source: TransactWriteItems.
AGAIN = {"None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}
Item = Mapping[str, Mapping[str, Any]]


class UnwrittenError(Exception):
    """DynamoDB refused rows again and again, or for a reason of theirs."""


class MissingRows:
    """The missing rows of one table. `overwrite`: also rows that are there."""

    def __init__(self, client: Any, table: str, *, overwrite: bool = False) -> None:
        self._client = client
        self._table = table
        self._condition = {} if overwrite else {"ConditionExpression": "attribute_not_exists(pk)"}
        self._overwrite = overwrite

    def write(self, items: Sequence[Item]) -> int:
        """At most BATCH items; how many were written. Raises UnwrittenError and ClientError."""
        left = list(items) if self._overwrite else self._missing(items)
        for attempt in range(TRIES):
            if not left:
                return 0
            refused = self._transact(left)
            if refused is None:
                return len(left)
            left = [item for item, code in zip(left, refused, strict=True) if self._again(item, code)]
            if set(refused) & (AGAIN - {"None"}):
                time.sleep(0.05 * 2**attempt)  # somebody else writes there, or more than the table takes
        raise UnwrittenError(f"{self._table} did not take {len(left)} rows in {TRIES} tries")

    def _missing(self, items: Sequence[Item]) -> list[Item]:
        asked = {"Keys": [_key(item) for item in items], "ProjectionExpression": "pk, sk", "ConsistentRead": True}
        found = self._client.batch_get_item(RequestItems={self._table: asked})["Responses"].get(self._table, [])
        there = {(row["pk"]["S"], row["sk"]["S"]) for row in found}
        return [item for item in items if (item["pk"]["S"], item["sk"]["S"]) not in there]

    def _transact(self, items: Sequence[Item]) -> list[str] | None:
        """None when all were written; otherwise what DynamoDB says of each."""
        puts = [{"Put": {"TableName": self._table, "Item": item, **self._condition}} for item in items]
        try:
            self._client.transact_write_items(TransactItems=puts)
        except self._client.exceptions.TransactionCanceledException as error:
            return [reason.get("Code", "None") for reason in error.response["CancellationReasons"]]
        return None

    def _again(self, item: Item, code: str) -> bool:
        if code not in AGAIN | {"ConditionalCheckFailed"}:
            raise UnwrittenError(f"{self._table}: {item['sk']['S']} is refused: {code}")
        return code in AGAIN


def _key(item: Item) -> dict[str, Any]:
    return {"pk": item["pk"], "sk": item["sk"]}
