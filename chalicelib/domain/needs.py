"""What an action needs, beyond the form: whether the unit, the reason, the outcome, the photos make sense here. Every
fault is reported, by its field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chalicelib.domain import routing
from chalicelib.domain.actor import Actor
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.errors import FieldError
from chalicelib.domain.evidence import Photo
from chalicelib.domain.lifecycle import OFFICERS, OUTCOMES, REASONS, Row
from chalicelib.domain.reference import Reference

PROVEN = ("solved", "not_found")  # outcomes that a photo must prove, where the category asks for one


@dataclass(frozen=True, slots=True)
class Officer:
    """The person an assignment names, as the staff row says."""

    username: str
    unit: str
    role: str


@dataclass(frozen=True, slots=True)
class Particulars:
    """What came with an action: its fields as sent (times parsed), what they name, and the place that was found.
    `misformed`: fields that could not be read; not among the values, and reported with all other faults."""

    values: Mapping[str, Any]
    misformed: tuple[FieldError, ...] = ()
    photos: Mapping[str, Photo] = field(default_factory=dict)
    officer: Officer | None = None
    area: str | None = None
    place: tuple[float, float] | None = None


def faults(
    row: Row, complaint: Complaint, actor: Actor, given: Particulars, *, reference: Reference, now: datetime
) -> list[FieldError]:
    """Everything that is wrong with what was sent; empty when nothing is."""
    values, misformed = given.values, {fault.field.partition(".")[0] for fault in given.misformed}
    found = [FieldError(n, "required", "This is needed") for n in row.required if values.get(n) in (None, "", [])]
    found += [FieldError(n, "unknown", "Not a field of this action") for n in values if n not in row.fields]
    check = _CHECKS.get(row.action)
    found += check(Asked(complaint, actor, given, reference, now)) if check else []
    found += _reason_faults(row, values) + _photo_faults(values, actor, given)
    return [*given.misformed, *(fault for fault in found if fault.field not in misformed)]


@dataclass(frozen=True, slots=True)
class Asked:
    """An action, with everything that its meaning depends on."""

    complaint: Complaint
    actor: Actor
    given: Particulars
    reference: Reference
    now: datetime


def _reason_faults(row: Row, values: Mapping[str, Any]) -> list[FieldError]:
    reason = values.get("reason_code")
    if reason is None or "reason_code" not in row.fields or reason in REASONS.get(row.action, ()):
        return []
    return [FieldError("reason_code", "value", "One of: " + ", ".join(REASONS.get(row.action, ())))]


def _photo_faults(values: Mapping[str, Any], actor: Actor, given: Particulars) -> list[FieldError]:
    side = "reporter" if actor.role == "reporter" else actor.id
    named = values.get("photos") or []
    wrong = any(photo not in given.photos or given.photos[photo].uploader != side for photo in named)
    repeated = len(set(named)) != len(named)
    return (
        [FieldError("photos", "value", "Each is to be an upload of your own on this case")] if wrong or repeated else []
    )


def _coordinate(asked: Asked) -> list[FieldError]:
    complaint, reference, named = asked.complaint, asked.reference, asked.given.values.get("unit")
    if not named:
        return []  # reported as required
    unit = reference.units.get(named)
    if unit is None or unit.external or unit.code == complaint.unit:
        return [FieldError("unit", "value", "Name another unit of the city")]
    authorities = routing.authorities(reference, category=complaint.category, area=complaint.area)
    if asked.actor.role == "coordinator" or unit.code in authorities:
        return []
    return [FieldError("unit", "value", "Only an owner of this category, or a suku dinas of one")]


def _assign(asked: Asked) -> list[FieldError]:
    values, reference = asked.given.values, asked.reference
    unit, officer = values.get("unit"), values.get("officer")
    if not unit and not officer:
        return [FieldError("unit", "required", "Name a unit or an officer")]
    opd = routing.opd_of(asked.complaint.unit, reference)
    found = []
    if unit and (unit not in reference.units or routing.opd_of(unit, reference) != opd):
        found.append(FieldError("unit", "value", "Only a unit of the same OPD"))
    if officer and not _may_be_assigned(asked.given.officer, unit, opd, reference):
        found.append(FieldError("officer", "value", "Only an officer of the same OPD, and of the unit that is named"))
    return found


def _may_be_assigned(officer: Officer | None, unit: str | None, opd: str, reference: Reference) -> bool:
    if officer is None or officer.role not in OFFICERS or routing.opd_of(officer.unit, reference) != opd:
        return False
    return unit in (None, "", officer.unit)


def _propose_done(asked: Asked) -> list[FieldError]:
    values = asked.given.values
    outcome = values.get("outcome") or "solved"
    if outcome not in OUTCOMES:
        return [FieldError("outcome", "value", "One of: " + ", ".join(OUTCOMES))]
    proof = asked.reference.categories[asked.complaint.category].proof
    found = []
    if proof == "photo" and outcome in PROVEN and not values.get("photos"):
        found.append(FieldError("photos", "required", "At least one photo as proof"))
    return found + _outcome_faults(outcome, values, asked.now)


def _outcome_faults(outcome: str, values: Mapping[str, Any], now: datetime) -> list[FieldError]:
    until, reason = values.get("until"), values.get("reason_code")
    found = []
    if outcome == "planned" and until is None:
        found.append(FieldError("until", "required", "Say until when"))
    if outcome == "cannot" and reason is None:
        found.append(FieldError("reason_code", "required", "Say why it cannot be done"))
    if until is not None and (outcome != "planned" or until <= now):
        found.append(FieldError("until", "value", "A time to come, and only with the outcome `planned`"))
    if reason is not None and outcome != "cannot":
        found.append(FieldError("reason_code", "value", "Only with the outcome `cannot`"))
    return found


def _comment(asked: Asked) -> list[FieldError]:
    if asked.given.values.get("internal") and asked.actor.role in ("reporter", "channel"):
        return [FieldError("internal", "value", "Only officers write among themselves")]
    return []


_CHECKS = {"coordinate": _coordinate, "assign": _assign, "propose_done": _propose_done, "comment": _comment}
