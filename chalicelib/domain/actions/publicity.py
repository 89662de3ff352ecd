"""What everybody may see, decided by a person: hide and restore a case, clear and withhold a photo."""

from dataclasses import replace

from chalicelib.domain.actions.verb import Facts, Verb
from chalicelib.domain.case.complaint import Complaint, Hidden
from chalicelib.domain.errors import FieldError
from chalicelib.domain.needs import Needs, WithText
from chalicelib.domain.reasons import LEGAL_GROUNDS
from chalicelib.domain.situation import Situation
from chalicelib.domain.values import dataclass


@dataclass(frozen=True)
class Hide(WithText):
    """`legal_ground`: personal_data, court_order, minor, security or other."""

    legal_ground: str = ""


def _hide_faults(situation: Situation[Hide]) -> list[FieldError]:
    ground = situation.needs.legal_ground
    known = not ground or ground in LEGAL_GROUNDS
    return [] if known else [FieldError("legal_ground", "value", "One of: " + ", ".join(LEGAL_GROUNDS))]


def _hidden(changed: Complaint, situation: Situation[Hide]) -> Complaint:
    return replace(changed, hidden=Hidden(situation.needs.legal_ground, situation.now))


def _hide_facts(_changed: Complaint, situation: Situation[Hide]) -> Facts:
    return {"legal_ground": situation.needs.legal_ground}


def _restored(changed: Complaint, _situation: Situation[Needs]) -> Complaint:
    return replace(changed, hidden=None)


@dataclass(frozen=True)
class OnPhoto(Needs):
    """`photo_id` of the photo that a person decides on, whoever sent it."""

    photo_id: str = ""


def _photo_faults(situation: Situation[OnPhoto]) -> list[FieldError]:
    needs, known = situation.needs, situation.named.photos
    if not needs.photo_id or (needs.photo_id in known and known[needs.photo_id].state == "ready"):
        return []
    return [FieldError("photo_id", "value", "Name a photo of this case that is ready")]


def _cleared(changed: Complaint, situation: Situation[OnPhoto]) -> Complaint:
    photo = situation.needs.photo_id
    return replace(changed, cleared=_with(changed.cleared, photo), withheld=_without(changed.withheld, photo))


def _withheld(changed: Complaint, situation: Situation[OnPhoto]) -> Complaint:
    photo = situation.needs.photo_id
    return replace(changed, cleared=_without(changed.cleared, photo), withheld=_with(changed.withheld, photo))


def _with(photos: tuple[str, ...], photo: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*photos, photo)))


def _without(photos: tuple[str, ...], photo: str) -> tuple[str, ...]:
    return tuple(other for other in photos if other != photo)


def _photo_facts(_changed: Complaint, situation: Situation[OnPhoto]) -> Facts:
    photo = situation.named.photos[situation.needs.photo_id]
    return {"photo": {"photo_id": photo.photo_id, "sha256": photo.variants.sha256 if photo.variants else None}}


VERBS = {
    "hide": Verb(Hide, faults=_hide_faults, effect=_hidden, facts=_hide_facts),
    "restore": Verb(WithText, effect=_restored),
    "clear_photo": Verb(OnPhoto, faults=_photo_faults, effect=_cleared, facts=_photo_facts),
    "withhold_photo": Verb(OnPhoto, faults=_photo_faults, effect=_withheld, facts=_photo_facts),
}
