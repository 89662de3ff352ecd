"""Photos that come by a messenger: they are fetched, belong to the case that their words belong to, and are never the
reason why words are lost."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.application.intake.drafting import ReportInput
from chalicelib.application.ports.messages import ProviderBusyError, ProviderRefusedError
from chalicelib.channels.fetching import BREATH, PATIENCE
from chalicelib.channels.inbox import InboxPermit
from chalicelib.channels.steps import StepInput
from chalicelib.domain.case.evidence import PER_SIDE
from chalicelib.domain.errors import UnavailableError
from tests.builders import COORDINATOR, LURAH, POTHOLE
from tests.channels.city_with_channels import CityWithChannels
from tests.channels.payloads import CHANNELS, messenger, whatsapp, x

WORDS = "Jalan berlubang besar di depan pasar, -6.1754, 106.8272"
CDN = "https://scontent.xx.fbcdn.net/v/1.jpg?oh=1"
INSTAGRAM = next(channel for channel in CHANNELS if channel.code == "MEDSOSGUB")


def _image(url: Any = CDN, **payload: Any) -> dict[str, Any]:
    return {"type": "image", "payload": {"url": url, **payload}}


def _on_whatsapp(message_id: str, caption: str = "", media_id: Any = "1") -> bytes:
    words = {"caption": caption} if caption else {}
    return whatsapp(message_id, type="image", image={"id": media_id, "mime_type": "image/jpeg", **words})


def _on_facebook(message_id: str, caption: str = "", url: Any = CDN) -> bytes:
    return messenger(message_id, caption, attachments=[_image(url)])


def _on_instagram(message_id: str, caption: str = "", url: Any = CDN) -> bytes:
    return INSTAGRAM.says(message_id, caption, attachments=[_image(url)])


TON = "https://ton.twitter.com/1.1/ton/data/dm/1/2/a.jpg"


def _on_x(message_id: str, caption: str = "", url: Any = TON, **media: Any) -> bytes:
    """X puts a link to the picture behind the words."""
    known = {"id_str": "2", "media_url_https": url, "url": "https://t.co/abc", "type": "photo"}
    return x(message_id, f"{caption} https://t.co/abc", attachment={"type": "media", "media": {**known, **media}})


Sends = Callable[..., bytes]
PICTURING: dict[str, tuple[Sends, str]] = {  # how somebody sends a photo, and what it is fetched by
    "WHATSAPP": (_on_whatsapp, "1"),
    "FB": (_on_facebook, CDN),
    "MEDSOSGUB": (_on_instagram, CDN),
    "X": (_on_x, TON),
}
EACH = pytest.mark.parametrize(("code", "sends", "source"), [(code, *row) for code, row in PICTURING.items()])


@pytest.fixture
def city() -> CityWithChannels:
    return CityWithChannels()


def photos_of(city: CityWithChannels, number: str) -> list[bytes]:
    return [data for owner, _, _, data in city.originals.stored if owner == number]


def remarks(city: CityWithChannels, number: str) -> list[str]:
    """What stands in the case that nobody wrote."""
    events = city.complaints.events(number)
    return [str(event.words["text"]) for event in events if event.action == "comment" and event.role == "channel"]


def shown(city: CityWithChannels, task_id: str) -> dict[str, Any]:
    permit: InboxPermit = city.inbox.permit(COORDINATOR)
    return city.inbox.show(permit, task_id)


@EACH
def test_a_photo_with_words_is_a_photo_of_their_case(
    city: CityWithChannels, code: str, sends: Sends, source: str
) -> None:
    (number,) = city.hears(code, sends("m1", WORDS))

    assert photos_of(city, number) == [f"photo {source}".encode()]
    (photo,) = city.complaints.case_file(number).photos
    assert (photo.side, photo.kind, photo.state) == ("reporter", "before", "pending")
    assert city.message_tasks.open == {}


@EACH
def test_a_photo_after_the_words_joins_their_case(city: CityWithChannels, code: str, sends: Sends, source: str) -> None:
    (number,) = city.hears(code, sends("m1", WORDS, "1" if code == "WHATSAPP" else CDN))
    city.hears(code, sends("m2", "", "2" if code == "WHATSAPP" else CDN + "2"))

    assert (len(photos_of(city, number)), len(city.cases()), city.message_tasks.open) == (2, 1, {})
    said = [event.words["text"] for event in city.complaints.events(number) if event.action == "comment"]
    assert said == ["(foto)"]


@EACH
def test_a_photo_before_any_words_is_seen_by_a_person_until_its_words_come_and_it_joins_their_case(
    city: CityWithChannels, code: str, sends: Sends, source: str
) -> None:
    assert city.hears(code, sends("m1")) == ["task"]
    (task_id,) = city.message_tasks.open
    before = shown(city, task_id)
    channel = next(channel for channel in CHANNELS if channel.code == code)

    (number,) = city.hears(code, channel.says("m2", WORDS))

    assert ([photo["content_type"] for photo in before["photos"]], before["photos_missing"]) == (["image/jpeg"], 0)
    assert [sent.event for sent in city.chats.sent] == ["talk_matter"]
    assert photos_of(city, number) == [f"photo {source}".encode()]
    assert (shown(city, task_id)["state"], shown(city, task_id)["number"]) == ("case", number)


def test_a_photo_that_an_officer_has_taken_up_stays_in_their_case(city: CityWithChannels) -> None:
    city.hears("WHATSAPP", _on_whatsapp("m1"))
    (task_id,) = city.message_tasks.open
    task = city.message_tasks.rows[task_id]
    city.message_tasks.rows[task_id] = replace(task, state="closed")

    (number,) = city.hears("WHATSAPP", whatsapp("m2", WORDS))

    assert photos_of(city, number) == []


@EACH
def test_the_same_message_again_adds_no_photo(city: CityWithChannels, code: str, sends: Sends, source: str) -> None:
    (number,) = city.hears(code, sends("m1", WORDS))
    city.hears(code, sends("m1", WORDS))

    assert (len(city.complaints.case_file(number).photos), len(city.chat_pictures.asked)) == (1, 1)


@EACH
def test_words_wait_for_no_photo_and_the_photo_comes_when_its_provider_is_back(
    city: CityWithChannels, code: str, sends: Sends, source: str
) -> None:
    city.chat_pictures.faults[source] = ProviderBusyError("503")
    with pytest.raises(UnavailableError):
        city.hears(code, sends("m1", WORDS))
    (case,) = city.cases()
    del city.chat_pictures.faults[source]
    city.pass_time(BREATH)

    (key,) = city.raw_messages.kept
    assert city.reading(key) == [case.number]

    assert (len(photos_of(city, case.number)), remarks(city, case.number)) == (1, [])


@EACH
def test_of_a_photo_that_never_comes_the_case_tells(
    city: CityWithChannels, code: str, sends: Sends, source: str
) -> None:
    city.chat_pictures.faults[source] = ProviderRefusedError("gone")

    (number,) = city.hears(code, sends("m1", WORDS))
    city.hears(code, sends("m1", WORDS))

    assert remarks(city, number) == ["1 foto dari pesan pelapor tidak dapat diambil."]
    assert city.tracking.public(number)


def test_a_provider_that_stays_away_is_given_up_before_the_queue_gives_the_message_up(city: CityWithChannels) -> None:
    city.chat_pictures.faults["1"] = ProviderBusyError("503")
    with pytest.raises(UnavailableError):
        city.hears("WHATSAPP", _on_whatsapp("m1", WORDS))
    city.pass_time(PATIENCE + timedelta(seconds=1))
    (key,) = city.raw_messages.kept

    (number,) = city.reading(key)

    assert len(remarks(city, number)) == 1


def test_a_photo_that_cannot_be_fetched_is_missed_in_the_message_that_a_person_reads(city: CityWithChannels) -> None:
    city.chat_pictures.faults["1"] = ProviderRefusedError("gone")
    city.hears("WHATSAPP", _on_whatsapp("m1"))

    (task_id,) = city.message_tasks.open
    assert (shown(city, task_id)["photos"], shown(city, task_id)["photos_missing"]) == ([], 1)


def test_a_photo_that_comes_late_finds_the_case_that_its_words_have_made(city: CityWithChannels) -> None:
    city.chat_pictures.faults["1"] = ProviderBusyError("503")
    with pytest.raises(UnavailableError):
        city.hears("WHATSAPP", _on_whatsapp("m1"))
    (key,) = city.raw_messages.kept
    (number,) = city.hears("WHATSAPP", whatsapp("m2", WORDS))
    del city.chat_pictures.faults["1"]
    city.pass_time(BREATH)

    city.reading(key)

    assert len(photos_of(city, number)) == 1


def test_one_photo_that_waits_holds_up_no_other_message_of_the_batch(city: CityWithChannels) -> None:
    batch = json.loads(_on_facebook("m1", WORDS, CDN + "1"))
    batch["entry"] += json.loads(messenger("m2", WORDS, "24602"))["entry"]
    city.chat_pictures.faults[CDN + "1"] = ProviderBusyError("503")

    with pytest.raises(UnavailableError):
        city.hears("FB", json.dumps(batch).encode())

    assert len(city.cases()) == 2


def test_a_provider_that_has_just_failed_is_not_asked_for_each_photo(city: CityWithChannels) -> None:
    city.chat_pictures.faults = {str(number): ProviderBusyError("503") for number in range(5)}
    for number in range(5):
        with pytest.raises(UnavailableError):
            city.hears("WHATSAPP", _on_whatsapp(f"m{number}", WORDS, str(number)))

    assert len(city.chat_pictures.asked) == 1


def test_photos_beyond_what_a_case_takes_are_seen_by_a_person(city: CityWithChannels) -> None:
    (number,) = city.hears("WHATSAPP", whatsapp("m0", WORDS))
    for place in range(PER_SIDE + 1):
        city.hears("WHATSAPP", _on_whatsapp(f"m{place + 1}", "", str(place)))

    (task,) = city.message_tasks.open.values()
    assert (len(photos_of(city, number)), task.reason) == (PER_SIDE, "not_attached")
    assert len(shown(city, task.task_id)["photos"]) == 1


def test_the_photos_of_a_case_go_when_its_reporter_is_erased(city: CityWithChannels) -> None:
    (number,) = city.hears("WHATSAPP", _on_whatsapp("m1", WORDS))

    assert {key for owner, key in city.message_sources.keys if owner == number} == {
        *city.raw_messages.kept,
        *city.kept_pictures.rows,
    }


def test_an_officer_takes_the_photo_into_the_case_that_they_make(city: CityWithChannels) -> None:
    city.hears("WHATSAPP", _on_whatsapp("m1"))
    (task_id,) = city.message_tasks.open
    report = ReportInput("0" * 64, category=POTHOLE, description="Lubang besar")
    permit = city.inbox.permit(COORDINATOR)

    view = city.inbox.make_case(permit, task_id, StepInput("0" * 64, version=1, report=report))

    assert photos_of(city, view["number"]) == [b"photo 1"]
    assert {key for owner, key in city.message_sources.keys if owner == view["number"]} >= {*city.kept_pictures.rows}


ODD: dict[str, tuple[str, bytes]] = {
    "no id": ("WHATSAPP", whatsapp("m1", type="image", image={"caption": WORDS})),
    "an id that is a path": ("WHATSAPP", _on_whatsapp("m1", WORDS, "../me")),
    "an id that is a number": ("WHATSAPP", _on_whatsapp("m1", WORDS, 7)),
    "no address": ("FB", messenger("m1", WORDS, attachments=[{"type": "image", "payload": {}}])),
    "an address that is a number": ("FB", _on_facebook("m1", WORDS, 7)),
    "an endless address": ("FB", _on_facebook("m1", WORDS, "https://x/" + "a" * 5_000)),
    "an attachment without a payload": (
        "FB",
        messenger("m1", WORDS, attachments=[{"type": "fallback", "payload": None}]),
    ),
    "an attachment that is none": ("FB", messenger("m1", WORDS, attachments=["x"])),
    "attachments that are a text": ("FB", messenger("m1", WORDS, attachments="x")),
    "a video": ("WHATSAPP", whatsapp("m1", type="video", video={"id": "1", "caption": WORDS})),
    "a document that is no picture": (
        "WHATSAPP",
        whatsapp("m1", type="document", document={"id": "1", "mime_type": "application/pdf", "caption": WORDS}),
    ),
    "a picture of X without an address": ("X", x("m1", WORDS, attachment={"type": "media", "media": {"id": 1}})),
    "an address of X that is a number": ("X", _on_x("m1", WORDS, 7)),
    "an endless address of X": ("X", _on_x("m1", WORDS, "https://x/" + "a" * 5_000)),
    "a video of X": ("X", _on_x("m1", WORDS, type="video")),
    "a moving picture of X": ("X", _on_x("m1", WORDS, type="animated_gif")),
    "media of X that are a text": ("X", x("m1", WORDS, attachment={"type": "media", "media": "x"})),
    "an attachment of X that is a text": ("X", x("m1", WORDS, attachment="x")),
    "a place that X attaches": ("X", x("m1", WORDS, attachment={"type": "location", "location": {}})),
}


@pytest.mark.parametrize(("code", "raw"), ODD.values(), ids=ODD)
def test_what_is_no_photo_that_can_be_fetched_is_left_to_a_person_and_its_words_are_a_case(
    city: CityWithChannels, code: str, raw: bytes
) -> None:
    (number,) = city.hears(code, raw)

    assert number.startswith("JKT-")
    assert [task.reason for task in city.message_tasks.open.values()] == ["attachment_unread"]
    assert city.chat_pictures.asked == []


def test_a_photo_that_was_sent_as_a_document_is_a_photo(city: CityWithChannels) -> None:
    document = {"id": "1", "mime_type": "image/jpeg", "caption": WORDS}

    (number,) = city.hears("WHATSAPP", whatsapp("m1", type="document", document=document))

    assert len(photos_of(city, number)) == 1


MONAS = "https://www.google.com/maps?q=-6.1754,106.8272"
LINKS: dict[str, tuple[Any, str]] = {
    "as it was written": ([{"url": "https://t.co/x", "expanded_url": MONAS}], f"Lampu mati di {MONAS}"),
    "two": (
        [
            {"url": "https://t.co/y", "expanded_url": "https://b.example"},
            {"url": "https://t.co/x", "expanded_url": MONAS},
        ],
        f"Lampu mati di {MONAS}",
    ),
    "none": ([], "Lampu mati di https://t.co/x"),
    "no list": ("x", "Lampu mati di https://t.co/x"),
    "a link that is none": (["x", None, {"url": 7, "expanded_url": []}], "Lampu mati di https://t.co/x"),
    "an empty one": ([{"url": "", "expanded_url": "z"}], "Lampu mati di https://t.co/x"),
    "an endless one": ([{"url": "https://t.co/x", "expanded_url": "a" * 5_000}], "Lampu mati di https://t.co/x"),
}


@pytest.mark.parametrize(("links", "read"), LINKS.values(), ids=LINKS)
def test_a_link_that_x_wrote_anew_is_read_as_its_sender_wrote_it(city: CityWithChannels, links: Any, read: str) -> None:
    (number,) = city.hears("X", x("m1", "Lampu mati di https://t.co/x", entities={"urls": links}))

    assert city.complaints.event(number, 1).words["description"] == read
    (case,) = city.cases()
    assert case.located == (MONAS in read)


def test_a_sticker_is_no_photo(city: CityWithChannels) -> None:
    (number,) = city.hears("FB", messenger("m1", WORDS, attachments=[_image(sticker_id=369239263222822)]))

    assert (photos_of(city, number), city.message_tasks.open) == ([], {})


def test_a_command_under_a_photo_is_words_of_its_own(city: CityWithChannels) -> None:
    (outcome,) = city.hears("WHATSAPP", _on_whatsapp("m1", "status"))

    assert (outcome.startswith("JKT-"), len(photos_of(city, outcome))) == (True, 1)


def test_a_photo_under_a_case_that_is_over_begins_nothing_that_is_lost(city: CityWithChannels) -> None:
    (number,) = city.hears("WHATSAPP", whatsapp("m1", WORDS))
    city.does(number, LURAH, "reject", 1, reason_code="not_a_complaint", text="Bukan aduan")

    assert city.hears("WHATSAPP", _on_whatsapp("m2")) == ["task"]
    assert len(city.message_tasks.open) == 1
