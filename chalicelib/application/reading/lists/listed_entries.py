"""A row of a list as officers read it, and who may read it there."""

from datetime import UTC, datetime

from chalicelib.application.ports.queues import QueueEntry
from chalicelib.application.reading.lists.sieve import is_late
from chalicelib.application.reading.view_parts import View, area_view, category_view, clocks_view, unit_view
from chalicelib.domain import routing
from chalicelib.domain.actor import Actor
from chalicelib.domain.case import queues
from chalicelib.domain.case.publicity import is_delicate
from chalicelib.domain.labels import MESSAGE_LABEL, STATUS
from chalicelib.domain.reference import Reference
from chalicelib.domain.text.privacy import shown
from chalicelib.domain.values import dataclass


def may_be_listed(actor: Actor, list_name: str, entry: QueueEntry, reference: Reference) -> bool:
    """A kelurahan sees no delicate case, not even one that the coordinator placed with it. On the lists of what others
    do, only what the reader could open (rights.py): a case may have moved on since it was filed."""
    if actor.role == "kelurahan_officer" and is_delicate(reference.categories[entry.category]):
        return False
    return list_name not in queues.FILED_LISTS or _opens(actor, entry, reference)


def _opens(actor: Actor, entry: QueueEntry, reference: Reference) -> bool:
    if actor.role == "inspectorate":
        return True
    if actor.role == "coordinator":
        return entry.unit != routing.INSPECTORATE
    if actor.role == "opd_supervisor":
        return routing.opd_of(actor.unit or "", reference) == routing.opd_of(entry.unit, reference)
    in_own_area = actor.role == "kelurahan_officer" and actor.unit == f"KEL_{entry.area}"
    return in_own_area or entry.unit == actor.unit


@dataclass(frozen=True, slots=True)
class Listable:
    """`now` is the domain's time."""

    reference: Reference
    now: datetime

    def item(self, entry: QueueEntry, thumbnail: str | None) -> View:
        """`photo` is the id of the first photo that was announced with the report. `thumbnail` is the signed address of
        its small picture, once that is ready. `due_at` is the due time of a task that is no case."""
        return {
            "kind": entry.kind,
            "task_id": entry.task_id,
            "number": entry.number or None,
            "status": entry.status,
            "label": STATUS[entry.status].official if entry.number else MESSAGE_LABEL,
            "version": entry.version,
            "category": category_view(entry.category, self.reference),
            "area": area_view(entry.area, self.reference),
            "unit": unit_view(entry.unit, self.reference),
            "channel": entry.channel,
            "received_at": entry.received_at.isoformat(),
            "clocks": clocks_view(entry.clocks, self.now),
            "text": shown(entry.summary.text),
            "landmark": shown(entry.summary.landmark),
            "photo": entry.summary.photo or None,
            "thumbnail": thumbnail,
            "flags": self._flags(entry),
            "assignee": entry.assignee,
            **({} if entry.kind == "case" else {"due_at": datetime.fromtimestamp(entry.due, UTC).isoformat()}),
        }

    def _flags(self, entry: QueueEntry) -> list[str]:
        """late, photo, and what the row itself has (reopened, answered)."""
        own = [*(["late"] if is_late(entry, self.now) else []), *entry.summary.flags]
        return [*own, *(["photo"] if entry.summary.photo else [])]
