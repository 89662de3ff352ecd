"""The clocks' machine, in virtual time."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bench import timers
from tests.fakes import FakeTimers

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
    entered: list[str] = []

    slept = list(timers.walk(timers.definition(), GIVEN, ring=lambda given: given, enter=entered.append))

    assert (entered, slept) == (["Wait", "Ring"], [NOON])


def test_a_loop_is_counted_round_by_round() -> None:
    answers: list[dict[str, Any]] = [{**GIVEN, "more": True}, {**GIVEN, "more": False}]

    entered: list[str] = []

    slept = list(timers.walk(LOOP, GIVEN, ring=lambda given: answers.pop(0), enter=entered.append))

    assert slept == [NOON, NOON]

    assert entered == ["Wait", "Ring", "More", "Wait", "Ring", "More", "Done"]


def test_a_machine_without_an_end_is_a_fault() -> None:
    with pytest.raises(ValueError, match="does not end"):
        list(timers.walk(LOOP, GIVEN, ring=lambda given: {**GIVEN, "more": True}, enter=[].append))


def test_what_is_stopped_enters_no_further_state_and_what_is_started_twice_begins_once() -> None:
    rung: list[Any] = []
    executions = timers.Executions(FakeTimers(), lambda given: rung.append(given["arming"]) or given)

    for arming, hours in ((1, 1), (2, 0), (3, 2), (3, 2)):
        executions.start("JKT", arming, NOON + timedelta(hours=hours))
    assert executions.stop("JKT", 1)
    while executions.wakes_at:
        executions.wake()

    assert (rung, Counter(executions.entered)) == ([2, 3], {"Wait": 3, "Ring": 2})
