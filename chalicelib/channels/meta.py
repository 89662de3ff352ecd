"""Meta's webhooks for pages (Messenger) and Instagram: batches of entries, each with what was said in private or in
public (developers.facebook.com, Webhooks reference: page, instagram). One malformed entry spoils no other."""

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from chalicelib.application.ports.channels import RawMessage
from chalicelib.channels.incoming import Incoming

LONGEST, LONGEST_ID = 4_000, 200  # characters
PUBLIC = ("feed", "mention", "mentions", "comments")  # fields of a page and of Instagram


def read(message: RawMessage) -> list[Incoming]:
    """What people said; what only tells of a message (delivered, read, our own echo) is left out."""
    digest = hashlib.sha256(message.body).hexdigest()
    try:
        entries = json.loads(message.body)["entry"]
        return [said for number, entry in enumerate(entries) for said in _of_entry(entry, f"{digest}:{number}")]
    except (ValueError, RecursionError, LookupError, TypeError):
        return [Incoming("unreadable", digest, reason="not_meta")]


def _of_entry(entry: Any, position: str) -> Iterator[Incoming]:
    parts: list[tuple[Any, Callable[[Any], Incoming | None]]] = []
    try:
        parts += [(event, _private) for event in entry.get("messaging", [])]
        parts += [(change, _public) for change in entry.get("changes", [])]
    except (AttributeError, TypeError):
        yield Incoming("unreadable", position, reason="not_meta")
    for number, (part, reader) in enumerate(parts):
        try:
            said = reader(part)
        except (LookupError, TypeError, AttributeError):
            said = Incoming("unreadable", f"{position}:{number}", reason="not_meta")
        if said:
            yield said


def _private(event: Any) -> Incoming | None:
    said = event.get("message")
    if said is None or said.get("is_echo"):
        return None
    return Incoming("mention", _id(said["mid"]), text=_text(said.get("text", "")), reason="private_message")


def _public(change: Any) -> Incoming | None:
    value = change["value"]
    if change["field"] not in PUBLIC or value.get("verb", "add") != "add":
        return None
    named = value.get("comment_id") or value.get("id") or value.get("post_id") or value["media_id"]
    return Incoming("mention", _id(named), text=_text(value.get("message") or value.get("text") or ""))


def _id(value: Any) -> str:
    if not isinstance(value, str) or not value or len(value) > LONGEST_ID:
        raise LookupError("id")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    return value[:LONGEST]
