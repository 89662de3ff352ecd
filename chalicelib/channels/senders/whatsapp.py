"""WhatsApp's Cloud API (developers.facebook.com, WhatsApp webhooks: messages): the number is proved by WhatsApp. A
shared position is a message of its own. A picture comes as an id, by which it is fetched later."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from math import isfinite
from typing import Any

from chalicelib.application.intake.contacts import telephone
from chalicelib.application.intake.drafting import ContactInput
from chalicelib.application.ports.channels import RawMessage
from chalicelib.application.ports.messages import Fate
from chalicelib.channels.incoming import Incoming
from chalicelib.channels.senders.batch import listed, read_each, read_entries
from chalicelib.channels.senders.payload import MALFORMED, identifier, words
from chalicelib.domain.place.spots import Location
from chalicelib.domain.ways import CHATS, chat_address

REASON = "not_whatsapp"
FIELD, TOLD = "messages", ("messages", "statuses", "errors")
UNSAID = (
    "reaction",
    "system",
    "request_welcome",
    "revoke",
)  # a message that its sender takes back stands, once taken in
MEDIA = ("image", "video", "document", "audio", "sticker")
LONGEST, LONGEST_ID, LONGEST_NUMBER = 4_000, 200, 20  # characters
# Codes of statuses (Cloud API reference: error codes), as chats.py has them for what is refused at once.
FAILED = {"131026": "not_reachable", "131047": "window_over", "131050": "opted_out"}
MEDIA_ID = re.compile(r"[0-9A-Za-z]{1,100}")  # it becomes a part of an address


def read(message: RawMessage) -> list[Incoming]:
    """What people wrote, and which of our own messages did not reach them; other states of those are left out."""
    return read_entries(message, partial(_of_entry, message.channel), REASON)


def _of_entry(channel: str, entry: Any, position: str) -> Iterator[Incoming]:
    try:
        changes = listed(entry, "changes")
    except MALFORMED:
        yield _unreadable(position)
        return
    for number, change in enumerate(changes):
        yield from _of_change(channel, change, f"{position}:{number}")


def _of_change(channel: str, change: Any, position: str) -> Iterator[Incoming]:
    """A change of another field (templates, the account) is nobody's message."""
    try:
        value, field = change["value"], change.get("field", FIELD)
        if field == FIELD and not any(name in value for name in TOLD):
            raise LookupError("value")
    except MALFORMED:
        yield _unreadable(position)
        return
    yield from read_each(value, "messages", partial(_incoming, channel), place=position, reason=REASON)
    yield from read_each(value, "statuses", _fate, place=position, reason=REASON)


def _unreadable(position: str) -> Incoming:
    return Incoming("unreadable", position, reason=REASON)


def _fate(state: Any) -> Incoming | None:
    """The fate of a message of the city that was not delivered. None if the state is another one, or if it names no
    message of the city."""
    if not isinstance(state, dict) or state.get("status") != "failed":
        return None
    named, told = state.get("biz_opaque_callback_data"), state.get("errors")
    if not isinstance(named, str) or not named:
        return None
    first = told[0] if isinstance(told, list) and told and isinstance(told[0], dict) else {}
    reason = FAILED.get(str(first.get("code")), "returned")
    return Incoming("fate", str(state.get("id"))[:LONGEST_ID], fate=Fate(named, False, False, reason, "whatsapp"))


def _incoming(channel: str, sent: Any) -> Incoming | None:
    """None if the message says nothing. An edited message counts as one more message. Raises MALFORMED."""
    if sent["type"] in UNSAID:
        return None
    message_id, person = identifier(sent["id"], LONGEST_ID), _number(sent["from"])
    said = sent["edit"]["message"] if sent["type"] == "edit" else sent
    text, location, remote = _text(said), _location(said), _picture(said)
    if not text and location is None and not remote:
        return Incoming("mention", message_id, reason="no_words", address=person)
    sender = ContactInput(phone=telephone(f"+{person}"), chat=chat_address(channel, person), by=CHATS[channel])
    proved = Incoming("direct", message_id, text, sender=sender, location=location, confirmed=True, address=person)
    return replace(proved, unread=said["type"] in MEDIA and not remote, remote=remote)


def _number(value: Any) -> str:
    """Raises LookupError."""
    number = identifier(value, LONGEST_NUMBER)
    if not (number.isascii() and number.isdigit()):
        raise LookupError("from")
    return number


def _text(sent: Any) -> str:
    """Words, a caption, what a pressed button says, or what a shared place is called. Raises LookupError."""
    kind = sent["type"]
    part = sent.get(kind, {})
    said = {
        "text": lambda: part["body"],
        "button": lambda: part["text"],
        "interactive": lambda: part[part["type"]]["title"],
        "location": lambda: part.get("name", ""),
    }.get(kind, lambda: part.get("caption", ""))()
    return words(said, LONGEST).strip()


def _picture(sent: Any) -> tuple[str, ...]:
    """The id of a photo, also of one that was sent as a document."""
    kind = sent["type"]
    part = sent.get(kind)
    if kind not in ("image", "document") or not isinstance(part, dict):
        return ()
    named, is_picture = part.get("id"), kind == "image" or str(part.get("mime_type", "")).startswith("image/")
    return (named,) if is_picture and isinstance(named, str) and MEDIA_ID.fullmatch(named) else ()


def _location(sent: Any) -> Location | None:
    if sent["type"] != "location":
        return None
    lat, lon = float(sent["location"]["latitude"]), float(sent["location"]["longitude"])
    if not (isfinite(lat) and isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError("location")
    return Location(lat=lat, lon=lon)
