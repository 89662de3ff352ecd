"""What the providers of e-mail and SMS tell later of a message: by one queue, each in its own words."""

from collections.abc import Mapping
from typing import Any

from chalicelib.adapters import ses_events
from chalicelib.adapters.sms import events as sms_events
from chalicelib.application.ports.messages import Fate


def fate_of(told: Mapping[str, Any]) -> Fate | None:
    """The fate of a notice; None if the event says nothing of a notice of the city."""
    return sms_events.fate_of(told) if sms_events.is_about_sms(told) else ses_events.fate_of(told)
