"""All reports of one person: the link comes by a message to their own address, opens theirs and nobody else's, joins
addresses that were both read, and forgets everything."""

import re
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.application.messages.short_messages import SEGMENT, septets
from chalicelib.application.people.passes import LIFE
from chalicelib.application.ports.cases import Contact
from chalicelib.application.ports.messages import (
    ProviderBusyError,
    ProviderRefusedError,
    ProviderUnclearError,
    ProviderUnwantedError,
)
from chalicelib.application.reporters.linking import EVENT, MOST_A_DAY
from chalicelib.domain.errors import InvalidError, UnauthenticatedError
from tests.builders import LURAH
from tests.channels.city_with_channels import CityWithChannels
from tests.channels.payloads import CHATTING

MAIL, PHONE = "siti@example.com", "+6281200000002"
LINK = re.compile(r"/laporan-saya#([\w-]{32})")


class CityThatTells(CityWithChannels):
    """Everything that is due is told at once."""

    def reported(self, **contact: str) -> str:
        given = Contact(None, contact.get("phone"), contact.get("email"), "id", secret="")
        key, draft = f"kunci-idempoten-{len(self.cases()):05}", {"reachable": True}
        number: str = self.lodge(contact=given, key=key, draft=draft)["number"]
        self.notify_citizen(number)
        return number

    def asked(self, **address: str) -> list[str]:
        """What became of it, at the next sweep."""
        self.ask_for_reports(
            **{"email": None, "phone": None, "language": "id", **address}  # type: ignore[arg-type]
        )
        return [self.send_link(str(alarm.id)) for alarm in self.queues.alarms(self.now(), 100) if alarm.kind == "ask"]

    def links(self) -> list[str]:
        told = [sent.text for sent in [*self.mail.sent, *self.sms.sent] if sent.event == EVENT]
        return [LINK.findall(text)[0] for text in told]

    def came(self, **address: str) -> str:
        assert self.asked(**address) == ["sent"]
        return self.links()[-1]

    def seen(self, token: str) -> set[str]:
        return {item["number"] for item in self.reports.show(token)["items"]}


@pytest.fixture
def city() -> CityThatTells:
    return CityThatTells()


def test_whoever_reads_the_mail_sees_all_reports_of_the_address_and_no_others(city: CityThatTells) -> None:
    own = {city.reported(email=MAIL), city.reported(email="Siti+lubang@Example.com")}
    city.reported(email="budi@example.com")

    token = city.came(email=MAIL)

    assert city.seen(token) == own


def test_a_telephone_number_also_shows_what_was_said_by_whatsapp(city: CityThatTells) -> None:
    by_form = city.reported(phone=PHONE)
    whatsapp = CHATTING[0]
    (by_chat,) = city.hears("WHATSAPP", whatsapp.says("m1", "Lampu jalan mati di -6.1754, 106.8272", PHONE[1:]))
    city.notify_citizen(by_chat)

    token = city.came(phone="0812 0000 0002")

    assert city.seen(token) == {by_form, by_chat}
    assert septets(city.sms.sent[-1].text) <= SEGMENT


def test_who_wrote_by_whatsapp_alone_gets_the_link_by_sms(city: CityThatTells) -> None:
    (number,) = city.hears("WHATSAPP", CHATTING[0].says("m1", "Lampu mati di -6.1754, 106.8272", PHONE[1:]))
    city.notify_citizen(number)

    assert city.seen(city.came(phone=PHONE)) == {number}
    assert city.sms.sent[-1].to == PHONE


UNKNOWN: dict[str, dict[str, str]] = {"mail": {"email": "nobody@example.com"}, "number": {"phone": "081200000009"}}


@pytest.mark.parametrize("address", UNKNOWN.values(), ids=UNKNOWN)
def test_an_address_that_nobody_reported_with_is_sent_nothing(city: CityThatTells, address: dict[str, str]) -> None:
    city.reported(email=MAIL)

    assert (city.asked(**address), city.links()) == (["kept"], [])


def test_asking_writes_the_same_rows_whether_the_address_is_known(city: CityThatTells) -> None:
    city.reported(email=MAIL)

    for email in (MAIL, "nobody@example.com"):
        city.ask_for_reports(email=email, phone=None, language="id")

    known, unknown = city.asks.rows.values()
    assert (known.way, len(known.names), known.sent) == (unknown.way, len(unknown.names), unknown.sent)
    assert len(city.asks.due) == 2


WRONG: dict[str, dict[str, Any]] = {
    "nothing": {},
    "both": {"email": MAIL, "phone": PHONE},
    "no address": {"email": "siti"},
    "no number": {"phone": "12"},
    "a fixed line": {"phone": "021 3823355"},
}


@pytest.mark.parametrize("address", WRONG.values(), ids=WRONG)
def test_what_no_message_reaches_is_refused_on_its_field(city: CityThatTells, address: dict[str, Any]) -> None:
    with pytest.raises(InvalidError) as refused:
        city.asked(**address)

    assert {fault.field for fault in refused.value.errors} <= {"email", "phone"}
    assert not city.asks.rows


def test_an_address_gets_three_links_a_day(city: CityThatTells) -> None:
    city.reported(email=MAIL)

    outcomes = [city.asked(email=MAIL) for _ in range(MOST_A_DAY + 2)]
    city.clock.advance(hours=25)
    outcomes.append(city.asked(email=MAIL))

    assert outcomes == [["sent"]] * MOST_A_DAY + [["kept"]] * 2 + [["sent"]]


def test_who_wants_no_messages_gets_no_link(city: CityThatTells) -> None:
    number = city.reported(email=MAIL)
    city.standings.suppress(str(city.pseudonym_of(number)))

    assert city.asked(email=MAIL) == ["kept"]


def test_an_ask_that_comes_twice_is_one_message(city: CityThatTells) -> None:
    city.reported(email=MAIL)
    city.ask_for_reports(email=MAIL, phone=None, language="id")
    (name,) = city.asks.due

    assert [city.send_link(name), city.send_link(name)] == ["sent", "gone"]


FATES = {
    "busy": (ProviderBusyError("x"), "deferred", 1),
    "refused": (ProviderRefusedError("x"), "failed", 0),
    "unclear": (ProviderUnclearError("x"), "unknown", 0),
}


@pytest.mark.parametrize(("error", "outcome", "waiting"), FATES.values(), ids=FATES)
def test_only_a_busy_provider_is_asked_again(city: CityThatTells, error: Exception, outcome: str, waiting: int) -> None:
    city.reported(email=MAIL)
    city.mail.failures.append(error)

    assert (city.asked(email=MAIL), len(city.asks.due)) == ([outcome], waiting)


def test_a_telephone_that_opted_out_is_asked_to_be_sent_nothing_more(city: CityThatTells) -> None:
    number = city.reported(phone=PHONE)
    city.sms.failures.append(ProviderUnwantedError("x"))

    assert [city.asked(phone=PHONE), city.asked(phone=PHONE)] == [["failed"], ["kept"]]
    assert city.standings.find(str(city.pseudonym_of(number))).suppressed


def test_a_link_opens_a_report_as_its_reporter_does(city: CityThatTells) -> None:
    number = city.reported(email=MAIL)
    token = city.came(email=MAIL)

    assert city.tracking.of_reporter(number, token)["contact"]["email"] == "s***@example.com"
    assert city.tracking.timeline(number, 2, secret=token)["items"]
    assert city.does(number, LURAH, "comment", secret=token, text="Masih berlubang")["timeline"]


def test_a_link_opens_nobody_elses_report(city: CityThatTells) -> None:
    city.reported(email=MAIL)
    other, nameless = city.reported(email="budi@example.com"), city.lodge(key="kunci-idempoten-99999")["number"]
    token = city.came(email=MAIL)

    for number in (other, nameless):
        for opened in (city.tracking.of_reporter, city.open_case.as_reporter):
            with pytest.raises(UnauthenticatedError):
                opened(number, token)
        with pytest.raises(UnauthenticatedError):
            city.tracking.timeline(number, 2, secret=token)


@pytest.mark.parametrize("token", ["", "x", "A" * 32, "A" * 33, "~" * 32, "é" * 32])
def test_what_is_no_link_of_ours_opens_nothing(city: CityThatTells, token: str) -> None:
    city.reported(email=MAIL)
    city.came(email=MAIL)

    for use in (city.reports.show, city.reports.forget, lambda given: city.reports.join(given, given)):
        with pytest.raises(UnauthenticatedError):
            use(token)


def test_after_a_day_the_link_is_over(city: CityThatTells) -> None:
    number = city.reported(email=MAIL)
    token = city.came(email=MAIL)
    city.clock.advance(hours=LIFE / timedelta(hours=1))

    for use in (city.reports.show, lambda given: city.tracking.of_reporter(number, given)):
        with pytest.raises(UnauthenticatedError):
            use(token)


def test_opening_the_list_confirms_the_address(city: CityThatTells) -> None:
    number = city.reported(email=MAIL)
    name = str(city.pseudonym_of(number))
    token = city.came(email=MAIL)
    assert not city.standings.find(name).confirmed

    city.reports.show(token)

    assert city.standings.find(name).confirmed


def test_two_addresses_that_were_both_read_show_the_reports_of_both_from_then_on(city: CityThatTells) -> None:
    both = {city.reported(email=MAIL), city.reported(phone=PHONE)}
    mail, phone = city.came(email=MAIL), city.came(phone=PHONE)
    assert city.seen(mail) != both

    shown = city.reports.join(mail, phone)

    assert {item["number"] for item in shown["items"]} == both
    assert city.seen(city.came(phone=PHONE)) == city.seen(city.came(email=MAIL)) == both


def test_an_address_that_nobody_has_read_is_joined_with_nothing(city: CityThatTells) -> None:
    city.reported(email=MAIL)
    city.reported(phone=PHONE)
    mail = city.came(email=MAIL)

    for other in ("B" * 32, PHONE):
        with pytest.raises(UnauthenticatedError):
            city.reports.join(mail, other)
    assert len(city.seen(mail)) == 1


def test_forgetting_erases_every_report_of_every_joined_address(city: CityThatTells) -> None:
    both = [city.reported(email=MAIL), city.reported(phone=PHONE)]
    other = city.reported(email="budi@example.com")
    mail = city.came(email=MAIL)
    city.reports.join(mail, city.came(phone=PHONE))

    assert city.reports.forget(mail) == {"erased": 2, "left": 0}
    assert all(city.complaints.load(number).erased for number in both)
    assert city.complaints.load(other).erased is None
    assert city.reports.forget(mail) == {"erased": 0, "left": 0}
    assert city.seen(mail) == set()


def test_a_report_of_nobody_is_noted_under_no_address(city: CityThatTells) -> None:
    city.notify_citizen(city.lodge()["number"])

    assert city.own_cases.rows == {}


def test_no_row_names_the_address(city: CityThatTells) -> None:
    city.reported(email=MAIL)
    city.came(email=MAIL)

    kept = f"{city.own_cases.rows} {city.asks.rows} {city.passes.rows}"
    assert "siti" not in kept
    assert city.links()[0] not in kept
