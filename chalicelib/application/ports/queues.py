"""What officers and the sweeper read from the indexes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Protocol

from chalicelib.domain.case.complaint import NO_SUMMARY, Summary
from chalicelib.domain.clocks import Clock
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One row of a queue, as the index projects it. `kind`: case, part, approval, message or look; `task_id` is the
    number for a case. A message is no case yet: its `number` is "", its status "message", and it waits by a
    coordination clock, as a report would. `position` sorts it among all rows of its list. Times are UTC."""

    number: str
    status: str
    version: int
    category: str
    area: str | None
    unit: str
    channel: str
    received_at: datetime
    due: int  # epoch seconds
    clocks: Mapping[str, Clock]
    kind: str = "case"
    task_id: str = ""
    position: str = field(default="", compare=False)
    assignee: str | None = None
    summary: Summary = NO_SUMMARY


@dataclass(frozen=True, slots=True)
class Alarm:
    """A promise due: `kind` complaint, photo, notice, standing, ask, message or parts; `id` photo id, notice key,
    pseudonym, task id, or how many parts a message has. A standing, an ask and a message are of no case: their `number`
    is ""."""

    kind: str
    number: str
    id: str | None
    at: datetime


class Queues(Protocol):
    """Lists that officers and the sweeper read, from sparse indexes."""

    def page(
        self,
        names: Sequence[str],
        *,
        limit: int,
        after: str | None,
        from_due: int | None = None,
        before_due: int | None = None,
    ) -> list[QueueEntry]:
        """Up to `limit` entries of the named queues (units or pools; every shard), least time left first, strictly
        after the position of an entry, and due from `from_due` on and before `before_due` (epoch seconds)."""

    def alarms(self, until: datetime, limit: int) -> list[Alarm]:
        """Promises whose time has come, over all shards, earliest first."""


def looked_through(
    queues: Queues,
    names: Sequence[str],
    *,
    page: int,
    pages: int,
    from_due: int | None = None,
    before_due: int | None = None,
) -> Iterator[QueueEntry]:
    """The entries of these queues, `page` at a time and `pages` times at most: for the sweeper's own work."""
    after = None
    for _ in range(pages):
        found = queues.page(names, limit=page, after=after, from_due=from_due, before_due=before_due)
        yield from found
        if len(found) < page:
            return
        after = found[-1].position
