"""LAPOR! (SP4N 1708), the national system: reports that it hands to the city, and what their reporters say there later.
Its wire is not public; this one is assumed (docs/decisions/0075-exchange-with-lapor.md)."""

import hashlib
from collections.abc import Mapping
from typing import Any

from chalicelib.application.intake.drafting import ReportInput
from chalicelib.application.ports.channels import RawMessage
from chalicelib.channels.incoming import Incoming
from chalicelib.channels.senders.partner import read_contact, read_place
from chalicelib.channels.senders.payload import payload
from chalicelib.domain.place.spots import Location

LONGEST, LONGEST_ID, LONGEST_TOPIC, LONGEST_PLACE = 4_000, 200, 100, 200  # characters
CONTACT = ("name", "phone", "email")


def read(message: RawMessage) -> list[Incoming]:
    """`{update_id, type, tracking_id, …}`; further keys are LAPOR!'s own. Each type reads the rest."""
    digest = hashlib.sha256(message.body).hexdigest()
    try:
        sent = payload(message.body)
    except (ValueError, RecursionError):
        return [Incoming("unreadable", digest, reason="not_json")]
    if not isinstance(sent, dict):
        return [Incoming("unreadable", digest, reason="not_lapor")]
    read_type = TYPES.get(_text(sent, "type", LONGEST_ID))
    ids = [_text(sent, name, LONGEST_ID) for name in ("update_id", "tracking_id")]
    if read_type is None or not all(ids):
        return [Incoming("unreadable", ids[0] or digest, text=_words(sent), reason="not_lapor")]
    return [read_type(sent, digest)]


def _report(sent: Mapping[str, Any], digest: str) -> Incoming:
    """Its number is its key: a report that is handed over again, by whichever update, is the same report. What is odd
    about place or reporter is left out: the report was taken over with its number, and is never refused."""
    tracking_id, words = _text(sent, "tracking_id", LONGEST_ID), _words(sent)
    contact, _ = read_contact(_contact_of(sent))
    report = ReportInput(
        digest,
        description=words,
        location=_location(sent),
        landmark=_text(sent, "address", LONGEST_PLACE),
        contact=contact,
        visibility="private" if sent.get("secret") else "public",
        partner_ids={"tracking_id": tracking_id},
    )
    return Incoming("handed", tracking_id, text=words, report=report, topic=_text(sent, "category", LONGEST_TOPIC))


def _update(sent: Mapping[str, Any], _digest: str) -> Incoming:
    """The words that stand there; a status of theirs changes none of ours."""
    status = _text(sent, "status", LONGEST_TOPIC)
    lines = (_words(sent), f"[Status di LAPOR!: {status}]" if status else "")
    return Incoming(
        "update",
        _text(sent, "update_id", LONGEST_ID),
        text="\n".join(filter(None, lines)),
        number=_text(sent, "number", LONGEST_ID),
        tracking_id=_text(sent, "tracking_id", LONGEST_ID),
    )


TYPES = {"report": _report, "reply": _update, "status": _update}


def _contact_of(sent: Mapping[str, Any]) -> dict[str, str] | None:
    """What can be read of the reporter."""
    reporter = sent.get("reporter")
    if not isinstance(reporter, dict):
        return None
    named = {name: _text(reporter, name, 100) for name in CONTACT}
    return {name: value for name, value in named.items() if value}


def _location(sent: Mapping[str, Any]) -> Location | None:
    location, _ = read_place(sent.get("location"))
    return location


def _words(sent: Any) -> str:
    """Title and description, or the text of an update."""
    parts = (_text(sent, name, LONGEST) for name in ("title", "description", "text"))
    return "\n\n".join(filter(None, parts))[:LONGEST]


def _text(sent: Mapping[str, Any], name: str, most: int) -> str:
    """Trimmed and cut; empty for what is no text, or cannot be kept."""
    value = sent.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)[:most]
    if not isinstance(value, str) or any(sign in value for sign in "\x00\ufffd"):
        return ""
    return value.strip()[:most]
