"""Who sees a case, and which of the table's grants somebody holds on it. Nothing here looks at what an action does;
nothing elsewhere decides a right."""

from collections.abc import Callable
from datetime import datetime, timedelta

from chalicelib.domain import routing
from chalicelib.domain.actor import Actor
from chalicelib.domain.case.complaint import NOBODY, OPEN_LOOK, Complaint
from chalicelib.domain.case.parts import READING
from chalicelib.domain.case.publicity import is_delicate, is_shielded
from chalicelib.domain.grants import GRANT_ROLES, GRANT_STATUSES, OFFICERS
from chalicelib.domain.reference import Category, Reference
from chalicelib.domain.values import dataclass

REMEMBERED = timedelta(days=30)  # how long a validator sees what it decided
CASELESS = "administrator"  # runs the system, reads no case


@dataclass(frozen=True, slots=True)
class _Asking:
    """Somebody who asks whether they see a case; `now` is the domain's time (UTC)."""

    complaint: Complaint
    actor: Actor
    reference: Reference
    now: datetime

    @property
    def category(self) -> Category:
        return self.reference.categories[self.complaint.category]


def sees(actor: Actor, complaint: Complaint, reference: Reference, now: datetime) -> bool:
    """Whether the staff view of the case opens; a reporter has proved the secret before."""
    category = reference.categories[complaint.category]
    if actor.role in ("reporter", "system"):
        return True
    if is_restricted(complaint, category) and actor.role != "coordinator":
        return actor.role == "inspectorate" or (actor.role == "desk" and actor.id == complaint.lodging.typed_by)
    rule = _SEEN_BY.get(actor.role)
    return rule is not None and rule(_Asking(complaint, actor, reference, now))


def is_there_for(actor: Actor, complaint: Complaint, reference: Reference, now: datetime) -> bool:
    """Whether the case is there for somebody who wants to act: by a link that they have proved, or since they see
    it."""
    return bool(actor.only) or sees(actor, complaint, reference, now)


def is_restricted(complaint: Complaint, category: Category) -> bool:
    """About officers, without a place, placed by no coordinator yet: nobody who could be its subject reads it."""
    return category.about_officer and not complaint.located and complaint.owner is None


def _by_kelurahan(asking: _Asking) -> bool:
    near = asking.actor.unit in (asking.complaint.unit, f"KEL_{asking.complaint.area}")
    return (near or _by_part(asking)) and not is_delicate(asking.category)


def _by_part(asking: _Asking) -> bool:
    """A unit that was given a part reads the case, unless it declined or the part was cancelled."""
    reading = (part.unit for part in asking.complaint.parts if part.state in READING)
    return any(is_officer_of(asking.actor, unit, asking.reference) for unit in reading)


def is_officer_of(actor: Actor, unit: str, reference: Reference) -> bool:
    """An officer of a unit that may be given a part; a supervisor is one of every unit of the OPD."""
    if actor.role not in GRANT_ROLES["part"] or actor.unit is None:
        return False
    if actor.role == "opd_supervisor":
        return routing.opd_of(actor.unit, reference) == routing.opd_of(unit, reference)
    return actor.unit == unit


def _by_desk(asking: _Asking) -> bool:
    complaint, desk = asking.complaint, asking.actor
    unlocated = complaint.is_open and not complaint.located and complaint.unit == routing.GOVERNMENT_BUREAU
    return unlocated or complaint.channel in desk.channels or complaint.lodging.typed_by == desk.id


def _by_validator(asking: _Asking) -> bool:
    complaint = asking.complaint
    if asking.category.about_officer:
        return False
    judged_at = complaint.judged.get(asking.actor.id)
    recent = judged_at is not None and asking.now - judged_at <= REMEMBERED
    looking = complaint.status == "rejected" and complaint.look == OPEN_LOOK
    return complaint.status == "awaiting_validation" or looking or recent


_SEEN_BY: dict[str, Callable[[_Asking], bool]] = {
    "kelurahan_officer": _by_kelurahan,
    "opd_officer": lambda asking: asking.actor.unit == asking.complaint.unit or _by_part(asking),
    "opd_supervisor": lambda asking: _of_same_opd(asking.actor, asking.complaint, asking.reference) or _by_part(asking),
    "desk": _by_desk,
    "validator": _by_validator,
    "coordinator": lambda asking: asking.complaint.unit != routing.INSPECTORATE,
    "inspectorate": lambda _asking: True,
    "channel": lambda asking: asking.complaint.channel in asking.actor.channels,
}


def _of_same_opd(actor: Actor, complaint: Complaint, reference: Reference) -> bool:
    return actor.unit is not None and routing.opd_of(actor.unit, reference) == routing.opd_of(complaint.unit, reference)


EXPORTING = ("coordinator", "opd_supervisor", "inspectorate")


def may_export(actor: Actor) -> bool:
    """Whether somebody may take lists of cases out of the system."""
    return actor.role in EXPORTING


def is_in_reach(actor: Actor, unit: str, *, restricted: bool, reference: Reference) -> bool:
    """`sees`, for who may export, of a case that this unit holds or held last: from what a list knows of it."""
    if restricted and actor.role not in ("coordinator", "inspectorate"):
        return False
    if actor.role == "opd_supervisor":
        return actor.unit is not None and routing.opd_of(actor.unit, reference) == routing.opd_of(unit, reference)
    return actor.role == "inspectorate" or (actor.role == "coordinator" and unit != routing.INSPECTORATE)


def has_readers(unit: str, category: Category, reference: Reference) -> bool:
    """Whether anybody in the unit could see a case of this category there, by the kinds of roles that units have."""
    return reference.units[unit].kind != "kelurahan" or not is_delicate(category)


def is_holder(actor: Actor, complaint: Complaint, reference: Reference) -> bool:
    """An officer of the unit that holds the case, or the supervisor of its OPD."""
    if actor.role == "opd_supervisor":
        return _of_same_opd(actor, complaint, reference)
    return actor.role in OFFICERS and actor.unit == complaint.unit


def may_close(complaint: Complaint, reference: Reference) -> bool:
    """Whether the holder has the closing right."""
    return routing.has_closing_right(
        reference,
        category=complaint.category,
        area=complaint.area,
        unit=complaint.unit,
        owner=complaint.owner,
        status=complaint.status,
        route=complaint.standing_route,
    )


def grants(actor: Actor, complaint: Complaint, reference: Reference) -> set[str]:
    """Every grant of the table that the actor holds on this case, whatever its status."""
    if actor.only:
        return set(actor.only)
    held: set[str] = {name for name in ("reporter", "desk", "coordinator", "system") if actor.role == name}
    held |= {"everybody"} if _is_everybody(actor, complaint, reference) else set()
    held |= _of_parts(actor, complaint, reference)
    held |= {name for name in ("viewer", "anyone", "hider") if actor.role in GRANT_ROLES[name]}
    if _is_approver(actor, complaint, reference):
        held |= {"approver"}
    if actor.role == "opd_supervisor" and is_holder(actor, complaint, reference):
        held |= {"superior"}
    if is_holder(actor, complaint, reference):
        held |= {"holder"} | ({"closer"} if may_close(complaint, reference) else set())
        held |= {"kelurahan"} if actor.role == "kelurahan_officer" else set()
    held |= {"looker"} if actor.role == "validator" and complaint.look else set()
    if _is_judge(actor, complaint, reference):
        held |= {"judge"}
    if actor.role in GRANT_ROLES["objector"] and not (actor.role == "inspectorate" and actor.unit == complaint.unit):
        held |= {"objector"}
    return held


def opens(actor: Actor, complaint: Complaint) -> bool:
    """Whether the link that somebody came by still opens anything; true without one."""
    return all(_OPEN[grant](complaint) for grant in actor.only)


def _awaits_answer(complaint: Complaint) -> bool:
    clock = complaint.clocks.get("answer")
    return clock is not None and clock.running


def _is_referred(complaint: Complaint) -> bool:
    return complaint.status in GRANT_STATUSES["agency"]


_OPEN: dict[str, Callable[[Complaint], bool]] = {"respondent": _awaits_answer, "agency": _is_referred}
SHARING = frozenset({"holder", "coordinator"})  # grants


def may_share(actor: Actor, complaint: Complaint, reference: Reference) -> bool:
    """Whether somebody may have the link of the agency: who may refer the case, and recall it, while it is referred."""
    return _is_referred(complaint) and bool(SHARING & grants(actor, complaint, reference))


def _is_everybody(actor: Actor, complaint: Complaint, reference: Reference) -> bool:
    return actor.role in GRANT_ROLES["everybody"] and not is_shielded(
        complaint, reference.categories[complaint.category]
    )


def _of_parts(actor: Actor, complaint: Complaint, reference: Reference) -> set[str]:
    """The grants of who was given a part of the work, and of who still has an open one."""
    mine = [part for part in complaint.parts if is_officer_of(actor, part.unit, reference)]
    return ({"part"} if mine else set()) | ({"open_part"} if any(part.is_open for part in mine) else set())


UPLOADING = frozenset({"holder", "objector", "open_part", "agency"})  # grants


def may_upload(actor: Actor, complaint: Complaint, reference: Reference) -> bool:
    """Whether an actor other than the reporter may add photos. They may if they work the case or a part of it (with or
    without the closing right), if they may object to its outcome, or if they are the agency that it was referred to. A
    validator adds none to what they judge."""
    return bool(UPLOADING & grants(actor, complaint, reference))


def _is_approver(actor: Actor, complaint: Complaint, reference: Reference) -> bool:
    """A second person above the holder, never the one who proposed."""
    if complaint.extension is not None and complaint.extension.proposer == actor.id:
        return False
    above = actor.role in ("opd_supervisor", "inspectorate") and is_holder(actor, complaint, reference)
    return actor.role == "coordinator" or above


def _is_judge(actor: Actor, complaint: Complaint, reference: Reference) -> bool:
    """The one who was drawn; where nobody was, everybody of the role. Never of their own proof."""
    role = judging_role(reference.categories[complaint.category])
    own = complaint.validator in (None, NOBODY, actor.id)
    return own and actor.role == role and actor.id not in complaint.proposers


def judging_role(category: Category) -> str:
    """Cases about officers are judged inside the inspectorate."""
    return "inspectorate" if category.about_officer else "validator"
