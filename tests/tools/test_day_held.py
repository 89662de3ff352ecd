"""The day's proof knows what an unconfirmed address is sent, and finds what is more, less, or never told."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.tools.day_builders import REPORTED, a_case, mail
from tools.day.cases import Case
from tools.day.judging.expected import Told
from tools.day.judging.held import ROOM, told_faults

EVENTS = ["waiting", "coordinated", "assigned", "in_progress", "awaiting_validation", "resolved", "reopened"]
EVENTS += ["in_progress", "awaiting_validation", "resolved", "reply", "closed"]


def minute(n: int) -> datetime:
    return REPORTED + timedelta(minutes=n)


def told(*places: int, at: dict[int, datetime] | None = None) -> list[dict[str, Any]]:
    """These of the events, each at its minute or as `at` says."""
    return [mail(EVENTS[n]) | {"at": (at or {}).get(n, minute(n)).isoformat()} for n in places]


DUE = Told(EVENTS, [], [minute(n).isoformat() for n in range(len(EVENTS))])
ROOMY = ROOM["email"]


def case(opened: str = "") -> Case:
    return a_case(opened=opened)


def test_whoever_opened_the_link_soon_is_told_everything() -> None:
    assert told_faults(case("soon"), told(*range(12)), DUE) == []


@pytest.mark.parametrize("lost", range(12))
def test_and_nothing_is_held_back_from_them(lost: int) -> None:
    assert told_faults(case("soon"), told(*(n for n in range(12) if n != lost)), DUE)


def test_whoever_never_opened_it_is_told_what_the_budget_has_room_for() -> None:
    assert told_faults(case(), told(*range(ROOMY)), DUE) == []


@pytest.mark.parametrize("lost", range(ROOMY))
def test_a_message_that_was_lost_where_there_was_room_is_found(lost: int) -> None:
    rest = told(*(n for n in range(ROOMY) if n != lost))

    assert any("nothing held back" in fault for fault in told_faults(case(), rest, DUE))


def test_one_message_too_many_is_found() -> None:
    assert told_faults(case(), told(*range(ROOMY + 1)), DUE) == [
        f"{ROOMY + 1} messages in a day to an address that nobody confirmed"
    ]


def test_the_next_day_has_room_again() -> None:
    tomorrow = {11: minute(60 * 25)}
    due = Told(EVENTS, [], [*DUE.times[:11], minute(60 * 25).isoformat()])

    assert told_faults(case(), told(*range(ROOMY), 11, at=tomorrow), due) == []
    assert told_faults(case(), told(*range(ROOMY)), due)


def test_whoever_opened_it_late_is_told_how_the_case_stands() -> None:
    assert told_faults(case("late"), told(*range(ROOMY), 11), DUE) == []
    assert told_faults(case("late"), told(*range(ROOMY)), DUE)
    assert told_faults(case("late"), told(0, 11), DUE)


@pytest.mark.parametrize("opened", ["", "soon", "late"])
def test_what_is_not_owed_or_out_of_order_is_found(opened: str) -> None:
    assert told_faults(case(opened), told(1, 0), DUE)
    assert told_faults(case(opened), [*told(*range(3)), mail("withdrawn")], DUE)
