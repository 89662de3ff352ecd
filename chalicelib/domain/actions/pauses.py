"""What moves a clock for a reason that everybody can read: a question to the reporter, more time for heavy work."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.actions.verb import Verb
from chalicelib.domain.needs import WithText


@dataclass(frozen=True)
class Extend(WithText):
    """`until` is the proposed new due time (UTC)."""

    until: datetime | None = None


VERBS = {
    "ask": Verb(WithText),
    "extend": Verb(Extend),
    "approve_extension": Verb(WithText),
    "refuse_extension": Verb(WithText),
}
