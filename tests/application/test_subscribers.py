"""Who hears a unit's alerts: the same rules for the operators' commands and for administrators."""

import pytest

from chalicelib.application.people.subscribers import Subscribers, protocol
from chalicelib.domain.errors import InvalidError, NotFoundError
from tests.builders import CITY, SUDIN
from tests.fakes import MemoryTopics


@pytest.fixture
def subscribers() -> Subscribers:
    return Subscribers(MemoryTopics(), CITY)


@pytest.mark.parametrize(
    "address",
    ["", " ", "somewhere", "@", "a@", "@b", "+62x", "0811", "http://example.id", "a b@example.id", "arn:aws:sns:x:1:t",
     f"a@{'x' * 320}"],
)  # fmt: skip
def test_what_sns_cannot_reach_is_no_address(address: str) -> None:
    assert protocol(address) is None


def test_an_address_is_added_once_and_taken_away(subscribers: Subscribers) -> None:
    assert subscribers.add(SUDIN, "+628110000001") == "sms"
    subscribers.add(SUDIN, "+628110000001")

    assert len(subscribers.of(SUDIN)) == 1
    assert subscribers.remove(SUDIN, "+628110000001")
    assert subscribers.of(SUDIN) == []
    assert not subscribers.remove(SUDIN, "+628110000001")


def test_an_address_that_waits_to_be_confirmed_cannot_be_taken_away_yet(subscribers: Subscribers) -> None:
    subscribers.add(SUDIN, "a@example.id")

    assert not subscribers.remove(SUDIN, "a@example.id")
    assert [found.confirmed for found in subscribers.of(SUDIN)] == [False]


@pytest.mark.parametrize("unit", ["NOBODY", "PLN", ""])
def test_a_unit_that_holds_no_case_has_no_listeners(subscribers: Subscribers, unit: str) -> None:
    for ask in (
        subscribers.of,
        lambda unit: subscribers.add(unit, "a@example.id"),
        lambda unit: subscribers.replace(unit, []),
    ):
        with pytest.raises(NotFoundError):
            ask(unit)


def test_one_bad_address_and_nobody_is_added_or_taken_away(subscribers: Subscribers) -> None:
    subscribers.add(SUDIN, "+628110000001")

    with pytest.raises(InvalidError):
        subscribers.replace(SUDIN, ["+628110000002", "nowhere"])

    assert [found.address for found in subscribers.of(SUDIN)] == ["+628110000001"]


def test_a_unit_is_heard_once_somebody_has_confirmed(subscribers: Subscribers) -> None:
    holding = [unit.code for unit in CITY.units.values() if not unit.external]
    subscribers.add("DBM", "dbm@example.go.id")

    assert subscribers.unheard() == holding
    subscribers.topics.confirm("DBM", "dbm@example.go.id")  # type: ignore[attr-defined]
    assert subscribers.unheard() == [unit for unit in holding if unit != "DBM"]
