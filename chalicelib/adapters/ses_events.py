"""What SES tells of a letter after it took it. Source: its developer guide, "Contents of event data that Amazon SES
publishes to Amazon SNS". The addresses that stand there are not read."""

from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.application.ports.messages import Fate

EMAIL = "email"  # the way that SES speaks of
TAG = "Tanggap-Notice"  # as SesMail gives it
NO_COMPLAINT = "not-spam"  # somebody took their complaint back
PERMANENT = "Permanent"  # no such mailbox, or one on SES's own list; the other kinds may be over tomorrow


def fate_of(told: Mapping[str, Any]) -> Fate | None:
    """The fate of a notice; None for other kinds of events, and for letters that are not the city's."""
    tags = _part(_part(told, "mail"), "tags").get(TAG)
    read = KINDS.get(str(told.get("eventType")))
    return read(str(tags[0]), told) if read and isinstance(tags, list) and tags else None


def _bounce(message_id: str, told: Mapping[str, Any]) -> Fate:
    is_permanent = _part(told, "bounce").get("bounceType") == PERMANENT
    reason = "no_mailbox" if is_permanent else "returned"
    return Fate(message_id, arrived=False, is_refused=is_permanent, reason=reason, kind=EMAIL)


def _complaint(message_id: str, told: Mapping[str, Any]) -> Fate | None:
    if _part(told, "complaint").get("complaintFeedbackType") == NO_COMPLAINT:
        return None
    return Fate(message_id, arrived=True, is_refused=True, reason="unwanted", kind=EMAIL)


def _reject(message_id: str, _told: Mapping[str, Any]) -> Fate:
    return Fate(message_id, arrived=False, is_refused=False, reason="refused", kind=EMAIL)


KINDS: dict[str, Callable[[str, Mapping[str, Any]], Fate | None]] = {
    "Bounce": _bounce,
    "Complaint": _complaint,
    "Reject": _reject,  # SES took it, and found what it does not send
}


def _part(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = told.get(name)
    return found if isinstance(found, Mapping) else {}
