"""Where waiting work stands: the queue of a unit, or a pool that several people empty. A list merges the queues that a
role may see, least time left first."""

from datetime import datetime

from chalicelib.domain import routing
from chalicelib.domain.actor import Actor
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.inboxes import channels_read_by
from chalicelib.domain.grants import OFFICERS
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass

MINE, UNLOCATED_LIST, VALIDATION_LIST, OVERDUE, INBOX = ("mine", "unlocated", "validation", "overdue", "inbox")
ASSIGNED = "assigned"  # of `mine`, what stands under the reader's own name
OTHERS, DONE = FILED_LISTS = ("others", "done")  # kept by `project`, per unit: see filing.py
LISTS = (MINE, UNLOCATED_LIST, VALIDATION_LIST, OVERDUE, INBOX, ASSIGNED, OTHERS, DONE)
POOL_SHARDS = 8  # one index partition takes 1,000 writes a second: pools and flood units are spread


@dataclass(frozen=True, slots=True)
class Pool:
    """A queue of no unit. `shown_in`: the lists that show it, with the roles whose list does. `of_unit`: the officers
    of this unit see it in their own list too."""

    name: str
    shown_in: dict[str, tuple[str, ...]]
    of_unit: str | None = None
    shards: int = POOL_SHARDS


VALIDATION = Pool("POOL_VALIDATION", {VALIDATION_LIST: ("validator",)})
INTERNAL_VALIDATION = Pool("POOL_VALIDATION_INSPEKTORAT", {MINE: ("inspectorate",)})  # proofs about officers
UNLOCATED = Pool(
    "POOL_UNLOCATED",
    {UNLOCATED_LIST: ("desk", "coordinator"), MINE: ("coordinator",)},
    of_unit=routing.GOVERNMENT_BUREAU,
)
RESTRICTED = Pool(  # about officers and without a place
    "POOL_RESTRICTED", {UNLOCATED_LIST: ("coordinator",), MINE: ("coordinator",)}
)
APPROVAL = Pool("POOL_APPROVAL", {MINE: ("coordinator",)})  # more time, where no supervisor can say so
INTERNAL_APPROVAL = Pool("POOL_APPROVAL_INSPEKTORAT", {MINE: ("inspectorate",)})
POOLS: dict[str, Pool] = {
    pool.name: pool for pool in (UNLOCATED, RESTRICTED, VALIDATION, INTERNAL_VALIDATION, APPROVAL, INTERNAL_APPROVAL)
}
APPROVALS = "APPROVAL_"  # and the OPD: the queue of its supervisors
INBOXES = "INBOX_"  # and a channel: the queue of its messages that are no case yet
SUPERVISOR = "opd_supervisor"

# The roles that have a list. Those that are not named here are for every officer and the coordinator.
LIST_ROLES = {
    UNLOCATED_LIST: ("desk", "coordinator"),
    VALIDATION_LIST: ("validator",),
    INBOX: ("desk", "coordinator"),
}
DEFAULT = {"desk": UNLOCATED_LIST, "validator": VALIDATION_LIST}


def place_in(complaint: Complaint, reference: Reference) -> tuple[str, datetime] | None:
    """The queue in which a case stands itself, and the due time that sorts it; None when nobody has to act."""
    due = _due(complaint)
    return (_name(complaint, reference), due) if due and complaint.is_open else None


def _name(complaint: Complaint, reference: Reference) -> str:
    about_officer = reference.categories[complaint.category].about_officer
    if complaint.status == "awaiting_validation":
        return (INTERNAL_VALIDATION if about_officer else VALIDATION).name
    if not complaint.located and complaint.unit == routing.GOVERNMENT_BUREAU:
        return (RESTRICTED if about_officer else UNLOCATED).name
    return complaint.unit


def _due(complaint: Complaint) -> datetime | None:
    """Due of coordination while waiting, else of what runs."""
    running = {kind: clock.due_at for kind, clock in complaint.clocks.items() if clock.stopped_at is None}
    if complaint.status == "waiting" and "coordination" in running:
        return running["coordination"]
    return min(running.values(), default=None)


def approvals(unit: str, proposed_by: str, reference: Reference) -> str:
    """The queue in which a proposal of the unit waits for a second person. `proposed_by` is the proposer's role: what
    a supervisor proposes, and a kelurahan, which has none, is decided by the coordinator."""
    if unit == routing.INSPECTORATE:
        return INTERNAL_APPROVAL.name
    if proposed_by == SUPERVISOR or reference.units[unit].kind == "kelurahan":
        return APPROVAL.name
    return APPROVALS + routing.opd_of(unit, reference)


def shards(name: str, reference: Reference) -> int:
    """Over how many partitions a queue is spread."""
    if name in POOLS:
        return POOLS[name].shards
    if name.startswith((APPROVALS, INBOXES)):
        return 1
    return POOL_SHARDS if reference.units[name].flood else 1


def visible(actor: Actor, list_name: str, reference: Reference) -> tuple[str, ...] | None:
    """The queues that make up a list for this person; None when the list is not for the role."""
    if list_name not in LIST_ROLES:
        units = _units(actor, reference)
        if list_name in FILED_LISTS:
            return units
        decided = _approvals(actor, reference) if list_name == MINE else ()
        return units and (*units, *_pools(actor, MINE, units), *decided)
    if actor.role not in LIST_ROLES[list_name]:
        return None
    return _inboxes(actor) if list_name == INBOX else _pools(actor, list_name, ())


def _inboxes(actor: Actor) -> tuple[str, ...]:
    return tuple(inbox_of(channel) for channel in channels_read_by(actor) or ())


def _units(actor: Actor, reference: Reference) -> tuple[str, ...] | None:
    """The units whose queues are this person's own."""
    if actor.role == "coordinator":
        return (routing.GOVERNMENT_BUREAU,)
    if actor.unit is None or actor.role not in OFFICERS:
        return None
    if actor.role == SUPERVISOR:
        return routing.units_of_opd(routing.opd_of(actor.unit, reference), reference)
    return (actor.unit,)


def _approvals(actor: Actor, reference: Reference) -> tuple[str, ...]:
    if actor.role != SUPERVISOR or actor.unit is None:
        return ()
    return (APPROVALS + routing.opd_of(actor.unit, reference),)


def _pools(actor: Actor, list_name: str, units: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        pool.name
        for pool in POOLS.values()
        if actor.role in pool.shown_in.get(list_name, ()) or (list_name == MINE and pool.of_unit in units)
    )


def inbox_of(channel: str) -> str:
    """The queue of the messages of a channel that are no case yet."""
    return f"{INBOXES}{channel}"


def default_list(role: str) -> str:
    return DEFAULT.get(role, MINE)
