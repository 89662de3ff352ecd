"""Whose matter it is: accept, coordinate, assign, start, reject, locate. How it changes hands later: handing.py."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from chalicelib.domain import rights, routing
from chalicelib.domain.actions.looks import look_after, look_opened
from chalicelib.domain.actions.verb import Facts, Verb
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import Event
from chalicelib.domain.errors import FieldError
from chalicelib.domain.grants import OFFICERS
from chalicelib.domain.needs import Needs, WithLocation, WithReason, WithText
from chalicelib.domain.reference import Reference
from chalicelib.domain.routing_rules import by_category
from chalicelib.domain.rules import Route
from chalicelib.domain.situation import Officer, Situation
from chalicelib.domain.values import dataclass

NO_READERS = FieldError("unit", "value", "Nobody in this unit may see the case")


@dataclass(frozen=True)
class Coordinate(WithText):
    """`unit` is the unit that shall hold the case."""

    unit: str = ""


def other_holder_faults(situation: Situation[Any], named: str) -> list[FieldError]:
    """What is wrong with a unit that shall hold the case instead; a missing one is reported as required."""
    reference = situation.reference
    if not named:
        return []
    unit = reference.units.get(named)
    if unit is None or unit.external or unit.code == situation.complaint.unit:
        return [FieldError("unit", "value", "Name another unit of the city")]
    return [] if rights.has_readers(unit.code, situation.category, reference) else [NO_READERS]


def _coordinate_faults(situation: Situation[Coordinate]) -> list[FieldError]:
    complaint, reference, named = situation.complaint, situation.reference, situation.needs.unit
    wrong = other_holder_faults(situation, named)
    if wrong or not named:
        return wrong
    authorities = routing.authorities(
        reference, category=complaint.category, area=complaint.area, route=complaint.standing_route
    )
    if situation.actor.role == "coordinator" or named in authorities:
        return []
    return [FieldError("unit", "value", "Only an owner of this category, or a suku dinas of one")]


def _coordinated(changed: Complaint, situation: Situation[Coordinate]) -> Complaint:
    unit = situation.needs.unit
    owner = unit if situation.actor.role == "coordinator" else changed.owner
    return replace(changed, unit=unit, owner=owner, assignee=None)


def _unit_facts(changed: Complaint, _situation: Situation[Needs]) -> Facts:
    return {"unit": changed.unit}


@dataclass(frozen=True)
class Assign(Needs):
    """`unit`, `officer` (a username) or both, inside the holder's OPD."""

    unit: str = ""
    officer: str = ""


def _assign_faults(situation: Situation[Assign]) -> list[FieldError]:
    needs, reference = situation.needs, situation.reference
    if not needs.unit and not needs.officer:
        return [FieldError("unit", "required", "Name a unit or an officer")]
    opd = routing.opd_of(situation.complaint.unit, reference)
    found = []
    if needs.unit and (needs.unit not in reference.units or routing.opd_of(needs.unit, reference) != opd):
        found.append(FieldError("unit", "value", "Only a unit of the same OPD"))
    elif needs.unit and not rights.has_readers(needs.unit, situation.category, reference):
        found.append(NO_READERS)
    if needs.officer and not _may_be_assigned(situation.named.officer, needs.unit, opd, reference):
        found.append(FieldError("officer", "value", "Only an officer of the same OPD, and of the unit that is named"))
    return found


def _may_be_assigned(officer: Officer | None, unit: str, opd: str, reference: Reference) -> bool:
    if officer is None or officer.role not in OFFICERS or routing.opd_of(officer.unit, reference) != opd:
        return False
    return unit in ("", officer.unit)


def _assigned(changed: Complaint, situation: Situation[Assign]) -> Complaint:
    officer = situation.named.officer
    unit = situation.needs.unit or (officer.unit if officer else changed.unit)
    return replace(changed, unit=unit, assignee=officer.username if officer else None)


def _assign_facts(changed: Complaint, _situation: Situation[Assign]) -> Facts:
    return {"unit": changed.unit} | ({"officer": changed.assignee} if changed.assignee else {})


@dataclass(frozen=True)
class Reject(WithReason, WithText):
    """Why the report cannot be handled."""


def _rejected(changed: Complaint, situation: Situation[Reject]) -> Complaint:
    return replace(changed, settled=True, look=look_after(situation))


@dataclass(frozen=True)
class Locate(WithLocation, WithText):
    """Where the case lies."""


def _located(changed: Complaint, situation: Situation[Locate]) -> Complaint:
    """While it waits, the place decides anew who receives it."""
    spot, before = situation.named.spot, situation.complaint
    located = replace(changed, area=spot.area if spot else None, place=spot.place if spot else None)
    if before.status != "waiting":
        return located
    found = _route(located, situation)
    return replace(located, unit=found.receiver, route=found.record)


def _route(located: Complaint, situation: Situation[Locate]) -> Route:
    """As the rules say, else as the category does."""
    category, area = located.category, located.area
    return situation.named.route or by_category(situation.reference, category=category, area=area)


def _locate_facts(changed: Complaint, situation: Situation[Locate]) -> Facts:
    """The exact place is among the words: facts can never be erased."""
    routed = _route(changed, situation).facts() if situation.complaint.status == "waiting" else {}
    return {"unit": changed.unit, "area": changed.area} | routed


VERBS = {
    "accept": Verb(WithText),
    "coordinate": Verb(Coordinate, faults=_coordinate_faults, effect=_coordinated, facts=_unit_facts),
    "assign": Verb(Assign, faults=_assign_faults, effect=_assigned, facts=_assign_facts),
    "start": Verb(WithText),
    "reject": Verb(Reject, effect=_rejected, tasks=look_opened),
    "locate": Verb(Locate, effect=_located, facts=_locate_facts),
}


_ENDED_UNANSWERED = ("withdraw", "merge")


def first_answer(history: Sequence[Event]) -> Event | None:
    """The last event that left `waiting`, unless the reporter or a duplicate ended the case."""
    left = [event for event in history if event.before == "waiting" and event.status != "waiting"]
    return left[-1] if left and left[-1].action not in _ENDED_UNANSWERED else None
