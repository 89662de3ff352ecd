"""What officers have to do: queues with the least time left first, and who is there to do it."""

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.application.ports.people import Staff, StaffMember
from chalicelib.application.ports.public import PublicLists
from chalicelib.application.ports.queues import QueueEntry, Queues
from chalicelib.application.reading.view_parts import area_view, category_view, clocks_view, unit_view
from chalicelib.domain import queues, routing
from chalicelib.domain.actor import Actor
from chalicelib.domain.errors import FieldError, InvalidError, NotAllowedError, invalid
from chalicelib.domain.grants import OFFICERS
from chalicelib.domain.labels import STATUS
from chalicelib.domain.publicity import is_delicate
from chalicelib.domain.reference import Reference

NAMES = ("mine", "unlocated", "validation", "overdue", "inbox")
LONGEST, USUAL = 100, 50
_CURSOR = re.compile(r"([0-9]{1,10}) (JKT-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z])")
Position = tuple[int, str]  # due (epoch seconds), number


@dataclass(frozen=True, slots=True)
class ListPermit:
    """Somebody who may read this list, which is made of the `visible` queues; made by `permit_list` only."""

    actor: Actor
    queue: str
    visible: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssignPermit:
    """Somebody who assigns cases; made by `permit_assigning` only."""

    actor: Actor


@dataclass(frozen=True, slots=True)
class Worklists:
    queues: Queues
    lists: PublicLists
    staff: Staff
    reference: Reference
    now: Callable[[], datetime]

    def permit_list(self, actor: Actor, queue: str | None) -> ListPermit:
        """Raises NotAllowedError for a list that is not this role's, and for who has none whatever it is called."""
        known = queue if queue in NAMES else queues.default_queue(actor.role)
        visible = queues.visible(actor, known, self.reference)
        if visible is None:
            raise NotAllowedError("This list is not for your role")
        return ListPermit(actor, known if queue is None else queue, visible)

    def page(self, permit: ListPermit, *, limit: str | None = None, cursor: str | None = None) -> dict[str, Any]:
        """{items, next_cursor}, as they were asked for. Raises InvalidError with every fault."""
        size, after = _checked(permit.queue, limit, cursor)
        found = self._entries(permit, size + 1, after)
        shown = found[:size]
        return {
            "items": [self._item(entry) for entry in shown if self._may_be_listed(permit.actor, entry)],
            "next_cursor": _cursor(shown[-1]) if len(found) > size else None,
        }

    def _entries(self, permit: ListPermit, limit: int, after: Position | None) -> list[QueueEntry]:
        if permit.queue != "overdue":
            return self.queues.page(permit.visible, limit=limit, after=after)
        if permit.actor.role == "coordinator":
            return self.lists.overdue(after, limit)
        return self.queues.page(permit.visible, limit=limit, after=after, before_due=int(self.now().timestamp()))

    def _may_be_listed(self, actor: Actor, entry: QueueEntry) -> bool:
        """A kelurahan sees no delicate case, not even one that the coordinator placed with it."""
        return actor.role != "kelurahan_officer" or not is_delicate(self.reference.categories[entry.category])

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

    def permit_assigning(self, actor: Actor) -> AssignPermit:
        """Raises NotAllowedError for who assigns nobody."""
        if actor.role not in (*OFFICERS, "coordinator"):
            raise NotAllowedError("Only who assigns cases")
        return AssignPermit(actor)

    def officers(self, permit: AssignPermit, unit: str) -> dict[str, Any]:
        """The people of the unit's OPD. Raises NotAllowedError for another OPD than one's own."""
        actor = permit.actor
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
    return not member.disabled and member.role in OFFICERS


def _cursor(entry: QueueEntry) -> str:
    return base64.urlsafe_b64encode(f"{entry.due} {entry.number}".encode()).decode().rstrip("=")


def _checked(queue: str, limit: str | None, cursor: str | None) -> tuple[int, Position | None]:
    size, after = USUAL if limit is None else _size(limit), _position(cursor) if cursor else None
    faults = [
        FieldError("queue", "value", "One of: " + ", ".join(NAMES)) if queue not in NAMES else None,
        FieldError("limit", "value", f"A number from 1 to {LONGEST}") if size is None else None,
        FieldError("cursor", "value", "Not a cursor of ours") if cursor and after is None else None,
    ]
    if any(faults):
        raise InvalidError([fault for fault in faults if fault])
    return size or USUAL, after


def _size(text: str) -> int | None:
    """Items of a page; None for what is no number from 1 to the longest."""
    found = int(text) if re.fullmatch(r"[0-9]{1,3}", text) else 0
    return found if 1 <= found <= LONGEST else None


def _position(cursor: str) -> Position | None:
    """Where the last page ended; None for what is no cursor of ours."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError):
        return None
    found = _CURSOR.fullmatch(text)
    return (int(found[1]), found[2]) if found else None
