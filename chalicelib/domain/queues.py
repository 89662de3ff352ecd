"""Which queue a case stands in, and how urgent it is there. A case stands in one queue, or in none when nobody has to
act; a list merges the queues that a role may see."""

from datetime import datetime

from chalicelib.domain import routing
from chalicelib.domain.actor import Actor
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.grants import OFFICERS
from chalicelib.domain.reference import Reference

VALIDATION = "POOL_VALIDATION"
INTERNAL_VALIDATION = "POOL_VALIDATION_INSPEKTORAT"  # proofs about officers, judged inside the inspectorate
UNLOCATED = "POOL_UNLOCATED"
HUSHED = "POOL_HUSHED"  # about officers and without a place
POOLS = (VALIDATION, INTERNAL_VALIDATION, UNLOCATED, HUSHED)
POOL_SHARDS = 8


def place_in(complaint: Complaint, reference: Reference) -> tuple[str, datetime] | None:
    """The queue's name and the due time that sorts it: least time left first."""
    due = _due(complaint)
    return (_name(complaint, reference), due) if due and complaint.is_open else None


def _name(complaint: Complaint, reference: Reference) -> str:
    about_officer = reference.categories[complaint.category].about_officer
    if complaint.status == "awaiting_validation":
        return INTERNAL_VALIDATION if about_officer else VALIDATION
    if not complaint.located and complaint.unit == routing.GOVERNMENT_BUREAU:
        return HUSHED if about_officer else UNLOCATED
    return complaint.unit


def _due(complaint: Complaint) -> datetime | None:
    """Due of coordination while waiting, else of what runs."""
    running = {kind: clock.due_at for kind, clock in complaint.clocks.items() if clock.stopped_at is None}
    if complaint.status == "waiting" and "coordination" in running:
        return running["coordination"]
    return min(running.values(), default=None)


def shards(name: str, reference: Reference) -> int:
    """One partition takes 1,000 writes a second: pools and flood units are spread."""
    return POOL_SHARDS if name in POOLS or reference.units[name].flood else 1


def visible(actor: Actor, queue: str, reference: Reference) -> tuple[str, ...] | None:
    """The queues that make up a list for this person; None when the list is not for the role."""
    if queue in ("mine", "overdue"):
        return _mine(actor, reference)
    roles = {"unlocated": ("desk", "coordinator"), "validation": ("validator",), "inbox": ("desk", "coordinator")}
    if actor.role not in roles.get(queue, ()):
        return None
    pools = {"unlocated": (UNLOCATED,), "validation": (VALIDATION,), "inbox": ()}[queue]
    return (*pools, HUSHED) if queue == "unlocated" and actor.role == "coordinator" else pools


def _mine(actor: Actor, reference: Reference) -> tuple[str, ...] | None:
    if actor.role == "coordinator":
        return (routing.GOVERNMENT_BUREAU, UNLOCATED, HUSHED)
    if actor.unit is None or actor.role not in OFFICERS:
        return None
    supervisor = actor.role == "opd_supervisor"
    units = routing.units_of_opd(routing.opd_of(actor.unit, reference), reference) if supervisor else (actor.unit,)
    if routing.GOVERNMENT_BUREAU in units:
        return (*units, UNLOCATED)
    return (*units, INTERNAL_VALIDATION) if actor.role == "inspectorate" else units


DEFAULT = {"desk": "unlocated", "validator": "validation"}


def default_queue(role: str) -> str:
    return DEFAULT.get(role, "mine")
