"""What AWS End User Messaging tells of an SMS after it took it, up to three days later. Sources: its user guide, "Event
types for SMS, MMS, and voice" and "Messaging events". The telephone number that stands there is not read."""

from collections.abc import Mapping
from typing import Any

from chalicelib.application.ports.messages import Fate

SMS = "sms"  # the way that it speaks of
NOTICE = "notice"  # of the context, as SmsVoice gives it
DELIVERED = True, False, ""  # arrived, nothing more may be sent there, reason
UNKNOWN = None, False, ""
# What is not here says nothing yet: TEXT_QUEUED, TEXT_PENDING, TEXT_SUCCESSFUL (the carrier took it).
KINDS: Mapping[str, tuple[bool | None, bool, str]] = {
    "TEXT_DELIVERED": DELIVERED,
    "TEXT_UNKNOWN": UNKNOWN,  # the carrier told nothing for three days
    "TEXT_INVALID": (False, True, "no_such_number"),
    "TEXT_BLOCKED": (False, True, "opted_out"),  # their device or carrier blocks messages to them
    "TEXT_UNREACHABLE": (False, False, "not_reachable"),  # switched off, or without a network
    "TEXT_CARRIER_UNREACHABLE": (False, False, "returned"),  # a fault of the carrier's, which passes
    "TEXT_TTL_EXPIRED": (False, False, "returned"),
    "TEXT_CARRIER_BLOCKED": (False, False, "refused"),  # here and below: for our words, or our name
    "TEXT_SPAM": (False, False, "refused"),
    "TEXT_INVALID_MESSAGE": (False, False, "refused"),
    "TEXT_PROTECT_BLOCKED": (False, False, "refused"),  # the account's own rules
}


def is_about_sms(told: Mapping[str, Any]) -> bool:
    return str(told.get("eventType")).startswith("TEXT_")


def fate_of(told: Mapping[str, Any]) -> Fate | None:
    """The fate of a notice; None if the event says nothing final of a notice of the city."""
    context = told.get("context")
    notice = context.get(NOTICE) if isinstance(context, Mapping) else None
    kind = KINDS.get(str(told.get("eventType")))
    if kind is None or not isinstance(notice, str) or told.get("isFinal") is False:
        return None
    arrived, is_refused, reason = kind
    return Fate(notice, arrived=arrived, is_refused=is_refused, reason=reason, kind=SMS)
