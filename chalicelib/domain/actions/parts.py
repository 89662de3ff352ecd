"""Parts of the work that other units do."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.actions.verb import Verb
from chalicelib.domain.needs import WithPhotos, WithText


@dataclass(frozen=True)
class Invite(WithText):
    """The unit that is asked for a part of the work, and until when (UTC)."""

    unit: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True)
class OnPart(WithPhotos, WithText):
    """`part` is the part's id."""

    part: str = ""


VERBS = {
    "invite": Verb(Invite),
    "finish_part": Verb(OnPart),
    "decline_part": Verb(OnPart),
    "cancel_part": Verb(OnPart),
}
