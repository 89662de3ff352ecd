"""What officers have to do: queues with the least time left first, and who is there to do it."""

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.application.ports import PublicLists, QueueEntry, Queues, Staff, StaffMember
from chalicelib.application.view_parts import area_view, category_view, clocks_view, unit_view
from chalicelib.domain import queues, routing
from chalicelib.domain.actor import Actor
from chalicelib.domain.errors import NotAllowedError, invalid
from chalicelib.domain.labels import STATUS
from chalicelib.domain.lifecycle import GRANT_ROLES
from chalicelib.domain.notices import shielded
from chalicelib.domain.reference import Reference

NAMES = ("mine", "unlocated", "validation", "overdue", "inbox")
LONGEST, USUAL = 100, 50
_CURSOR = re.compile(r"([0-9]{1,10}) (JKT-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z])")
Position = tuple[int, str]  # due (epoch seconds), number


@dataclass(frozen=True, slots=True)
class Worklists:
    queues: Queues
    lists: PublicLists
    staff: Staff
    reference: Reference
    now: Callable[[], datetime]

    def page(self, actor: Actor, *, queue: str | None, limit: int, cursor: str | None) -> dict[str, Any]:
        """{items, next_cursor}. Raises NotAllowedError for a list that is not this role's."""
        name = queues.default_queue(actor.role) if queue is None else queue
        if name not in NAMES:
            raise invalid("queue", "value", "One of: " + ", ".join(NAMES))
        visible = queues.visible(actor, name, self.reference)
        if visible is None:
            raise NotAllowedError("This list is not for your role")
        after = _position(cursor) if cursor else None
        found = self._entries(actor, name, visible, limit + 1, after)
        more = len(found) > limit
        shown = found[:limit]
        return {
            "items": [self._item(entry) for entry in shown if self._may_be_listed(actor, entry)],
            "next_cursor": _cursor(shown[-1]) if more else None,
        }

    def _entries(
        self, actor: Actor, name: str, visible: tuple[str, ...], limit: int, after: Position | None
    ) -> list[QueueEntry]:
        if name != "overdue":
            return self.queues.page(visible, limit=limit, after=after)
        if actor.role == "coordinator":
            return self.lists.overdue(after, limit)
        return self.queues.page(visible, limit=limit, after=after, before_due=int(self.now().timestamp()))

    def _may_be_listed(self, actor: Actor, entry: QueueEntry) -> bool:
        """A kelurahan sees no shielded case, not even one that the coordinator placed with it."""
        return actor.role != "kelurahan_officer" or not shielded(self.reference.categories[entry.category])

    def _item(self, entry: QueueEntry) -> dict[str, Any]:
        return {
            "number": entry.number,
            "status": entry.status,
            "label": STATUS[entry.status].official,
            "version": entry.version,
            "category": category_view(entry.category, self.reference),
            "area": area_view(entry.area, self.reference),
            "unit": unit_view(entry.unit, self.reference),
            "channel": entry.channel,
            "received_at": entry.received_at.isoformat(),
            "clocks": clocks_view(entry.clocks, self.now()),
        }

    def person(self, actor: Actor) -> dict[str, Any]:
        """Who is signed in, as the row says."""
        member = self.staff.member(actor.id)
        unit = unit_view(actor.unit, self.reference) if actor.unit else None
        name = member.name if member else actor.id
        return {"user": actor.id, "name": name, "role": actor.role, "unit": unit, "channels": list(actor.channels)}

    def check_assigns(self, actor: Actor) -> None:
        """Raises NotAllowedError for who assigns nobody."""
        if actor.role not in (*GRANT_ROLES["holder"], "coordinator"):
            raise NotAllowedError("Only who assigns cases")

    def officers(self, actor: Actor, unit: str) -> dict[str, Any]:
        """The people of the unit's OPD. Raises NotAllowedError for another OPD than one's own."""
        if unit not in self.reference.units:
            raise invalid("unit", "value", "No unit has this code")
        opd = routing.opd_of(unit, self.reference)
        if actor.role != "coordinator" and routing.opd_of(actor.unit or "", self.reference) != opd:
            raise NotAllowedError("Only of your own OPD")
        members = self.staff.members(routing.units_of_opd(opd, self.reference))
        return {"items": [_officer(member) for member in members if _works_cases(member)]}


def _officer(member: StaffMember) -> dict[str, Any]:
    return {"user": member.username, "name": member.name, "unit": member.unit, "on_duty": member.on_duty}


def _works_cases(member: StaffMember) -> bool:
    return not member.disabled and member.role in GRANT_ROLES["holder"]


def _cursor(entry: QueueEntry) -> str:
    return base64.urlsafe_b64encode(f"{entry.due} {entry.number}".encode()).decode().rstrip("=")


def _position(cursor: str) -> Position:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError) as error:
        raise invalid("cursor", "value", "Not a cursor of ours") from error
    found = _CURSOR.fullmatch(text)
    if found is None:
        raise invalid("cursor", "value", "Not a cursor of ours")
    return int(found[1]), found[2]
