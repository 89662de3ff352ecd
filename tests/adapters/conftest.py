"""What the contracts run against: memory; the real adapters with AWS played in this process; and the real adapters on
the local city, each with the permissions of the function that calls it. The city is never empty and works by itself:
a test there has a number and a day of its own, so far ahead that nothing is due."""

import itertools
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from moto import mock_aws

from bench.played import answer, played
from chalicelib.adapters.aws.connections import Connections
from chalicelib.adapters.aws.signature import AccessKeys
from chalicelib.adapters.aws.wire import Reply
from chalicelib.adapters.clients import Clients
from chalicelib.adapters.dynamodb import raw
from chalicelib.adapters.dynamodb import rows as models
from chalicelib.adapters.dynamodb.cases.complaints import DynamoComplaints
from chalicelib.adapters.dynamodb.cases.photos import DynamoPhotos
from chalicelib.adapters.dynamodb.cases.queues import DynamoQueues, queue_key, task_key
from chalicelib.adapters.dynamodb.floods import DynamoFloods
from chalicelib.adapters.dynamodb.messages.ledger import DynamoDigests, DynamoNotices
from chalicelib.adapters.dynamodb.messages.talks import DynamoTalks
from chalicelib.adapters.dynamodb.people import people_rows
from chalicelib.adapters.dynamodb.people.bench import DynamoBenchLoads
from chalicelib.adapters.dynamodb.people.followers import DynamoFollowers
from chalicelib.adapters.dynamodb.people.reporters import DynamoAsks, DynamoOwnCases, DynamoPasses
from chalicelib.adapters.dynamodb.people.staff import DynamoStaff
from chalicelib.adapters.dynamodb.people.standings import DynamoDayCounts, DynamoStandings
from chalicelib.adapters.dynamodb.store import STORE
from chalicelib.application.ports.messages import Notice
from chalicelib.domain.case import numbers
from chalicelib.domain.case.evidence import Photo
from chalicelib.domain.case.queues import place_in, shards
from tests.adapters.roles import ON_THE_CITY, Become, By, CityRows, Roles
from tests.builders import CITY, Life, a_life, a_photo
from tests.city import City
from tests.fakes import MemoryCity, MemoryStaff
from tools.deployment.package import ROOT
from tools.infra import cfn_yaml

REGION = "ap-southeast-3"
EVERYWHERE = ["memory", "dynamodb", ON_THE_CITY]
AHEAD, DAYS, PROCESSES = datetime(2031, 1, 6, 1, 0, tzinfo=UTC), itertools.count(), 16


@pytest.fixture
def number() -> str:
    """Of nobody else."""
    return numbers.from_bits(secrets.randbits(40))


@pytest.fixture
def now(worker_id: str) -> datetime:
    """Eight in the morning of a day on which no other test lodges."""
    process = 0 if worker_id == "master" else int(worker_id.removeprefix("gw"))
    return AHEAD + timedelta(days=next(DAYS) * PROCESSES + process)


@pytest.fixture
def life(number: str, now: datetime) -> Life:
    """A case that nobody has stored yet."""
    return a_life(number=number, now=now)


@pytest.fixture
def photo(number: str, now: datetime) -> Photo:
    """Ready, of that case."""
    return replace(a_photo(), number=number, announced_at=now)


@pytest.fixture(scope="session")
def roles(city: City) -> Roles:
    return Roles(city)


@pytest.fixture
def become(roles: Roles) -> Iterator[Become]:
    """The adapters of a function on the shared city, with the credentials of its role."""
    with kept_binding():
        yield roles


@contextmanager
def kept_binding() -> Iterator[None]:
    """The rows go back to the tables and the client that they had."""
    cases, people, provide = models.Row.Meta.table_name, people_rows.PeopleRow.Meta.table_name, STORE.provide
    yield
    models.Row.Meta.table_name, people_rows.PeopleRow.Meta.table_name, STORE.provide = cases, people, provide


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """AWS in this process; nothing of the machine's own settings reaches it."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws(), played(), kept_binding():
        clients = Clients(region=REGION, keys=AccessKeys("testing", "testing"))
        models.bind(table_name=raw.table_name(), client=lambda: clients.dynamodb)
        yield


@pytest.fixture
def table(aws: None) -> Any:
    """The template's own tables, empty, under the names that the rows are bound to."""
    client, resources = (
        boto3.client("dynamodb", region_name=REGION),
        cfn_yaml.read(ROOT / "infra/data.yaml")["Resources"],
    )
    parts = ("BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
    for name, resource in (
        (raw.table_name(), "ComplaintsTable"),
        (people_rows.StaffRow.Meta.table_name, "PeopleTable"),
    ):
        asked = resources[resource]["Properties"]
        client.create_table(TableName=name, **{part: asked[part] for part in parts if part in asked})
    return client


class DynamoCity:
    """The same parts as those of `MemoryCity`, over the one table."""

    def __init__(self) -> None:
        self.complaints = DynamoComplaints(
            queue_key=lambda complaint: queue_key(complaint, CITY), task_key=lambda task: task_key(task, CITY)
        )
        self.photos = DynamoPhotos()
        self.notices, self.digests = DynamoNotices(), DynamoDigests()
        self.followers = DynamoFollowers()
        self.queues = DynamoQueues(shards=lambda name: shards(name, CITY))
        self.standings, self.day_counts = DynamoStandings(), DynamoDayCounts()
        self.talks = DynamoTalks()
        self.own_cases, self.asks, self.passes = DynamoOwnCases(), DynamoAsks(), DynamoPasses()
        self.floods = DynamoFloods()
        self.bench_loads = DynamoBenchLoads()


def rows_of(kind: str, request: pytest.FixtureRequest) -> Any:
    if kind == "memory":
        return MemoryCity(queue_key=lambda complaint: place_in(complaint, CITY))
    if kind == "city":
        return CityRows(request.getfixturevalue("become"))
    request.getfixturevalue("table")
    return DynamoCity()


@pytest.fixture(params=EVERYWHERE)
def rows(request: pytest.FixtureRequest) -> Any:
    """Complaints, photos, notices and queues of one table."""
    return rows_of(request.param, request)


@pytest.fixture(params=["memory", "dynamodb"])
def empty_rows(request: pytest.FixtureRequest) -> Any:
    """The same where nobody else writes."""
    return rows_of(request.param, request)


@pytest.fixture
def dynamo(table: Any) -> DynamoCity:
    """For promises that only the real store can break."""
    return DynamoCity()


@pytest.fixture(params=EVERYWHERE)
def staff(request: pytest.FixtureRequest) -> Any:
    """Read by the API, written by `administer`."""
    if request.param == "memory":
        return MemoryStaff()
    if request.param == "city":
        return By(request.getfixturevalue("become"), "staff", "api", put="administer")
    request.getfixturevalue("table")
    return DynamoStaff()


@pytest.fixture
def a_notice(number: str, now: datetime) -> Notice:
    """An e-mail about the receipt, claimed just now."""
    due_at, lease_until = now + timedelta(minutes=5), now + timedelta(seconds=8)
    return Notice(number, "000001#reporter", "waiting", "email", "claimed", now, due_at, lease_until)


class Wire:
    """The way to the store, which a test may cut. Calls are counted by operation."""

    def __init__(self) -> None:
        self._faults: dict[str, list[Callable[[str, Mapping[str, str], bytes], Reply]]] = {}
        self.calls: list[str] = []

    def loses_the_answer_of(self, operation: str) -> None:
        """Once: the call arrives and is done, its answer does not come back."""
        self._faults.setdefault(operation, []).append(self._after)

    def is_cut(self, operation: str, times: int = 20) -> None:
        """The call does not arrive."""
        self._faults.setdefault(operation, []).extend([self._before] * times)

    def exchange(self, connections: Connections, headers: Mapping[str, str], body: bytes, _path: str) -> Reply:
        operation = headers["x-amz-target"].rpartition(".")[2]
        self.calls.append(operation)
        waiting = self._faults.get(operation)
        passes = waiting.pop(0) if waiting else answer
        return passes(f"{connections.url}/", headers, body)

    def _after(self, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        answer(url, headers, body)
        return self._before(url, headers, body)

    def _before(self, url: str, _headers: Mapping[str, str], _body: bytes) -> Reply:
        from botocore.exceptions import ReadTimeoutError

        raise ReadTimeoutError(endpoint_url=url)


@pytest.fixture
def wire(table: Any, monkeypatch: pytest.MonkeyPatch) -> Wire:
    """The client of the rows; its pauses between tries take no time here."""
    laid, client = Wire(), raw.connection().client
    monkeypatch.setattr(client, "_pause", lambda seconds: None)
    monkeypatch.setattr(Connections, "exchange", lambda *given: laid.exchange(*given))
    return laid
