"""An event as the topic and the queues behind it carry it: ids, statuses and version, never words, never a person."""

import json
from typing import Any

from chalicelib.domain.case.events import Event
from chalicelib.domain.lifecycle import ROWS

VERSION = 1  # of this form; readers take the fields they know


def subject(event: Event) -> str:
    return f"complaint.{event.action}"


def body(event: Event) -> str:
    """JSON."""
    return json.dumps(
        {
            "v": VERSION,
            "number": event.number,
            "sequence": event.sequence,
            "version": event.version,
            "action": event.action,
            "status": event.status,
            "before": event.before,
            "unit": event.unit,
            "at": event.at.isoformat(timespec="milliseconds"),
        }
    )


def attributes(event: Event) -> dict[str, Any]:
    """What subscriptions filter by."""
    return text_attributes(action=event.action, arms="yes" if ROWS[event.action].arms else "no")


def text_attributes(**values: str) -> dict[str, Any]:
    """Message attributes as SNS and SQS take them; an empty one they do not take."""
    return {name: {"DataType": "String", "StringValue": value} for name, value in values.items() if value}
