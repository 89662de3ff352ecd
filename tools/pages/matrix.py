"""`python -m tools matrix [--check]`: the rights, worked out: every built action, in every status, by everybody who may
ever take it. Written to tests/approved/matrix.txt, where a reviewer reads the difference before it is accepted
(`make approve-matrix`). With `--check` it writes nothing and ends with 1 when the copy is not what the code says."""

import difflib
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from chalicelib.data import reference
from chalicelib.domain import clocks, decide, rights
from chalicelib.domain.actor import PUBLIC, REPORTER, RESPONDENT, SYSTEM, Actor, agency
from chalicelib.domain.case.complaint import OPEN_LOOK, STATUSES, Complaint, Extension, Hidden, Lodging
from chalicelib.domain.case.custody import MOST_HOPS
from chalicelib.domain.case.parts import DONE, OPEN_PART, Part
from chalicelib.domain.lifecycle import TABLE, Row
from chalicelib.domain.reference import Reference
from tools.command_line import flag

APPROVED = Path(__file__).parents[2] / "tests" / "approved" / "matrix.txt"
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOUR = 3600
GAMBIR = "31.71.01.1001"
NO_RIGHT = "JLN_AMBLAS"  # a category that no kelurahan may close
LURAH, DINAS, SUDIN, STRANGER = f"KEL_{GAMBIR}", "DBM", "DBM.31.71", "DINKES"

LEGEND = """The rights, worked out from the lifecycle table and the rules of rights.py.
Written by `make approve-matrix`; read the difference before you commit it.

Y  may do it now      9  has the right, but not in this status (409)
3  sees the case, has no such right (403)      4  does not see the case (404)
An action lists everybody who has the right in some status. The case is a pothole in Gambir unless its line says more.
"""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody before a case: who they are, and what is different about that case."""

    label: str
    actor: Actor
    case: Complaint


Line = tuple[Person, Sequence[str]]


def _case(unit: str = LURAH, *, category: str = "JLN_LUBANG", area: str | None = GAMBIR) -> Complaint:
    lodging = Lodging("", "", "", typed_by="desk")
    running = {"confirmation": clocks.start("confirmation", NOW, HOUR)}
    number, channel = "JKT-7K3M-9QXR-B", "KELURAHAN"
    case = Complaint(number, "waiting", 1, 1, "", category, unit, channel, "public", NOW, lodging, area)
    return replace(case, clocks=running, reachable=True)


def _staff(role: str, unit: str, name: str = "officer") -> Actor:
    return Actor(role, name, unit, ("KELURAHAN",) if role in ("desk", "channel") else ())


def _lapsed(case: Complaint) -> Complaint:
    over = clocks.start("confirmation", NOW - timedelta(hours=2), HOUR)
    return replace(case, clocks={"confirmation": over})


def _with_a_proposal(case: Complaint, name: str) -> Complaint:
    """More time was proposed by this person, after the due time."""
    late = clocks.start("resolution", NOW - timedelta(hours=2), HOUR)
    return replace(case, clocks={"resolution": late}, extension=Extension(NOW + timedelta(days=9), name, "", "5"))


def _passed_round(case: Complaint) -> Complaint:
    return replace(case, hops=MOST_HOPS)


def _proved_by(case: Complaint, name: str) -> Complaint:
    return replace(case, proposers=(name,))


def _with_part(case: Complaint, state: str = OPEN_PART) -> Complaint:
    return replace(case, parts=(Part("1", STRANGER, NOW, state),))


def _hidden(case: Complaint) -> Complaint:
    return replace(case, hidden=Hidden("minor", NOW))


def _about_an_officer() -> Complaint:
    return _case("INSPEKTORAT", category="OKNUM")


def people() -> list[Person]:
    """Every role, and of each role everybody whose rights differ."""
    groups = (_citizens, _officers, _supervisors, _judges, _coordinators, _inspectors, _others)
    return [person for group in groups for person in group()]


def _citizens() -> list[Person]:
    return [
        Person("public", PUBLIC, _case()),
        Person("public, hidden case", PUBLIC, _hidden(_case())),
        Person("reporter", REPORTER, _case()),
        Person("reporter, window over", REPORTER, _lapsed(_case())),
        Person("reporter, by the link of a question", RESPONDENT, _case()),
        Person("agency, by the link of its referral", agency(2), _case()),
    ]


def _officers() -> list[Person]:
    return [
        Person("kelurahan_officer, holder, closing right", _staff("kelurahan_officer", LURAH), _case()),
        Person(
            "kelurahan_officer, holder, no closing right",
            _staff("kelurahan_officer", LURAH),
            _case(LURAH, category=NO_RIGHT),
        ),
        Person("kelurahan_officer, of the place only", _staff("kelurahan_officer", LURAH), _case(DINAS)),
        Person("kelurahan_officer, of elsewhere", _staff("kelurahan_officer", "KEL_31.71.01.1002"), _case()),
        Person("opd_officer, holder, closing right", _staff("opd_officer", SUDIN), _case(SUDIN)),
        Person("opd_officer, holder, no closing right", _staff("opd_officer", STRANGER), _case(STRANGER)),
        Person("opd_officer, holder, after two hops", _staff("opd_officer", SUDIN), _passed_round(_case(SUDIN))),
        Person("opd_officer, of another unit", _staff("opd_officer", STRANGER), _case(DINAS)),
    ]


def _supervisors() -> list[Person]:
    return [
        Person("opd_supervisor, of the holder's OPD", _staff("opd_supervisor", DINAS), _case(SUDIN)),
        Person("opd_supervisor, holder, no closing right", _staff("opd_supervisor", STRANGER), _case(STRANGER)),
        Person(
            "opd_supervisor, late, more time asked for",
            _staff("opd_supervisor", DINAS),
            _with_a_proposal(_case(SUDIN), "another"),
        ),
        Person(
            "opd_supervisor, of its own proposal",
            _staff("opd_supervisor", DINAS),
            _with_a_proposal(_case(SUDIN), "officer"),
        ),
        Person("opd_supervisor, of another OPD", _staff("opd_supervisor", STRANGER), _case(SUDIN)),
        Person("opd_officer, of an open part", _staff("opd_officer", STRANGER), _with_part(_case(DINAS))),
        Person("opd_officer, of a done part", _staff("opd_officer", STRANGER), _with_part(_case(DINAS), DONE)),
        Person("opd_supervisor, of the part's OPD", _staff("opd_supervisor", STRANGER), _with_part(_case(DINAS))),
        Person("opd_supervisor, holder, a part is open", _staff("opd_supervisor", DINAS), _with_part(_case(DINAS))),
    ]


def _judges() -> list[Person]:
    return [
        Person("desk, of its channel", _staff("desk", "BIRO_PEM"), _case()),
        Person("desk, case without a place", _staff("desk", "BIRO_PEM"), _case("BIRO_PEM", area=None)),
        Person("validator", _staff("validator", "BIRO_PEM"), _case(DINAS)),
        Person("validator, of a rejection", _staff("validator", "BIRO_PEM"), replace(_case(DINAS), look=OPEN_LOOK)),
        Person(
            "validator, another was drawn", _staff("validator", "BIRO_PEM"), replace(_case(DINAS), validator="another")
        ),
        Person("validator, of its own proof", _staff("validator", "BIRO_PEM"), _proved_by(_case(DINAS), "officer")),
        Person("validator, about an officer", _staff("validator", "BIRO_PEM"), _about_an_officer()),
    ]


def _coordinators() -> list[Person]:
    return [
        Person("coordinator", _staff("coordinator", "BIRO_PEM"), _case(DINAS)),
        Person(
            "coordinator, more time asked for",
            _staff("coordinator", "BIRO_PEM"),
            _with_a_proposal(_case(SUDIN), "another"),
        ),
        Person("coordinator, case without a place", _staff("coordinator", "BIRO_PEM"), _case("BIRO_PEM", area=None)),
        Person("coordinator, held by the inspectorate", _staff("coordinator", "BIRO_PEM"), _about_an_officer()),
    ]


def _inspectors() -> list[Person]:
    return [
        Person("inspectorate, holder, about an officer", _staff("inspectorate", "INSPEKTORAT"), _about_an_officer()),
        Person(
            "inspectorate, more time asked for",
            _staff("inspectorate", "INSPEKTORAT"),
            _with_a_proposal(_about_an_officer(), "another"),
        ),
        Person(
            "inspectorate, of its own proof",
            _staff("inspectorate", "INSPEKTORAT"),
            _proved_by(_about_an_officer(), "officer"),
        ),
        Person("inspectorate, held by others", _staff("inspectorate", "INSPEKTORAT"), _case(DINAS)),
        Person("inspectorate, hidden case", _staff("inspectorate", "INSPEKTORAT"), _hidden(_case(DINAS))),
    ]


def _others() -> list[Person]:
    return [
        Person("administrator", _staff("administrator", "DISKOMINFOTIK"), _case()),
        Person("channel, of its case", _staff("channel", "", "channel"), _case()),
        Person("system", SYSTEM, _case()),
    ]


def mark(row: Row, person: Person, status: str, city: Reference) -> str:
    """What this person is told in this status: Y, 9, 3 or 4."""
    case = _standing(person.case, status)
    held = rights.grants(person.actor, case, city)
    if not _sees(person, status, city):
        return "4"
    if not held.intersection(row.who):
        return "3"
    return "Y" if decide.is_possible(row, case, held, NOW) else "9"


def _standing(case: Complaint, status: str) -> Complaint:
    """In this status; one that was merged was coordinated before."""
    merged = {"merged_into": "JKT-0000-0002-4", "previous": "coordinated"} if status == "merged" else {}
    return replace(case, status=status, **merged)


def _sees(person: Person, status: str, city: Reference) -> bool:
    return rights.is_there_for(person.actor, replace(person.case, status=status), city, NOW)


def render(city: Reference) -> str:
    """The whole matrix: who sees a case, then a block per built action."""
    seen = [(person, ["Y" if _sees(person, status, city) else "4" for status in STATUSES]) for person in people()]
    blocks = [_block(row.action, _marked(row, city)) for row in TABLE if row.built and row.sources]
    blocks.append(_block("(uploads a photo)", [line for person in people() if (line := _uploads(person, city))]))
    later = ", ".join(row.action for row in TABLE if not row.built)
    rest = [f"not built yet: {later}\n"] if later else []
    return "\n".join([LEGEND, _block("(sees the case)", seen), *blocks, *rest])


def _uploads(person: Person, city: Reference) -> Line | None:
    """Y in each status in which this person may add a photo; None for who never may."""
    if person.actor.role != REPORTER.role and not rights.may_upload(person.actor, person.case, city):
        return None
    return person, ["Y" if _sees(person, status, city) else "4" for status in STATUSES]


def _marked(row: Row, city: Reference) -> Iterator[Line]:
    for person in people():
        marks = [mark(row, person, status, city) for status in STATUSES]
        if {"Y", "9"}.intersection(marks):
            yield person, marks


def _block(title: str, lines: Iterable[Line]) -> str:
    head = f"{title:<46}" + " ".join(status[:4] for status in STATUSES)
    return "\n".join([head, *(f"  {person.label:<44}" + "    ".join(marks) for person, marks in lines), ""])


def difference(approved: str, current: str) -> str:
    """What has changed, line by line."""
    lines = difflib.unified_diff(
        approved.splitlines(keepends=True), current.splitlines(keepends=True), "approved", "current", n=0
    )
    return "".join(lines)


def main(arguments: Sequence[str]) -> int:
    check, current = flag("matrix", __doc__, "--check", arguments), render(reference())
    if not check:
        APPROVED.parent.mkdir(parents=True, exist_ok=True)
        APPROVED.write_text(current, encoding="utf-8")
        return 0
    changed = difference(APPROVED.read_text(encoding="utf-8") if APPROVED.exists() else "", current)
    sys.stdout.write(changed + ("rights have changed: read it, then make approve-matrix\n" if changed else ""))
    return int(bool(changed))
