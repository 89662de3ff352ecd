"""SMS, as the city's aggregator hands it on: a JSON object with its id, the sender's number and the text, long messages
joined. The network proves the number."""

import hashlib
import json

from chalicelib.application.intake.contacts import telephone
from chalicelib.application.intake.drafting import ContactInput
from chalicelib.application.ports.channels import RawMessage
from chalicelib.channels.incoming import Incoming

LONGEST, LONGEST_ID, LONGEST_NUMBER = 4_000, 200, 40  # characters


def read(message: RawMessage) -> list[Incoming]:
    """`{id, from, text}`; further keys are the aggregator's own."""
    digest = hashlib.sha256(message.body).hexdigest()
    try:
        sent = json.loads(message.body)
        message_id, number, text = (sent[name].strip() for name in ("id", "from", "text"))
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return [Incoming("unreadable", digest, reason="not_sms")]
    if not message_id or len(message_id) > LONGEST_ID or not text or len(number) > LONGEST_NUMBER:
        return [Incoming("unreadable", digest, text=text[:LONGEST], reason="not_sms")]
    sender = ContactInput(phone=number)
    return [
        Incoming(
            "direct", message_id, text[:LONGEST], sender=sender, confirmed=True, address=telephone(number) or number
        )
    ]
