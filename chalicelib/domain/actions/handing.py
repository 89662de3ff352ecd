"""How a case changes hands: transfer, refer, recall, recategorise, take over. What the city counts of it:
case/custody.py."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain import calendar as calendars
from chalicelib.domain import clocks, routing
from chalicelib.domain.actions.owning import NO_READERS, other_holder_faults
from chalicelib.domain.actions.verb import Facts, Verb
from chalicelib.domain.case.complaint import Complaint, Outside
from chalicelib.domain.case.custody import may_go
from chalicelib.domain.case.lodging import PRIVATE, location_limit
from chalicelib.domain.case.publicity import is_delicate
from chalicelib.domain.clocks import Clock
from chalicelib.domain.errors import FieldError
from chalicelib.domain.needs import WithOutside, WithReason, WithText
from chalicelib.domain.reference import Category
from chalicelib.domain.rights import has_readers
from chalicelib.domain.routing_rules import by_category
from chalicelib.domain.rules import Route
from chalicelib.domain.situation import Situation
from chalicelib.domain.values import dataclass


@dataclass(frozen=True)
class Transfer(WithReason, WithText):
    """Why the unit is not the right one; without `unit` the case goes back to where it came from."""

    unit: str = ""


def _transfer_faults(situation: Situation[Transfer]) -> list[FieldError]:
    if not situation.needs.unit and situation.complaint.custody.came_from is None:
        return [FieldError("unit", "required", "It came from no other unit: name one")]
    return other_holder_faults(situation, situation.needs.unit)


def _by_coordinator(situation: Situation[Transfer]) -> bool:
    return situation.actor.role == "coordinator"


def _passed_round(situation: Situation[Transfer]) -> bool:
    """Whether only a coordinator may still place the case there."""
    case, unit = situation.complaint, situation.needs.unit
    return not _by_coordinator(situation) and not may_go(case.custody, case.hops, holder=case.unit, unit=unit)


def _transferred(changed: Complaint, situation: Situation[Transfer]) -> Complaint:
    """A return goes one step back, and counts no hop."""
    case, placed, named = situation.complaint, _by_coordinator(situation), situation.needs.unit
    unit = named or str(case.custody.came_from)
    custody = case.custody if named else replace(case.custody, trail=case.custody.trail[:-1])
    if not placed:
        custody = replace(custody, passes=(*custody.passes, (case.unit, unit)))
    return replace(
        changed,
        unit=unit,
        owner=unit if placed else case.owner,
        assignee=None,
        outside=None,
        hops=case.hops + (1 if named and not placed else 0),
        custody=custody,
    )


def _transfer_facts(changed: Complaint, situation: Situation[Transfer]) -> Facts:
    case = situation.complaint
    held = case.custody.stay(case.received_at, situation.now)
    return {"unit": changed.unit, "from": case.unit, "held_seconds": held, "hops": changed.hops}


@dataclass(frozen=True)
class Refer(WithOutside, WithText):
    """The agency outside the city with its own number, and its own date (UTC)."""

    until: datetime | None = None


def _refer_faults(situation: Situation[Refer]) -> list[FieldError]:
    until = situation.needs.until
    return [FieldError("until", "value", "A time to come")] if until and until <= situation.now else []


def _referred(changed: Complaint, situation: Situation[Refer]) -> Complaint:
    needs = situation.needs
    until = (needs.until or situation.now).replace(microsecond=0)
    named = (needs.outside_unit, needs.outside_number, until)
    return replace(changed, outside=Outside(*named, changed.sequence, situation.named.link_hash))


def _refer_facts(changed: Complaint, _situation: Situation[Refer]) -> Facts:
    return {"until": changed.outside.until.isoformat()} if changed.outside else {}


def _recalled(changed: Complaint, _situation: Situation[WithText]) -> Complaint:
    return replace(changed, outside=None)


@dataclass(frozen=True)
class Recategorise(WithText):
    """`category` is the new category's code."""

    category: str = ""


def _recategorise_faults(situation: Situation[Recategorise]) -> list[FieldError]:
    case, reference, code = situation.complaint, situation.reference, situation.needs.category
    if not code:
        return []  # reported as required
    if code not in reference.categories or code == case.category:
        return [FieldError("category", "value", "Name another category")]
    readable = has_readers(_routed_to(situation), reference.categories[code], reference)
    return [] if readable else [replace(NO_READERS, field="category")]


def _routed_to(situation: Situation[Recategorise]) -> str:
    """The first receiver while nobody has answered; then the lead, where the city has one."""
    case, reference, found = situation.complaint, situation.reference, _route(situation)
    category = situation.needs.category
    lead = routing.lead_at(reference, category=category, area=case.area, route=found.record)
    if case.status != "waiting" and lead is not None and routing.can_hold(reference, lead):
        return lead
    return found.receiver


def _route(situation: Situation[Recategorise]) -> Route:
    """As the rules say of the new category, else as the category does."""
    case, code = situation.complaint, situation.needs.category
    return situation.named.route or by_category(situation.reference, category=code, area=case.area)


def _recategorised(changed: Complaint, situation: Situation[Recategorise]) -> Complaint:
    """Once delicate, its words stay out of sight, whatever it is called later."""
    code = situation.needs.category
    category = situation.reference.categories[code]
    moved = replace(
        changed,
        category=code,
        unit=_routed_to(situation),
        owner=None,
        route=_route(situation).record,
        assignee=None,
        clocks=_tightened(changed, category, situation),
    )
    if not is_delicate(category):
        return moved
    summary = replace(moved.summary, text="", landmark="", photo="")
    return replace(moved, visibility=PRIVATE, summary=summary)


def _tightened(changed: Complaint, category: Category, situation: Situation[Recategorise]) -> dict[str, Clock]:
    """Every promise that runs is due at the earlier of what it was and what the new category gives."""
    limits = {
        "coordination": category.coordination_limit,
        "resolution": category.resolution_limit,
        "rework": category.rework_limit,
    }
    calendar = calendars.of_category(category, situation.reference)
    return _location_clock(changed, category, situation) | {
        kind: clocks.tighten(clock, limits[kind], calendar)
        for kind, clock in changed.clocks.items()
        if kind in limits and clock.stopped_at is None
    }


def _location_clock(changed: Complaint, category: Category, situation: Situation[Recategorise]) -> dict[str, Clock]:
    """It runs while nobody can receive the case without its place, and only then."""
    needed = changed.status == "waiting" and _route(situation).awaits_place
    standing = dict(changed.clocks)
    if needed and "location" not in standing:
        calendar = calendars.of_category(category, situation.reference)
        standing["location"] = clocks.start("location", situation.now, location_limit(category), calendar)
    elif not needed and "location" in standing:
        standing["location"] = clocks.stop(standing["location"], situation.now)
    return standing


def _recategorise_facts(changed: Complaint, situation: Situation[Recategorise]) -> Facts:
    dues = {kind: clock.due_at.isoformat() for kind, clock in changed.clocks.items() if clock.stopped_at is None}
    named = {"category": changed.category, "former_category": situation.complaint.category, "unit": changed.unit}
    former = situation.complaint.unit
    handed_on = {"from": former} if former != changed.unit else {}
    return named | handed_on | {"due": dues} | _route(situation).facts()


def _taken_over(changed: Complaint, situation: Situation[WithText]) -> Complaint:
    taker = situation.actor
    return replace(changed, unit=taker.unit or changed.unit, assignee=taker.id)


def _take_over_facts(changed: Complaint, situation: Situation[WithText]) -> Facts:
    return {"unit": changed.unit, "officer": changed.assignee, "from": situation.complaint.unit}


VERBS = {
    "transfer": Verb(Transfer, faults=_transfer_faults, full=_passed_round, effect=_transferred, facts=_transfer_facts),
    "refer": Verb(Refer, faults=_refer_faults, effect=_referred, facts=_refer_facts),
    "recall": Verb(WithText, effect=_recalled),
    "recategorise": Verb(Recategorise, faults=_recategorise_faults, effect=_recategorised, facts=_recategorise_facts),
    "take_over": Verb(WithText, effect=_taken_over, facts=_take_over_facts),
}
