"""What becomes of a message: a case, once, or a task of a person. Nothing that was sent is dropped."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.application.intake.sorting import UNSORTED, point_in
from chalicelib.domain.case import numbers
from chalicelib.domain.case.publicity import is_delicate
from tests.builders import CITY, GAMBIR, POTHOLE
from tests.channels.city_with_channels import MONAS, CityWithChannels, a_partners_report, from_lapor
from tests.channels.payloads import CHATTING, mail, sms
from tests.incoming import mention


@pytest.fixture
def city() -> CityWithChannels:
    return CityWithChannels()


def test_a_partners_report_is_a_case_of_its_channel(city: CityWithChannels) -> None:
    (number,) = city.hears("JAKI", a_partners_report(contact={"email": "siti@example.com"}))

    (case,) = city.cases()
    assert (case.number, case.channel, case.category, case.area) == (number, "JAKI", POTHOLE, GAMBIR)
    assert case.reachable
    assert numbers.read(number) == number


def test_a_report_that_comes_twice_is_one_case(city: CityWithChannels) -> None:
    first, second = (city.hears("JAKI", a_partners_report()) for _ in range(2))

    assert first == second
    assert len(city.cases()) == 1


def test_the_same_id_with_other_words_is_left_to_a_person(city: CityWithChannels) -> None:
    city.hears("JAKI", a_partners_report())

    assert city.hears("JAKI", a_partners_report(description="Lampu jalan mati")) == ["task"]
    (task,) = city.message_tasks.open.values()
    assert (task.reason, task.text) == ("key_reused", "Lampu jalan mati")


def test_two_channels_may_use_the_same_id(city: CityWithChannels) -> None:
    for channel in ("JAKI", "QLUE"):
        city.hears(channel, a_partners_report())

    assert {case.channel for case in city.cases()} == {"JAKI", "QLUE"}


ODD: dict[str, Any] = {
    "no category": {"category": None},
    "an unknown category": {"category": "TERBANG"},
    "a category that is a number": {"category": 7},
    "no words": {"description": "  "},
    "too many words": {"description": "x" * 4001},
    "words that cannot be kept": {"description": "a\x00b"},
    "a place outside": {"location": {"lat": 1.3, "lon": 103.8}},
    "a place that is none": {"location": {"lat": "-6.2", "lon": 106.8}},
    "a place without end": {"location": {"lat": 1e400, "lon": 0}},
    "a place that is true": {"location": {"lat": True, "lon": False}},
    "a list as place": {"location": [1, 2]},
    "a contact that is none": {"contact": "siti@example.com"},
    "an address that is none": {"contact": {"email": "siti"}},
    "an unknown field": {"assigned_to": "me"},
    "answers that are none": {"answers": ["x"]},
}


@pytest.mark.parametrize("differences", ODD.values(), ids=ODD.keys())
def test_an_odd_report_is_left_to_a_person(city: CityWithChannels, differences: dict[str, Any]) -> None:
    assert city.hears("JAKI", a_partners_report(**differences)) == ["task"]
    assert (city.cases(), len(city.message_tasks.open)) == ([], 1)


UNREADABLE = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"x"',
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"id": 7}',
    b'{"id": ""}',
    b'{"entry": 7}',
    b'{"for_user_id": "1", "tweet_create_events": 7}',
]


@pytest.mark.parametrize("channel", ["JAKI", "SMS", "FB", "WHATSAPP", "X"])
@pytest.mark.parametrize("raw", UNREADABLE)
def test_what_nobody_can_read_is_left_to_a_person(city: CityWithChannels, channel: str, raw: bytes) -> None:
    assert [outcome for outcome in city.hears(channel, raw) if outcome != "task"] == []
    assert city.cases() == []


def test_a_message_that_expired_is_gone(city: CityWithChannels) -> None:
    assert city.reading("raw/jaki/gone") == ["gone"]


def an_sms(text: str, number: str = "+6281234567890") -> bytes:
    return json.dumps({"id": "sms-1", "from": number, "text": text}).encode()


def test_an_sms_is_a_case_that_its_sender_is_told_of(city: CityWithChannels) -> None:
    (number,) = city.hears("SMS", an_sms("Jalan berlubang besar di depan pasar"))

    (case,) = city.cases()
    assert (case.number, case.channel, case.reachable) == (number, "SMS", True)


def a_whatsapp(text: str) -> bytes:
    said = {"id": "wamid.1", "from": "6281234567890", "type": "text", "text": {"body": text}}
    return json.dumps({"entry": [{"changes": [{"value": {"messages": [said]}}]}]}).encode()


def a_mail(text: str) -> bytes:
    return f"From: Siti <siti@example.com>\r\nSubject: Aduan\r\nMessage-ID: <m1@x>\r\n\r\n{text}\r\n".encode()


# channel, what its sender wrote, whether the provider has proved who they are
WRITTEN = {"SMS": (an_sms, True), "WHATSAPP": (a_whatsapp, True), "EMAIL": (a_mail, False)}


@pytest.mark.parametrize(("channel", "write", "proved"), [(name, *row) for name, row in WRITTEN.items()], ids=WRITTEN)
def test_an_address_that_its_provider_proved_counts_as_confirmed(
    city: CityWithChannels, channel: str, write: Any, proved: bool
) -> None:
    (number,) = city.hears(channel, write("Jalan berlubang besar di depan pasar"))

    assert city.complaints.contacts[number].confirmed is proved


@pytest.mark.parametrize("channel", WRITTEN)
def test_what_somebody_wrote_to_us_is_shown_to_nobody_until_an_officer_has_sorted_it(
    city: CityWithChannels, channel: str
) -> None:
    write, _ = WRITTEN[channel]

    (number,) = city.hears(channel, write("Jalan berlubang besar di -6.1754, 106.8272"))

    seen = city.tracking.public(number)
    assert (seen["description"], seen["place"], seen["photos"]) == (None, None, [])


def test_a_partners_report_is_public_at_once(city: CityWithChannels) -> None:
    (number,) = city.hears("JAKI", a_partners_report())

    assert city.tracking.public(number)["description"]


DELICATE = [code for code, found in CITY.categories.items() if is_delicate(found)]


@pytest.mark.parametrize("code", DELICATE)
def test_no_words_alone_make_a_case_delicate(city: CityWithChannels, code: str) -> None:
    city.hears("SMS", an_sms(f"{CITY.categories[code].name_id}. {CITY.categories[code].name_id}"))

    (case,) = city.cases()
    assert not is_delicate(CITY.categories[case.category])


@pytest.mark.parametrize(
    "text", ["Jalan berlubang di kelurahan Gambir", "Lubang RT 03 RW 05 Cideng", "di Monas, Gambir"]
)
def test_words_alone_set_no_place(city: CityWithChannels, text: str) -> None:
    city.hears("SMS", an_sms(text))

    (case,) = city.cases()
    assert not case.located


def test_words_without_a_place_wait_for_one(city: CityWithChannels) -> None:
    city.hears("SMS", an_sms("Tolong pak, ada masalah di sini"))

    (case,) = city.cases()
    assert (case.located, case.category, "location" in case.clocks) == (False, UNSORTED, True)


def test_a_place_outside_jakarta_leaves_the_case_without_one(city: CityWithChannels) -> None:
    city.hears("SMS", an_sms("Jalan berlubang di 1.3521, 103.8198"))

    (case,) = city.cases()
    assert (case.located, case.reachable) == (False, True)


def test_a_sender_whom_we_cannot_reach_has_a_case_all_the_same(city: CityWithChannels) -> None:
    city.hears("SMS", an_sms("Jalan berlubang besar", number="+4915112345678"))

    (case,) = city.cases()
    assert not case.reachable


def test_a_position_in_the_words_sets_the_place(city: CityWithChannels) -> None:
    city.hears("SMS", an_sms("Masalah di https://maps.google.com/?q=-6.1754,106.8272"))

    (case,) = city.cases()
    assert case.area == GAMBIR


@pytest.mark.parametrize(
    "text",
    [
        "-6.1754, 106.8272",
        "-6.1754,106.8272",
        "di -6.175400 106.827200 ya",
        "https://maps.google.com/?q=-6.1754,106.8272",
        "https://www.google.com/maps/place/Monas/@-6.1754,106.8272,17z",
        "https://www.google.com/maps?q=-6.1754%2C106.8272",
        "https://maps.apple.com/?ll=-6.1754,106.8272",
        "https://www.openstreetmap.org/?mlat=-6.1754&mlon=106.8272#map=17",
        "https://www.google.com/maps/data=!3m1!3d-6.1754!4d106.8272",
        "geo:-6.1754,106.8272",
    ],
)
def test_a_point_is_found_as_people_send_it(text: str) -> None:
    found = point_in(text)

    assert found
    assert (round(found.lat or 0, 4), round(found.lon or 0, 4)) == (MONAS["lat"], MONAS["lon"])


@pytest.mark.parametrize(
    "text", ["", "Rp 10.000, 20.000", "08.00-16.00", "RT 05/RW 03", "12.5, 7", "-96.1754,106.8272"]
)
def test_numbers_that_are_no_point_set_no_place(text: str) -> None:
    assert point_in(text) is None


def test_one_malformed_event_spoils_no_other(city: CityWithChannels) -> None:
    event = {"sender": {"id": "24601{}"}, "message": {"mid": "m{}", "text": "Jalan berlubang di depan pasar"}}
    events = [json.loads(json.dumps(event).replace("{}", str(number))) for number in range(200)]
    events[77] = {"message": {"mid": None}}

    outcomes = city.hears("FB", json.dumps({"object": "page", "entry": [{"messaging": events}]}).encode())

    assert (len(city.cases()), outcomes.count("task")) == (199, 1)
    assert [task.reason for task in city.message_tasks.open.values()] == ["not_meta"]


SAYS: dict[str, Callable[[str, str], bytes]] = {
    **{channel.code: channel.says for channel in CHATTING},
    "JAKI": lambda name, text: a_partners_report(id=name, description=text),
    "LAPOR1708": lambda name, text: from_lapor(tracking_id=name, description=text),
}
HALVES = {  # of a surrogate pair, as they are written in JSON, and where they stand: the name, the words, or both
    "high in the name": ("m\ud800", "Jalan berlubang"),
    "low in the name": ("m\udfff", "Jalan berlubang"),
    "in the words": ("m1", "Jalan \ud83d berlubang"),
    "in both": ("\udc00\ud800", "\udfffJalan berlubang"),
}


@pytest.mark.parametrize("is_raw", [False, True], ids=["escaped", "as bytes"])
@pytest.mark.parametrize(("name", "text"), HALVES.values(), ids=HALVES)
@pytest.mark.parametrize("channel", SAYS)
def test_half_a_letter_in_a_message_loses_none_of_its_words(
    city: CityWithChannels, channel: str, name: str, text: str, is_raw: bool
) -> None:
    sent = SAYS[channel](name, text)
    if is_raw:
        sent = json.dumps(json.loads(sent), ensure_ascii=False).encode("utf-8", "surrogatepass")

    assert city.hears(channel, sent) == city.hears(channel, sent)

    (case,) = city.cases()
    words = str(city.complaints.event(case.number, 1).words["description"])
    assert b"berlubang" in words.encode()


def test_our_own_words_make_no_task(city: CityWithChannels) -> None:
    echo = {"entry": [{"messaging": [{"message": {"mid": "m1", "text": "x", "is_echo": True}}, {"delivery": {}}]}]}

    assert city.hears("FB", json.dumps(echo).encode()) == []


OTHERS = [f"Jalan rusak di pasar {name}" for name in ("Gambir", "Menteng", "Senen")]
WITH_ONE_ID = {
    "a partner's reports": ("JAKI", lambda words: a_partners_report(description=words), 1),
    "a partner's reports with faults": ("QLUE", lambda words: a_partners_report(description=words, category="X"), 0),
    "LAPOR!'s reports": ("LAPOR1708", lambda words: from_lapor(description=words), 1),
    "letters": ("EMAIL", lambda words: mail("1", words), 1),
    "SMS of several people": ("SMS", lambda words: sms("1", words, f"6281234567{len(words):03}"), 1),
}


@pytest.mark.parametrize(("channel", "made", "cases"), WITH_ONE_ID.values(), ids=WITH_ONE_ID.keys())
def test_a_sender_who_counts_from_one_again_loses_no_report(channel: str, made: Any, cases: int) -> None:
    city = CityWithChannels()

    for words in [*OTHERS, *OTHERS]:
        city.hears(channel, made(words))

    assert (len(city.cases()), len(city.message_tasks.open)) == (cases, len(OTHERS) - cases)


def test_the_same_words_in_another_wrapping_are_left_to_a_person_once() -> None:
    city = CityWithChannels()

    said = json.loads(mention("Lubang"))
    for version in (1, 2):
        city.hears("FB", json.dumps(said | {"version": version}).encode())

    assert len(city.message_tasks.open) == 1
