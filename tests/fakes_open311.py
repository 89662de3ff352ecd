"""Dated cases, keys of clients and their rates in memory."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.application.ports.cases import CaseFile
from chalicelib.application.ports.clients import ClientKey
from chalicelib.application.ports.dated import DatedCase, DatedLine
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import Event
from tests.fakes_public import MemoryPublicLists


@dataclass
class MemoryDatedCases:
    """Implements DatedCases over what was kept in the public lists."""

    lists: MemoryPublicLists
    complaints: object

    def newest(self, since: datetime, until: datetime) -> Iterator[DatedCase]:
        known = [projection.dated for projection in self.lists.kept.values() if projection.dated]
        inside = [case for case in known if _within(case.received_at, since, until)]
        yield from sorted(inside, key=lambda case: (int(case.received_at.timestamp()), case.number), reverse=True)

    def lines(self, since: datetime, until: datetime) -> Iterator[DatedLine]:
        known = [line for projection in self.lists.kept.values() for line in projection.lines]
        inside = [line for line in known if _within(line.at, since, until)]
        yield from sorted(inside, key=lambda line: (int(line.at.timestamp()), line.number, line.sequence))

    def briefs(self, numbers: Sequence[str]) -> Mapping[str, CaseFile]:
        found = {number: self.complaints.case_file(number) for number in numbers}
        brief = {"photos": [], "masked_contact": None, "notices": (), "lodged": None}
        return {number: replace(case, events=[case.first], **brief) for number, case in found.items() if case}

    def told(self, lines: Sequence[DatedLine]) -> Sequence[tuple[Complaint, Event]]:
        found = [
            (self.complaints.load(line.number), self.complaints.event(line.number, line.sequence)) for line in lines
        ]
        return [(complaint, event) for complaint, event in found if complaint and event]


def _within(at: datetime, since: datetime, until: datetime) -> bool:
    return int(since.timestamp()) <= int(at.timestamp()) <= int(until.timestamp())


@dataclass
class MemoryClientKeys:
    """Implements ClientKeys."""

    rows: dict[str, ClientKey] = field(default_factory=dict)

    def find(self, digest: str) -> ClientKey | None:
        return self.rows.get(digest)

    def of(self, client: str | None = None) -> Sequence[ClientKey]:
        mine = [key for key in self.rows.values() if client in (None, key.client)]
        return sorted(mine, key=lambda key: (key.client, key.issued_at))

    def put(self, key: ClientKey) -> None:
        self.rows[key.digest] = key


@dataclass
class MemoryRates:
    """Implements Rates."""

    taken: dict[tuple[str, int], int] = field(default_factory=dict)

    def take(self, name: str, limit: int, now: datetime) -> int:
        minute, second = divmod(int(now.timestamp()), 60)
        if self.taken.get((name, minute), 0) >= limit:
            return 60 - second
        self.taken[name, minute] = self.taken.get((name, minute), 0) + 1
        return 0
