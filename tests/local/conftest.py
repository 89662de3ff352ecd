"""A city of this folder's own, which its tests may move in time and reset."""

from collections.abc import Iterator

import pytest

from tests.city import City, Process


@pytest.fixture(scope="package")
def movable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    process = Process(tmp_path_factory.mktemp("movable") / "city", RATE_LIMIT="300", WEB="0")
    process.start()
    yield process
    process.stop()


@pytest.fixture
def own_time(movable: Process) -> Iterator[City]:
    """A fresh city, at the machine's time."""
    client = City(movable.origin)
    client.reset()
    yield client
    client.close()
