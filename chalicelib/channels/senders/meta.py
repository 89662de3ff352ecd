"""Meta's webhooks for pages (Messenger) and Instagram: batches of entries, each with what was said in private or in
public (developers.facebook.com, Webhooks reference: page, instagram). One malformed entry spoils no other."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from chalicelib.application.intake.drafting import ContactInput
from chalicelib.application.ports.channels import RawMessage
from chalicelib.channels.incoming import Incoming
from chalicelib.channels.senders.batch import MALFORMED, read_each
from chalicelib.channels.senders.payload import payload
from chalicelib.domain.ways import CHATS, chat_address

LONGEST, LONGEST_ID, LONGEST_URL = 4_000, 200, 2_000  # characters
REASON = "not_meta"
MOST_PICTURES = 10  # of one message
ELSEWHERE = ("mention", "mentions")  # of these: below what is somebody else's, where a page cannot just answer
PUBLIC = ("feed", "mention", "mentions", "comments")  # fields of a page and of Instagram


def read(message: RawMessage) -> list[Incoming]:
    """What people said; what only tells of a message (delivered, read, our own echo) is left out."""
    digest = hashlib.sha256(message.body).hexdigest()
    try:
        entries = enumerate(payload(message.body)["entry"])
    except MALFORMED:
        return [_unreadable(digest)]
    return [said for number, entry in entries for said in _of_entry(message.channel, entry, f"{digest}:{number}")]


def _of_entry(channel: str, entry: Any, place: str) -> Iterator[Incoming]:
    if not isinstance(entry, dict):
        yield _unreadable(place)
        return
    yield from read_each(entry, "messaging", partial(_private, channel), place=place, reason=REASON)
    yield from read_each(entry, "changes", partial(_public, str(entry.get("id"))), place=place, reason=REASON)


def _unreadable(place: str) -> Incoming:
    return Incoming("unreadable", place, reason=REASON)


def _private(channel: str, event: Any) -> Incoming | None:
    """Words in private; the provider vouches for who wrote them, by an id that this page alone knows them by."""
    said = event.get("message")
    if said is None or said.get("is_echo"):
        return None
    person, message_id, text = _person(event["sender"]), _id(said["mid"]), _text(said.get("text", ""))
    remote, unread = _attached(said.get("attachments") or [])
    if not text.strip() and not remote:
        return Incoming("mention", message_id, reason="no_words", address=person)
    sender = ContactInput(chat=chat_address(channel, person), by=CHATS[channel])
    proved = Incoming("direct", message_id, text, sender=sender, confirmed=True, address=person)
    return replace(proved, remote=remote, unread=unread)


def _attached(attachments: Any) -> tuple[tuple[str, ...], bool]:
    """The addresses of the pictures, and whether there is more than pictures. A sticker (a thumb, mostly) says nothing
    of a place."""
    found = [each for each in map(_read_attachment, attachments) if not each[1].get("sticker_id")]
    addresses = [_address(payload.get("url")) for kind, payload in found if kind == "image"]
    remote = tuple(filter(None, addresses))[:MOST_PICTURES]
    return remote, len(remote) < len(found)


def _read_attachment(sent: Any) -> tuple[str, Mapping[str, Any]]:
    """Kind and payload; some kinds have none, and what is no attachment is of no kind."""
    told = sent if isinstance(sent, dict) else {}
    payload = told.get("payload")
    return str(told.get("type")), payload if isinstance(payload, dict) else {}


def _address(value: Any) -> str:
    return value if isinstance(value, str) and len(value) <= LONGEST_URL else ""


def _public(ours: str, change: Any) -> Incoming | None:
    value = change["value"]
    if change["field"] not in PUBLIC or value.get("verb", "add") != "add" or _is_own(ours, value.get("from")):
        return None
    named = value.get("comment_id") or value.get("id") or value.get("post_id") or value["media_id"]
    text = _text(value.get("message") or value.get("text") or "")
    below = "" if change["field"] in ELSEWHERE else _id(named)
    return Incoming("mention", _id(named), text=text, address=below, public=True)


def _is_own(ours: str, sender: Any) -> bool:
    """Whether the page itself said it: our answers come back like everybody's words."""
    return isinstance(sender, dict) and (str(sender.get("id")) == ours or "self_ig_scoped_id" in sender)


def _person(named: Any) -> str:
    """The id of who wrote; it becomes a part of an address. Raises LookupError."""
    person = _id(named["id"])
    if not (person.isascii() and person.isalnum()):
        raise LookupError("sender")
    return person


def _id(value: Any) -> str:
    if not isinstance(value, str) or not value or len(value) > LONGEST_ID:
        raise LookupError("id")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    return value[:LONGEST]
