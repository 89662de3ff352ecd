"""The cases of a time as lines for a sheet, page after page: codes, names, times and results. No words and no person:
what has left the system cannot be erased."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import product

from chalicelib.application.ports.public import CASE_SHARDS, CityFigures, CountedCase
from chalicelib.application.reading.lists.cursors import Cursors
from chalicelib.domain import rights
from chalicelib.domain.actor import Actor
from chalicelib.domain.calendar import WIB
from chalicelib.domain.case.figures import Tally
from chalicelib.domain.errors import FieldError, InvalidError, NotAllowedError
from chalicelib.domain.labels import STATUS
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass

USUAL_DAYS, MOST_DAYS = 31, 366
ROWS = 1_000  # cases that one page looks at: at most 125 read units
PARTS = 80  # and parts of days: ten days without a case
BYTE_ORDER_MARK = "\ufeff"  # tells a sheet that the text is UTF-8
FORMULAS = "=+-@\t\r\n＝＋－＠"  # what a sheet may take for the beginning of a formula (OWASP, CSV injection)
DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")
CURSOR = "export"  # the name of the list that its cursors are bound to
HEAD = (
    *("nomor", "diterima", "kanal", "kategori", "kelurahan", "kecamatan", "kota", "unit", "unit_pertama", "status"),
    *("tanggapan_jam", "tanggapan_terlambat", "penyelesaian_jam", "penyelesaian_terlambat"),
    *("dikonfirmasi", "dibuka_kembali", "muncul_lagi", "dialihkan", "nilai"),
)


@dataclass(frozen=True, slots=True)
class ExportPermit:
    """Somebody who may export what is in their reach; made by `permit` only."""

    actor: Actor


@dataclass(frozen=True, slots=True)
class Export:
    """`now` is the domain's time."""

    figures: CityFigures
    cursors: Cursors
    reference: Reference
    now: Callable[[], datetime]

    def permit(self, actor: Actor) -> ExportPermit:
        """Raises NotAllowedError."""
        if not rights.may_export(actor):
            raise NotAllowedError("This export is not for your role")
        return ExportPermit(actor)

    def check(self, permit: ExportPermit, asked: Mapping[str, str]) -> None:
        """Raises InvalidError with every fault of `from`, `to` and `cursor`."""
        self._checked(permit, asked.get("from"), asked.get("to"), asked.get("cursor"))

    def page(
        self, permit: ExportPermit, *, first: str | None = None, last: str | None = None, cursor: str | None = None
    ) -> tuple[str, str | None]:
        """Lines of CSV (RFC 4180), the first page with a head; and the next cursor. Cases by day of receipt, from
        `first` to `last` (2026-03-02, in Jakarta), the newest day first. Raises InvalidError with every fault."""
        days, after = self._checked(permit, first, last, cursor)
        found, next_after = self._read(days, after)
        lines = [self._line(case) for case in found if self._is_in_reach(permit.actor, case.tally)]
        following = next_after and self.cursors.write(next_after, permit.actor, CURSOR)
        return (_text(lines) if cursor else BYTE_ORDER_MARK + _text([HEAD, *lines])), following

    def _is_in_reach(self, actor: Actor, tally: Tally) -> bool:
        return rights.is_in_reach(actor, tally.unit, restricted=tally.restricted, reference=self.reference)

    def _read(self, days: list[str], after: str | None) -> tuple[list[CountedCase], str | None]:
        """Cases of the parts of days, the newest first, and the position from which to go on; None at the end."""
        day, shard, number = after.split("|") if after else (days[0], "0", "")
        ahead = product((one for one in days if one <= day), range(CASE_SHARDS))
        rest = [part for part in ahead if part[0] < day or part[1] >= int(shard)]
        found: list[CountedCase] = []
        for part in rest[:PARTS]:
            room = ROWS - len(found)
            found += self.figures.cases_of(*part, number or None, room)
            if len(found) >= ROWS:
                return found, f"{part[0]}|{part[1]}|{found[-1].number}"
            number = ""
        return found, f"{rest[PARTS][0]}|{rest[PARTS][1]}|" if len(rest) > PARTS else None

    def _line(self, case: CountedCase) -> tuple[object, ...]:
        tally, city = case.tally, self.reference
        area = city.areas.get(tally.area or "")
        place = (area.name, area.kecamatan, area.kota) if area else ("", "", "")
        names = (city.channels[tally.channel].name_id, city.categories[tally.category].name_id)
        units = (city.units[tally.unit].name, city.units[tally.first_unit].name)
        opening = (case.number, f"{tally.local:%Y-%m-%d %H:%M}", *names, *place, *units, STATUS[tally.status].official)
        return *opening, *_measured(tally), *_counted(tally)

    def _checked(
        self, permit: ExportPermit, first: str | None, last: str | None, cursor: str | None
    ) -> tuple[list[str], str | None]:
        today = self.now().astimezone(WIB).date()
        until = today if last is None else _day(last)
        since = until and until - timedelta(days=USUAL_DAYS - 1) if first is None else _day(first)
        after = None if cursor is None else self.cursors.read(cursor, permit.actor, CURSOR)
        faults = [
            FieldError("from", "value", "A day, as 2026-03-02") if first is not None and since is None else None,
            FieldError("to", "value", "A day, as 2026-03-02") if until is None else None,
            FieldError("from", "value", f"At most {MOST_DAYS} days before `to`")
            if not _in_order(since, until)
            else None,
            FieldError("cursor", "value", "Not a cursor of this export")
            if cursor is not None and after is None
            else None,
        ]
        if any(faults) or since is None or until is None:
            raise InvalidError([fault for fault in faults if fault])
        return [f"{until - timedelta(days=number):%Y-%m-%d}" for number in range((until - since).days + 1)], after


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def _in_order(since: date | None, until: date | None) -> bool:
    return since is None or until is None or 0 <= (until - since).days < MOST_DAYS


def _measured(tally: Tally) -> Iterator[object]:
    """Hours until the answer and until the solution, each with whether it is or was late."""
    for clock, late in (("coordination", "answered_late"), ("resolution", "solved_late")):
        wait = tally.waits[clock]
        yield "" if wait.seconds is None or wait.left else f"{wait.seconds / 3600:.2f}"
        yield _yes(tally.counts.get(late))


def _counted(tally: Tally) -> tuple[object, ...]:
    counts = tally.counts
    said = (_yes(counts.get(name)) for name in ("confirmed", "reopened", "returned"))
    return *said, counts.get("hops", 0), counts.get("stars", "")


def _yes(number: int | None) -> str:
    return "ya" if number else "tidak"


def _text(lines: list[tuple[object, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([safe(str(cell)) for cell in line] for line in lines)
    return text.getvalue()


def safe(cell: str) -> str:
    """No sheet takes it for a formula."""
    return f"'{cell}" if cell.lstrip().startswith(tuple(FORMULAS)) or cell.startswith(tuple(FORMULAS)) else cell
