"""X's account activity (developer.x.com, Account Activity API): private messages and mentions, each by its own list."""

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from chalicelib.application.ports.channels import RawMessage
from chalicelib.channels.incoming import Incoming

LONGEST, LONGEST_ID = 4_000, 64  # characters


def read(message: RawMessage) -> list[Incoming]:
    """What others said to us or of us; our own posts are left out."""
    digest = hashlib.sha256(message.body).hexdigest()
    try:
        sent = json.loads(message.body)
        ours = str(sent["for_user_id"])
        lists: dict[str, Callable[[Any, str], Incoming | None]] = {
            "direct_message_events": _private,
            "tweet_create_events": _mention,
        }
        return [said for name, reader in lists.items() for said in _each(sent.get(name, []), reader, ours, digest)]
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return [Incoming("unreadable", digest, reason="not_x")]


def _each(events: Any, reader: Callable[[Any, str], Incoming | None], ours: str, digest: str) -> Iterator[Incoming]:
    for number, event in enumerate(events):
        try:
            said = reader(event, ours)
        except (LookupError, TypeError, AttributeError):
            said = Incoming("unreadable", f"{digest}:{reader.__name__}:{number}", reason="not_x")
        if said:
            yield said


def _private(event: Any, ours: str) -> Incoming | None:
    made = event["message_create"]
    if str(made["sender_id"]) == ours:
        return None
    text = str(made["message_data"]["text"])[:LONGEST]
    return Incoming("mention", str(event["id"])[:LONGEST_ID], text=text, reason="private_message")


def _mention(event: Any, ours: str) -> Incoming | None:
    if str(event["user"]["id_str"]) == ours or "retweeted_status" in event:
        return None
    text = event.get("extended_tweet", {}).get("full_text") or event["text"]
    return Incoming("mention", str(event["id_str"])[:LONGEST_ID], text=str(text)[:LONGEST])
