"""SMS, as the city's aggregator hands it on: a JSON object with its id, the sender's number and the text. A long
message comes joined, or in parts that say which they are. The network proves the number."""

import hashlib
import json
from typing import Any

from chalicelib.application.intake.contacts import telephone
from chalicelib.application.intake.drafting import ContactInput
from chalicelib.application.ports.channels import RawMessage
from chalicelib.channels.incoming import Incoming

LONGEST, LONGEST_ID, LONGEST_NUMBER = 4_000, 200, 40  # characters
MOST_PARTS = 255  # of a message (3GPP TS 23.040)


def read(message: RawMessage) -> list[Incoming]:
    """`{id, from, text, part?: {number, of}}`; further keys are the aggregator's own. Each part has its own id."""
    digest = hashlib.sha256(message.body).hexdigest()
    try:
        sent = json.loads(message.body)
        message_id, number, text = (sent[name].strip() for name in ("id", "from", "text"))
        part = _part(sent.get("part"))
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return [Incoming("unreadable", digest, reason="not_sms")]
    if not message_id or len(message_id) > LONGEST_ID or not text or len(number) > LONGEST_NUMBER:
        return [Incoming("unreadable", digest, text=text[:LONGEST], reason="not_sms")]
    sender, address = ContactInput(phone=number), telephone(number) or number
    return [Incoming("direct", message_id, text[:LONGEST], sender=sender, confirmed=True, address=address, part=part)]


def _part(sent: Any) -> tuple[int, int]:
    """Raises LookupError, TypeError, ValueError for what is no part."""
    if sent is None:
        return 1, 1
    number, of = int(sent["number"]), int(sent["of"])
    if not 1 <= number <= of <= MOST_PARTS:
        raise ValueError("part")
    return number, of
