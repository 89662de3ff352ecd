"""The conditions of the lifecycle table, by name, and what they allow. Each is asked with the case's status already
permitted, and has its sentence in docs/lifecycle.md. No verb is needed to say what may be done."""

from collections.abc import Callable, Set
from datetime import datetime

from chalicelib.domain import rights
from chalicelib.domain.actor import Actor
from chalicelib.domain.case.complaint import OPEN_LOOK, STATUSES, Complaint
from chalicelib.domain.case.custody import may_go
from chalicelib.domain.case.parts import MOST_PARTS
from chalicelib.domain.clocks import ENDING
from chalicelib.domain.grants import GRANT_STATUSES
from chalicelib.domain.lifecycle import BEFORE, TABLE, Row
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass

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


def _may_hand_on(complaint: Complaint, held: Held, _now: datetime) -> bool:
    hop, back = (
        may_go(complaint.custody, complaint.hops, holder=complaint.unit, unit=unit) for unit in (_ANY_OTHER, "")
    )
    return "coordinator" in held or hop or back


_ANY_OTHER = "?"  # a unit that was never in these hands


def _extension_to_come(complaint: Complaint, _held: Held, now: datetime) -> bool:
    return complaint.extension is not None and complaint.extension.until > now


def _late(complaint: Complaint, _held: Held, now: datetime) -> bool:
    return any(clock.kind not in ENDING and clock.state(now) == "late" for clock in complaint.clocks.values())


CONDITIONS: dict[str, Condition] = {
    "window_open": Condition(
        _window_open,
        "the confirmation window is open (coordinator and inspectorate, and whose report was merged: at any time)",
    ),
    "stands_alone": Condition(
        lambda complaint, _held, _now: not complaint.merged, "no other report was merged into the case"
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
    "may_hand_on": Condition(
        _may_hand_on,
        "fewer than two hops, or it can go back to where it came from; never twice from one unit to the same other "
        "(coordinator: at any time)",
    ),
    "reachable": Condition(lambda complaint, _held, _now: complaint.reachable, "there is a way to tell the reporter"),
    "not_asked": Condition(lambda complaint, _held, _now: not complaint.asked, "the reporter was not asked before"),
    "nothing_proposed": Condition(
        lambda complaint, _held, _now: complaint.extension is None, "no proposal of more time waits for its answer"
    ),
    "extension_proposed": Condition(
        lambda complaint, _held, _now: complaint.extension is not None, "a proposal of more time waits for its answer"
    ),
    "until_to_come": Condition(_extension_to_come, "the proposed date is still to come"),
    "late": Condition(_late, "a clock that runs, or is paused, is late"),
}


def met(names: tuple[str, ...], complaint: Complaint, held: Held, now: datetime) -> bool:
    """Whether every named condition holds."""
    return all(CONDITIONS[name].holds(complaint, held, now) for name in names)


def allowed_actions(complaint: Complaint, actor: Actor, *, reference: Reference, now: datetime) -> list[str]:
    """What this actor may do now, in the table's order."""
    held = rights.grants(actor, complaint, reference)
    return [row.action for row in TABLE if held.intersection(row.who) and is_possible(row, complaint, held, now)]


def is_possible(row: Row, complaint: Complaint, held: Set[str], now: datetime) -> bool:
    """Whether the state of the case allows the row to somebody who holds these grants."""
    return (
        row.permits(complaint.status)
        and any(_sorts(complaint, row) in GRANT_STATUSES.get(grant, STATUSES) for grant in held & set(row.who))
        and met(row.when, complaint, held, now)
    )


def _sorts(complaint: Complaint, row: Row) -> str:
    """The status by which a grant of some statuses only is judged."""
    return (complaint.previous if row.to == BEFORE else None) or complaint.status
