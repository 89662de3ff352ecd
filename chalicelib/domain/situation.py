"""An action in its situation: everything that its meaning depends on. Rights, needs, conditions and effects are
functions of it."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any, Generic, TypeVar

from chalicelib.domain.actor import Actor
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.evidence import Photo
from chalicelib.domain.case.judging import EMPTY, Bench
from chalicelib.domain.needs import Needs
from chalicelib.domain.place.spots import Spot
from chalicelib.domain.reference import Category, Reference
from chalicelib.domain.rules import Route
from chalicelib.domain.values import dataclass

N_co = TypeVar("N_co", bound=Needs, covariant=True)


@dataclass(frozen=True, slots=True)
class Officer:
    """The person that an assignment names, as their row says."""

    username: str
    unit: str
    role: str


@dataclass(frozen=True, slots=True)
class Named:
    """What the needs name, as the city knows it: the photos of this case by id, the officer, the spot. `other` is the
    case that is to go on in its place, or does; `parts` what the row of each part says, by id. `route`: who receives
    the case there, by the rules in force. `bench`: who could judge the proof. `link_hash`: of the link that the agency
    gets (links.py)."""

    photos: Mapping[str, Photo] = field(default_factory=dict)
    officer: Officer | None = None
    spot: Spot | None = None
    other: Complaint | None = None
    parts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    route: Route | None = None
    bench: Bench = EMPTY
    link_hash: str = ""


NOTHING_NAMED = Named()


@dataclass(frozen=True, slots=True)
class Situation(Generic[N_co]):
    """`complaint` is the case before the action; `now` is the domain's time (UTC)."""

    complaint: Complaint
    actor: Actor
    needs: N_co
    reference: Reference
    now: datetime
    named: Named = NOTHING_NAMED

    @property
    def category(self) -> Category:
        return self.reference.categories[self.complaint.category]
