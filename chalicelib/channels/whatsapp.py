"""WhatsApp's Cloud API (developers.facebook.com, WhatsApp webhooks: messages): the number is proved by WhatsApp. A
shared position is a message of its own."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from chalicelib.application.intake.drafting import ContactInput
from chalicelib.application.ports.channels import RawMessage
from chalicelib.channels.incoming import Incoming

LONGEST, LONGEST_ID = 4_000, 200  # characters


def read(message: RawMessage) -> list[Incoming]:
    """What people wrote; states of our own messages are left out."""
    digest = hashlib.sha256(message.body).hexdigest()
    try:
        entries = json.loads(message.body)["entry"]
        sent = [each for entry in entries for change in entry["changes"] for each in _messages(change)]
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return [Incoming("unreadable", digest, reason="not_whatsapp")]
    return [_incoming(each, f"{digest}:{number}") for number, each in enumerate(sent)]


def _messages(change: Any) -> Iterator[Any]:
    yield from change["value"].get("messages", [])


def _incoming(sent: Any, position: str) -> Incoming:
    try:
        message_id, sender, kind = str(sent["id"])[:LONGEST_ID], f"+{int(sent['from'])}", sent["type"]
        text = sent["text"]["body"] if kind == "text" else sent.get(kind, {}).get("caption", "")
    except (ValueError, LookupError, TypeError, AttributeError):
        return Incoming("unreadable", position, reason="not_whatsapp")
    if not isinstance(text, str) or not text.strip():
        return Incoming("mention", message_id, reason="no_words")
    return Incoming("direct", message_id, text=text[:LONGEST], sender=ContactInput(phone=sender), confirmed=True)
