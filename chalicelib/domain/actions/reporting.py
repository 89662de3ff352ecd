"""What the reporter does, and whoever writes to the case: confirm, object, withdraw, comment, rate; follow, erase.
An answer: pauses.py."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from chalicelib.domain.actions.duplicates import parted
from chalicelib.domain.actions.looks import look_settled, reopened
from chalicelib.domain.actions.verb import Facts, Verb
from chalicelib.domain.actor import SPEAK_FOR_REPORTER, WRITE_FROM_OUTSIDE
from chalicelib.domain.case.complaint import AGENCY_WROTE, ANSWERED, UNREAD, Complaint, Summary
from chalicelib.domain.case.events import Event
from chalicelib.domain.errors import FieldError, TooManyError
from chalicelib.domain.needs import Needs, WithPhotos, WithText
from chalicelib.domain.situation import Situation
from chalicelib.domain.values import dataclass

COMMENT = "comment"
COMMENTS = {
    "reporter": 100,
    "staff": 100,
    "internal": 300,
    "agency": 100,
}  # per case: a history stays one that people can read
PER_HOUR, HOUR = 10, timedelta(hours=1)  # comments of one person on one case
_FLAGS = {"reporter": ANSWERED, "agency": AGENCY_WROTE}  # by voice


@dataclass(frozen=True)
class WithRating(WithText):
    """`rating` from 1 to 5; only the first one counts."""

    rating: int | None = None


def _rated(changed: Complaint, situation: Situation[WithRating]) -> Complaint:
    return replace(changed, rating=situation.complaint.rating or situation.needs.rating)


def _rating_facts(_changed: Complaint, situation: Situation[WithRating]) -> Facts:
    counts = situation.needs.rating is not None and situation.complaint.rating is None
    return {"rating": situation.needs.rating} if counts else {}


@dataclass(frozen=True)
class Object(WithPhotos, WithText):
    """What is still wrong, with photos."""


@dataclass(frozen=True)
class Comment(WithPhotos, WithText):
    """`internal`: officers write among themselves. `missed`: not all that the reporter wrote has come, and they are
    asked to write it again; the system alone notices that, and no form offers it."""

    internal: bool = False
    missed: bool = False


def _comment_faults(situation: Situation[Comment]) -> list[FieldError]:
    if situation.needs.internal and situation.actor.role in WRITE_FROM_OUTSIDE:
        return [FieldError("internal", "value", "Only officers write among themselves")]
    if situation.needs.missed and situation.actor.role != "channel":
        return [FieldError("missed", "value", "Only a channel knows what did not come")]
    return []


def _voice(situation: Situation[Comment]) -> str:
    """Whose count a comment raises."""
    if situation.actor.role in SPEAK_FOR_REPORTER:
        return "reporter"
    if situation.actor.role in WRITE_FROM_OUTSIDE:
        return "agency"
    return "internal" if situation.needs.internal else "staff"


def _all_said(situation: Situation[Comment]) -> bool:
    voice = _voice(situation)
    count: int = getattr(situation.complaint.said, voice)
    return count >= COMMENTS[voice]


def _commented(changed: Complaint, situation: Situation[Comment]) -> Complaint:
    voice = _voice(situation)
    said = replace(changed.said, **{voice: getattr(changed.said, voice) + 1})
    return replace(changed, said=said, summary=_summary_after(voice, changed.summary))


def _summary_after(voice: str, summary: Summary) -> Summary:
    """Lists of officers show that the reporter or the agency wrote, until an officer replies."""
    if voice == "internal":
        return summary
    return summary.flagged(_FLAGS[voice]) if voice in _FLAGS else summary.unflagged(*UNREAD)


def check_pace(event: Event, history: Sequence[Event]) -> None:
    """Raises TooManyError for a comment by somebody who wrote ten on this case within the hour before."""
    if event.action != COMMENT:
        return
    who, since = (event.role, event.actor), event.at - HOUR
    recent = [e.at for e in history if e.action == COMMENT and (e.role, e.actor) == who and e.at > since]
    if len(recent) >= PER_HOUR:
        raise TooManyError(max(1, math.ceil((recent[-PER_HOUR] - since).total_seconds())))


def _comment_facts(_changed: Complaint, situation: Situation[Comment]) -> Facts:
    said = {"internal": situation.needs.internal, "missed": situation.needs.missed}
    return {name: True for name, is_so in said.items() if is_so}


def _comment_words(situation: Situation[Comment]) -> dict[str, object]:
    """Who wrote, where it is no person of the city: an officer's word for the agency, as it was then."""
    outside = situation.complaint.outside if _voice(situation) == "agency" else None
    return {"outside_unit": outside.unit} if outside else {}


@dataclass(frozen=True)
class Follow(Needs):
    """`contact`, as it was typed, is kept apart, as the reporter's is."""

    contact: Mapping[str, Any] | None = None


def contact_of(needs: Needs) -> Mapping[str, Any] | None:
    """The contact that somebody gave to be told; None without one."""
    return needs.contact if isinstance(needs, Follow) else None


def _erased(changed: Complaint, situation: Situation[Needs]) -> Complaint:
    """The case's own row forgets at once what its reporter gave; the other rows and the objects follow
    (application/handling/erasing.py)."""
    summary = Summary(flags=changed.summary.flags)
    return replace(changed, erased=situation.now, place=None, uploads=(), reachable=False, summary=summary)


VERBS = {
    "confirm": Verb(WithRating, effect=_rated, facts=_rating_facts),
    "object": Verb(Object, effect=reopened, others=parted, tasks=look_settled),
    "withdraw": Verb(WithText),
    COMMENT: Verb(
        Comment, faults=_comment_faults, full=_all_said, effect=_commented, facts=_comment_facts, words=_comment_words
    ),
    "rate": Verb(WithRating, effect=_rated, facts=_rating_facts),
    "follow": Verb(Follow),
    "erase": Verb(Needs, effect=_erased),
}
