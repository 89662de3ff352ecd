"""What officers have to do: lists of waiting work, least time left first."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from chalicelib.application.ports.public import PublicLists
from chalicelib.application.ports.queues import QueueEntry, Queues
from chalicelib.application.reading.cursors import Cursors
from chalicelib.application.reading.view_parts import area_view, category_view, clocks_view, unit_view
from chalicelib.domain.actor import Actor
from chalicelib.domain.case import queues
from chalicelib.domain.case.publicity import is_delicate
from chalicelib.domain.clocks import any_late
from chalicelib.domain.errors import FieldError, InvalidError, NotAllowedError
from chalicelib.domain.labels import STATUS
from chalicelib.domain.reference import Reference

LONGEST, USUAL = 100, 50
MOST_ROUNDS = 20  # pages that one answer may look through for entries that its reader may see


@dataclass(frozen=True, slots=True)
class ListPermit:
    """Somebody who may read this list, which is made of the `visible` queues; made by `permit_list` only."""

    actor: Actor
    queue: str
    visible: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Worklists:
    """`now` is the domain's time."""

    queues: Queues
    lists: PublicLists
    cursors: Cursors
    reference: Reference
    now: Callable[[], datetime]

    def permit_list(self, actor: Actor, queue: str | None) -> ListPermit:
        """Raises NotAllowedError for a list that is not this role's, and for who has none whatever it is called."""
        known = queue if queue in queues.LISTS else queues.default_list(actor.role)
        visible = queues.visible(actor, known, self.reference)
        if visible is None:
            raise NotAllowedError("This list is not for your role")
        return ListPermit(actor, known if queue is None else queue, visible)

    def page(self, permit: ListPermit, *, limit: str | None = None, cursor: str | None = None) -> dict[str, Any]:
        """{items, next_cursor}, as they were asked for. What the reader may not see is left out before the page is
        cut: no cursor tells of it. Raises InvalidError with every fault."""
        size, after = self._checked(permit, limit, cursor)
        found = list(islice(self._shown(permit, size + 1, after), size + 1))
        page = found[:size]
        more = len(found) > size
        return {
            "items": [self._item(entry) for entry in page],
            "next_cursor": self.cursors.write(page[-1].position, permit.actor, permit.queue) if more else None,
        }

    def _shown(self, permit: ListPermit, limit: int, after: str | None) -> Iterator[QueueEntry]:
        for _ in range(MOST_ROUNDS):
            entries = self._entries(permit, limit, after)
            yield from (entry for entry in entries if self._may_be_listed(permit, entry))
            if len(entries) < limit:
                return
            after = entries[-1].position

    def _entries(self, permit: ListPermit, limit: int, after: str | None) -> list[QueueEntry]:
        if permit.queue != queues.OVERDUE:
            return self.queues.page(permit.visible, limit=limit, after=after)
        if permit.actor.role == "coordinator":
            return self.lists.overdue(after, limit)
        until = int(self.now().timestamp()) + 1  # the index keeps whole seconds: _is_overdue is exact
        return self.queues.page(permit.visible, limit=limit, after=after, before_due=until)

    def _may_be_listed(self, permit: ListPermit, entry: QueueEntry) -> bool:
        """A kelurahan sees no delicate case, not even one that the coordinator placed with it."""
        if permit.queue == queues.OVERDUE and not self._is_overdue(entry):
            return False
        kelurahan = permit.actor.role == "kelurahan_officer"
        return not kelurahan or not is_delicate(self.reference.categories[entry.category])

    def _is_overdue(self, entry: QueueEntry) -> bool:
        """A case whose clock is paused waits for the reporter. Other work has one due time and no clock."""
        now = self.now()
        return any_late(entry.clocks, now) if entry.kind == "case" else entry.due < now.timestamp()

    def _item(self, entry: QueueEntry) -> dict[str, Any]:
        summary = entry.summary
        return {
            "kind": entry.kind,
            "task_id": entry.task_id,
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
            "text": summary.text,
            "landmark": summary.landmark,
            "photo": summary.photo or None,
            "flags": list(summary.flags),
            "assignee": entry.assignee,
        }

    def _checked(self, permit: ListPermit, limit: str | None, cursor: str | None) -> tuple[int, str | None]:
        size = USUAL if limit is None else _size(limit)
        after = self.cursors.read(cursor, permit.actor, permit.queue) if cursor else None
        faults = [
            FieldError("queue", "value", "One of: " + ", ".join(queues.LISTS))
            if permit.queue not in queues.LISTS
            else None,
            FieldError("limit", "value", f"A number from 1 to {LONGEST}") if size is None else None,
            FieldError("cursor", "value", "Not a cursor of this list") if cursor and after is None else None,
        ]
        if any(faults):
            raise InvalidError([fault for fault in faults if fault])
        return size or USUAL, after


def _size(text: str) -> int | None:
    """Items of a page; None for what is no number from 1 to the longest."""
    found = int(text) if re.fullmatch(r"[0-9]{1,3}", text) else 0
    return found if 1 <= found <= LONGEST else None
