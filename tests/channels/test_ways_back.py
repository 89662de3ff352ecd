"""Each channel where somebody writes in private, from their words to the last message: a case of its channel, the
receipt with the number, and every status, on the channel where they wrote."""

from datetime import timedelta

import pytest

from chalicelib.application.ports.talks import Talk
from tests.builders import LURAH
from tests.channels.city_with_channels import CityWithChannels
from tests.channels.payloads import CHANNELS, CHATTING, Channel, messenger, whatsapp, x
from tests.fakes import Sent

EACH = pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.code)
WINDOWED = [channel for channel in CHATTING if channel.code in ("WHATSAPP", "FB", "MEDSOSGUB")]
WORDS = "Jalan berlubang besar di depan pasar, -6.1754, 106.8272"


@pytest.fixture
def city() -> CityWithChannels:
    return CityWithChannels()


def told(city: CityWithChannels, way: str) -> list[Sent]:
    return {"email": city.mail, "sms": city.sms}.get(way, city.chats).sent


def goes_on(city: CityWithChannels, number: str) -> None:
    """Two steps further."""
    city.does(number, LURAH, "accept", 1)
    city.does(number, LURAH, "start", 2)


@EACH
def test_somebody_is_told_of_each_step_where_they_wrote(city: CityWithChannels, channel: Channel) -> None:
    (number,) = city.hears(channel.code, channel.says("m1", WORDS), channel.type)
    city.notify_citizen(number)
    goes_on(city, number)
    city.notify_citizen(number)

    (case,) = city.cases()
    assert (case.number, case.channel, case.reachable) == (number, channel.code, True)
    sent = [each for each in told(city, channel.way) if not each.event.startswith("talk_")]
    assert [(each.to, each.event) for each in sent] == [
        (channel.to, event) for event in ("waiting", "assigned", "in_progress")
    ]
    assert all(number in each.text for each in sent)
    everything = [*city.mail.sent, *city.sms.sent, *city.chats.sent]
    assert {each.to for each in everything} == {channel.to}


@EACH
def test_a_receipt_that_is_faster_than_the_end_of_its_message_goes_where_they_wrote(
    city: CityWithChannels, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    saving = city.talks.save

    def saved(talk: Talk) -> None:
        for case in city.cases():
            city.notify_citizen(case.number)
        saving(talk)

    monkeypatch.setattr(city.talks, "save", saved)
    (number,) = city.hears(channel.code, channel.says("m1", WORDS), channel.type)
    city.notify_citizen(number)

    everything = [*city.mail.sent, *city.sms.sent, *city.chats.sent]
    assert [(each.to, each.event) for each in everything] == [(channel.to, "waiting")]


@EACH
def test_what_comes_twice_is_one_case_and_one_receipt(city: CityWithChannels, channel: Channel) -> None:
    raw = channel.says("m1", WORDS)
    first, second = (city.hears(channel.code, raw, channel.type) for _ in range(2))
    for _ in range(2):
        city.notify_citizen(first[0])

    assert (first, len(city.cases()), len(told(city, channel.way))) == (second, 1, 1)


@pytest.mark.parametrize("channel", WINDOWED, ids=lambda channel: channel.code)
def test_after_the_providers_window_news_go_another_way_or_wait(city: CityWithChannels, channel: Channel) -> None:
    (number,) = city.hears(channel.code, channel.says("m1", WORDS))
    city.notify_citizen(number)
    city.pass_time(timedelta(hours=25))
    city.does(number, LURAH, "accept", 1)
    city.notify_citizen(number)

    assert [sent.event for sent in city.chats.sent] == ["waiting"]
    (_, late) = city.notices_ledger.of(number)
    if channel.code == "WHATSAPP":
        assert [(sent.to, sent.event) for sent in city.sms.sent] == [("+6281234567890", "assigned")]
        assert (late.kind, late.state) == ("sms", "sent")
    else:
        assert (late.kind, late.state, late.reason) == (channel.way, "held", "window_over")


@pytest.mark.parametrize("channel", WINDOWED[1:], ids=lambda channel: channel.code)
def test_who_writes_again_is_told_how_the_case_stands(city: CityWithChannels, channel: Channel) -> None:
    (number,) = city.hears(channel.code, channel.says("m1", WORDS))
    city.notify_citizen(number)
    city.pass_time(timedelta(hours=25))
    goes_on(city, number)
    city.notify_citizen(number)

    city.hears(channel.code, channel.says("m2", f"STATUS {number}"))
    city.notify_citizen(number)

    events = [sent.event for sent in city.chats.sent]
    assert events == ["waiting", "talk_as_told", "in_progress"]
    assert [notice.state for notice in city.notices_ledger.of(number)] == ["sent", "superseded", "sent"]


WITH_PICTURE = {
    "WHATSAPP": lambda: whatsapp("m1", type="video", video={"id": "1", "mime_type": "video/mp4", "caption": WORDS}),
    "FB": lambda: messenger("m1", WORDS, attachments=[{"type": "video", "payload": {"url": "https://a.example/1"}}]),
    "X": lambda: x("m1", WORDS, attachment={"type": "media", "media": {"media_url_https": "https://a.example/1"}}),
}


@pytest.mark.parametrize("code", WITH_PICTURE)
def test_what_cannot_be_fetched_from_a_messenger_is_left_to_a_person_and_its_words_are_a_case(
    city: CityWithChannels, code: str
) -> None:
    (number,) = city.hears(code, WITH_PICTURE[code]())

    assert number.startswith("JKT-")
    assert [task.reason for task in city.message_tasks.open.values()] == ["attachment_unread"]


def test_an_officers_words_go_to_no_messenger(city: CityWithChannels) -> None:
    whatsapp = CHATTING[0]
    (number,) = city.hears(whatsapp.code, whatsapp.says("m1", WORDS))
    city.does(number, LURAH, "comment", 1, text="Mohon kirim foto")
    city.notify_citizen(number)

    assert "Mohon kirim foto" not in city.chats.sent[-1].text
    assert "Pesan petugas dapat Anda baca" in city.chats.sent[-1].text
