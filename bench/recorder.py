"""Notes every AWS call that this process makes, with what it would cost: the doors of botocore and of the small client
are watched, so that it does not matter which library calls. A call that is made for a sample only is made for each
here, and weighs as much as its share: so a figure is the mean, whatever the sample draws."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from botocore.client import BaseClient
from botocore.exceptions import ClientError

from bench.accountant import Accountant, Units
from bench.sizes import Item
from bench.table import table
from chalicelib.adapters.aws.client import SmallClient
from chalicelib.adapters.dynamodb.keys import SENT_PREFIX
from chalicelib.application.messages.city_day import SAMPLE

Make = Callable[..., dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Call:
    """`step` is what was being done, `path` whether a person was waiting for it."""

    step: str
    path: str
    service: str
    operation: str
    units: Units
    weight: float = 1  # how many of such calls are made


@dataclass
class Recorder:
    calls: list[Call] = field(default_factory=list)
    _step: str = ""
    _path: str = ""

    @contextmanager
    def step(self, step: str, path: str) -> Iterator[None]:
        """What is called inside belongs to this step."""
        former = self._step, self._path
        self._step, self._path = step, path
        try:
            yield
        finally:
            self._step, self._path = former

    @contextmanager
    def watching(self) -> Iterator["Recorder"]:
        """While it lasts, all calls of all clients are noted."""
        with (
            self._watched(BaseClient, lambda client: str(client.meta.service_model.service_name)),
            self._watched(SmallClient, lambda client: client.service.name),
        ):
            yield self

    def _watched(self, kind: Any, service: Callable[[Any], str]) -> Any:
        original = kind._make_api_call

        def noted(client: Any, operation: str, request: dict[str, Any]) -> dict[str, Any]:
            return self._noted(service(client), operation, request, lambda *named: original(client, *named))

        return mock.patch.object(kind, "_make_api_call", noted)

    def _noted(self, service: str, operation: str, request: dict[str, Any], make: Make) -> dict[str, Any]:
        if not self._step:
            return make(operation, request)
        if service != "dynamodb":
            self._add(service, operation, Units())
            return make(operation, request)
        accountant = Accountant(table(), lambda key: _fetched(make, request, key))
        images = accountant.before(operation, request)
        try:
            answer = make(operation, request)
        except ClientError:
            self._add(service, operation, accountant.after(operation, request, images, None))
            raise
        self._add(service, operation, accountant.after(operation, request, images, answer), _weight(request))
        return answer

    def _add(self, service: str, operation: str, units: Units, weight: float = 1) -> None:
        self.calls.append(Call(self._step, self._path, service, operation, units, weight))

    def of(self, *, step: str | None = None, paths: Iterable[str] = ()) -> list[Call]:
        wanted = set(paths)
        return [c for c in self.calls if step in (None, c.step) and (not wanted or c.path in wanted)]


def _fetched(make: Make, request: dict[str, Any], key: Item) -> Item | None:
    """As it stands now. All rows are in one table, so any name in the request is its name."""
    answer = make("GetItem", {"TableName": _table_name(request), "Key": dict(key), "ConsistentRead": True})
    item: Item | None = answer.get("Item")
    return item


def _weight(request: dict[str, Any]) -> float:
    """The city's count of the day notes one message in so many."""
    partition = request.get("Key", {}).get("pk", {}).get("S", "")
    return 1 / SAMPLE if partition.startswith(SENT_PREFIX) else 1


def _table_name(request: dict[str, Any]) -> str:
    if "TableName" in request:
        return str(request["TableName"])
    if "RequestItems" in request:
        return str(next(iter(request["RequestItems"])))
    ((_, one),) = request["TransactItems"][0].items()
    return str(one["TableName"])


def units(calls: Iterable[Call]) -> Units:
    return sum((call.units * call.weight for call in calls), Units())


def by_operation(calls: Iterable[Call]) -> dict[str, float]:
    """How many calls of each operation, in a steady order."""
    found: dict[str, float] = {}
    for call in calls:
        name = f"{call.service}.{call.operation}"
        found[name] = found.get(name, 0) + call.weight
    return dict(sorted(found.items()))
