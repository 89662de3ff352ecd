"""The clocks' machine, in virtual time."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bench import timers

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
GIVEN = {"v": 2, "number": "JKT-0000-0000-0", "until": "2026-03-02T05:00:00Z"}
LOOP = {
    "StartAt": "Wait",
    "States": {
        "Wait": {"Type": "Wait", "TimestampPath": "$.until", "Next": "Ring"},
        "Ring": {"Type": "Task", "Next": "More"},
        "More": {
            "Type": "Choice",
            "Choices": [{"Variable": "$.more", "BooleanEquals": True, "Next": "Wait"}],
            "Default": "Done",
        },
        "Done": {"Type": "Succeed"},
    },
}


def test_an_execution_sleeps_once_and_rings() -> None:
    slept: list[datetime] = []

    entered = timers.run(timers.definition(), GIVEN, ring=lambda given: given, sleep=slept.append)

    assert (entered, slept) == (["Wait", "Ring"], [NOON])


def test_a_loop_is_counted_round_by_round() -> None:
    answers: list[dict[str, Any]] = [{**GIVEN, "more": True}, {**GIVEN, "more": False}]

    entered = timers.run(LOOP, GIVEN, ring=lambda given: answers.pop(0), sleep=lambda at: None)

    assert entered == ["Wait", "Ring", "More", "Wait", "Ring", "More", "Done"]


def test_a_machine_without_an_end_is_a_fault() -> None:
    with pytest.raises(ValueError, match="does not end"):
        timers.run(LOOP, GIVEN, ring=lambda given: {**GIVEN, "more": True}, sleep=lambda at: None)
