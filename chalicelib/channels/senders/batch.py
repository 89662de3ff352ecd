"""A batch of events: each is read alone, and one malformed spoils no other. A list that is none is one unreadable
message, so that a person sees it."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from chalicelib.application.ports.channels import RawMessage
from chalicelib.channels.incoming import Incoming
from chalicelib.channels.senders.payload import MALFORMED, payload

LONGEST_NAME = 40  # characters of a list's name that stand in an id
Read = Callable[[Any], Incoming | None]


def read_entries(message: RawMessage, read: Callable[[Any, str], Iterator[Incoming]], reason: str) -> list[Incoming]:
    """What the entries of one of Meta's webhooks say, each read with the place that begins its ids."""
    digest = hashlib.sha256(message.body).hexdigest()
    try:
        entries = listed(payload(message.body), "entry")
    except MALFORMED:
        return [Incoming("unreadable", digest, reason=reason)]
    return [said for number, entry in enumerate(entries) for said in read(entry, f"{digest}:{number}")]


def read_each(whole: Any, name: str, read: Read, *, place: str, reason: str) -> Iterator[Incoming]:
    """What the events say that `whole` lists under a name; nothing where it has no such name. `place` begins the ids of
    those that are malformed, and `reason` says of which provider they are."""
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
