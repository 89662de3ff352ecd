"""What DynamoDB would bill for a call: worked out from the real items before and after it, since no emulator counts as
AWS does. Writes in a transaction cost twice, its condition checks too; indexes follow once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bench.sizes import Item, item_size, read_units, write_units
from bench.table import Table

Fetch = Callable[[Item], Item | None]  # the item with this key, as it stands; not counted
Request = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Units:
    write: float = 0
    read: float = 0

    def __add__(self, other: "Units") -> "Units":
        return Units(self.write + other.write, self.read + other.read)

    def __mul__(self, weight: float) -> "Units":
        return Units(self.write * weight, self.read * weight)


class Accountant:
    """Asked around each call: `before` takes the images of what will be written, `after` makes the bill."""

    def __init__(self, table: Table, fetch: Fetch) -> None:
        self._table = table
        self._fetch = fetch

    def before(self, operation: str, request: Request) -> list[tuple[str, Item, Item | None]]:
        """(kind of write, key, image) of every item that the call names for writing."""
        return [(kind, key, self._fetch(key)) for kind, key in self._writes(operation, request)]

    def after(self, operation: str, request: Request, images: Any, answer: Request | None) -> Units:
        """`answer` None: the call was refused. A refused write is billed by what stands there."""
        times = 2 if operation == "TransactWriteItems" else 1
        written = sum(self._write(kind, key, image, times, answer is not None) for kind, key, image in images)
        return Units(written, self._read(operation, request, answer or {}))

    def _write(self, kind: str, key: Item, before: Item | None, times: int, done: bool) -> int:
        if kind == "ConditionCheck" or not done:
            return times * write_units(item_size(before or key))
        after = self._fetch(key)
        largest = max(item_size(image) for image in (before, after, key) if image)
        return times * write_units(largest) + sum(index.write_units(before, after) for index in self._table.indexes)

    def _writes(self, operation: str, request: Request) -> Iterator[tuple[str, Item]]:
        if operation in ("PutItem", "UpdateItem", "DeleteItem"):
            yield operation, self._key(request)
        for named in request.get("TransactItems", ()) if operation == "TransactWriteItems" else ():
            ((kind, one),) = named.items()
            yield kind, self._key(one)
        if operation == "BatchWriteItem":
            for named in (one for many in request["RequestItems"].values() for one in many):
                ((kind, one),) = named.items()
                yield kind, self._key(one)

    def _key(self, request: Request) -> Item:
        return request["Key"] if "Key" in request else self._table.key_of(request["Item"])

    def _read(self, operation: str, request: Request, answer: Request) -> float:
        consistent = bool(request.get("ConsistentRead"))
        if operation == "GetItem":
            return read_units(item_size(answer.get("Item", {})), consistent=consistent)
        if operation in ("Query", "Scan"):
            return read_units(self._size(request, answer), consistent=consistent)
        if operation == "BatchGetItem":
            return sum(self._batch(name, one, request) for name, many in answer["Responses"].items() for one in many)
        return 0

    def _batch(self, name: str, item: Item, request: Request) -> float:
        return read_units(item_size(item), consistent=bool(request["RequestItems"][name].get("ConsistentRead")))

    def _size(self, request: Request, answer: Request) -> int:
        """Bytes that were looked at: an index is billed by what it holds of an item, whatever an emulator answers."""
        items = answer.get("Items", [])
        if answer.get("ScannedCount", len(items)) != len(items):
            message = "items were filtered away after they were read: their size is not known"
            raise ValueError(message)
        if name := request.get("IndexName"):
            items = [self._table.index(name).entry(item) or item for item in items]
        return sum(map(item_size, items))
