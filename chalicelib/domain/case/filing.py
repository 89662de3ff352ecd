"""What a unit is shown of cases that it has no work on now: those that wait for others, and those that are done.
Without these lists a case would be gone from every list of the unit that handed it on."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from chalicelib.domain import routing
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.events import Event
from chalicelib.domain.case.publicity import is_delicate
from chalicelib.domain.case.queues import DONE, OTHERS
from chalicelib.domain.reference import Category
from chalicelib.domain.values import dataclass

KEPT = timedelta(days=90)  # since the last decision on the case


@dataclass(frozen=True, slots=True)
class Filing:
    """The list (`others`, `done`) and the units that have the case on it. `decided_at` (UTC) is the time of the last
    decision: the newest stands first."""

    list_name: str
    units: tuple[str, ...]
    decided_at: datetime


def filing(complaint: Complaint, events: Iterable[Event], category: Category) -> Filing | None:
    """`events`: the whole history. None when no unit has the case on such a list."""
    history = list(events)
    list_name = OTHERS if complaint.is_open else DONE
    involved = dict.fromkeys((*(event.unit for event in history), complaint.unit))
    units = tuple(unit for unit in involved if _is_shown_to(unit, complaint, category))
    decided_at = next(event.at for event in history if event.version == complaint.version)
    return Filing(list_name, units, decided_at) if units else None


def _is_shown_to(unit: str, complaint: Complaint, category: Category) -> bool:
    """The holder, unless it has to act itself; of those that had it before, who still reads it (rights.py)."""
    if unit == complaint.unit:
        return not complaint.is_open or _is_judged_elsewhere(complaint, category)
    if unit == f"KEL_{complaint.area}":
        return not is_delicate(category)
    return unit in (routing.GOVERNMENT_BUREAU, routing.INSPECTORATE)


def _is_judged_elsewhere(complaint: Complaint, category: Category) -> bool:
    """Proofs of cases about officers are judged inside the inspectorate, which has them in its own queue."""
    return complaint.status == "awaiting_validation" and not category.about_officer
