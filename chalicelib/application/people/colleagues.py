"""People who work here, as their colleagues see them."""

from typing import Any

from chalicelib.application.ports.people import Staff, StaffMember
from chalicelib.application.reading.view_parts import unit_view
from chalicelib.domain import routing
from chalicelib.domain.actor import Actor
from chalicelib.domain.errors import NotAllowedError, invalid
from chalicelib.domain.grants import OFFICERS
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class AssignPermit:
    """Somebody who assigns cases; made by `permit_assigning` only."""

    actor: Actor


@dataclass(frozen=True, slots=True)
class Colleagues:
    """People and what their colleagues may read of them."""

    staff: Staff
    reference: Reference

    def person(self, actor: Actor) -> dict[str, Any]:
        """Who is signed in, as their row says."""
        member = self.staff.member(actor.id)
        unit = unit_view(actor.unit, self.reference) if actor.unit else None
        name = member.name if member else actor.id
        return {"user": actor.id, "name": name, "role": actor.role, "unit": unit, "channels": list(actor.channels)}

    def permit_assigning(self, actor: Actor) -> AssignPermit:
        """Raises NotAllowedError for who assigns nobody."""
        if actor.role not in (*OFFICERS, "coordinator"):
            raise NotAllowedError("Only who assigns cases")
        return AssignPermit(actor)

    def check(self, permit: AssignPermit, unit: str | None) -> None:
        """Raises InvalidError for a code that no unit has, NotAllowedError for another OPD than one's own. A missing
        code is left to the caller."""
        actor, city = permit.actor, self.reference
        if unit is None:
            return
        if unit not in city.units:
            raise invalid("unit", "value", "No unit has this code")
        if actor.role != "coordinator" and routing.opd_of(actor.unit or "", city) != routing.opd_of(unit, city):
            raise NotAllowedError("Only of your own OPD")

    def officers(self, permit: AssignPermit, unit: str) -> dict[str, Any]:
        """The people of the unit's OPD. Raises as `check` does."""
        self.check(permit, unit)
        opd = routing.opd_of(unit, self.reference)
        members = self.staff.members(routing.units_of_opd(opd, self.reference))
        return {"items": [_officer(member) for member in members if _works_cases(member)]}


def _officer(member: StaffMember) -> dict[str, Any]:
    return {"user": member.username, "name": member.name, "unit": member.unit, "on_duty": member.on_duty}


def _works_cases(member: StaffMember) -> bool:
    return not member.disabled and member.role in OFFICERS
