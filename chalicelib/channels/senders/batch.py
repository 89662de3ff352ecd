"""A batch of events: each is read alone, and one malformed spoils no other. A list that is none is one unreadable
message, so that a person sees it."""

from collections.abc import Callable, Iterator
from typing import Any

from chalicelib.channels.incoming import Incoming
from chalicelib.channels.senders.payload import MALFORMED

LONGEST_NAME = 40  # characters of a list's name that stand in an id
Read = Callable[[Any], Incoming | None]


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
