"""What an action was given, as types. A field that still has its default was not given; which fields an action needs is
said by its row of the table."""

from chalicelib.domain.errors import FieldError
from chalicelib.domain.place.spots import Location
from chalicelib.domain.reasons import REASONS
from chalicelib.domain.values import dataclass


@dataclass(frozen=True)
class Needs:
    """What an action was given; the parent of every verb's own type."""


@dataclass(frozen=True)
class WithText(Needs):
    """`text` is what the actor writes: kept among the erasable words of the event."""

    text: str = ""


@dataclass(frozen=True)
class WithReason(Needs):
    """`reason_code` is one of the action's REASONS."""

    reason_code: str = ""


@dataclass(frozen=True)
class WithPhotos(Needs):
    """`photos` are ids of the actor's own uploads on this case."""

    photos: tuple[str, ...] = ()


@dataclass(frozen=True)
class WithLocation(Needs):
    """`location` is kept among the erasable words of the event."""

    location: Location | None = None


@dataclass(frozen=True)
class WithOutside(Needs):
    """An agency outside the city and its own number: an officer's words, kept among the erasable ones."""

    outside_unit: str = ""
    outside_number: str = ""


def photos_of(needs: Needs) -> tuple[str, ...]:
    return needs.photos if isinstance(needs, WithPhotos) else ()


def words_of(needs: Needs) -> dict[str, object]:
    """What is erasable in them, in the form of an event's words."""
    words: dict[str, object] = {}
    if isinstance(needs, WithText) and needs.text:
        words["text"] = needs.text
    if isinstance(needs, WithLocation) and needs.location:
        words["location"] = needs.location.as_words()
    if isinstance(needs, WithOutside):
        words |= {"outside_unit": needs.outside_unit, "outside_number": needs.outside_number}
    return words


def reason_faults(action: str, reason_code: str) -> list[FieldError]:
    """A reason that is given must be one of the action's; whether one is needed is the row's to say."""
    reasons = REASONS.get(action, ())
    if not reason_code or reason_code in reasons:
        return []
    return [FieldError("reason_code", "value", "One of: " + ", ".join(reasons))]
