"""What was said in public is answered in public: below the very post or comment, by whoever reads the channel, and
nobody is named there."""

import json
from typing import Any

import pytest

from chalicelib.application.ports.messages import ProviderBusyError, ProviderRefusedError, ProviderUnclearError
from chalicelib.channels.steps import StepInput
from chalicelib.domain.errors import ConflictError, InvalidError
from tests.builders import COORDINATOR
from tests.channels.city_with_channels import CityWithChannels

WORDS = "Lubang besar di jalan RT 03 RW 05 kelurahan Gambir"
ANSWER = "Terima kasih. Silakan laporkan di laman Tanggap."
PAGE, ACCOUNT = "102290129340398", "17841405793187218"


@pytest.fixture
def city() -> CityWithChannels:
    return CityWithChannels()


def changed(entry: str, field: str, **value: Any) -> bytes:
    """Of Meta's webhooks (reference: page, feed; instagram, comments and mentions)."""
    change = {"field": field, "value": {"from": {"id": "24601", "name": "Siti"}, **value}}
    return json.dumps({"object": "page", "entry": [{"id": entry, "time": 1, "changes": [change]}]}).encode()


def a_post_on_x(user: str = "24601") -> bytes:
    """X, Account Activity API: tweet_create_events."""
    event = {"id_str": "1764000000000000001", "text": WORDS, "user": {"id_str": user}}
    return json.dumps({"for_user_id": "100", "tweet_create_events": [event]}).encode()


# What somebody said, and below what it is answered.
PUBLIC: dict[str, tuple[str, bytes, str]] = {
    "a comment on Facebook": (
        "FB",
        changed(PAGE, "feed", item="comment", verb="add", comment_id="1_2", post_id="9_1", message=WORDS),
        "1_2",
    ),
    "a visitor's post on Facebook": (
        "FB",
        changed(PAGE, "feed", item="post", verb="add", post_id="9_7", message=WORDS),
        "9_7",
    ),
    "a comment on Instagram": ("MEDSOSGUB", changed(ACCOUNT, "comments", id="179", text=WORDS), "179"),
    "a mention on X": ("X", a_post_on_x(), "1764000000000000001"),
}
EACH = pytest.mark.parametrize(("code", "raw", "below"), PUBLIC.values(), ids=PUBLIC)


def heard(city: CityWithChannels, code: str, raw: bytes) -> str:
    assert city.hears(code, raw) == ["task"]
    (task_id,) = city.message_tasks.rows
    return task_id


def answers(city: CityWithChannels, task_id: str, text: str = ANSWER) -> dict[str, Any]:
    return city.inbox.reply(city.inbox.permit(COORDINATOR), task_id, StepInput("hash", version=1, text=text))


def shown(city: CityWithChannels, task_id: str) -> dict[str, Any]:
    return city.inbox.show(city.inbox.permit(COORDINATOR), task_id)


@EACH
def test_what_was_said_in_public_is_answered_below_it_and_nowhere_else(
    city: CityWithChannels, code: str, raw: bytes, below: str
) -> None:
    task_id = heard(city, code, raw)
    view = shown(city, task_id)
    assert (view["public"], "reply" in view["allowed_actions"]) == (True, True)

    answers(city, task_id)

    assert city.chats.posted == [], "nothing leaves inside a request"
    assert [city.answer_message(task_id) for _ in range(2)] == ["answered"] * 2
    assert (city.chats.posted, city.chats.sent) == ([(code, below, ANSWER)], [])


NAMING = {
    "a telephone number": "Hubungi Bu Ani di 0812-3456-7890",
    "an e-mail address": "Kirim ke siti@example.com",
    "a NIK": "NIK 3171010101900001 sudah kami catat",
    "a number plate": "Mobil B 1234 XYZ sudah ditilang",
}


@EACH
@pytest.mark.parametrize("text", NAMING.values(), ids=NAMING)
def test_an_answer_that_everybody_reads_names_nobody(
    city: CityWithChannels, code: str, raw: bytes, below: str, text: str
) -> None:
    task_id = heard(city, code, raw)

    with pytest.raises(InvalidError) as raised:
        answers(city, task_id, text)

    assert [(fault.field, fault.code) for fault in raised.value.errors] == [("text", "value")]
    assert not any(said in fault.message for fault in raised.value.errors for said in text.split())
    assert shown(city, task_id)["version"] == 1


ELSEWHERE: dict[str, tuple[str, bytes]] = {
    "on another's page": ("FB", changed(PAGE, "mention", post_id="9_7", message=WORDS)),
    "below another's picture": ("MEDSOSGUB", changed(ACCOUNT, "mentions", media_id="178", comment_id="179")),
}


@pytest.mark.parametrize(("code", "raw"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_where_the_city_has_no_say_no_answer_is_offered(city: CityWithChannels, code: str, raw: bytes) -> None:
    task_id = heard(city, code, raw)

    assert shown(city, task_id)["allowed_actions"] == ["case", "close"]
    with pytest.raises(ConflictError):
        answers(city, task_id)


OWN: dict[str, tuple[str, bytes]] = {
    "on Facebook": ("FB", changed(PAGE, "feed", comment_id="1_2", message=ANSWER, **{"from": {"id": PAGE}})),
    "on Instagram": ("MEDSOSGUB", changed(ACCOUNT, "comments", id="1", text=ANSWER, **{"from": {"id": ACCOUNT}})),
    "on Instagram, by another id": (
        "MEDSOSGUB",
        changed(ACCOUNT, "comments", id="1", text=ANSWER, **{"from": {"id": "5", "self_ig_scoped_id": "5"}}),
    ),
    "on X": ("X", a_post_on_x("100")),
}


@pytest.mark.parametrize(("code", "raw"), OWN.values(), ids=OWN)
def test_our_own_answer_is_nothing_to_read_when_it_comes_back(city: CityWithChannels, code: str, raw: bytes) -> None:
    assert city.hears(code, raw) == []


@EACH
@pytest.mark.parametrize("fault", [ProviderRefusedError("no_such_post"), ProviderUnclearError("timeout")])
def test_an_answer_that_does_not_stand_or_may_stand_comes_back_to_the_desk_and_is_not_posted_again(
    city: CityWithChannels, code: str, raw: bytes, below: str, fault: Exception
) -> None:
    task_id = heard(city, code, raw)
    answers(city, task_id)
    city.chats.failures.append(fault)

    assert [city.answer_message(task_id) for _ in range(2)] == ["open", "open"]
    assert (city.chats.posted, shown(city, task_id)["trail"][-1]["action"]) == ([], "returned")


def test_an_answer_that_surely_was_not_posted_is_tried_again(city: CityWithChannels) -> None:
    task_id = heard(city, *PUBLIC["a mention on X"][:2])
    answers(city, task_id)
    city.chats.failures.append(ProviderBusyError("x_429"))
    with pytest.raises(ProviderBusyError):
        city.answer_message(task_id)

    assert city.answer_message(task_id) == "answered"


LONG = {
    "as long as X takes": ("é" * 280, True),
    "one more": ("é" * 281, False),
    "signs that count twice": ("🙏" * 141, False),
}


@pytest.mark.parametrize(("text", "fits"), LONG.values(), ids=LONG)
def test_an_answer_on_x_is_one_post(city: CityWithChannels, text: str, fits: bool) -> None:
    task_id = heard(city, *PUBLIC["a mention on X"][:2])
    assert shown(city, task_id)["longest_answer"] == 280

    if fits:
        assert answers(city, task_id, text)["state"] == "sending"
    else:
        with pytest.raises(InvalidError):
            answers(city, task_id, text)
