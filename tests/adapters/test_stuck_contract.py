"""The list of call-backs that failed: one contract for the fake and the rows, the latter with AWS played in the process
and on the city by the function that writes them."""

from datetime import timedelta

import pytest

from chalicelib.adapters.dynamodb.messages.stuck import DynamoStuckCallBacks
from chalicelib.application.ports.partners import StuckCallBack, StuckCallBacks
from tests.adapters.roles import ON_THE_CITY, By
from tests.builders import NOW, NUMBER
from tests.fakes_partners import MemoryStuck


@pytest.fixture(params=["memory", "dynamodb", ON_THE_CITY])
def stuck(request: pytest.FixtureRequest) -> StuckCallBacks:
    if request.param == "memory":
        return MemoryStuck()
    if request.param == "city":
        return By(request.getfixturevalue("become"), "stuck_call_backs", "call_back")
    request.getfixturevalue("table")
    return DynamoStuckCallBacks()


@pytest.fixture
def channel(number: str) -> str:
    """One of this test's own: the city is shared."""
    return f"UJI{number.replace('-', '')}"


def a_failure(channel: str, sequence: int = 1, **more: object) -> StuckCallBack:
    known = {"number": NUMBER, "key": f"{sequence:06d}#partner:{channel}", "tries": 1, "reason": "503", "at": NOW}
    return StuckCallBack(channel, **(known | more))  # type: ignore[arg-type]


def test_what_failed_is_listed_by_number_until_it_is_told(stuck: StuckCallBacks, channel: str) -> None:
    first, second = a_failure(channel), a_failure(channel, 2)
    for each in (second, first):
        stuck.note(each)

    assert stuck.of(channel) == [first, second]
    stuck.clear(channel, first.key, first.number)
    assert stuck.of(channel) == [second]


def test_the_last_try_is_the_one_that_is_shown(stuck: StuckCallBacks, channel: str) -> None:
    last = a_failure(channel, tries=2, reason="TimeoutError", at=NOW + timedelta(minutes=5))
    for each in (a_failure(channel), last):
        stuck.note(each)

    assert stuck.of(channel) == [last]


def test_each_channel_has_its_own_list(stuck: StuckCallBacks, channel: str) -> None:
    stuck.note(a_failure(channel))

    assert stuck.of(f"{channel}X") == []


def test_what_is_not_listed_may_be_cleared(stuck: StuckCallBacks, channel: str) -> None:
    stuck.clear(channel, "000001#partner:JAKI", NUMBER)

    assert stuck.of(channel) == []
