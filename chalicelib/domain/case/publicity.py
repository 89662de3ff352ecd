"""What everybody may see of a case: one answer for views, public lists, map, letters, alerts, work lists, and whatever
shows a case to strangers."""

from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.reference import Category
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Publicity:
    """`listed`: in lists, on the map, in figures by number. `described`: its words. `placed`: its point, rounded to
    10 m. `pictures`: its photos. `named`: category and kelurahan in a message."""

    listed: bool
    described: bool
    placed: bool
    pictures: bool
    named: bool


_OPEN = Publicity(listed=True, described=True, placed=True, pictures=True, named=True)


# Why a case is shielded; `shields` says which of them hold.
PRIVATE, SENSITIVE, ABOUT_OFFICER, HIDDEN, UNSORTED = ("private", "sensitive", "about_officer", "hidden", "unsorted")


def publicity(complaint: Complaint, category: Category) -> Publicity:
    shown = not is_shielded(complaint, category)
    return _OPEN if shown else Publicity(False, False, False, False, named=not is_delicate(category))


def is_shielded(complaint: Complaint, category: Category) -> bool:
    """Whether everybody sees its status, clocks, unit, category and kelurahan, and nothing else."""
    return bool(shields(complaint, category))


def shields(complaint: Complaint, category: Category) -> tuple[str, ...]:
    """The reasons for which it is shielded. `unsorted`: the case came as a message, and no officer has acted on it yet.
    A machine chose its category, and its sender did not know that it would be a public report."""
    reasons = {
        PRIVATE: complaint.visibility != "public",
        SENSITIVE: category.sensitive,
        ABOUT_OFFICER: category.about_officer,
        HIDDEN: complaint.hidden is not None,
        UNSORTED: complaint.unsorted,
    }
    return tuple(reason for reason, holds in reasons.items() if holds)


def is_delicate(category: Category) -> bool:
    """Sensitive, or about an officer: messages name neither category nor place, and no kelurahan sees it."""
    return category.sensitive or category.about_officer
