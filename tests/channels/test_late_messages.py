"""A message that nobody reads in time: the bureau is told once for each hour, by how many there are on each channel."""

import re
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.application.ports.messages import ProviderBusyError
from chalicelib.channels.kept import TO_BE_READ
from chalicelib.channels.steps import StepInput
from chalicelib.domain.case.inboxes import READ_BY
from tests.builders import COORDINATOR
from tests.channels.city_with_channels import CityWithChannels
from tests.fakes import RecordingAlerts, RecordingHandBack

HOUR = timedelta(hours=1)
SOON = timedelta(minutes=5)


@pytest.fixture
def city() -> CityWithChannels:
    made = CityWithChannels()
    made.hand_back, made.unit_alerts = RecordingHandBack(), RecordingAlerts()
    made.pass_time(timedelta(minutes=-made.now().minute, seconds=-made.now().second))
    return made


def heard(city: CityWithChannels, channel: str, words: str) -> str:
    """Of something that no adapter can read."""
    before = set(city.message_tasks.rows)
    assert city.hears(channel, f"{{{words}".encode(), "application/json") in (["task"], [])
    (task_id,) = set(city.message_tasks.rows) - before
    return task_id


def sweeps(city: CityWithChannels) -> list[str]:
    """The sweeper asks for what is late, and whoever alerts units tells it."""
    city.remind_late_messages()
    asked, city.hand_back.late = city.hand_back.late, []
    return [city.tell_late_messages(*late) for late in asked]


def told(city: CityWithChannels) -> list[Any]:
    return [sent for sent in city.unit_alerts.sent if sent.event == "inbox"]


@pytest.mark.parametrize("channel", sorted(READ_BY.keys() - {"EMAIL"}))
def test_the_bureau_hears_of_a_message_of_any_channel_whose_limit_has_passed(
    city: CityWithChannels, channel: str
) -> None:
    heard(city, channel, "x")
    city.pass_time(TO_BE_READ + HOUR)

    assert sweeps(city) == ["sent"]

    (sent,) = told(city)
    assert (sent.to, sent.number) == ("BIRO_PEM", "")
    assert sent.subject.startswith("1 pesan masuk")
    assert f"- {city.reference.channels[channel].name_id if channel in city.reference.channels else channel}: 1" in (
        sent.text
    )


def test_nobody_hears_of_one_that_still_has_time_or_was_seen_to(city: CityWithChannels) -> None:
    seen = heard(city, "X", "one")
    permit = city.inbox.permit(COORDINATOR)
    city.inbox.close(permit, seen, StepInput("hash", version=1, reason_code="spam"))
    city.pass_time(HOUR * 2)
    heard(city, "X", "two")
    city.pass_time(TO_BE_READ - HOUR)

    assert (sweeps(city), told(city)) == ([], [])


def test_messages_of_one_hour_are_told_together_and_once(city: CityWithChannels) -> None:
    for channel, words in (("X", "one"), ("FB", "two"), ("X", "three")):
        heard(city, channel, words)
        city.pass_time(SOON)
    city.pass_time(TO_BE_READ + HOUR)

    states = [sweeps(city) for _ in range(3)]

    assert states == [["sent"], [], []]
    (sent,) = told(city)
    lines = [line for line in sent.text.splitlines() if line.startswith("- ")]
    assert [line.rpartition(": ")[2] for line in lines] == ["2", "1"]


def test_each_hour_has_its_own(city: CityWithChannels) -> None:
    heard(city, "X", "one")
    city.pass_time(HOUR)
    heard(city, "X", "two")
    city.pass_time(TO_BE_READ)
    first = sweeps(city)
    city.pass_time(HOUR)

    assert (first, sweeps(city)) == (["sent"], ["sent"])
    ids = {sent.message_id for sent in told(city)}
    assert len(ids) == 2
    assert all(re.fullmatch(r"[\w-]+", each, re.ASCII) for each in ids), "what a provider takes as an id"


def test_of_the_hour_that_goes_on_nothing_is_told_yet(city: CityWithChannels) -> None:
    heard(city, "X", "one")
    city.pass_time(TO_BE_READ + SOON)

    assert sweeps(city) == []


def test_what_the_topic_could_not_take_is_asked_for_again(city: CityWithChannels) -> None:
    heard(city, "X", "one")
    city.pass_time(TO_BE_READ + HOUR)
    city.unit_alerts.failures.append(ProviderBusyError("sns"))

    first, at_once = sweeps(city), sweeps(city)
    city.pass_time(HOUR)

    assert (first, at_once, sweeps(city)) == (["deferred"], [], ["sent"])
    assert len(told(city)) == 1


def test_an_outage_of_hours_delays_it_and_no_more(city: CityWithChannels) -> None:
    heard(city, "X", "one")
    city.pass_time(TO_BE_READ + HOUR * 20)

    assert sweeps(city) == ["sent"]


def test_it_carries_no_words(city: CityWithChannels) -> None:
    heard(city, "X", "bcdfgh")
    city.pass_time(TO_BE_READ + HOUR)
    sweeps(city)

    (sent,) = told(city)
    assert "bcdfgh" not in f"{sent.subject} {sent.text}"
