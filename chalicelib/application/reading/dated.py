"""Cases by date, one by one and their news, as everybody sees them: what other programs ask the city for."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from chalicelib.application.ports.cases import CaseFile, Complaints
from chalicelib.application.ports.dated import DatedCase, DatedCases
from chalicelib.application.reading.dating import changed_at, shown_picture
from chalicelib.application.reading.views import Views
from chalicelib.domain.case.publicity import Publicity, publicity
from chalicelib.domain.errors import NotFoundError, invalid
from chalicelib.domain.place.grid import Box
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass

MOST_LOOKED_AT = 100_000  # rows of one question: three months of a city of eleven million have about half of it
MOST_LINES = 1_000  # in one answer


@dataclass(frozen=True, slots=True)
class CaseQuery:
    """`since` and `until` are of the receipt; an empty filter lets everything through. `page` counts from 1. `whole`:
    with history and photos, which costs a query for each case."""

    since: datetime
    until: datetime
    categories: frozenset[str] = frozenset()
    is_open: bool | None = None
    changed_after: datetime | None = None
    changed_before: datetime | None = None
    box: Box | None = None
    page: int = 1
    size: int = 1_000
    whole: bool = False

    def wants(self, case: DatedCase) -> bool:
        return (
            (not self.categories or case.category in self.categories)
            and self.is_open in (None, case.is_open)
            and (self.changed_after is None or case.changed_at >= self.changed_after)
            and (self.changed_before is None or case.changed_at <= self.changed_before)
            and (self.box is None or (case.place is not None and self.box.holds(case.place)))
        )


@dataclass(frozen=True, slots=True)
class PublicCase:
    """`view` is the public view; `picture` the address of a picture that everybody may see."""

    view: dict[str, Any]
    category: str
    is_open: bool
    received_at: datetime
    changed_at: datetime
    picture: str | None


@dataclass(frozen=True, slots=True)
class News:
    """`line` is the line of the public view."""

    number: str
    line: dict[str, Any]
    at: datetime
    outcome: str | None


@dataclass(frozen=True, slots=True)
class DatedReads:
    """`link` signs a picture's object key."""

    dated: DatedCases
    complaints: Complaints
    views: Views
    reference: Reference
    link: Callable[[str], str]

    def one(self, number: str) -> PublicCase:
        """Raises NotFoundError for a case that is not there, or that everybody may not see in a list."""
        case = self.complaints.case_file(number)
        if case is None or not self._shown(case).listed:
            raise NotFoundError
        return self._public(case, changed_at(case), shown_picture(case))

    def some(self, numbers: Sequence[str]) -> list[PublicCase]:
        """The cases of these numbers that everybody may see, in this order."""
        return [case for number in numbers for case in self._found(number)]

    def cases(self, query: CaseQuery) -> list[PublicCase]:
        """One page, newest first. Raises InvalidError where too much would have to be looked at."""
        begin = (query.page - 1) * query.size
        rows = list(islice(self._wanted(query), begin, begin + query.size))
        if query.whole:
            return self.some([row.number for row in rows])
        briefs = self.dated.briefs([row.number for row in rows])
        found = ((row, briefs[row.number]) for row in rows if row.number in briefs)
        return [
            self._public(case, row.changed_at, row.picture)
            for row, case in found
            if self._shown(case).listed and query.is_open in (None, case.complaint.is_open)
        ]

    def news(self, since: datetime, until: datetime) -> list[News]:
        """The first thousand, oldest first."""
        lines = list(islice(self.dated.lines(since, until), MOST_LINES))
        found = []
        for complaint, event in self.dated.told(lines):
            if not publicity(complaint, self.reference.categories[complaint.category]).listed:
                continue
            outcome = complaint.outcome.code if complaint.outcome else None
            shown = self.views.lines.public(complaint, [event])
            found += [News(complaint.number, line, event.at, outcome) for line in shown]
        return found

    def _wanted(self, query: CaseQuery) -> Iterator[DatedCase]:
        for looked_at, row in enumerate(self.dated.newest(query.since, query.until)):
            if looked_at >= MOST_LOOKED_AT:
                raise invalid("start_date", "value", "Ask for fewer days")
            if query.wants(row):
                yield row

    def _found(self, number: str) -> Iterator[PublicCase]:
        try:
            yield self.one(number)
        except NotFoundError:
            return

    def _shown(self, case: CaseFile) -> Publicity:
        return publicity(case.complaint, self.reference.categories[case.complaint.category])

    def _public(self, case: CaseFile, changed: datetime, picture: str | None) -> PublicCase:
        complaint = case.complaint
        return PublicCase(
            view=self.views.public(case),
            category=complaint.category,
            is_open=complaint.is_open,
            received_at=complaint.received_at,
            changed_at=changed,
            picture=self.link(picture) if picture else None,
        )
