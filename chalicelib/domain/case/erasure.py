"""What an erasure takes out of a case: everything that its reporter gave. Category, kelurahan, statuses, times and what
officers wrote stay, and the chain of digests still verifies (events.py)."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.actor import SPEAK_FOR_REPORTER
from chalicelib.domain.case.events import Event
from chalicelib.domain.case.evidence import Photo
from chalicelib.domain.values import dataclass

ERASE = "erase"  # the action
ASKED = "reporter"  # the ground: the reporter asked for it


@dataclass(frozen=True, slots=True)
class Erasure:
    """A line of the ledger of erasures, which a restored table is held against: which case, since when (UTC), why."""

    number: str
    at: datetime
    ground: str = ASKED


def goes(thing: Event | Photo, erased: datetime) -> bool:
    """Whether an erasure at this time (UTC) takes the event's words, or the photo. The report itself may have been
    typed by a desk; an officer's words that say where exactly the place is go too."""
    if isinstance(thing, Photo):
        return thing.side == "reporter" and thing.announced_at <= erased
    is_reporters = thing.sequence == 1 or thing.role in SPEAK_FOR_REPORTER or "location" in thing.words
    return is_reporters and thing.at <= erased


def as_left(event: Event, erased: datetime | None) -> Event:
    """The event without the words that an erasure at this time takes; None: nobody asked for one."""
    return replace(event, words={}) if erased and goes(event, erased) else event
