"""What the reporter does, and whoever writes to the case: confirm, object, withdraw, comment, rate; later answer,
follow, erase."""

from dataclasses import dataclass, replace

from chalicelib.domain import routing
from chalicelib.domain.actions.verb import Facts, Verb
from chalicelib.domain.actor import SPEAK_FOR_REPORTER
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.errors import FieldError
from chalicelib.domain.needs import Needs, WithPhotos, WithText
from chalicelib.domain.situation import Situation

REOPENED = "reopened"  # a flag of the summary


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


def _objected(changed: Complaint, situation: Situation[Object]) -> Complaint:
    """Who rejected a report does not judge the objection: it goes to the bureau, or to the inspectorate."""
    before = situation.complaint
    referee = routing.INSPECTORATE if situation.category.about_officer else routing.GOVERNMENT_BUREAU
    unit = referee if before.status == "rejected" else before.unit
    flags = tuple(dict.fromkeys((*before.summary.flags, REOPENED)))
    return replace(changed, unit=unit, assignee=None, outcome=None, summary=replace(before.summary, flags=flags))


@dataclass(frozen=True)
class Comment(WithPhotos, WithText):
    """`internal`: officers write among themselves."""

    internal: bool = False


def _comment_faults(situation: Situation[Comment]) -> list[FieldError]:
    if situation.needs.internal and situation.actor.role in SPEAK_FOR_REPORTER:
        return [FieldError("internal", "value", "Only officers write among themselves")]
    return []


def _comment_facts(_changed: Complaint, situation: Situation[Comment]) -> Facts:
    return {"internal": True} if situation.needs.internal else {}


@dataclass(frozen=True)
class Answer(WithPhotos, WithText):
    """The reporter's answer to the holder's question, with photos."""


@dataclass(frozen=True)
class Follow(Needs):
    """`contact` is kept apart, as the reporter's is."""

    contact: object = None


VERBS = {
    "confirm": Verb(WithRating, effect=_rated, facts=_rating_facts),
    "object": Verb(Object, effect=_objected),
    "withdraw": Verb(WithText),
    "comment": Verb(Comment, faults=_comment_faults, facts=_comment_facts),
    "rate": Verb(WithRating, effect=_rated, facts=_rating_facts),
    "answer": Verb(Answer),
    "follow": Verb(Follow),
    "erase": Verb(Needs),
}
