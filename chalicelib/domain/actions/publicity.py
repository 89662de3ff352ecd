"""What everybody may see, decided by a person: hide and restore a case, clear and withhold a photo."""

from dataclasses import dataclass

from chalicelib.domain.actions.verb import Verb
from chalicelib.domain.needs import Needs, WithText


@dataclass(frozen=True)
class Hide(WithText):
    """`legal_ground`: personal_data, court_order, minor, security or other."""

    legal_ground: str = ""


@dataclass(frozen=True)
class OnPhoto(Needs):
    """`photo_id` of the photo that a person decides on."""

    photo_id: str = ""


VERBS = {
    "hide": Verb(Hide),
    "restore": Verb(WithText),
    "clear_photo": Verb(OnPhoto),
    "withhold_photo": Verb(OnPhoto),
}
