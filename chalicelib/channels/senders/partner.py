"""The apps of partners (JAKI, QLUE): a JSON object with our own field names, and the partner's id for it. A report is
never refused for one bad field: who reads it later sees what was sent."""

import hashlib
from collections.abc import Mapping
from math import isfinite
from typing import Any

from chalicelib.application.intake.drafting import ContactInput, ReportInput
from chalicelib.application.ports.channels import RawMessage
from chalicelib.channels.incoming import Incoming
from chalicelib.channels.senders.payload import payload
from chalicelib.domain.errors import FieldError
from chalicelib.domain.place.spots import Location

KNOWN = {"id", "category", "description", "location", "landmark", "contact", "answers", "visibility", "tracking_id"}
LONGEST = {"description": 4000, "landmark": 200, "category": 64, "visibility": 16}  # characters
LONGEST_ID, SHOWN = 200, 60
IDS = ("id", "tracking_id")  # what the partner's own system calls the report: repeated in call-backs


def read(message: RawMessage) -> list[Incoming]:
    """One report."""
    digest = hashlib.sha256(message.body).hexdigest()
    try:
        sent = payload(message.body)
    except (ValueError, RecursionError):
        return [Incoming("unreadable", digest, reason="not_json")]
    if not isinstance(sent, dict) or not _is_text(sent.get("id"), LONGEST_ID):
        return [Incoming("unreadable", digest, text=_words(sent), reason="no_id")]
    return [Incoming("report", sent["id"], text=_words(sent), report=_report(sent, digest))]


def _report(sent: Mapping[str, Any], digest: str) -> ReportInput:
    faults = [FieldError(str(name)[:SHOWN], "unknown", "No such field") for name in sent.keys() - KNOWN]
    texts = {name: sent[name].strip() for name, most in LONGEST.items() if _is_text(sent.get(name), most)}
    faults += [
        FieldError(name, "value", "A text of the right length is expected")
        for name in LONGEST
        if sent.get(name) not in (None, "") and name not in texts
    ]
    location, wrong_place = read_place(sent.get("location"))
    contact, wrong_contact = read_contact(sent.get("contact"))
    answers = sent.get("answers") or {}
    if not isinstance(answers, dict):
        answers, faults = {}, [*faults, FieldError("answers", "type", "An object is expected")]
    faults += [*wrong_place, *wrong_contact, *_wrong_tracking(sent.get("tracking_id"))]
    return ReportInput(
        digest,
        sent["id"],
        tuple(faults),
        location=location,
        contact=contact,
        answers=answers,
        partner_ids={name: sent[name] for name in IDS if _is_text(sent.get(name), LONGEST_ID)},
        **texts,
    )


def _wrong_tracking(sent: Any) -> list[FieldError]:
    if sent in (None, "") or _is_text(sent, LONGEST_ID):
        return []
    return [FieldError("tracking_id", "value", "A text of at most 200 characters is expected")]


def read_place(sent: Any) -> tuple[Location | None, list[FieldError]]:
    if sent is None:
        return None, []
    if isinstance(sent, dict) and _is_text(sent.get("kelurahan"), 64) and sent.keys() == {"kelurahan"}:
        return Location(kelurahan=sent["kelurahan"]), []
    if isinstance(sent, dict) and sent.keys() <= {"lat", "lon", "accuracy_m"} and _is_point(sent):
        return Location(**sent), []
    return None, [FieldError("location", "value", "A point (lat and lon) or a kelurahan is expected")]


def _is_point(sent: Mapping[str, Any]) -> bool:
    numbers = [sent.get("lat"), sent.get("lon"), sent.get("accuracy_m", 0)]
    if not all(isinstance(number, int | float) and not isinstance(number, bool) for number in numbers):
        return False
    lat, lon, accuracy = map(float, numbers)
    return all(map(isfinite, (lat, lon, accuracy))) and abs(lat) <= 90 and abs(lon) <= 180 and accuracy >= 0


def read_contact(sent: Any) -> tuple[ContactInput, list[FieldError]]:
    known = {"name": 100, "phone": 500, "email": 500, "language": 2}
    if sent is None:
        return ContactInput(), []
    if not isinstance(sent, dict) or not all(_is_text(sent[name], known.get(str(name), 0)) for name in sent):
        return ContactInput(), [FieldError("contact", "value", "name, phone, email or language as texts")]
    return ContactInput(**{"language": "id", **sent}), []


def _is_text(value: Any, most: int) -> bool:
    return isinstance(value, str) and 0 < len(value) <= most and not any(sign in value for sign in "\x00\ufffd")


def _words(sent: Any) -> str:
    return str(sent.get("description", ""))[:200] if isinstance(sent, dict) else ""
