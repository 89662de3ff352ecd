"""Several reports of one matter."""

from dataclasses import dataclass

from chalicelib.domain.actions.verb import Verb
from chalicelib.domain.needs import WithText


@dataclass(frozen=True)
class Merge(WithText):
    """`survivor` is the number of the case that goes on."""

    survivor: str = ""


VERBS = {"merge": Verb(Merge), "unmerge": Verb(WithText)}
