"""What each kind of thing that a provider tells becomes: somebody's words, a task of a person who looks at it, or
nothing where nothing was said. Whatever cannot be read is a task: nothing that was sent is dropped. Sources: Messenger
Platform and Instagram, "Webhook events"; Graph API, "Webhooks reference: page"; WhatsApp Cloud API, "Webhooks:
messages"; X, "Account Activity API: activity data objects"."""

import copy
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.application.ports.channels import RawMessage
from chalicelib.channels.incoming import Incoming
from chalicelib.channels.registry import ADAPTERS
from tests.channels.city_with_channels import a_partners_report, from_lapor
from tests.channels.payloads import CHATTING, MOBILE, PERSON, messenger, sms, whatsapp, whatsapp_place

NOW = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
PAGE = "102290129340398"


def read(channel: str, sent: Any) -> list[Incoming]:
    raw = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
    return list(ADAPTERS[channel].read(RawMessage(channel, "application/json", raw, NOW)))


def private(**event: Any) -> dict[str, Any]:
    whole = {"sender": {"id": PERSON}, "recipient": {"id": PAGE}, "timestamp": 1_764_000_000_000, **event}
    return {"object": "page", "entry": [{"id": PAGE, "time": 1_764_000_000, "messaging": [whole]}]}


def change(field: str, value: Any) -> dict[str, Any]:
    return {"object": "page", "entry": [{"id": PAGE, "time": 1, "changes": [{"field": field, "value": value}]}]}


def feed(**value: Any) -> dict[str, Any]:
    comment = {"item": "comment", "verb": "add", "comment_id": "1_2", "post_id": "1_1", "message": "Lampu mati"}
    return change("feed", {"from": {"id": "70", "name": "Siti"}, "created_time": 1_764_000_000, **comment, **value})


def said(kind: str, **part: Any) -> bytes:
    return whatsapp("wamid.2", type=kind, **{kind: part} if part else {})


def activity(**lists: Any) -> dict[str, Any]:
    return {"for_user_id": "100", **lists}


THUMB = {"type": "image", "payload": {"url": "u", "sticker_id": 369239263222822}}
TWEET = {"id_str": "9", "text": "@DKIJakarta lampu mati", "user": {"id_str": "5"}}
EDIT = {"mid": "m1", "text": "Lampu jalan mati dua", "num_edit": 1}
ANEW = {"original_message_id": "wamid.1", "message": {"type": "text", "text": {"body": "Dua lampu mati"}}}

# channel, what the provider tells, and what each thing in it becomes
Row = tuple[str, Any, list[tuple[str, str]]]
NOTHING: list[tuple[str, str]] = []
KINDS: dict[str, Row] = {
    "a message": ("FB", messenger("m1", "Lampu mati"), [("direct", "Lampu mati")]),
    "a pressed button": (
        "FB",
        private(postback={"mid": "m2", "title": "Lapor sampah", "payload": "WASTE"}),
        [("direct", "Lapor sampah")],
    ),
    "the first button of a chat": ("FB", private(postback={"mid": "m2", "title": "Get Started"}), [("direct", "Halo")]),
    "a button without words": ("FB", private(postback={"mid": "m2", "title": ""}), [("mention", "")]),
    "a message written anew": ("FB", private(message_edit=EDIT), [("direct", "Lampu jalan mati dua")]),
    "our own words": ("FB", private(message={"mid": "m3", "text": "x", "is_echo": True}), NOTHING),
    "a message taken back": ("MEDSOSGUB", private(message={"mid": "m3", "is_deleted": True}), NOTHING),
    "a message that Meta does not show": (
        "MEDSOSGUB",
        private(message={"mid": "m3", "is_unsupported": True}),
        [("mention", "")],
    ),
    "delivered": ("FB", private(delivery={"mids": ["m1"], "watermark": 1}), NOTHING),
    "read": ("FB", private(read={"watermark": 1}), NOTHING),
    "a reaction": ("FB", private(reaction={"mid": "m1", "action": "react", "emoji": "❤"}), NOTHING),
    "a chat that another app takes": ("FB", private(pass_thread_control={"new_owner_app_id": "1"}), NOTHING),
    "a kind that nobody knows": ("FB", private(policy_enforcement={"action": "block"}), [("unreadable", "")]),
    "a private message as a change": (
        "MEDSOSGUB",
        change("messages", {"sender": {"id": PERSON}, "message": {"mid": "m4", "text": "Banjir"}}),
        [("direct", "Banjir")],
    ),
    "a reaction as a change": ("MEDSOSGUB", change("message_reactions", {"reaction": {"mid": "m1"}}), NOTHING),
    "an entry that is one change": (
        "MEDSOSGUB",
        {"object": "instagram", "entry": [{"id": PAGE, "field": "comments", "value": {"id": "3", "text": "Banjir"}}]},
        [("mention", "Banjir")],
    ),
    "a thumb": ("FB", private(message={"mid": "m5", "attachments": [THUMB]}), NOTHING),
    "a thumb with words": (
        "FB",
        private(message={"mid": "m5", "text": "Lampu mati", "attachments": [THUMB]}),
        [("direct", "Lampu mati")],
    ),
    "what another app answers": ("FB", {"entry": [{"id": PAGE, "standby": [{"message": {"mid": "m"}}]}]}, NOTHING),
    "a comment": ("FB", feed(), [("mention", "Lampu mati")]),
    "a comment written anew": ("FB", feed(verb="edited"), [("mention", "Lampu mati")]),
    "a comment taken away": ("FB", feed(verb="remove"), NOTHING),
    "a comment whose verb nobody knows": ("FB", feed(verb="shouted"), [("mention", "Lampu mati")]),
    "a like": ("FB", feed(item="reaction", reaction_type="like", comment_id=None), NOTHING),
    "the page's own comment": ("FB", feed(**{"from": {"id": PAGE}}), NOTHING),
    "a field that nobody knows": ("FB", change("ratings", {"review_text": "Buruk"}), [("unreadable", "")]),
    "WhatsApp: a message": ("WHATSAPP", whatsapp("wamid.1", "Lampu mati"), [("direct", "Lampu mati")]),
    "WhatsApp: a place": ("WHATSAPP", whatsapp_place("wamid.1", -6.2, 106.8), [("direct", "")]),
    "WhatsApp: a button": ("WHATSAPP", said("button", text="Ya", payload="YES"), [("direct", "Ya")]),
    "WhatsApp: a reaction": ("WHATSAPP", said("reaction", message_id="wamid.1", emoji="👍"), NOTHING),
    "WhatsApp: a reaction taken back": ("WHATSAPP", said("reaction", message_id="wamid.1"), NOTHING),
    "WhatsApp: written anew": ("WHATSAPP", said("edit", **ANEW), [("direct", "Dua lampu mati")]),
    "WhatsApp: taken back": ("WHATSAPP", said("revoke", original_message_id="wamid.1"), NOTHING),
    "WhatsApp: a new number": ("WHATSAPP", said("system", body="x", type="user_changed_number"), NOTHING),
    "WhatsApp: a chat that opens": ("WHATSAPP", said("request_welcome"), NOTHING),
    "WhatsApp: a card": ("WHATSAPP", whatsapp("wamid.2", type="contacts", contacts=[{}]), [("unreadable", "")]),
    "WhatsApp: an order": ("WHATSAPP", said("order", catalog_id="1"), [("mention", "")]),
    "WhatsApp: what it does not show": ("WHATSAPP", said("unsupported"), [("mention", "")]),
    "WhatsApp: a template": ("WHATSAPP", change("message_template_status_update", {"event": "APPROVED"}), NOTHING),
    "WhatsApp: delivered": ("WHATSAPP", change("messages", {"statuses": [{"status": "delivered"}]}), NOTHING),
    "WhatsApp: no change at all": ("WHATSAPP", change("messages", {}), [("unreadable", "")]),
    "X: a mention": ("X", activity(tweet_create_events=[TWEET]), [("mention", TWEET["text"])]),
    "X: our own post": ("X", activity(tweet_create_events=[{**TWEET, "user": {"id_str": "100"}}]), NOTHING),
    "X: a repost": ("X", activity(tweet_create_events=[{**TWEET, "retweeted_status": {}}]), NOTHING),
    **{
        f"X: {name}": ("X", activity(**{name: [{}]}), NOTHING)
        for name in ("favorite_events", "follow_events", "tweet_delete_events", "direct_message_mark_read_events")
    },
    "X: a list that nobody knows": ("X", activity(poll_events=[{}]), [("unreadable", "")]),
    "X: no list at all": ("X", activity(users={}), [("unreadable", "")]),
    "SMS: of a bank": ("SMS", {"id": "s1", "from": "BANK-DKI", "text": "Kode 1"}, [("mention", "Kode 1")]),
    "SMS: of a short number": ("SMS", {"id": "s1", "from": "1500", "text": "Promo"}, [("mention", "Promo")]),
}


@pytest.mark.parametrize(("channel", "sent", "becomes"), KINDS.values(), ids=KINDS)
def test_each_kind_becomes_what_the_table_says(channel: str, sent: Any, becomes: list[tuple[str, str]]) -> None:
    assert [(each.kind, each.text) for each in read(channel, sent)] == becomes


def test_a_comment_that_is_written_anew_twice_is_two_more_mentions() -> None:
    first, second, third, again = (
        read("FB", feed(**differences))[0].message_id
        for differences in ({}, {"verb": "edited", "message": "a"}, {"verb": "edited", "message": "b"}, {})
    )

    assert (first, len({first, second, third})) == (again, 3)


def test_what_was_written_anew_is_answered_where_it_stands() -> None:
    (anew,) = read("FB", feed(verb="edited"))

    assert (anew.address, anew.reason, anew.public) == ("1_2", "edited", True)


@pytest.mark.parametrize("odd", [True, 1.5, "x", None, -1, 0, 256, "1.0", [], {}])
@pytest.mark.parametrize("name", ["number", "of"])
def test_a_part_that_is_none_is_left_to_a_person(name: str, odd: Any) -> None:
    part = {"number": 1, "of": 2, name: odd}

    assert [each.kind for each in read("SMS", sms("s1", "Lampu mati", part=part))] == ["unreadable"]


@pytest.mark.parametrize("part", [{"number": 1, "of": 2}, {"number": "1", "of": "2"}])
def test_a_part_is_said_in_whole_numbers(part: Any) -> None:
    assert [each.part for each in read("SMS", sms("s1", "Lampu mati", part=part))] == [(1, 2)]


ODD: list[Any] = [7, "", [], {}, None, True, 1.5, "x" * 5000]
SOUND: dict[str, tuple[str, Any]] = {
    **{channel.code: (channel.code, json.loads(channel.says("m1", "Lampu mati", MOBILE))) for channel in CHATTING},
    "a place": ("WHATSAPP", json.loads(whatsapp_place("m1", -6.2, 106.8))),
    "a picture": ("FB", private(message={"mid": "m1", "attachments": [{"type": "image", "payload": {"url": "u"}}]})),
    "a button": ("FB", private(postback={"mid": "m2", "title": "Lapor"})),
    "a comment": ("MEDSOSGUB", feed()),
    "a mention": ("X", activity(tweet_create_events=[TWEET])),
    "a part": ("SMS", json.loads(sms("m1", "Lampu mati", part={"number": 1, "of": 2}))),
    "an app": ("JAKI", json.loads(a_partners_report(contact={"email": "siti@example.com"}))),
    "another system": ("LAPOR1708", json.loads(from_lapor())),
}


def nodes(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict | list):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        for key, each in inner:
            yield from nodes(each, (*path, key))


def spoilt(whole: Any, path: tuple[Any, ...], odd: Any) -> Any:
    if not path:
        return odd
    changed = copy.deepcopy(whole)
    *to, last = path
    holder = changed
    for key in to:
        holder = holder[key]
    holder[last] = odd
    return changed


def is_an_empty_list(whole: Any, path: tuple[Any, ...], odd: Any) -> bool:
    """Where the provider says itself that there is nothing."""
    for key in path:
        whole = whole[key]
    return odd == [] and isinstance(whole, list)


@pytest.mark.parametrize("name", SOUND)
def test_whatever_is_odd_in_a_message_it_is_read_or_left_to_a_person(name: str) -> None:
    """Each node of each kind of message in turn is something else; none is dropped, none is an error."""
    channel, whole = SOUND[name]
    tried = [(path, odd) for path in nodes(whole) for odd in ODD if not is_an_empty_list(whole, path, odd)]

    dropped = [(path, odd) for path, odd in tried if not all_are_kept(read(channel, spoilt(whole, path, odd)))]

    assert len(tried) > 20
    assert dropped == []


def all_are_kept(found: list[Incoming]) -> bool:
    return bool(found) and all(each.message_id and each.kind != "fate" for each in found)
