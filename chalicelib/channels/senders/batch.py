"""A batch of events: each is read alone, and one malformed spoils no other."""

from collections.abc import Callable, Iterator
from typing import Any

from chalicelib.channels.incoming import Incoming

# What reading a part of a payload raises when it is not as its provider's reference says.
MALFORMED = (ValueError, RecursionError, LookupError, TypeError, AttributeError)
Read = Callable[[Any], Incoming | None]


def read_each(whole: Any, name: str, read: Read, *, place: str, reason: str) -> Iterator[Incoming]:
    """What the events say that `whole` lists under a name; nothing where it lists none. `place` begins the ids of those
    that are malformed, and `reason` says of which provider they are."""
    place = f"{place}:{name}"
    try:
        events = _listed(whole, name)
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


def _listed(whole: Any, name: str) -> list[Any]:
    found = whole.get(name)
    if found is not None and not isinstance(found, list):
        raise TypeError(name)
    return found or []
