"""A city of this folder's own, which its tests may move in time and reset; and a front door alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from local.front.front_door import FrontDoor
from tests.city import City, Process
from tests.local.door import Recorded, a_door

REPORTS = 20  # in a minute and from one address: as many as every machine can send


@pytest.fixture(scope="package")
def movable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    process = Process(tmp_path_factory.mktemp("movable") / "city", RATE_LIMIT=str(REPORTS), WEB="0")
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


@pytest.fixture
def behind() -> Recorded:
    return Recorded()


@pytest.fixture
def door(behind: Recorded, tmp_path: Path) -> FrontDoor:
    return a_door(behind, tmp_path)
