"""Rows whose attributes are not known beforehand (counters), over the client that all rows use: texts and
whole numbers only."""

from collections.abc import Mapping
from typing import Any

from chalicelib.adapters.dynamodb.faults import is_lost
from chalicelib.adapters.dynamodb.rows import Row
from chalicelib.adapters.dynamodb.store import STORE, Store
from chalicelib.domain.errors import UnavailableError

Values = Mapping[str, str | int]
FIRST = "!"  # sorts before every sign of our keys: what follows a key begins after it


def typed(values: Values) -> dict[str, dict[str, str]]:
    return {name: {"S": value} if isinstance(value, str) else {"N": str(value)} for name, value in values.items()}


def plain(item: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    return {name: value["S"] if "S" in value else int(value["N"]) for name, value in item.items()}


def connection() -> Store:
    return STORE


def table_name() -> str:
    return str(Row.Meta.table_name)


def call(operation: str, request: Mapping[str, Any]) -> dict[str, Any]:
    """One call on the table. Raises UnavailableError."""
    from chalicelib.adapters.answers import answering

    with answering("dynamodb"):
        return connection().dispatch(operation, {"TableName": table_name(), **request})


def update(
    pk: str,
    sk: str,
    change: str,
    values: Values,
    *,
    condition: str | None = None,
    names: Mapping[str, str] | None = None,
) -> bool:
    """Changes a row, which it makes where there is none and `condition` does not ask for one. `names` stand for
    attributes whose own are reserved. False when the condition was lost. Raises UnavailableError."""
    return update_or_tell(pk, sk, change, values, condition=condition, names=names, told="NONE") is None


def update_or_tell(
    pk: str,
    sk: str,
    change: str,
    values: Values,
    *,
    condition: str | None = None,
    names: Mapping[str, str] | None = None,
    told: str = "ALL_OLD",
) -> dict[str, Any] | None:
    """As `update`. None when the change was made; else the attributes of the row that stood against the condition."""
    request = {
        "Key": typed({"pk": pk, "sk": sk}),
        "UpdateExpression": change,
        **({"ExpressionAttributeValues": typed(values)} if values else {}),
        **({"ConditionExpression": condition, "ReturnValuesOnConditionCheckFailure": told} if condition else {}),
        **({"ExpressionAttributeNames": names} if names else {}),
    }
    try:
        call("UpdateItem", request)
    except UnavailableError as error:
        cause = error.__cause__
        if not is_lost(cause):
            raise
        answer: Mapping[str, Any] = cause.response
        return plain(answer.get("Item", {}))
    return None


def batch_write(requests: list[dict[str, Any]]) -> None:
    """At most 25 requests, again until the table has taken all."""
    from chalicelib.adapters.answers import answering

    while requests:
        with answering("dynamodb"):
            answer = connection().dispatch("BatchWriteItem", {"RequestItems": {table_name(): requests}})
        requests = answer.get("UnprocessedItems", {}).get(table_name(), [])


def get(pk: str, sk: str, *, consistent: bool) -> dict[str, Any]:
    """The attributes of a row; none when it is not there."""
    answer = call("GetItem", {"Key": typed({"pk": pk, "sk": sk}), "ConsistentRead": consistent})
    return plain(answer.get("Item", {}))


def page(
    pk: str,
    *,
    prefix: str | None = None,
    after: str | None = None,
    before: str | None = None,
    limit: int | None = None,
    consistent: bool = False,
    only: str | None = None,
) -> list[dict[str, Any]]:
    """One page of a partition (at most 1 MB), in the order of its sort keys; `before` stands with `after` or alone;
    `only` names the one attribute that is wanted."""
    condition, values = "pk = :pk", {":pk": pk}
    if before:
        condition += " AND sk BETWEEN :sk AND :before"
        values |= {":sk": (after or "") + FIRST, ":before": before}
    elif prefix or after:
        condition += " AND begins_with(sk, :sk)" if prefix else " AND sk > :sk"
        values[":sk"] = str(prefix or after)
    request: dict[str, Any] = {"KeyConditionExpression": condition, "ExpressionAttributeValues": typed(values)}
    request |= {"ConsistentRead": True} if consistent else {}
    request |= {"ProjectionExpression": only} if only else {}
    return [plain(item) for item in call("Query", request | ({"Limit": limit} if limit else {}))["Items"]]
