"""The conditions of the lifecycle table, by name. Each is asked with the case's status already permitted, and has its
sentence in docs/lifecycle.md."""

from collections.abc import Callable, Set
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.case.complaint import OPEN_LOOK, Complaint
from chalicelib.domain.case.parts import MOST_PARTS

Held = Set[str]  # the grants that the actor holds on the case


@dataclass(frozen=True, slots=True)
class Condition:
    """`holds` answers whether the action is possible now; `sentence` says the same to people."""

    holds: Callable[[Complaint, Held, datetime], bool]
    sentence: str


def _window_open(complaint: Complaint, held: Held, now: datetime) -> bool:
    if complaint.merged_into is not None:
        return True
    clock = complaint.clocks.get("confirmation")
    return "objector" in held or (clock is not None and clock.running and not clock.is_late(now))


CONDITIONS: dict[str, Condition] = {
    "window_open": Condition(
        _window_open,
        "the confirmation window is open (coordinator and inspectorate, and whose report was merged: at any time)",
    ),
    "not_rated": Condition(lambda complaint, _held, _now: complaint.rating is None, "the reporter has not rated yet"),
    "room_for_parts": Condition(
        lambda complaint, _held, _now: len(complaint.parts) < MOST_PARTS, f"the case had fewer than {MOST_PARTS} parts"
    ),
    "own_part_open": Condition(lambda _complaint, held, _now: "open_part" in held, "a part of one's own unit is open"),
    "some_part_open": Condition(lambda complaint, _held, _now: bool(complaint.open_parts), "a part is open"),
    "no_open_parts": Condition(lambda complaint, _held, _now: not complaint.open_parts, "no part is open"),
    "is_hidden": Condition(lambda complaint, _held, _now: complaint.hidden is not None, "the case is hidden"),
    "not_hidden": Condition(lambda complaint, _held, _now: complaint.hidden is None, "the case is not hidden"),
    "look_open": Condition(
        lambda complaint, _held, _now: complaint.look == OPEN_LOOK, "a second look at the rejection is open"
    ),
    "unlocated": Condition(lambda complaint, _held, _now: not complaint.located, "the case has no place"),
}


def met(names: tuple[str, ...], complaint: Complaint, held: Held, now: datetime) -> bool:
    """Whether every named condition holds."""
    return all(CONDITIONS[name].holds(complaint, held, now) for name in names)
