"""The conditions of the lifecycle table, by name. Each is asked with the case's status already permitted, and has its
sentence in docs/lifecycle.md."""

from collections.abc import Callable, Set
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.case.complaint import Complaint

Held = Set[str]  # the grants that the actor holds on the case


@dataclass(frozen=True, slots=True)
class Condition:
    """`holds` answers whether the action is possible now; `sentence` says the same to people."""

    holds: Callable[[Complaint, Held, datetime], bool]
    sentence: str


def _window_open(complaint: Complaint, held: Held, now: datetime) -> bool:
    clock = complaint.clocks.get("confirmation")
    return "objector" in held or (clock is not None and clock.running and not clock.is_late(now))


CONDITIONS: dict[str, Condition] = {
    "window_open": Condition(
        _window_open, "the confirmation window is open (coordinator and inspectorate: at any time)"
    ),
    "not_rated": Condition(lambda complaint, _held, _now: complaint.rating is None, "the reporter has not rated yet"),
    "unlocated": Condition(lambda complaint, _held, _now: not complaint.located, "the case has no place"),
}


def met(names: tuple[str, ...], complaint: Complaint, held: Held, now: datetime) -> bool:
    """Whether every named condition holds."""
    return all(CONDITIONS[name].holds(complaint, held, now) for name in names)
