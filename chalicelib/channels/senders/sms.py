"""SMS, as the city's aggregator hands it on: a JSON object with its id, the sender's number and the text. A long
message comes joined, or in parts that say which they are. The network proves the number. An aggregator that carries our
own messages reports by the same address which of them did not come."""

import hashlib
from typing import Any

from chalicelib.application.intake.contacts import telephone
from chalicelib.application.intake.drafting import ContactInput
from chalicelib.application.ports.channels import RawMessage
from chalicelib.application.ports.messages import Fate
from chalicelib.channels.incoming import Incoming
from chalicelib.channels.senders.payload import MALFORMED, identifier, payload

LONGEST, LONGEST_ID, LONGEST_NUMBER = 4_000, 200, 40  # characters
FAILED = {"failed": "returned", "undeliverable": "not_reachable", "expired": "returned", "rejected": "refused"}
LONGEST_SHORT = 6  # digits of a short number
MOST_PARTS = 255  # of a message (3GPP TS 23.040)


def read(message: RawMessage) -> list[Incoming]:
    """`{id, from, text, part?: {number, of}}`, or `{id, report: {notice, status}}`; further keys are the aggregator's
    own. Each part has its own id."""
    digest = hashlib.sha256(message.body).hexdigest()
    try:
        sent = payload(message.body)
        if "report" in sent:
            return _fates(sent)
        message_id, number, text = (sent[name].strip() for name in ("id", "from", "text"))
        part = _part(sent.get("part"))
    except MALFORMED:
        return [Incoming("unreadable", digest, reason="not_sms")]
    if not message_id or len(message_id) > LONGEST_ID or not text or len(number) > LONGEST_NUMBER:
        return [Incoming("unreadable", digest, text=text[:LONGEST], reason="not_sms")]
    if not _is_a_persons(number):
        return [Incoming("mention", message_id, text[:LONGEST], reason="no_sender")]
    sender, address = ContactInput(phone=number), telephone(number) or number
    return [Incoming("direct", message_id, text[:LONGEST], sender=sender, confirmed=True, address=address, part=part)]


def _is_a_persons(number: str) -> bool:
    """Banks and shops write under names and short numbers: nobody can be answered there, and few of them report."""
    digits = sum(sign.isdigit() for sign in number)
    return digits > LONGEST_SHORT and not any(sign.isalpha() for sign in number)


def _fates(sent: Any) -> list[Incoming]:
    """The fates of the city's messages, by their own ids (`notice`); one that arrived is no news. Raises LookupError,
    TypeError."""
    status, notice = sent["report"]["status"], sent["report"]["notice"]
    if not isinstance(notice, str) or not isinstance(status, str):
        raise TypeError("report")
    if status not in FAILED:
        return []
    return [Incoming("fate", str(sent["id"])[:LONGEST_ID], fate=Fate(notice, False, False, FAILED[status], "sms"))]


def _part(sent: Any) -> tuple[int, int]:
    """Raises LookupError, TypeError, ValueError for what is no part."""
    if sent is None:
        return 1, 1
    number, of = (int(identifier(sent[name], 3)) for name in ("number", "of"))
    if not 1 <= number <= of <= MOST_PARTS:
        raise ValueError("part")
    return number, of
