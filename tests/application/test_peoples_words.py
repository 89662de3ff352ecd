"""Whose words stand where: of what people write nothing leaves in a message but a name that is one, and what others are
shown of it turns no text around it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from chalicelib.application.messages.to_units.alerts import Matter
from chalicelib.application.ports.cases import Contact
from chalicelib.domain.actor import REPORTER
from chalicelib.domain.case.complaint import Complaint, Summary
from chalicelib.domain.case.events import Event
from chalicelib.domain.messages import for_reporter, for_units
from chalicelib.domain.text.privacy import words_may_be_sent
from tests.builders import CITY, COORDINATOR, LURAH, NOW, given
from tests.city_in_memory import CityInMemory
from tests.flow import BUDI, SITI, Flow, letters

MARK = "mawar"
# What a message of the city must never carry for a stranger. Each holds MARK.
HOSTILE = {
    "a link": f"Klik https://{MARK}.example/klaim",
    "a bare domain": f"Lihat {MARK}-hadiah.id",
    "a telephone number": f"{MARK} 0812 3456 7890",
    "a spaced number": f"{MARK} 0812 - 3456 - 7890",
    "an address": f"tulis ke {MARK}@example.com",
    "a NIK": f"{MARK} 3171 0101 0190 0001",
    "a plate": f"{MARK} B 1234 XYZ",
    "a turned text": f"\u202e{MARK}\u2066 lampu",
    "a request": f"Transfer pajak Anda {MARK}",
    "harmless words": f"Lampu {MARK} mati",
}
CARRIERS = ("name", "description", "landmark", "answers", "text", "outside_unit", "outside_number", "summary")


LEADS_NOWHERE = ("a request", "harmless words")
QUOTED = tuple(product(LEADS_NOWHERE, ("description", "landmark", "text")))


Told = tuple[Complaint, list[Event]]


def carried(carrier: str, words: str, flow: Flow) -> tuple[Told, dict[str, Any]]:
    """A whole life whose events all carry the words there, and what differs in the contact."""
    number = flow.lodge()
    flow.act(number, "comment", REPORTER, given(text="Kapan?"))
    flow.act(number, "comment", LURAH, given(text="Segera"))
    flow.live(number)
    complaint, events = flow.complaints.rows[number], flow.complaints.events(number)
    if carrier == "name":
        return (complaint, events), {"name": words}
    if carrier == "summary":
        return (replace(complaint, summary=Summary(words, words)), events), {}
    value: Any = {"q": words, "many": [words]} if carrier == "answers" else words
    return (complaint, [replace(event, words={carrier: value}) for event in events]), {}


def messages(told: Told, contact: dict[str, Any], flow: Flow) -> Iterator[str]:
    """Every letter, SMS and alert about the life."""
    alerts = flow.alert_unit._alerts
    complaint, events = told
    for event in events:
        for language in ("id", "en"):
            if for_reporter(event):
                letter = letters().letter(event, complaint, _whom(SITI, language, contact), None)
                yield from (letter.subject, letter.text, letter.html)
                yield letters().sms(event, complaint, _whom(BUDI, language, contact), None)
        for message in for_units(event, complaint, CITY):
            yield from alerts.alert(event, message, Matter(complaint, events[0], None), NOW)


def _whom(contact: Contact, language: str, differences: dict[str, Any]) -> Contact:
    return replace(contact, language=language, **differences)


@pytest.mark.parametrize(
    ("kind", "carrier"),
    # Harmless letters pass for a name, and what leads nowhere is quoted from three places.
    [pair for pair in product(HOSTILE, CARRIERS) if pair != ("harmless words", "name") and pair not in QUOTED],
)
def test_no_message_carries_what_people_wrote(kind: str, carrier: str) -> None:
    flow = Flow()
    life, contact = carried(carrier, HOSTILE[kind], flow)

    said = list(messages(life, contact, flow))

    assert len(said) > 20
    assert not [text for text in said if MARK in text.lower()]


@pytest.mark.parametrize(("kind", "carrier"), QUOTED)
def test_what_leads_nowhere_is_quoted_and_never_in_an_sms(kind: str, carrier: str) -> None:
    flow = Flow()
    life, contact = carried(carrier, HOSTILE[kind], flow)

    said = [text for text in messages(life, contact, flow) if MARK in text.lower()]

    assert said
    assert not [text for text in said if text.startswith("Tanggap DKI:")]


@pytest.mark.parametrize("words", [words for kind, words in HOSTILE.items() if kind not in LEADS_NOWHERE])
def test_what_leads_somewhere_may_not_be_sent(words: str) -> None:
    assert not words_may_be_sent(words)


def test_the_look_at_messages_sees_a_name() -> None:
    flow = Flow()
    life, contact = carried("name", "Siti Mawar", flow)

    assert [text for text in messages(life, contact, flow) if MARK in text.lower()]


# ------------------------------------------------------------------------------------------------ what is shown
TURNED = "Lampu \u202emati\u2066 di \u202agang\u2069"
PLAIN = "Lampu mati di gang"


@pytest.fixture
def told() -> tuple[CityInMemory, str, str]:
    """A report with turning signs in all its words, and a word of each side."""
    city = CityInMemory()
    words = {"description": TURNED, "landmark": TURNED, "answers": {"q": TURNED, "many": [TURNED]}}
    receipt = city.lodge(contact=replace(SITI, name=TURNED, secret=""), draft=a_words(words))
    number, secret = receipt["number"], receipt["secret"]
    city.does(number, LURAH, "comment", None, text=TURNED)
    city.does(number, REPORTER, "comment", None, secret=secret, text=TURNED)
    return city, number, secret


def a_words(words: dict[str, Any]) -> dict[str, Any]:
    return {"words": words}


SEEN = {
    "everybody": lambda city, number, _: city.tracking.public(number),
    "the reporter": lambda city, number, secret: city.tracking.of_reporter(number, secret),
    "an officer": lambda city, number, _: city.tracking.of_staff(number, LURAH),
    "the coordinator": lambda city, number, _: city.tracking.of_staff(number, COORDINATOR),
    "older lines": lambda city, number, secret: city.tracking.timeline(number, 9, secret=secret),
    "a list": lambda city, _, __: city.worklists.page(city.worklists.permit_list(LURAH, "mine"), {}),
}


@pytest.mark.parametrize("seen", SEEN.values(), ids=SEEN)
def test_nothing_shown_turns_what_stands_around_it(told: tuple[CityInMemory, str, str], seen: Any) -> None:
    view = repr(seen(*told))

    assert "mati" in view
    assert not [sign for sign in ("\\u202e", "\\u2066", "\\u202a", "\\u2069") if sign in view]


def test_only_the_turning_signs_go(told: tuple[CityInMemory, str, str]) -> None:
    city, number, _ = told

    view = city.tracking.of_staff(number, LURAH)

    assert (view["description"], view["answers"]) == (PLAIN, {"q": PLAIN, "many": [PLAIN]})
    assert [line["text"] for line in view["timeline"] if "text" in line] == [PLAIN, PLAIN]


@pytest.mark.parametrize("kind", ["a telephone number", "a spaced number", "an address", "a NIK", "a plate"])
def test_words_that_name_somebody_are_in_no_public_view(kind: str) -> None:
    city = CityInMemory()
    number = city.lodge(draft=a_words({"description": HOSTILE[kind]}))["number"]
    city.does(number, LURAH, "comment", None, text=HOSTILE[kind])

    view = city.tracking.public(number)

    assert view["description_withheld"] is True
    assert MARK not in repr(view)
