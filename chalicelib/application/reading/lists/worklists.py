"""What officers have to do: lists of waiting work, least time left first, and lists of what others do or did."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

from chalicelib.application.ports.photos import Photos
from chalicelib.application.ports.public import PublicLists
from chalicelib.application.ports.queues import QueueEntry, Queues
from chalicelib.application.reading.lists.cursors import Cursors
from chalicelib.application.reading.lists.listed_entries import Listable, may_be_listed
from chalicelib.application.reading.lists.sieve import LOOKED_THROUGH, TIME_LEFT, Sieve, is_late
from chalicelib.application.reading.view_parts import View
from chalicelib.domain.actor import Actor
from chalicelib.domain.case import queues
from chalicelib.domain.case.complaint import ANSWERED
from chalicelib.domain.case.filing import KEPT
from chalicelib.domain.errors import FieldError, InvalidError, NotAllowedError
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass

LONGEST, USUAL = 100, 50
MOST_ROUNDS = 20  # pages that one answer may look through for entries that its reader may see
MOST_COUNTED = 100  # a tab says 99+ beyond
COUNTED = (queues.UNLOCATED_LIST, queues.VALIDATION_LIST, queues.INBOX, queues.OTHERS)  # each by a page of its own


@dataclass(frozen=True, slots=True)
class ListPermit:
    """Somebody who may read this list, which is made of the `visible` queues; made by `permit_list` only."""

    actor: Actor
    queue: str
    visible: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Worklists:
    """`now` is the domain's time; `rules_waiting` what of the routing rules waits for a person, by name."""

    queues: Queues
    lists: PublicLists
    photos: Photos
    cursors: Cursors
    reference: Reference
    link: Callable[[str], str]
    now: Callable[[], datetime]
    rules_waiting: Callable[[Actor], dict[str, int]]

    def permit_list(self, actor: Actor, queue: str | None) -> ListPermit:
        """Raises NotAllowedError for a list that is not this role's, and for who has none whatever it is called."""
        known = queue if queue in queues.LISTS else queues.default_list(actor.role)
        visible = queues.visible(actor, known, self.reference)
        if visible is None:
            raise NotAllowedError("This list is not for your role")
        return ListPermit(actor, known if queue is None else queue, visible)

    def check(self, permit: ListPermit, asked: Mapping[str, str]) -> None:
        """Raises InvalidError with every fault of what `page` is asked."""
        self._question(permit, asked)

    def page(self, permit: ListPermit, asked: Mapping[str, str] | None = None) -> View:
        """{items, next_cursor, looked_through}. `asked`: limit, cursor, and what a Sieve knows. What the reader may not
        see is left out before the page is cut: no cursor tells of it. Raises InvalidError with every fault."""
        sieve, size, after, bound = self._question(permit, asked or {})
        if bound == permit.queue:
            return self._cut(permit, list(islice(self._shown(permit, size + 1, after), size + 1)), size, bound)
        return self._sifted(permit, sieve, size, after, bound)

    def _question(self, permit: ListPermit, asked: Mapping[str, str]) -> tuple[Sieve, int, str | None, str]:
        """What is asked of the list, the size of a page, where it goes on, and what its cursors are bound to: the name
        of the list where nothing is asked that it does not do by itself. Raises InvalidError with every fault."""
        sieve = Sieve.of(asked, self.reference)
        is_idle = permit.queue != queues.ASSIGNED and sieve.is_idle(_order(permit.queue))
        bound = permit.queue if is_idle else f"{permit.queue}?{sieve.name}"
        return sieve, *self._checked(permit, asked, bound, sieve), bound

    def counts(self, actor: Actor) -> View:
        """{counts: {list: n}} of the role's own lists, and of the routing rules for who changes them; 100 stands for
        more than 99. `assigned` is counted in the first rows of `mine` only, as the list itself is; so is `answered`,
        those of its cases where the reporter wrote and no officer has acted since. Raises NotAllowedError for who has
        no list."""
        permits = {name: p for name in queues.LISTS if (p := self._permit_or_none(actor, name))}
        if not permits:
            raise NotAllowedError("This list is not for your role")
        found = {name: sum(1 for _ in self._looked(permits[name], MOST_COUNTED)) for name in COUNTED if name in permits}
        if queues.MINE in permits:
            found |= self._counts_of_mine(permits[queues.MINE])
        if queues.OVERDUE in permits and actor.role == "coordinator":
            found[queues.OVERDUE] = sum(1 for _ in self._looked(permits[queues.OVERDUE], MOST_COUNTED))
        waiting = {ANSWERED: min(found.pop(ANSWERED), MOST_COUNTED)} if ANSWERED in found else {}
        told = {name: found[name] for name in queues.LISTS if name in found} | self.rules_waiting(actor)
        return {"counts": {name: min(number, MOST_COUNTED) for name, number in told.items()}, **waiting}

    def _permit_or_none(self, actor: Actor, queue: str) -> ListPermit | None:
        visible = queues.visible(actor, queue, self.reference)
        return None if visible is None else ListPermit(actor, queue, visible)

    def _counts_of_mine(self, permit: ListPermit) -> dict[str, int]:
        rows, now = list(self._looked(permit, LOOKED_THROUGH)), self.now()
        return {
            queues.MINE: len(rows),
            queues.OVERDUE: sum(is_late(entry, now) for entry in rows),
            queues.ASSIGNED: sum(entry.assignee == permit.actor.id for entry in rows),
            ANSWERED: sum(ANSWERED in entry.summary.flags and entry.kind == "case" for entry in rows),
        }

    def _sifted(self, permit: ListPermit, sieve: Sieve, size: int, after: str | None, bound: str) -> View:
        rows, now = self._entries(permit, LOOKED_THROUGH + 1, None), self.now()
        looked = self._readable(permit, rows[:LOOKED_THROUGH])
        passed = [e for e in looked if sieve.passes(e, now) and _is_of_list(e, permit)]
        ordered = sorted(passed, key=sieve.position)
        rest = [e for e in ordered if after is None or sieve.position(e) > after]
        told = {"rows": min(len(rows), LOOKED_THROUGH), "all": len(rows) <= LOOKED_THROUGH, "found": len(passed)}
        return self._cut(permit, rest, size, bound, sieve.position) | {"looked_through": told}

    def _cut(
        self,
        permit: ListPermit,
        found: Sequence[QueueEntry],
        size: int,
        bound: str,
        position: Callable[[QueueEntry], str] = lambda entry: entry.position,
    ) -> View:
        page, more = found[:size], len(found) > size
        return {
            "items": self._items(page),
            "next_cursor": self.cursors.write(position(page[-1]), permit.actor, bound) if more else None,
            "looked_through": None,
        }

    def _items(self, page: Sequence[QueueEntry]) -> list[View]:
        """With the pictures of those whose first photo is ready."""
        named = [(entry.number, entry.summary.photo) for entry in page if entry.summary.photo]
        pictures = self.photos.small_variants(named) if named else {}
        listable = Listable(self.reference, self.now())
        return [listable.item(e, self._link(pictures.get((e.number, e.summary.photo)))) for e in page]

    def _link(self, key: str | None) -> str | None:
        return self.link(key) if key else None

    def _looked(self, permit: ListPermit, limit: int) -> Iterator[QueueEntry]:
        return self._readable(permit, self._entries(permit, limit, None))

    def _shown(self, permit: ListPermit, limit: int, after: str | None) -> Iterator[QueueEntry]:
        for _ in range(MOST_ROUNDS):
            entries = self._entries(permit, limit, after)
            yield from self._readable(permit, entries)
            if len(entries) < limit:
                return
            after = entries[-1].position

    def _entries(self, permit: ListPermit, limit: int, after: str | None) -> list[QueueEntry]:
        if permit.queue in queues.FILED_LISTS:
            since = self.now() - KEPT
            return self.lists.filed(permit.queue, permit.visible, since=since, after=after, limit=limit)
        if permit.queue != queues.OVERDUE:
            return self.queues.page(permit.visible, limit=limit, after=after)
        if permit.actor.role == "coordinator":
            return self.lists.overdue(after, limit)
        until = int(self.now().timestamp()) + 1  # the index keeps whole seconds: _readable is exact
        return self.queues.page(permit.visible, limit=limit, after=after, before_due=until)

    def _readable(self, permit: ListPermit, entries: Iterable[QueueEntry]) -> Iterator[QueueEntry]:
        """The index keeps whole seconds, and paused clocks: what is overdue is decided by the entry itself."""
        now, overdue = self.now(), permit.queue == queues.OVERDUE
        listed = (entry for entry in entries if may_be_listed(permit.actor, permit.queue, entry, self.reference))
        return (entry for entry in listed if not overdue or is_late(entry, now))

    def _checked(
        self, permit: ListPermit, asked: Mapping[str, str], bound: str, sieve: Sieve
    ) -> tuple[int, str | None]:
        limit, cursor = asked.get("limit"), asked.get("cursor")
        size = USUAL if limit is None else _size(limit)
        after = None if cursor is None else self.cursors.read(cursor, permit.actor, bound)
        faults = [
            FieldError("queue", "value", "One of: " + ", ".join(queues.LISTS))
            if permit.queue not in queues.LISTS
            else None,
            FieldError("limit", "value", f"A number from 1 to {LONGEST}") if size is None else None,
            FieldError("cursor", "value", "Not a cursor of this list")
            if cursor is not None and after is None
            else None,
            *sieve.faults(),
        ]
        if any(faults):
            raise InvalidError([fault for fault in faults if fault])
        return size or USUAL, after


def _order(queue: str) -> str:
    """How a list is sorted by itself."""
    return "decided" if queue in queues.FILED_LISTS else TIME_LEFT


def _is_of_list(entry: QueueEntry, permit: ListPermit) -> bool:
    return permit.queue != queues.ASSIGNED or entry.assignee == permit.actor.id


def _size(text: str) -> int | None:
    """Items of a page; None for what is no number from 1 to the longest."""
    found = int(text) if re.fullmatch(r"[0-9]{1,3}", text) else 0
    return found if 1 <= found <= LONGEST else None
