"""What the channel of a case promised and was not kept: whoever holds the case and the bureau are alerted, once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.application.ports.messages import ProviderBusyError
from chalicelib.domain.messages import LIMIT, split_key
from tests.builders import DBM, GAMBIR, LURAH
from tests.channels.city_with_channels import CityWithChannels, from_lapor
from tests.channels.payloads import mail, messenger, sms, whatsapp, x
from tests.fakes import RecordingAlerts, RecordingHandBack

WORDS = "Jalan berlubang besar di depan pasar, -6.1754, 106.8272"
DAY, WEEK = timedelta(days=1), timedelta(days=7)
BUREAU, HOLDER = "BIRO_PEM", f"KEL_{GAMBIR}"
RESPOND, VERIFY, ANSWER = "limit_respond", "limit_verify", "limit_answer"


@pytest.fixture
def city() -> CityWithChannels:
    made = CityWithChannels()
    made.hand_back, made.unit_alerts = RecordingHandBack(), RecordingAlerts()
    return made


def lodged(city: CityWithChannels, channel: str, raw: bytes, kind: str = "application/json") -> str:
    """The number of a case whose first event has reached whoever alerts units."""
    (number,) = city.hears(channel, raw, kind)
    city.alert_unit(number, 1)
    return number


def sweeps(city: CityWithChannels) -> None:
    """What is due goes back to whoever alerts units; clocks of the case itself are no matter of this table."""
    for alarm in city.queues.alarms(city.now(), 100):
        if alarm.kind == "notice":
            sequence, to = split_key(str(alarm.id))
            assert to.kind == LIMIT
            city.alert_unit(alarm.number, sequence)


def passed(city: CityWithChannels) -> list[tuple[str, str]]:
    return [(sent.event, sent.to) for sent in city.unit_alerts.sent if sent.event.startswith("limit_")]


def both(event: str) -> list[tuple[str, str]]:
    return [(event, HOLDER), (event, BUREAU)]


PROMISED: dict[str, tuple[str, Callable[[], bytes], list[tuple[str, str]]]] = {
    "LAPOR!": ("LAPOR1708", from_lapor, [*both(VERIFY), *both(ANSWER)]),
    "Facebook": ("FB", lambda: messenger("m1", WORDS), both(RESPOND)),
    "X": ("X", lambda: x("m1", WORDS), both(RESPOND)),
    "a letter": ("EMAIL", lambda: mail("m1", WORDS), both(RESPOND)),
    "SMS": ("SMS", lambda: sms("m1", WORDS), both(RESPOND)),
    "WhatsApp, which no desk types": ("WHATSAPP", lambda: whatsapp("m1", WORDS), []),
}
EACH = pytest.mark.parametrize(("channel", "says", "due"), PROMISED.values(), ids=PROMISED)


@EACH
def test_who_holds_the_case_and_the_bureau_hear_once_that_a_limit_has_passed(
    city: CityWithChannels, channel: str, says: Any, due: list[tuple[str, str]]
) -> None:
    number = lodged(city, channel, says(), "message/rfc822" if channel == "EMAIL" else "application/json")
    before = passed(city)
    city.pass_time(2 * WEEK)

    for _ in range(3):
        sweeps(city)
        city.alert_unit(number, 1)

    assert (before, sorted(passed(city))) == ([], sorted(due))
    assert [alarm for alarm in city.queues.alarms(city.now(), 100) if alarm.kind == "notice"] == []


@EACH
def test_nobody_hears_of_what_was_done_in_time(
    city: CityWithChannels, channel: str, says: Any, due: list[tuple[str, str]]
) -> None:
    number = lodged(city, channel, says(), "message/rfc822" if channel == "EMAIL" else "application/json")
    city.does(number, LURAH, "accept", city.table.complaints.rows[number].version)
    city.pass_time(2 * WEEK)
    sweeps(city)

    assert passed(city) == [told for told in due if told[0] == ANSWER], "the work itself is not done"
    assert [alarm for alarm in city.queues.alarms(city.now(), 100) if alarm.kind == "notice"] == []


def test_each_limit_has_its_own_time(city: CityWithChannels) -> None:
    lodged(city, "LAPOR1708", from_lapor())
    verify, answer = city.channel_limits(city.cases()[0])

    city.pass_time(verify.due_at - city.now() + timedelta(seconds=1))
    sweeps(city)
    first = passed(city)
    city.pass_time(answer.due_at - city.now())
    sweeps(city)
    still = passed(city)
    city.pass_time(timedelta(seconds=1))
    sweeps(city)

    assert (first, still, passed(city)) == (both(VERIFY), both(VERIFY), [*both(VERIFY), *both(ANSWER)])


def test_who_holds_it_when_the_limit_passes_hears_of_it(city: CityWithChannels) -> None:
    number = lodged(city, "LAPOR1708", from_lapor())
    city.does(number, LURAH, "coordinate", city.table.complaints.rows[number].version, unit=DBM)
    city.pass_time(2 * WEEK)
    sweeps(city)

    assert passed(city) == [(ANSWER, DBM), (ANSWER, BUREAU)]


def test_what_the_topic_could_not_take_is_told_later(city: CityWithChannels) -> None:
    lodged(city, "FB", messenger("m1", WORDS))
    city.pass_time(4 * DAY)
    city.unit_alerts.failures.append(ProviderBusyError("sns"))
    sweeps(city)
    city.pass_time(DAY)
    sweeps(city)

    assert passed(city) == both(RESPOND)


def test_a_first_event_that_comes_late_is_told_at_once(city: CityWithChannels) -> None:
    (number,) = city.hears("FB", messenger("m1", WORDS))
    city.pass_time(4 * DAY)

    city.alert_unit(number, 1)

    assert passed(city) == both(RESPOND)


def test_it_says_what_passed_and_carries_no_words_of_what_nobody_has_sorted(city: CityWithChannels) -> None:
    number = lodged(city, "FB", messenger("m1", WORDS))
    city.pass_time(4 * DAY)
    sweeps(city)

    texts = [f"{sent.subject}\n{sent.text}" for sent in city.unit_alerts.sent if sent.event == RESPOND]
    assert len(texts) == len(both(RESPOND))
    assert all("Janji loket 3 hari terlewat" in text and number in text for text in texts)
    assert not any("depan pasar" in text for text in texts)
