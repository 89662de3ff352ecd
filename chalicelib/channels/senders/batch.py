"""Reads a batch of events. Each is read on its own, so one that is malformed spoils no other. What should be a list and
is none becomes one unreadable message, so that a person sees it."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from chalicelib.application.ports.channels import RawMessage
from chalicelib.channels.incoming import Incoming
from chalicelib.channels.senders.payload import MALFORMED, payload

LONGEST_NAME = 40  # characters of a list's name that stand in an id
Read = Callable[[Any], Incoming | None]


def read_entries(message: RawMessage, read: Callable[[Any, str], Iterator[Incoming]], reason: str) -> list[Incoming]:
    """Reads the entries of one of Meta's webhooks. `read` gets each entry and the beginning of its ids."""
    digest = hashlib.sha256(message.body).hexdigest()
    try:
        entries = listed(payload(message.body), "entry")
    except MALFORMED:
        return [Incoming("unreadable", digest, reason=reason)]
    return [said for number, entry in enumerate(entries) for said in read(entry, f"{digest}:{number}")]


def read_each(whole: Any, name: str, read: Read, *, place: str, reason: str) -> Iterator[Incoming]:
    """Reads the events that `whole` lists under a name; none if it has no such name. `place` begins the ids of
    malformed events, and `reason` names their provider."""
    place = f"{place}:{name[:LONGEST_NAME]}"
    try:
        events = listed(whole, name) if name in whole else []
    except MALFORMED:
        yield Incoming("unreadable", place, reason=reason)
        return
    for number, event in enumerate(events):
        try:
            said = read(event)
        except MALFORMED:
            said = Incoming("unreadable", f"{place}:{number}", reason=reason)
        if said:
            yield said


def listed(whole: Any, name: str) -> list[Any]:
    """What stands in the list of this name. Raises MALFORMED where there is none."""
    found = whole[name]
    if not isinstance(found, list):
        raise TypeError(name)
    return found
