"""What an action does to a complaint beyond its status, where the table's columns do not say it all, and what its
event puts on record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chalicelib.domain import clocks, routing
from chalicelib.domain.actor import Actor
from chalicelib.domain.clocks import Clock
from chalicelib.domain.complaint import Complaint, Outcome
from chalicelib.domain.lifecycle import Row
from chalicelib.domain.needs import Particulars
from chalicelib.domain.reference import Category, Reference


@dataclass(frozen=True, slots=True)
class Change:
    """A change on its way: the complaint before, who acts, with what, when."""

    before: Complaint
    actor: Actor
    given: Particulars
    reference: Reference
    now: datetime


def moved_clocks(row: Row, complaint: Complaint, category: Category, now: datetime) -> dict[str, Clock]:
    stopping = clocks.KINDS if "all" in row.stops else row.stops
    moved = {k: clocks.stop(c, now) if k in stopping else c for k, c in complaint.clocks.items()}
    moved |= {kind: clocks.start(kind, now, _limit(kind, category)) for kind in row.starts}
    if row.action == "refuse":
        kind = "rework" if "rework" in moved else "resolution"
        moved[kind] = clocks.resume_stopped(moved[kind])
    return moved


def _limit(kind: str, category: Category) -> int:
    fixed = {"validation": clocks.VALIDATION_LIMIT, "confirmation": clocks.CONFIRMATION_LIMIT}
    return fixed.get(kind) or {"rework": category.rework_limit}[kind]


def _coordinated(changed: Complaint, change: Change) -> Complaint:
    unit = change.given.values["unit"]
    owner = unit if change.actor.role == "coordinator" else changed.owner
    return replace(changed, unit=unit, owner=owner, assignee=None)


def _assigned(changed: Complaint, change: Change) -> Complaint:
    officer = change.given.officer
    unit = change.given.values.get("unit") or (officer.unit if officer else changed.unit)
    return replace(changed, unit=unit, assignee=officer.username if officer else None)


def _proposed(changed: Complaint, change: Change) -> Complaint:
    values = change.given.values
    outcome = Outcome(values.get("outcome") or "solved", values.get("until"), values.get("reason_code"))
    uploaders = [change.given.photos[name].uploader for name in values.get("photos") or []]
    proposers = tuple(dict.fromkeys([*change.before.proposers, change.actor.id, *uploaders]))
    return replace(changed, outcome=outcome, proposers=proposers)


def _validated(changed: Complaint, change: Change) -> Complaint:
    return replace(changed, judged=_judged(change), settled=True)


def _judged(change: Change) -> dict[str, datetime]:
    return {**change.before.judged, change.actor.id: change.now}


def _refused(changed: Complaint, change: Change) -> Complaint:
    return replace(changed, judged=_judged(change), outcome=None)


def _objected(changed: Complaint, change: Change) -> Complaint:
    before = change.before
    about_officer = change.reference.categories[before.category].about_officer
    referee = routing.INSPECTORATE if about_officer else routing.GOVERNMENT_BUREAU
    unit = referee if before.status == "rejected" else before.unit
    return replace(changed, unit=unit, assignee=None, outcome=None, arming=before.arming + 1)


def _rejected(changed: Complaint, change: Change) -> Complaint:  # noqa: ARG001  # one shape for all effects
    return replace(changed, settled=True)


def _rated(changed: Complaint, change: Change) -> Complaint:
    return replace(changed, rating=change.before.rating or change.given.values.get("rating"))


def _located(changed: Complaint, change: Change) -> Complaint:
    area, unit = change.given.area, change.before.unit
    if change.before.status == "waiting":
        unit = routing.first_receiver(change.reference, category=change.before.category, area=area)
    return replace(changed, area=area, place=change.given.place, unit=unit)


def _lapsed(changed: Complaint, change: Change) -> Complaint:
    return replace(changed, status="rejected") if change.before.status == "rejected" else changed


EFFECTS: dict[str, Callable[[Complaint, Change], Complaint]] = {
    "coordinate": _coordinated,
    "assign": _assigned,
    "propose_done": _proposed,
    "validate": _validated,
    "refuse": _refused,
    "object": _objected,
    "reject": _rejected,
    "confirm": _rated,
    "rate": _rated,
    "locate": _located,
    "lapse": _lapsed,
}


def facts(row: Row, before: Complaint, changed: Complaint, given: Particulars) -> dict[str, Any]:
    """Codes, ids and hashes of what was decided; never words. A rating counts once, whatever is sent later."""
    values = {key: value for key, value in given.values.items() if key != "rating" or before.rating is None}
    named = {key: values.get(key) for key in ("reason_code", "rating", "internal") if values.get(key) is not None}
    if values.get("photos"):
        named["photos"] = _photo_facts(values["photos"], given)
    if row.action in ("coordinate", "assign", "locate"):
        named["unit"] = changed.unit
    if row.action == "assign" and changed.assignee:
        named["officer"] = changed.assignee
    if row.action == "propose_done" and changed.outcome:
        named["outcome"] = outcome_facts(changed.outcome)
        named.pop("reason_code", None)
    if row.action == "locate":
        named["area"] = changed.area  # the place is among the words, which can be erased
    return named


def _photo_facts(names: Sequence[str], given: Particulars) -> list[dict[str, str | None]]:
    hashes = {name: given.photos[name].variants for name in names}
    return [{"photo_id": name, "sha256": v.sha256 if v else None} for name, v in hashes.items()]


def outcome_facts(outcome: Outcome) -> dict[str, Any]:
    until = outcome.until.isoformat() if outcome.until else None
    named = {"code": outcome.code, "until": until, "reason_code": outcome.reason_code}
    return {key: value for key, value in named.items() if value is not None}
