"""The people who work for the city, as their administrator reads them."""

from collections.abc import Iterator, Mapping
from itertools import islice

from chalicelib.application.people.administering import check_administers, person_view
from chalicelib.application.ports.people import Staff, StaffMember
from chalicelib.application.reading.lists.cursors import Cursors
from chalicelib.application.reading.view_parts import View
from chalicelib.domain.actor import Actor
from chalicelib.domain.errors import FieldError, InvalidError
from chalicelib.domain.reference import Reference
from chalicelib.domain.text.spelling import plain
from chalicelib.domain.values import dataclass

PAGE = 100
MOST_ROUNDS = 50  # pages that one answer may look through: 5,000 people
LIST = "people"


@dataclass(frozen=True, slots=True)
class DirectoryPermit:
    """Somebody who may read the directory; made by `Directory.permit` only."""

    actor: Actor


@dataclass(frozen=True, slots=True)
class Directory:
    """Lists of people, for administrators only."""

    staff: Staff
    cursors: Cursors
    reference: Reference

    def permit(self, actor: Actor) -> DirectoryPermit:
        """Raises NotAllowedError for who is no administrator."""
        check_administers(actor.role)
        return DirectoryPermit(actor)

    def page(self, permit: DirectoryPermit, asked: Mapping[str, str]) -> View:
        """{items, next_cursor}, by username. `asked`: unit, words (of name, username, role or unit), cursor. Raises
        InvalidError."""
        bound, after = self._question(permit, asked)
        found = list(islice(self._found(asked, after), PAGE + 1))
        more = len(found) > PAGE
        last = found[:PAGE][-1].username if more else ""
        return {
            "items": [person_view(member, self.reference) for member in found[:PAGE]],
            "next_cursor": self.cursors.write(last, permit.actor, bound) if more else None,
        }

    def check(self, permit: DirectoryPermit, asked: Mapping[str, str]) -> None:
        """Raises InvalidError with every fault of what `page` is asked."""
        self._question(permit, asked)

    def _question(self, permit: DirectoryPermit, asked: Mapping[str, str]) -> tuple[str, str | None]:
        """What the cursors are bound to, and where the page begins."""
        unit, cursor = asked.get("unit", ""), asked.get("cursor")
        bound = f"{LIST}?{unit}&{asked.get('words', '')}"
        after = None if cursor is None else self.cursors.read(cursor, permit.actor, bound)
        faults = [
            FieldError("unit", "value", "No unit has this code") if unit and unit not in self.reference.units else None,
            FieldError("cursor", "value", "Not a cursor of this list")
            if cursor is not None and after is None
            else None,
        ]
        if any(faults):
            raise InvalidError([fault for fault in faults if fault])
        return bound, after

    def _found(self, asked: Mapping[str, str], after: str | None) -> Iterator[StaffMember]:
        words = _folded(asked.get("words", "")).split()
        people = self._of_unit(asked["unit"], after) if asked.get("unit") else self._everybody(after)
        return (member for member in people if all(word in self._said(member) for word in words))

    def _of_unit(self, unit: str, after: str | None) -> Iterator[StaffMember]:
        return (m for m in self.staff.members([unit]) if after is None or m.username > after)

    def _everybody(self, after: str | None) -> Iterator[StaffMember]:
        for _ in range(MOST_ROUNDS):
            page = self.staff.everybody(after, PAGE)
            yield from page
            if len(page) < PAGE:
                return
            after = page[-1].username

    def _said(self, member: StaffMember) -> str:
        unit = self.reference.units.get(member.unit)
        return _folded(f"{member.username} {member.name} {member.role} {member.unit} {unit.name if unit else ''}")


def _folded(text: str) -> str:
    return plain(text).casefold()
