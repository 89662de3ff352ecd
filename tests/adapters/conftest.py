"""What the contracts run against: memory, and the real adapters with AWS played in this process."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import boto3
import pytest
from moto import mock_aws
from moto.core.models import botocore_stubber  # what plays AWS: see Wire

from chalicelib.adapters.dynamodb import raw
from chalicelib.adapters.dynamodb.complaints import DynamoComplaints
from chalicelib.adapters.dynamodb.ledger import DynamoNotices
from chalicelib.adapters.dynamodb.photos import DynamoPhotos
from chalicelib.adapters.dynamodb.queues import DynamoQueues, queue_key
from chalicelib.adapters.dynamodb.staff import DynamoStaff
from chalicelib.application.ports import Notice
from chalicelib.domain.queues import place_in, shards
from tests.builders import CITY, NOW, NUMBER
from tests.fakes import MemoryCity, MemoryStaff
from tools import cfn_yaml
from tools.package import ROOT

REGION = "ap-southeast-3"


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """AWS in this process; nothing of the machine's own settings reaches it."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        yield


@pytest.fixture
def table(aws: None) -> Any:
    """The template's own table, empty, under the name that the rows are bound to."""
    asked = cfn_yaml.read(ROOT / "infra" / "data.yaml")["Resources"]["ComplaintsTable"]["Properties"]
    kept = {
        name: asked[name] for name in ("BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
    }
    client = boto3.client("dynamodb", region_name=REGION)
    client.create_table(TableName=raw.table_name(), **kept)
    return client


class DynamoCity:
    """The same parts as those of `MemoryCity`, over the one table."""

    def __init__(self) -> None:
        self.complaints = DynamoComplaints(queue_key=lambda complaint: queue_key(complaint, CITY))
        self.photos = DynamoPhotos()
        self.notices = DynamoNotices()
        self.queues = DynamoQueues(shards=lambda name: shards(name, CITY))


@pytest.fixture(params=["memory", "dynamodb"])
def rows(request: pytest.FixtureRequest) -> Any:
    """Complaints, photos, notices and queues of one table."""
    if request.param == "memory":
        return MemoryCity(queue_key=lambda complaint: place_in(complaint, CITY))
    request.getfixturevalue("table")
    return DynamoCity()


@pytest.fixture
def dynamo(table: Any) -> DynamoCity:
    """For promises that only the real store can break."""
    return DynamoCity()


@pytest.fixture(params=["memory", "dynamodb"])
def staff(request: pytest.FixtureRequest) -> Any:
    if request.param == "memory":
        return MemoryStaff()
    request.getfixturevalue("table")
    return DynamoStaff()


@pytest.fixture
def a_notice() -> Notice:
    """An e-mail about the receipt, claimed just now."""
    due_at, lease_until = NOW + timedelta(minutes=5), NOW + timedelta(seconds=8)
    return Notice(NUMBER, "000001#citizen", "waiting", "email", "claimed", NOW, due_at, lease_until)


class Wire:
    """The way to the store, which a test may cut. Calls are counted by operation."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._faults: dict[str, list[Callable[[Any], Any]]] = {}
        self.calls: list[str] = []
        client.meta.events.register_first("before-send.dynamodb.*", self._passes)

    def close(self) -> None:
        self._client.meta.events.unregister("before-send.dynamodb.*", self._passes)

    def loses_the_answer_of(self, operation: str) -> None:
        """Once: the call arrives and is done, its answer does not come back."""
        self._faults.setdefault(operation, []).append(self._after)

    def is_cut(self, operation: str, times: int = 20) -> None:
        """The call does not arrive."""
        self._faults.setdefault(operation, []).extend([self._before] * times)

    def _passes(self, request: Any, event_name: str, **_: Any) -> Any:
        operation = event_name.rpartition(".")[2]
        self.calls.append(operation)
        waiting = self._faults.get(operation)
        return waiting.pop(0)(request) if waiting else None

    def _after(self, request: Any) -> None:
        botocore_stubber(event_name="before-send", request=request)
        self._before(request)

    def _before(self, request: Any) -> None:
        from botocore.exceptions import ReadTimeoutError

        raise ReadTimeoutError(endpoint_url=request.url)


@pytest.fixture
def wire(table: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    """The client of the rows; its pauses between tries take no time here."""
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda seconds: None)
    laid = Wire(raw.connection().client)
    yield laid
    laid.close()
