"""The system of the partner that sent a report is told each status of its case: once, in order, and nothing of what
others may not read."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.application.messages.to_partners.replaying_call_backs import ReplayCallBacks
from chalicelib.application.ports.messages import ProviderBusyError, ProviderRefusedError, ProviderUnclearError
from chalicelib.domain.actor import REPORTER
from chalicelib.domain.messages import partner
from tests.builders import COORDINATOR, DBM, ENGINEER, ILLEGAL_LEVY, LURAH, VIOLENCE, a_draft, given
from tests.flow import Flow

WHOLE_LIFE = ["waiting", "coordinated", "assigned", "in_progress", "awaiting_validation", "resolved", "closed"]


@pytest.fixture
def flow() -> Flow:
    return Flow()


def from_jaki(flow: Flow, *, bits: int = 1, **draft: Any) -> str:
    words = {"description": "Jalan berlubang", "partner": {"id": "jaki-1", "tracking_id": "JK2611240001"}}
    return flow.lodge(None, bits=bits, draft=replace(a_draft(), channel="JAKI", words=words, **draft))


def heard(flow: Flow) -> list[str]:
    return [body["data"]["status"] for _, body in flow.partners.heard]


def stuck(flow: Flow) -> list[tuple[int, str]]:
    return [(row.tries, row.reason) for row in flow.stuck_call_backs.of("JAKI")]


def test_a_partner_hears_each_status_once_and_in_order(flow: Flow) -> None:
    number = from_jaki(flow)
    flow.live(number)

    for _ in range(3):
        flow.call_back(number)

    assert heard(flow) == WHOLE_LIFE
    assert len({message_id for message_id, _ in flow.partners.heard}) == len(WHOLE_LIFE)


def test_a_partner_gets_its_own_ids_and_the_number_back(flow: Flow) -> None:
    number = from_jaki(flow)

    flow.call_back(number)

    ((_, told),) = flow.partners.heard
    assert told == {
        "type": "report.status",
        "timestamp": flow.complaints.events(number)[0].at.isoformat(timespec="milliseconds"),
        "data": {
            "id": "jaki-1",
            "tracking_id": "JK2611240001",
            "number": number,
            "sequence": 1,
            "status": "waiting",
            "label": "Menunggu",
            "unit": flow.complaints.rows[number].unit,
        },
    }


def test_what_an_officer_says_to_everybody_is_told(flow: Flow) -> None:
    number = from_jaki(flow)
    flow.act(number, "coordinate", LURAH, unit=DBM, text="Kami teruskan")

    flow.call_back(number)

    assert flow.partners.heard[-1][1]["data"]["text"] == "Kami teruskan"


@pytest.mark.parametrize("draft", [{"visibility": "private"}, {"category": VIOLENCE}, {"category": ILLEGAL_LEVY}])
def test_of_a_shielded_case_the_words_are_not_told(flow: Flow, draft: dict[str, Any]) -> None:
    number = from_jaki(flow, **draft)
    flow.act(number, "coordinate", COORDINATOR, unit=DBM, text="Kami teruskan")

    flow.call_back(number)

    assert [set(body["data"]) & {"text"} for _, body in flow.partners.heard] == [set(), set()]


def test_words_of_the_reporter_are_not_told(flow: Flow) -> None:
    number = from_jaki(flow)
    flow.act(number, "withdraw", REPORTER, given(text="Rumah saya di Jalan Kenanga 5"))

    flow.call_back(number)

    assert [body["data"].get("text") for _, body in flow.partners.heard] == [None, None]


@pytest.mark.parametrize("channel", ["WEB", "SMS", "KELURAHAN", "OPEN311"])
def test_a_case_of_another_channel_calls_nobody_back(flow: Flow, channel: str) -> None:
    number = flow.lodge(None, draft=replace(a_draft(), channel=channel))
    flow.live(number)

    flow.tell(number)

    assert (flow.call_back(number), flow.to_partners.given) == ([], [])


def test_each_change_of_status_is_handed_on_and_nothing_else(flow: Flow) -> None:
    number = from_jaki(flow)
    flow.live(number, 1)
    flow.act(number, "comment", ENGINEER, given(text="Kami cek"))

    flow.tell(number)

    assert [(event.sequence, to) for event, to in flow.to_partners.given] == [
        (1, partner("JAKI")),
        (2, partner("JAKI")),
    ]


@pytest.mark.parametrize("failure", [ProviderBusyError("503"), ProviderUnclearError("TimeoutError")])
def test_a_partner_that_does_not_answer_is_asked_again_and_hears_all_in_order(flow: Flow, failure: Exception) -> None:
    number = from_jaki(flow)
    flow.live(number, 2)
    flow.partners.failures = [failure] * 3

    flow.call_back(number)
    for _ in range(12):
        flow.pass_time(minutes=5)
        flow.sweep()
        flow.hand_over()

    assert heard(flow) == WHOLE_LIFE[:3]
    assert stuck(flow) == []


def test_what_waits_holds_back_what_is_behind_it(flow: Flow) -> None:
    number = from_jaki(flow)
    flow.live(number, 2)
    flow.partners.failures = [ProviderBusyError("503")]

    assert flow.call_back(number) == ["deferred"]

    assert (heard(flow), stuck(flow)) == ([], [(1, "503")])


def test_after_three_days_a_call_back_fails_and_stays_on_the_list(flow: Flow) -> None:
    number = from_jaki(flow)
    flow.partners.failures = [ProviderBusyError("503")] * 30

    flow.call_back(number)
    for _ in range(24 * 4):
        flow.pass_time(hours=1)
        flow.sweep()
        flow.hand_over()

    assert [notice.state for notice in flow.notices_ledger.of(number) if notice.kind == "callback"] == ["failed"]
    assert stuck(flow) == [(18, "503")]


def test_what_is_replayed_is_told_and_leaves_the_list(flow: Flow) -> None:
    number = from_jaki(flow)
    flow.partners.failures = [ProviderRefusedError("410")]
    flow.call_back(number)
    replay = ReplayCallBacks(stuck=flow.stuck_call_backs, ledger=flow.notices_ledger, now=flow.now)

    assert [each.number for each in replay("JAKI")] == [number]
    flow.sweep()
    flow.hand_over()

    assert (heard(flow), stuck(flow)) == (["waiting"], [])


def test_only_the_named_report_is_replayed(flow: Flow) -> None:
    numbers = [from_jaki(flow, bits=bits) for bits in (1, 2)]
    flow.partners.failures = [ProviderRefusedError("410")] * 2
    for number in numbers:
        flow.call_back(number)
    replay = ReplayCallBacks(stuck=flow.stuck_call_backs, ledger=flow.notices_ledger, now=flow.now)

    assert [each.number for each in replay("JAKI", numbers[1])] == [numbers[1]]
    assert replay("QLUE") == []


def test_a_partner_that_is_not_connected_is_promised_nothing(flow: Flow) -> None:
    flow.call_back_addresses.known.clear()
    number = from_jaki(flow)

    assert flow.call_back(number) == []

    assert (flow.notices_ledger.of(number), flow.partners.heard) == ([], [])


def test_what_was_promised_before_a_partner_left_fails(flow: Flow) -> None:
    number = from_jaki(flow)
    flow.partners.failures = [ProviderBusyError("503")]
    flow.call_back(number)
    flow.call_back_addresses.known.clear()
    flow.pass_time(minutes=10)

    assert flow.call_back(number) == ["failed"]
    assert stuck(flow) == [(2, "not_connected")]
