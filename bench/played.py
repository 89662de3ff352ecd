"""The small client with AWS played in this process: moto answers where a connection would be opened.

moto copies the whole table once for each part of a transaction, in case it has to be undone, and sorts the whole table
for each query: tests of 40 cases took minutes. Here a transaction copies the items that it names, and a query sorts
one partition."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from inspect import signature
from typing import Any
from unittest import mock

from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table

from chalicelib.adapters.aws.connections import Connections
from chalicelib.adapters.aws.wire import Reply


def answer(url: str, headers: Mapping[str, str], body: bytes) -> Reply:
    """What moto answers to a request; it must be playing."""
    from botocore.awsrequest import AWSRequest
    from moto.core.models import botocore_stubber

    request = AWSRequest(method="POST", url=url, data=body, headers=dict(headers)).prepare()
    found = botocore_stubber(event_name="before-send", request=request)
    if found is None:
        message = f"nobody plays {url}"
        raise RuntimeError(message)
    return Reply(found.status_code, {name.lower(): value for name, value in found.headers.items()}, found.content)


Place = tuple[dict[Any, Any], Any]  # the items of one partition, and the sort key (or all items, and the only key)
_transact, _query = DynamoDBBackend.transact_write_items, Table.query


def _places(backend: DynamoDBBackend, parts: list[dict[str, Any]]) -> Iterator[Place]:
    """Where the items of a transaction stand or would stand."""
    for operation in (one for part in parts for one in part.values()):
        table = backend.get_table(operation["TableName"])
        key = operation.get("Key") or operation["Item"]
        partition = DynamoType(key[table.hash_key_attr])
        if table.range_key_attr is None:
            yield table.items, partition
        else:
            yield table.items[partition], DynamoType(key[table.range_key_attr])


def _transacted(backend: DynamoDBBackend, parts: list[dict[str, Any]]) -> None:
    """moto's own transaction; the items that it names are as before when it fails."""
    before = [(items, key, deepcopy(items.get(key))) for items, key in _places(backend, parts)]
    try:
        with mock.patch.object(Table, "__deepcopy__", lambda table, _: table, create=True):
            _transact(backend, parts)
    except Exception:
        for items, key, item in before:
            if item is None:
                items.pop(key, None)
            else:
                items[key] = item
        raise


def _asked(table: Table, hash_key: DynamoType | None, *given: Any, **named: Any) -> Any:
    """moto's own query, which finds the items of the partition alone."""
    asked = signature(_query).bind(table, hash_key, *given, **named).arguments
    if hash_key is None or asked.get("index_name") or not table.range_key_attr:
        return _query(table, hash_key, *given, **named)
    partition = sorted(table.items.get(hash_key, {}).values(), key=lambda item: item.range_key)
    with mock.patch.object(table, "all_items", return_value=partition):
        return _query(table, hash_key, *given, **named)


@contextmanager
def played() -> Iterator[None]:
    """While it lasts, AWS's own addresses are played; a city on this machine is called as it is."""
    outside = Connections.exchange

    def exchange(self: Connections, headers: Mapping[str, str], body: bytes, path: str = "/") -> Reply:
        if self.host.endswith(".amazonaws.com"):
            return answer(f"{self.url}{path}", headers, body)
        return outside(self, headers, body, path)

    with (
        mock.patch.object(Connections, "exchange", exchange),
        mock.patch.object(DynamoDBBackend, "transact_write_items", _transacted),
        mock.patch.object(Table, "query", _asked),
    ):
        yield
