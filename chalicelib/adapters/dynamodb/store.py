"""What PynamoDB's `Model` and its transactions offer, as far as we use it: under their names, by PynamoDB's attributes
and expressions, with its errors, over the client that the composition root bound. PynamoDB's own need a session and a
client of botocore, which are half of a cold start (decision 0071)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, ClassVar, Self

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.attributes import AttributeContainer
from pynamodb.constants import NULL
from pynamodb.exceptions import (
    AttributeNullError,
    CancellationReason,
    DoesNotExist,
    GetError,
    PutError,
    PynamoDBException,
    QueryError,
    ScanError,
    TransactWriteError,
    VerboseClientError,
)
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action, Update

from chalicelib.adapters.dynamodb.attributes import UnicodeAttribute, defaults

Item = dict[str, Any]
Request = dict[str, Any]
MOST_KEYS = 100  # of one BatchGetItem


class Store:
    """All rows share the one that is `STORE`."""

    def __init__(self) -> None:
        self.provide: Callable[[], Any] | None = None

    @property
    def client(self) -> Any:
        """As botocore's clients are called inside: `_make_api_call(operation, request)`. Raises RuntimeError before
        one was bound."""
        if self.provide is None:
            raise RuntimeError("no client is bound to the rows")
        return self.provide()

    def dispatch(self, operation: str, request: Request) -> dict[str, Any]:
        """One call. Raises botocore's errors."""
        answer: dict[str, Any] = self.client._make_api_call(operation, request)
        return answer

    def asked(self, operation: str, request: Request, failure: type[PynamoDBException]) -> dict[str, Any]:
        """One call, whose errors are told as PynamoDB tells them."""
        try:
            return self.dispatch(operation, request)
        except (BotoCoreError, ClientError) as error:
            raise failure(str(error), error) from error

    def transact_write_items(
        self,
        checks: Sequence[Request],
        deletes: Sequence[Request],
        puts: Sequence[Request],
        updates: Sequence[Request],
    ) -> None:
        """Everything or nothing, in this order. Raises TransactWriteError, whose reasons stand in the same order."""
        kinds = ("ConditionCheck", checks), ("Delete", deletes), ("Put", puts), ("Update", updates)
        items = [{kind: request} for kind, requests in kinds for request in requests]
        try:
            self.dispatch("TransactWriteItems", {"TransactItems": items})
        except ClientError as error:
            raise TransactWriteError(str(error), _with_reasons(error)) from error
        except BotoCoreError as error:
            raise TransactWriteError(str(error), error) from error


STORE = Store()


def _with_reasons(error: ClientError) -> VerboseClientError:
    response: Any = error.response
    told = response.get("CancellationReasons", ())
    reasons = [
        CancellationReason(one["Code"], one.get("Message"), one.get("Item")) if one["Code"] != "None" else None
        for one in told
    ]
    return VerboseClientError(response, error.operation_name, cancellation_reasons=reasons)


class StoredRow(AttributeContainer):
    """A row by partition and sort key. A kind of row declares its attributes as PynamoDB's models do, and its table in
    `Meta`."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)

    class Meta:
        table_name: ClassVar[str] = "unbound"

    def __init__(self, pk: str, sk: str, **values: Any) -> None:
        super().__init__(pk=pk, sk=sk, **values)  # type: ignore[arg-type]  # values of attributes, as Model takes them

    @classmethod
    def from_raw_data(cls, item: Mapping[str, Any]) -> Self:
        """The row that an item holds. Attributes that it does not declare are left alone."""
        row, declared = cls.__new__(cls), cls.get_attributes()
        row.attribute_values = defaults(cls) | {
            name: declared[name].deserialize(declared[name].get_value(value))
            for name, value in item.items()
            if name in declared and NULL not in value
        }
        return row

    def serialize(self) -> Item:
        """The item. Raises AttributeNullError when an attribute that must stand is missing."""
        held, declared = self.attribute_values, self.get_attributes()
        found = {name: declared[name].serialize(value) for name, value in held.items() if value is not None}
        for name, attribute in declared.items():
            if found.get(name) is None and not attribute.null:
                raise AttributeNullError(name)
        return {name: {declared[name].attr_type: value} for name, value in found.items() if value is not None}

    def _set_defaults(self, _user_instantiated: bool = True) -> None:
        """For a new row as for one that is read."""
        self.attribute_values.update(defaults(type(self)))

    @classmethod
    def get(cls, pk: str, sk: str, *, consistent_read: bool = False) -> Self:
        """Raises DoesNotExist, GetError."""
        request = {**_at(cls, pk, sk), "ConsistentRead": consistent_read}
        item = STORE.asked("GetItem", request, GetError).get("Item")
        if not item:
            raise DoesNotExist
        return cls.from_raw_data(item)

    @classmethod
    def batch_get(cls, places: Sequence[tuple[str, str]], *, consistent_read: bool = False) -> Iterator[Self]:
        """The rows that exist at these places, in any order. Raises GetError."""
        for start in range(0, len(places), MOST_KEYS):
            keys = [_at(cls, pk, sk)["Key"] for pk, sk in places[start : start + MOST_KEYS]]
            asked: Any = {cls.Meta.table_name: {"Keys": keys, "ConsistentRead": consistent_read}}
            while asked:
                answer = STORE.asked("BatchGetItem", {"RequestItems": asked}, GetError)
                yield from map(cls.from_raw_data, answer["Responses"].get(cls.Meta.table_name, ()))
                asked = answer.get("UnprocessedKeys")

    @classmethod
    def query(
        cls,
        pk: str,
        within: Condition | None = None,
        *,
        limit: int | None = None,
        consistent_read: bool = False,
        scan_index_forward: bool = True,
    ) -> Iterator[Self]:
        """Rows of a partition in the order of their sort keys, or from the last, all of them or `limit`. Raises
        QueryError."""
        request = asked_of(cls, pk, within)
        request |= {"ConsistentRead": consistent_read, "ScanIndexForward": scan_index_forward}
        left = limit
        while True:
            answer = STORE.asked("Query", request | ({"Limit": left} if left else {}), QueryError)
            yield from map(cls.from_raw_data, answer["Items"])
            left = left - len(answer["Items"]) if left else None
            if "LastEvaluatedKey" not in answer or left == 0:
                return
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    @classmethod
    def scan(cls, holding: Condition, *, consistent_read: bool = False) -> Iterator[Self]:
        """Rows of the whole table for which the condition holds. Raises ScanError."""
        request = {"TableName": cls.Meta.table_name, "ConsistentRead": consistent_read}
        request |= expressed(FilterExpression=holding)
        while True:
            answer = STORE.asked("Scan", request, ScanError)
            yield from map(cls.from_raw_data, answer["Items"])
            if "LastEvaluatedKey" not in answer:
                return
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def save(self, condition: Condition | None = None, *, told: str = "NONE") -> Item:
        """Puts the row whole. `told` "ALL_OLD": answers what stood there. Raises PutError."""
        answer: dict[str, Item] = STORE.asked("PutItem", _put(self, condition) | {"ReturnValues": told}, PutError)
        return answer.get("Attributes", {})


def asked_of(kind: type[StoredRow], pk: str, within: Condition | None) -> Request:
    """The request of a query of one partition."""
    there = kind.pk == pk
    return {"TableName": kind.Meta.table_name} | expressed(
        KeyConditionExpression=there if within is None else there & within
    )


def expressed(**expressions: Condition | Update | None) -> Request:
    """Expressions by the name of their parameter, with the names and values that stand in them."""
    names: dict[str, str] = {}
    values: dict[str, Any] = {}
    found: Request = {
        parameter: expression.serialize(names, values)
        for parameter, expression in expressions.items()
        if expression is not None
    }
    if names:
        found["ExpressionAttributeNames"] = {sign: name for name, sign in names.items()}
    return found | ({"ExpressionAttributeValues": values} if values else {})


def _at(kind: type[StoredRow], pk: str, sk: str) -> Request:
    return {"TableName": kind.Meta.table_name, "Key": {"pk": {"S": pk}, "sk": {"S": sk}}}


def _put(row: StoredRow, condition: Condition | None) -> Request:
    return {"TableName": row.Meta.table_name, "Item": row.serialize()} | expressed(ConditionExpression=condition)


class TransactWrite:
    """One transaction, carried out at the end of the `with`. Raises TransactWriteError."""

    def __init__(self, *, connection: Store = STORE) -> None:
        self._store = connection
        self._checks: list[Request] = []
        self._deletes: list[Request] = []
        self._puts: list[Request] = []
        self._updates: list[Request] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _where: TracebackType | None) -> None:
        if kind is None:
            self._store.transact_write_items(self._checks, self._deletes, self._puts, self._updates)

    def condition_check(self, kind: type[StoredRow], pk: str, sk: str, *, condition: Condition) -> None:
        self._checks.append(_at(kind, pk, sk) | expressed(ConditionExpression=condition))

    def delete(self, row: StoredRow) -> None:
        self._deletes.append(_at(type(row), row.pk, row.sk))

    def save(self, row: StoredRow, condition: Condition | None = None, on_refusal: str | None = None) -> None:
        """`on_refusal` "ALL_OLD": a lost condition comes with what stands there."""
        told = {"ReturnValuesOnConditionCheckFailure": on_refusal} if on_refusal else {}
        self._puts.append(_put(row, condition) | told)

    def update(self, row: StoredRow, actions: Sequence[Action], *, condition: Condition | None = None) -> None:
        changed = expressed(UpdateExpression=Update(*actions), ConditionExpression=condition)
        self._updates.append(_at(type(row), row.pk, row.sk) | changed)
