"""What the provider of a messenger, or of SMS, says later of a message of ours: the case's ledger says who was not
reached."""

import json
from typing import Any

import pytest

from chalicelib.application.ports.messages import Notice
from tests.channels.city_with_channels import CityWithChannels
from tests.channels.payloads import sms, whatsapp

WORDS = "Jalan berlubang besar di depan pasar, -6.1754, 106.8272"


@pytest.fixture
def city() -> CityWithChannels:
    return CityWithChannels()


def a_status(notice: Any, status: Any = "failed", code: Any = 131026, **differences: Any) -> bytes:
    """As WhatsApp tells it (Cloud API, Webhooks: messages, statuses); our own id stands in what it hands back."""
    told = {
        "id": "wamid.HBgN",
        "status": status,
        "timestamp": "1764000000",
        "recipient_id": "6281234567890",
        "errors": [{"code": code, "title": "Message undeliverable", "error_data": {"details": "x"}}],
        "biz_opaque_callback_data": notice,
    }
    value = {"messaging_product": "whatsapp", "statuses": [{**told, **differences}]}
    return json.dumps({"entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}]}).encode()


def a_report(notice: Any, status: Any = "undeliverable") -> bytes:
    return json.dumps({"id": "dlr-1", "report": {"notice": notice, "status": status}}).encode()


def told(city: CityWithChannels, code: str) -> Notice:
    """The receipt that somebody got who wrote on this channel."""
    says = {"WHATSAPP": whatsapp, "SMS": sms}[code]
    (number,) = city.hears(code, says("m1", WORDS))
    city.notify_citizen(number)
    (notice,) = city.notices_ledger.of(number)
    assert notice.state == "sent"
    return notice


def after(city: CityWithChannels, notice: Notice) -> tuple[str, str]:
    found = city.notices_ledger.find(notice.number, notice.key)
    assert found
    return found.state, found.reason


FAILURES: dict[str, tuple[str, Any, str]] = {
    "not on WhatsApp": ("WHATSAPP", lambda notice: a_status(notice), "not_reachable"),
    "the window was over": ("WHATSAPP", lambda notice: a_status(notice, code=131047), "window_over"),
    "wants none": ("WHATSAPP", lambda notice: a_status(notice, code=131050), "opted_out"),
    "a code of tomorrow": ("WHATSAPP", lambda notice: a_status(notice, code=1), "returned"),
    "no code": ("WHATSAPP", lambda notice: a_status(notice, errors=None), "returned"),
    "codes that are none": ("WHATSAPP", lambda notice: a_status(notice, errors=["x"]), "returned"),
    "an SMS that cannot come": ("SMS", lambda notice: a_report(notice), "not_reachable"),
    "an SMS that did not come": ("SMS", lambda notice: a_report(notice, "expired"), "returned"),
}


@pytest.mark.parametrize(("code", "fails", "reason"), FAILURES.values(), ids=FAILURES)
def test_a_message_that_did_not_come_is_not_called_sent(
    city: CityWithChannels, code: str, fails: Any, reason: str
) -> None:
    notice = told(city, code)

    outcomes = [city.hears(code, fails(notice.message_id)) for _ in range(2)]

    assert (after(city, notice), outcomes) == (("failed", reason), [[reason]] * 2)
    assert (len(city.cases()), city.message_tasks.rows) == (1, {})


NO_NEWS: dict[str, tuple[str, Any]] = {
    "sent": ("WHATSAPP", lambda notice: a_status(notice, "sent")),
    "delivered": ("WHATSAPP", lambda notice: a_status(notice, "delivered")),
    "read": ("WHATSAPP", lambda notice: a_status(notice, "read")),
    "a state that is none": ("WHATSAPP", lambda notice: a_status(notice, ["failed"])),
    "nobody's id": ("WHATSAPP", lambda _: a_status("JKT-0000-0000-0_000001_reporter")),
    "another system's id": ("WHATSAPP", lambda _: a_status("x" * 500)),
    "no id": ("WHATSAPP", lambda _: a_status("")),
    "an id that is none": ("WHATSAPP", lambda _: a_status({"a": 1})),
    "an SMS that came": ("SMS", lambda notice: a_report(notice, "delivered")),
}


@pytest.mark.parametrize(("code", "tells"), NO_NEWS.values(), ids=NO_NEWS)
def test_what_is_no_news_changes_nothing(city: CityWithChannels, code: str, tells: Any) -> None:
    notice = told(city, code)

    city.hears(code, tells(notice.message_id))

    assert (after(city, notice), len(city.cases()), city.message_tasks.rows) == (("sent", ""), 1, {})


@pytest.mark.parametrize(("code", "other"), [("SMS", "WHATSAPP"), ("WHATSAPP", "SMS")])
def test_a_provider_says_nothing_of_another_ones_messages(city: CityWithChannels, code: str, other: str) -> None:
    notice = told(city, code)

    city.hears(other, {"WHATSAPP": a_status, "SMS": a_report}[other](notice.message_id))

    assert after(city, notice) == ("sent", "")


@pytest.mark.parametrize("report", [None, 7, [], {}, {"notice": 7, "status": "failed"}, {"notice": "x", "status": []}])
def test_a_report_that_nobody_can_read_is_left_to_a_person(city: CityWithChannels, report: Any) -> None:
    assert city.hears("SMS", json.dumps({"id": "dlr-1", "report": report}).encode()) == ["task"]


def test_words_and_states_in_one_message_are_both_read(city: CityWithChannels) -> None:
    notice = told(city, "WHATSAPP")
    both = json.loads(whatsapp("m2", "Lampu jalan mati"))
    both["entry"] += json.loads(a_status(notice.message_id))["entry"]

    outcomes = city.hears("WHATSAPP", json.dumps(both).encode())

    assert (len(outcomes), after(city, notice)) == (2, ("failed", "not_reachable"))
