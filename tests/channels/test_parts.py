"""The parts of a long SMS: what does not come in time is said to be missing, in the case that the others stand in."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.application.talks.parts import WITHIN
from tests.channels.city_with_channels import CityWithChannels
from tests.channels.payloads import sms
from tests.fakes import RecordingHandBack

PARTS = [
    "Lampu jalan mati sudah seminggu di depan",
    "warung Bu Ani, dan dua lampu lain",
    "di gang sebelahnya juga mati",
]


class CityThatSweeps(CityWithChannels):
    def __init__(self) -> None:
        super().__init__()
        self.hand_back = RecordingHandBack()


@pytest.fixture
def city() -> CityThatSweeps:
    return CityThatSweeps()


def comes(city: CityThatSweeps, place: int, message: str = "m", of: int = 3) -> str:
    part = {"number": place, "of": of}
    (outcome,) = city.hears("SMS", sms(f"{message}{place}", f"{message}: {PARTS[place - 1]}", part=part))
    return outcome


def missed(city: CityThatSweeps) -> list[str]:
    """What the cases say of it."""
    events = [event for case in city.cases() for event in city.complaints.events(case.number)]
    return [str(event.words["text"]) for event in events if event.action == "comment" and event.role == "channel"]


SOME = [some for count in (1, 2) for some in itertools.permutations((1, 2, 3), count)]


@pytest.mark.parametrize("some", SOME)
def test_what_does_not_come_in_time_is_missed_once_by_the_sweeper(city: CityThatSweeps, some: tuple[int, ...]) -> None:
    for place in (*some, *some):
        comes(city, place)
    city.pass_time(WITHIN - timedelta(seconds=1))
    city.sweep()
    assert missed(city) == []

    for _ in range(3):
        city.pass_time(timedelta(minutes=5))
        assert city.sweep().failed == []

    named = ", ".join(str(place) for place in (1, 2, 3) if place not in some)
    assert missed(city) == [f"Bagian {named} dari 3 bagian SMS pelapor hilang: tidak sampai ke kami."]
    assert len(city.cases()) == 1


@pytest.mark.parametrize("order", list(itertools.permutations((1, 2, 3))))
def test_of_a_message_that_is_whole_nothing_is_missed(city: CityThatSweeps, order: tuple[int, ...]) -> None:
    for place in (*order, *order):
        comes(city, place)
    city.pass_time(WITHIN * 2)

    assert city.sweep().kept["parts"] == 0
    assert missed(city) == []


def test_two_long_messages_at_once_miss_what_one_of_them_lacks(city: CityThatSweeps) -> None:
    for message, place in (("a", 1), ("b", 1), ("a", 2), ("b", 3), ("a", 3)):
        comes(city, place, message)
    city.pass_time(WITHIN)
    city.sweep()

    assert missed(city) == ["Bagian 2 dari 3 bagian SMS pelapor hilang: tidak sampai ke kami."]


def test_a_second_long_message_is_missed_for_itself(city: CityThatSweeps) -> None:
    comes(city, 1, "a")
    city.pass_time(WITHIN)
    city.sweep()
    comes(city, 3, "b")
    city.pass_time(WITHIN)
    city.sweep()

    assert missed(city) == [
        "Bagian 2, 3 dari 3 bagian SMS pelapor hilang: tidak sampai ke kami.",
        "Bagian 1, 2 dari 3 bagian SMS pelapor hilang: tidak sampai ke kami.",
    ]


def test_with_the_sweeper_dead_the_next_long_message_tells_of_the_one_before(city: CityThatSweeps) -> None:
    comes(city, 1, "a")
    city.pass_time(WITHIN)

    comes(city, 1, "b")

    assert len(missed(city)) == 1


def test_a_part_that_comes_too_late_stands_in_the_case_all_the_same(city: CityThatSweeps) -> None:
    number = comes(city, 1)
    comes(city, 3)
    city.pass_time(WITHIN)
    city.sweep()

    assert comes(city, 2) == number
    said = [event.words.get("text") for event in city.complaints.events(number)]
    assert f"m: {PARTS[1]}" in said


def test_a_case_that_takes_no_more_words_stops_no_sweep(city: CityThatSweeps) -> None:
    number = comes(city, 1)
    city.complaints.rows[number] = replace(city.complaints.rows[number], status="withdrawn")
    city.pass_time(WITHIN)

    assert city.sweep().failed == []
    assert city.sweep().kept["parts"] == 0


def test_an_sms_that_is_whole_is_awaited_by_nobody(city: CityThatSweeps) -> None:
    city.hears("SMS", sms("m1", "Lampu jalan mati sudah seminggu"))

    assert city.long_messages.rows == {}


def test_whoever_lost_a_part_is_asked_for_it_once_and_their_answer_is_understood(city: CityThatSweeps) -> None:
    """The last part brings our question; where it is lost, nobody else asks."""
    number = comes(city, 1)
    comes(city, 2)
    city.pass_time(WITHIN)
    for _ in range(3):
        city.sweep()
        city.tell_people(number)

    (asked,) = [sent.text for sent in city.sms.sent if sent.event == "missed"]
    assert "SMS terpotong. Kirim lagi dan tempatnya." in asked
    assert city.hears("SMS", sms("answer", "Kelurahan Cideng")) == [number]
    assert [talk.asks for talk in city.talks.rows.values()] == [()]
