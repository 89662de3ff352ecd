"""What survives: an ordered stop in the middle of work, and a power cut."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.city import LURAH, Case, City, Process, an_email, eventually, is_ahead
from tests.conftest import OwnCity

pytestmark = pytest.mark.city


def lodge_many(city: City, count: int) -> list[Case]:
    with ThreadPoolExecutor(8) as people:
        return list(people.map(lambda _: city.lodge(contact={"email": an_email()}), range(count)))


def told_once(cases: list[Case]) -> None:
    """The reporter's receipt and the kelurahan's alert of each, and nothing twice."""
    wanted = [["alert", "email"]] * len(cases)
    eventually(
        lambda: [sorted(m["kind"] for m in case.messages()) for case in cases],
        lambda seen: seen == wanted,
    )


def test_a_city_stopped_in_the_middle_of_work_goes_on_where_it_was(own_city: OwnCity) -> None:
    process, city = own_city()
    city.advance("PT1H")
    told = city.lodge(contact={"email": an_email()})
    told_once([told])
    cases = lodge_many(city, 20)

    assert process.stop() == 0
    process.start()

    told_once([told, *cases])
    assert is_ahead(city, timedelta(hours=1))
    assert told.drive("assigned").view()["status"] == "assigned"


def test_after_a_power_cut_an_older_moment_is_whole_and_everything_flows(own_city: OwnCity) -> None:
    process, city = own_city()
    kept = city.lodge(contact={"email": an_email()})
    told_once([kept])
    wait_for_snapshot(process, city)

    process.kill()
    process.start()

    assert kept.view()["status"] == "waiting"
    told_once([kept, *lodge_many(city, 3)])
    assert kept.act("coordinate", LURAH, unit="DBM")["status"] == "coordinated"


def wait_for_snapshot(process: Process, city: City) -> None:
    """Two newer ones: the first may have been under way already, and there may be none yet."""
    pointer = process.home / "state" / "current"
    for _ in range(2):
        before = _newest(pointer)
        city.lodge()
        eventually(partial(_moved, pointer, before), what="a snapshot")


def _moved(pointer: Path, before: str) -> bool:
    return _newest(pointer) != before


def _newest(pointer: Path) -> str:
    return pointer.read_text() if pointer.exists() else ""
