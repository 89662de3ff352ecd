"""The officers of the day: for each unit that a case may reach, who acts for it. They are made by the operator command
`python -m tools staff import`, as a city would make its own."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tools.day.channels import TYPED, WRITTEN
from tools.day.plans import Plan
from tools.day.rules import BUREAU, INSPECTORATE, Rules

VALIDATORS = ("hari-validator-1", "hari-validator-2")
DESK, COORDINATOR = "hari-meja", "hari-koordinator"
INSPECTORS = ("hari-inspektur-1", "hari-inspektur-2")
PARTNERS = ("DSDA", "DBM")  # drain and road: one of them is never the holder
COLUMNS = ("username", "name", "role", "unit", "channels")


@dataclass(frozen=True, slots=True)
class Officer:
    user: str
    role: str
    unit: str
    channels: str = ""

    @property
    def row(self) -> dict[str, str]:
        return {
            "username": self.user,
            "name": f"Petugas {self.user.removeprefix('hari-')}",
            "role": self.role,
            "unit": self.unit,
            "channels": self.channels,
        }


def officer(unit: str) -> str:
    """Who works the cases of a unit."""
    return INSPECTORS[0] if unit == INSPECTORATE else f"hari-{_plain(unit)}"


def supervisor(opd: str) -> str:
    """Who hands cases down inside an OPD."""
    return f"hari-{_plain(opd)}-kepala"


def _plain(unit: str) -> str:
    return unit.lower().replace(".", "-").replace("_", "-")


def holders(plan: Plan, rules: Rules) -> set[str]:
    """Every unit that may come to hold the case in the course of the day. Words may be taken for any category."""
    categories = (plan.category, *([plan.sorted_as] if "recategorise" in plan.steps and plan.sorted_as else []))
    received = [*categories, *(rules.categories if plan.is_written else [])]
    receivers = {rules.first_receiver(category, place) for category in received for place in (None, plan.area)}
    owners = {owner for category in categories for owner in rules.owners(category, plan.area)[:1]}
    below = {unit for owner in owners if (unit := rules.below(owner, plan.area))}
    taking = {rules.opd(unit) for unit in receivers | owners} if "take_over" in plan.steps else set()
    return {*receivers, *owners, *below, *taking, *PARTNERS, BUREAU, INSPECTORATE}


def partner(unit: str, rules: Rules) -> str:
    """Who is asked for a part of the work of this unit."""
    return next(other for other in PARTNERS if other != rules.opd(unit))


def roster(plans: Iterable[Plan], rules: Rules) -> list[Officer]:
    """Everybody that the plans need."""
    units = sorted({unit for plan in plans for unit in holders(plan, rules)} - {INSPECTORATE})
    working = [Officer(officer(unit), _role(unit, rules), unit) for unit in units]
    leading = sorted({rules.opd(unit) for unit in units if _role(unit, rules) == "opd_officer"})
    return [
        *working,
        *(Officer(supervisor(opd), "opd_supervisor", opd) for opd in leading),
        *(Officer(user, "validator", BUREAU) for user in VALIDATORS),
        *(Officer(user, "inspectorate", INSPECTORATE) for user in INSPECTORS),
        Officer(DESK, "desk", BUREAU, ";".join((*TYPED, *WRITTEN))),
        Officer(COORDINATOR, "coordinator", BUREAU),
    ]


def _role(unit: str, rules: Rules) -> str:
    return "kelurahan_officer" if rules.units[unit]["kind"] == "kelurahan" else "opd_officer"


def write(officers: Iterable[Officer], file: Path) -> None:
    """The list that the operator command takes."""
    with file.open("w", newline="", encoding="utf-8") as out:
        table = csv.DictWriter(out, COLUMNS)
        table.writeheader()
        table.writerows(one.row for one in officers)
