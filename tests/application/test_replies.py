"""Replies of a reporter: the first reaches the unit at once, those that follow within the hour together at its end."""

from datetime import timedelta

import pytest

from chalicelib.application.ports.messages import ProviderBusyError
from chalicelib.domain.actor import REPORTER, agency
from tests.builders import DBM, LURAH, given
from tests.flow import Flow


@pytest.fixture
def flow() -> Flow:
    return Flow()


def reply(flow: Flow, number: str, **later: float) -> str:
    """A comment of the reporter, so much later; the state of its alert."""
    flow.pass_time(**later)
    event = flow.act(number, "comment", REPORTER, given(text="Masih berlubang"))
    return flow.alert_unit(number, event.sequence)[0]


def replies(flow: Flow, number: str) -> list[str]:
    return [sent.subject for sent in flow.alerts.sent if sent.number == number and sent.event == "reply"]


def sweep(flow: Flow, **later: float) -> None:
    flow.pass_time(**later)
    flow.sweep()
    flow.hand_over()


def test_ten_replies_within_the_hour_are_two_alerts(flow: Flow) -> None:
    number = flow.lodge()

    assert [reply(flow, number, minutes=1) for _ in range(10)] == ["sent", "deferred", *["joined"] * 8]
    sweep(flow, minutes=50)
    assert len(replies(flow, number)) == 1
    sweep(flow, minutes=1)
    sweep(flow, hours=2)

    first, joined = replies(flow, number)
    assert first.startswith("Keterangan pelapor: ")
    assert joined.startswith("9 keterangan baru pelapor: ")


def test_a_second_reply_alone_is_told_at_the_hours_end_as_one(flow: Flow) -> None:
    number = flow.lodge()
    for _ in range(2):
        reply(flow, number, minutes=1)

    sweep(flow, hours=1)

    assert [subject.partition(":")[0] for subject in replies(flow, number)] == ["Keterangan pelapor"] * 2


def test_a_reply_after_the_hour_reaches_the_unit_at_once(flow: Flow) -> None:
    number = flow.lodge()

    assert [reply(flow, number, minutes=60) for _ in range(3)] == ["sent"] * 3


def test_replies_that_are_told_late_and_out_of_order_are_joined_all_the_same(flow: Flow) -> None:
    number = flow.lodge()
    events = [flow.act(number, "comment", REPORTER, given(text="Tolong")) for _ in range(4)]
    flow.pass_time(hours=3)

    told = [flow.alert_unit(number, event.sequence)[0] for event in reversed(events * 2)]

    assert sorted(told) == ["joined"] * 4 + ["sent"] * 4
    assert len(replies(flow, number)) == 2


def test_each_unit_hears_its_first_reply_at_once(flow: Flow) -> None:
    number = flow.lodge()
    reply(flow, number, minutes=1)
    flow.act(number, "coordinate", LURAH, unit=DBM)

    assert reply(flow, number, minutes=1) == "sent"


def test_what_officers_write_is_no_reply_to_their_unit(flow: Flow) -> None:
    number = flow.lodge()
    reply(flow, number, minutes=1)
    for internal in (True, False):
        event = flow.act(number, "comment", LURAH, given(text="Kami cek", internal=internal))
        assert flow.alert_unit(number, event.sequence) == []


def test_a_joined_alert_that_fails_is_tried_again(flow: Flow) -> None:
    number = flow.lodge()
    for _ in range(3):
        reply(flow, number, minutes=1)
    flow.alerts.failures = [ProviderBusyError()]
    sweep(flow, hours=1)
    assert len(replies(flow, number)) == 1

    sweep(flow, hours=1)

    assert len(replies(flow, number)) == 2


def agencys(flow: Flow, number: str, **later: float) -> str:
    """A comment of the agency that the case was referred to, so much later; the state of its alert."""
    flow.pass_time(**later)
    event = flow.act(number, "comment", agency(2), given(text="Kami sudah ke lokasi"))
    return flow.alert_unit(number, event.sequence)[0]


@pytest.fixture
def referred(flow: Flow) -> str:
    number = flow.lodge()
    later = flow.now() + timedelta(days=5)
    flow.act(number, "refer", LURAH, given(outside_unit="PLN", outside_number="17", until=later, text="Tiang miring"))
    return number


def test_the_holder_hears_an_agency_at_once_and_by_its_own_word(flow: Flow, referred: str) -> None:
    assert [agencys(flow, referred, minutes=1) for _ in range(3)] == ["sent", "deferred", "joined"]
    sweep(flow, hours=1)

    first, joined = replies(flow, referred)
    assert first.startswith("Keterangan instansi luar: ")
    assert joined.startswith("2 keterangan baru instansi luar: ")


def test_what_an_agency_says_is_not_joined_with_what_the_reporter_says(flow: Flow, referred: str) -> None:
    assert [reply(flow, referred), agencys(flow, referred), reply(flow, referred)] == ["sent", "sent", "deferred"]


def test_nothing_that_an_agency_says_is_sent_to_the_reporter(flow: Flow, referred: str) -> None:
    flow.tell(referred)
    told = flow.told(referred)

    agencys(flow, referred, minutes=1)
    flow.tell(referred)

    assert flow.told(referred) == told


def test_lists_of_officers_show_that_the_agency_wrote_until_one_replies(flow: Flow, referred: str) -> None:
    agencys(flow, referred, minutes=1)
    flagged = flow.complaints.rows[referred].summary.flags

    flow.act(referred, "comment", LURAH, given(text="Terima kasih"))

    assert (flagged, flow.complaints.rows[referred].summary.flags) == (("agency",), ())
