"""X's account activity (developer.x.com, Account Activity API): private messages and mentions, each by its own list."""

import hashlib
import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from chalicelib.application.intake.drafting import ContactInput
from chalicelib.application.ports.channels import RawMessage
from chalicelib.channels.incoming import Incoming
from chalicelib.domain.ways import CHATS, chat_address

LONGEST, LONGEST_ID = 4_000, 64  # characters


def read(message: RawMessage) -> list[Incoming]:
    """What others said to us or of us; our own posts are left out."""
    digest = hashlib.sha256(message.body).hexdigest()
    try:
        sent = json.loads(message.body)
        ours = str(sent["for_user_id"])
        lists: dict[str, Callable[[Any, str], Incoming | None]] = {
            "direct_message_events": partial(_private, message.channel),
            "tweet_create_events": _mention,
        }
        return [
            said
            for name, reader in lists.items()
            for said in _each(sent.get(name, []), reader, ours, f"{digest}:{name}")
        ]
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return [Incoming("unreadable", digest, reason="not_x")]


def _each(events: Any, reader: Callable[[Any, str], Incoming | None], ours: str, place: str) -> Iterator[Incoming]:
    for number, event in enumerate(events):
        try:
            said = reader(event, ours)
        except (LookupError, TypeError, AttributeError):
            said = Incoming("unreadable", f"{place}:{number}", reason="not_x")
        if said:
            yield said


def _private(channel: str, event: Any, ours: str) -> Incoming | None:
    """Words in private; X vouches for who wrote them."""
    made, message_id = event["message_create"], str(event["id"])[:LONGEST_ID]
    person = str(made["sender_id"])
    if person == ours:
        return None
    if not (person.isascii() and person.isdigit() and len(person) <= LONGEST_ID):
        raise LookupError("sender_id")
    text = str(made["message_data"]["text"])[:LONGEST]
    if not text.strip():
        return Incoming("mention", message_id, reason="no_words", address=person)
    sender = ContactInput(chat=chat_address(channel, person), by=CHATS[channel])
    unread = "attachment" in made["message_data"]
    return Incoming("direct", message_id, text, sender=sender, confirmed=True, address=person, unread=unread)


def _mention(event: Any, ours: str) -> Incoming | None:
    if str(event["user"]["id_str"]) == ours or "retweeted_status" in event:
        return None
    text = event.get("extended_tweet", {}).get("full_text") or event["text"]
    message_id = str(event["id_str"])[:LONGEST_ID]
    return Incoming("mention", message_id, text=str(text)[:LONGEST], address=message_id, public=True)
