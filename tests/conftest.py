"""For all tests: loopback only. For those marked `city`: a real local city."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pytest_socket import socket_allow_hosts

from tests.city import City, Process, shared

LOOPBACK = ["127.0.0.1", "::1"]

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.hookimpl(trylast=True)
def pytest_runtest_setup() -> None:
    socket_allow_hosts(LOOPBACK, allow_unix_socket=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for a city is marked so, and can be left out."""
    for item in items:
        if {"city", "own_city", "city_origin"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.city)


@pytest.fixture(scope="session")
def city_origin(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """Where the one city of this test run answers; no test moves its time, resets or stops it."""
    base = tmp_path_factory.getbasetemp()
    with shared((base if worker_id == "master" else base.parent) / "shared-city") as origin:
        yield origin


@pytest.fixture(scope="session")
def city(city_origin: str) -> Iterator[City]:
    client = City(city_origin)
    yield client
    client.close()


OwnCity = Callable[..., tuple[Process, City]]


@pytest.fixture
def own_city(tmp_path: Path) -> Iterator[OwnCity]:
    """Starts a city that the test may kill, restart, fault or move in time; without pages. Keywords are environment
    variables."""
    made: list[tuple[Process, City]] = []

    def start(**environment: str) -> tuple[Process, City]:
        process = Process(tmp_path / f"city-{len(made)}", **{"WEB": "0", **environment})
        made.append((process, City(process.origin)))
        process.start()
        return made[-1]

    yield start
    for process, client in made:
        client.close()
        process.stop()
