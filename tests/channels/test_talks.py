"""Conversations by SMS and WhatsApp: what is asked, what is understood, and that nothing is done twice."""

import itertools
import random
from datetime import timedelta

import pytest

from chalicelib.application.ports.messages import ProviderBusyError, ProviderUnclearError, ProviderUnwantedError
from chalicelib.application.talks.answering import MOST_A_DAY
from chalicelib.application.talks.talking import GLANCES, LEASE
from chalicelib.application.talks.understanding import understand
from chalicelib.domain.errors import UnavailableError
from tests.builders import COORDINATOR, GAMBIR, LURAH
from tests.channels.city_with_channels import CityWithChannels
from tests.channels.payloads import CHATTING, Channel, sms, whatsapp, whatsapp_place

WHATSAPP, SMS = CHATTING[0], CHATTING[-1]
BOTH = pytest.mark.parametrize("channel", [WHATSAPP, SMS], ids=lambda channel: channel.code)
IDS = itertools.count(1)


@pytest.fixture
def city() -> CityWithChannels:
    return CityWithChannels()


def says(city: CityWithChannels, channel: Channel, text: str) -> str:
    """One message with an id of its own; what became of it."""
    (outcome,) = city.hears(channel.code, channel.says(f"m{next(IDS)}", text))
    return outcome


def answers(city: CityWithChannels) -> list[str]:
    """The names of our answers, oldest first."""
    sent = [*city.chats.sent, *city.sms.sent]
    return [each.event.removeprefix("talk_") for each in sent if each.event.startswith("talk_")]


def words_of(city: CityWithChannels, number: str) -> list[str]:
    """What the reporter wrote after the report."""
    events = city.complaints.events(number)
    return [str(event.words["text"]) for event in events if event.action in ("comment", "answer")]


@BOTH
def test_the_first_words_are_a_case_and_its_place_is_asked_for(city: CityWithChannels, channel: Channel) -> None:
    number = says(city, channel, "Lampu jalan mati sudah seminggu")

    (case,) = city.cases()
    assert (case.number, case.located, answers(city)) == (number, False, ["place_asked"])


@BOTH
def test_the_kelurahan_is_added_for_whoever_places_the_case(city: CityWithChannels, channel: Channel) -> None:
    number = says(city, channel, "Lampu jalan mati sudah seminggu")

    assert says(city, channel, "kel. cideng") == number

    assert words_of(city, number) == ["kel. cideng\n\nLokasi dari pelapor: Kelurahan Cideng, Gambir."]
    assert answers(city) == ["place_asked", "added"]


def test_a_shared_position_is_added_with_its_kelurahan(city: CityWithChannels) -> None:
    number = says(city, WHATSAPP, "Lampu jalan mati sudah seminggu")

    city.hears("WHATSAPP", whatsapp_place("p1", -6.1754, 106.8272))

    assert words_of(city, number) == ["Lokasi dari pelapor: -6.175400, 106.827200 (Kelurahan Gambir, Gambir)."]


def test_a_position_before_any_words_is_the_place_of_the_case(city: CityWithChannels) -> None:
    city.hears("WHATSAPP", whatsapp_place("p1", -6.1754, 106.8272))
    says(city, WHATSAPP, "Lampu jalan mati sudah seminggu")

    (case,) = city.cases()
    assert (case.area, answers(city)) == (GAMBIR, ["matter"])


def test_words_that_name_no_problem_are_a_case_and_are_asked_about(city: CityWithChannels) -> None:
    number = says(city, SMS, "Pak ini gimana sih dari kemarin begini terus")
    says(city, SMS, "Kelurahan Cideng")
    says(city, SMS, "sampah menumpuk")

    assert answers(city) == ["place_asked", "category_asked", "added"]
    assert len(words_of(city, number)) == 2


@BOTH
def test_who_is_not_understood_twice_is_read_by_a_person_and_no_word_is_lost(
    city: CityWithChannels, channel: Channel
) -> None:
    number = says(city, channel, "Lampu jalan mati sudah seminggu")
    outcomes = [says(city, channel, text) for text in ("dekat rumah saya", "ya di situ")]

    assert (outcomes, answers(city)) == (["asked_again", "task"], ["place_asked", "place_again", "handed"])
    (task,) = city.message_tasks.open.values()
    assert task.reason == "not_understood"
    assert words_of(city, number) == ["dekat rumah saya", "ya di situ"]


def test_a_place_outside_jakarta_is_said_to_be_outside(city: CityWithChannels) -> None:
    says(city, WHATSAPP, "Lampu jalan mati sudah seminggu")
    city.hears("WHATSAPP", whatsapp_place("p1", 1.35, 103.82))

    assert answers(city) == ["place_asked", "place_outside"]


def test_who_has_named_the_kelurahan_is_not_asked_for_it(city: CityWithChannels) -> None:
    says(city, SMS, "Lampu jalan mati di Kelurahan Cideng")

    assert (len(city.cases()), answers(city)) == (1, [])


def test_a_greeting_is_no_case_and_two_of_them_are_read_by_a_person(city: CityWithChannels) -> None:
    outcomes = [says(city, WHATSAPP, text) for text in ("Halo min", "Selamat pagi")]

    assert (outcomes, answers(city), city.cases()) == (["asked_again", "task"], ["matter", "handed"], [])


@BOTH
def test_the_answer_to_an_officers_question_is_that_answer(city: CityWithChannels, channel: Channel) -> None:
    number = says(city, channel, "Lampu jalan mati di -6.1754, 106.8272")
    city.does(number, LURAH, "accept", 1)
    city.does(number, LURAH, "ask", 2, text="Di depan rumah siapa?")

    says(city, channel, "Di depan toko Maju")

    (case,) = city.cases()
    assert (case.status, words_of(city, number)) == ("assigned", ["Di depan toko Maju"])


def test_after_a_day_words_are_a_new_report(city: CityWithChannels) -> None:
    first = says(city, SMS, "Lampu jalan mati di -6.1754, 106.8272")
    city.pass_time(timedelta(hours=25))

    second = says(city, SMS, "Masih ada sampah menumpuk di -6.1754, 106.8272")

    assert first != second
    assert len(city.cases()) == 2


def test_baru_begins_a_new_report(city: CityWithChannels) -> None:
    says(city, SMS, "Lampu jalan mati di -6.1754, 106.8272")
    says(city, SMS, "baru")
    says(city, SMS, "Sampah menumpuk di -6.1754, 106.8272")

    assert (len(city.cases()), answers(city)) == (2, ["matter"])


COMMANDS = {
    "STATUS JKT-1Y22-Y0DB-3": ("status", "JKT-1Y22-Y0DB-3"),
    "status jkt 1y22 y0db 3": ("status", "jkt 1y22 y0db 3"),
    "Statsu laporan JKT1Y22Y0DB3 dong": ("status", "JKT1Y22Y0DB3"),
    "JKT-1Y22-Y0DB-3": ("status", "JKT-1Y22-Y0DB-3"),
    "cek 1Y22Y0DB3": ("status", "1y22y0db3"),
    "status": ("status", ""),
    "BERHENTI": ("stop", ""),
    "brhenti": ("stop", ""),
    " Berhenti! ": ("stop", ""),
    "STOP": ("stop", ""),
    "mulai": ("start", ""),
    "bantuan": ("help", ""),
    "BANTUAN PAK": ("help", ""),
    "bantaun": ("help", ""),
    "info": ("help", ""),
    "baru": ("new", ""),
    "halo kak": ("greeting", ""),
    "": ("greeting", ""),
    "🙏": ("greeting", ""),
    "Bus berhenti di tengah jalan": ("", ""),
    "Tolong pak ada pohon tumbang di jalan": ("", ""),
    "Status lampu jalan di gang kami mati terus": ("", ""),
    "jkt sampah banyak": ("", ""),
    "Minta bantuan banjir di Cideng": ("", ""),
}


@pytest.mark.parametrize("text", COMMANDS, ids=lambda text: text or "nothing")
def test_what_a_message_asks_for_is_understood(text: str) -> None:
    meant = understand(text)

    assert (meant.kind, meant.number) == COMMANDS[text]


@BOTH
def test_the_status_tells_the_number_and_what_is_next(city: CityWithChannels, channel: Channel) -> None:
    number = says(city, channel, "Lampu jalan mati di -6.1754, 106.8272")

    says(city, channel, f"status {number.lower()}")

    told = [*city.chats.sent, *city.sms.sent][-1].text
    assert told.startswith(f"{number}: ")
    assert told.endswith(f"/lacak#{number}")


def test_a_stranger_reads_of_a_case_what_everybody_may(city: CityWithChannels) -> None:
    number = city.hears("FB", CHATTING[1].says("f1", "Lampu jalan mati di -6.1754, 106.8272"))[0]
    city.does(number, LURAH, "accept", 1)
    city.does(number, LURAH, "ask", 2, text="Di depan rumah siapa?")

    says(city, SMS, f"STATUS {number}")

    told = city.sms.sent[-1].text
    assert "lampu" not in told.lower()
    assert "rumah siapa" not in told
    assert "~" not in told


def test_an_unknown_number_is_told_as_such(city: CityWithChannels) -> None:
    says(city, SMS, "STATUS JKT-0000-0000-0")

    assert (answers(city), city.cases()) == (["no_number"], [])


@BOTH
def test_who_writes_berhenti_gets_one_last_word_and_nothing_more(city: CityWithChannels, channel: Channel) -> None:
    number = says(city, channel, "Lampu jalan mati di -6.1754, 106.8272")
    says(city, channel, "berhenti")
    says(city, channel, "bantuan")
    city.notify_citizen(number)

    assert [each.event for each in (*city.chats.sent, *city.sms.sent)] == ["talk_stopped"]
    assert [notice.state for notice in city.notices_ledger.of(number)] == ["suppressed"]


def test_a_telephone_that_opted_out_is_answered_no_more(city: CityWithChannels) -> None:
    city.sms.failures.append(ProviderUnwantedError("x"))
    says(city, SMS, "Lampu jalan mati")
    says(city, SMS, "bantuan")

    assert city.sms.sent == []


def test_mulai_brings_messages_back(city: CityWithChannels) -> None:
    number = says(city, SMS, "Lampu jalan mati di -6.1754, 106.8272")
    says(city, SMS, "berhenti")
    says(city, SMS, "MULAI")
    city.notify_citizen(number)

    assert [each.event for each in city.sms.sent] == ["talk_stopped", "talk_started", "waiting"]


@BOTH
def test_every_answer_carries_the_number_once_there_is_one(city: CityWithChannels, channel: Channel) -> None:
    says(city, channel, "Halo")
    number = says(city, channel, "Lampu jalan mati sudah seminggu")
    for text in ("dekat sini", "Kelurahan Cideng", "bantuan", "status", "berhenti"):
        says(city, channel, text)

    first, *others = [each.text for each in (*city.chats.sent, *city.sms.sent)]
    assert "JKT" not in first
    assert [text for text in others if number not in text] == []


def test_an_answer_by_sms_is_of_plain_letters(city: CityWithChannels) -> None:
    for text in ("Halo", "Lampu jalan mati sudah seminggu", "dekat sini", "Kelurahan Cideng", "bantuan"):
        says(city, SMS, text)

    assert len(city.sms.sent) == 5
    assert [each.text for each in city.sms.sent if not each.text.isascii() or len(each.text) > 160] == []


MESSAGES = {
    "m1": "Lampu jalan mati sudah seminggu",
    "m2": "di kel cideng",
    "m3": "dekat masjid",
}


@pytest.mark.parametrize("seed", range(6))
def test_messages_twice_and_in_any_order_are_one_case_with_every_word_once(city: CityWithChannels, seed: int) -> None:
    order = [*MESSAGES, *MESSAGES]
    random.Random(seed).shuffle(order)

    for message_id in order:
        city.hears("SMS", sms(message_id, MESSAGES[message_id]))

    (case,) = city.cases()
    (first,) = [event for event in city.complaints.events(case.number) if event.action == "lodge"]
    said = " ".join([str(first.words["description"]), *words_of(city, case.number)])
    assert [said.count(text) for text in MESSAGES.values()] == [1, 1, 1]
    assert len(city.sms.sent) <= len(MESSAGES)


PARTS = [
    "Lampu jalan mati sudah seminggu di depan",
    "warung Bu Ani, dan dua lampu lain",
    "di gang sebelahnya juga mati",
]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_parts_of_a_long_message_are_one_case_in_any_order_and_asked_about_once(
    city: CityWithChannels, order: tuple[int, ...]
) -> None:
    for place in (*order, *order):
        city.hears("SMS", sms(f"m{place}", PARTS[place], part={"number": place + 1, "of": 3}))

    (case,) = city.cases()
    (first,) = [event for event in city.complaints.events(case.number) if event.action == "lodge"]
    said = [str(first.words["description"]), *words_of(city, case.number)]
    assert (sorted(said), answers(city)) == (sorted(PARTS), ["place_asked"])


@pytest.mark.parametrize(
    "part", [7, {}, {"number": 0, "of": 2}, {"number": 3, "of": 2}, {"number": 1, "of": 999}, "1/2"]
)
def test_what_is_no_part_is_read_by_a_person(city: CityWithChannels, part: object) -> None:
    assert city.hears("SMS", sms("m1", "Lampu jalan mati", part=part)) == ["task"]


def test_an_answer_that_surely_did_not_leave_is_sent_when_the_message_comes_again(city: CityWithChannels) -> None:
    city.chats.failures.append(ProviderBusyError("graph_4"))
    raw = whatsapp("m1", "Lampu jalan mati sudah seminggu")
    with pytest.raises(UnavailableError):
        city.hears("WHATSAPP", raw)

    city.hears("WHATSAPP", raw)

    assert (len(city.cases()), answers(city)) == (1, ["place_asked"])


def test_an_answer_that_may_have_left_is_not_sent_again(city: CityWithChannels) -> None:
    city.sms.failures.append(ProviderUnclearError("timeout"))
    for _ in range(2):
        city.hears("SMS", sms("m1", "Lampu jalan mati sudah seminggu"))

    assert (len(city.cases()), answers(city)) == (1, [])


def test_while_one_message_of_a_person_is_looked_at_another_one_waits(city: CityWithChannels) -> None:
    says(city, SMS, "Lampu jalan mati sudah seminggu")
    (talk,) = city.talks.rows.values()
    city.talks.take(talk, city.now(), city.now() + LEASE)
    waits: list[float] = []
    city.pause = waits.append  # type: ignore[method-assign]
    vars(city).pop("talking"), vars(city).pop("reading")

    with pytest.raises(UnavailableError):
        says(city, SMS, "Kelurahan Cideng")

    assert len(waits) == GLANCES


def test_a_lease_whose_holder_died_ends_by_itself(city: CityWithChannels) -> None:
    says(city, SMS, "Lampu jalan mati sudah seminggu")
    (talk,) = city.talks.rows.values()
    city.talks.take(talk, city.now(), city.now() + LEASE)
    city.pass_time(LEASE + timedelta(seconds=1))

    says(city, SMS, "Kelurahan Cideng")

    assert answers(city) == ["place_asked", "added"]


def test_two_machines_that_answer_each_other_come_to_an_end(city: CityWithChannels) -> None:
    for _ in range(MOST_A_DAY + 10):
        says(city, SMS, "bantuan")

    assert len(city.sms.sent) == MOST_A_DAY
    city.pass_time(timedelta(days=1))
    says(city, SMS, "bantuan")
    assert len(city.sms.sent) == MOST_A_DAY + 1


def test_beyond_the_citys_share_of_the_day_no_answer_leaves_and_every_case_is_taken_in(city: CityWithChannels) -> None:
    city.ceilings["sms"] = 0

    says(city, SMS, "Lampu jalan mati sudah seminggu")

    assert (len(city.cases()), city.sms.sent) == (1, [])


def test_a_case_that_takes_no_more_words_leaves_them_to_a_person(city: CityWithChannels) -> None:
    number = says(city, SMS, "Lampu jalan mati di -6.1754, 106.8272")
    outcomes = [says(city, SMS, f"tambahan {count}") for count in range(12)]

    assert outcomes[:10] == [number] * 10
    assert outcomes[10:] == ["task", "task"]
    assert {task.reason for task in city.message_tasks.open.values()} == {"not_attached"}


def test_a_case_that_has_ended_is_not_gone_on_with(city: CityWithChannels) -> None:
    number = says(city, SMS, "Lampu jalan mati di -6.1754, 106.8272")
    city.does(number, COORDINATOR, "reject", 1, reason_code="outside_authority", text="Bukan urusan kota")

    says(city, SMS, "Lampu jalan mati lagi di -6.1754, 106.8272")

    assert len(city.cases()) == 2


def test_no_row_of_a_conversation_holds_a_word_or_an_address(city: CityWithChannels) -> None:
    says(city, WHATSAPP, "Lampu jalan mati sudah seminggu")
    says(city, WHATSAPP, "dekat rumah Bu Ani")

    kept = repr(city.talks.rows)
    assert len(city.talks.rows) == 1
    assert [said for said in ("628123", "Lampu", "Ani", "wamid") if said in kept] == []


TALKS = {
    "words of a case, and what completes it": ["Lampu jalan mati sudah seminggu", "kel. cideng"],
    "what nobody understood": ["Lampu jalan mati sudah seminggu", "dekat rumah saya", "ya di situ"],
    "greetings before there was a case": ["Halo min", "Selamat pagi", "Lampu jalan mati sudah seminggu"],
    "commands between": ["Lampu jalan mati sudah seminggu", "status", "bantuan", "berhenti"],
}


@pytest.mark.parametrize("texts", TALKS.values(), ids=TALKS)
@BOTH
def test_every_message_of_a_conversation_goes_with_its_case_once_that_is_erased(
    city: CityWithChannels, channel: Channel, texts: list[str]
) -> None:
    for text in texts:
        says(city, channel, text)

    (case,) = city.cases()
    assert city.message_sources.keys == {(case.number, key) for key in city.raw_messages.kept}
    assert city.message_sources.tasks == {(case.number, task_id) for task_id in city.message_tasks.rows}


def test_a_message_about_the_next_case_goes_with_that_one(city: CityWithChannels) -> None:
    first = says(city, SMS, "Lampu jalan mati di -6.1754, 106.8272")
    says(city, SMS, "baru")
    second = says(city, SMS, "Sampah menumpuk di -6.1754, 106.8272")

    of_case = [number for number, _ in city.message_sources.keys]
    assert (of_case.count(first), of_case.count(second)) == (1, 2)
