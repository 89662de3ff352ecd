"""Clocks ring what is due, once and in order; the timer sleeps until the next breach that it must meet exactly."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.application.clocks.timekeeping import MOST_RACES, Armed, wake_at
from chalicelib.application.ports.cases import LostRaceError
from chalicelib.domain.decision import Decision
from chalicelib.domain.errors import UnavailableError
from tests.builders import (
    BUREAU,
    COORDINATOR,
    LURAH,
    VALIDATOR,
    a_draft,
    given,
)
from tests.flow import Flow


@pytest.fixture
def flow() -> Flow:
    return Flow()


def rung(flow: Flow, number: str) -> list[tuple[str, str]]:
    """Clock and rung of every ring line, oldest first."""
    rings = (event.facts for event in flow.complaints.events(number) if event.action == "ring")
    return [(facts["clock"], facts["rung"]) for facts in rings]


def due(flow: Flow, number: str, kind: str) -> datetime:
    return flow.complaints.rows[number].clocks[kind].due_at


def test_at_the_due_time_itself_the_city_is_on_time(flow: Flow) -> None:
    number = flow.lodge()
    flow.now.at = due(flow, number, "coordination")

    until = flow.ring(number)

    assert ("coordination", "breach") not in rung(flow, number)
    assert until == due(flow, number, "coordination")  # the timer that woke too early asks again


def test_one_millisecond_later_the_clock_is_late(flow: Flow) -> None:
    number = flow.lodge()
    flow.now.at = due(flow, number, "coordination") + timedelta(milliseconds=1)

    until = flow.ring(number)

    assert rung(flow, number)[-1] == ("coordination", "breach")
    assert until == due(flow, number, "resolution")


def test_several_rungs_passed_in_one_jump_all_ring_in_order_each_its_own_event(flow: Flow) -> None:
    number = flow.lodge()
    flow.now.at = due(flow, number, "coordination") + timedelta(hours=24)

    flow.ring(number)

    of_coordination = [rung for clock, rung in rung(flow, number) if clock == "coordination"]
    assert of_coordination == ["reminder_50", "reminder_80", "breach", "escalation_1"]
    sequences = [event.sequence for event in flow.complaints.events(number)]
    assert sequences == list(range(1, len(sequences) + 1))


def test_the_rungs_of_two_clocks_ring_in_the_order_of_their_times(flow: Flow) -> None:
    number = flow.lodge()
    flow.now.advance(days=60)

    flow.ring(number)

    clocks = flow.complaints.rows[number].clocks
    assert {clock.rungs[-1] for clock in clocks.values()} == {"escalation_3"}
    assert len(rung(flow, number)) == len(set(rung(flow, number))) == 12


def test_a_rung_rings_once_however_often_both_legs_ask(flow: Flow) -> None:
    number = flow.lodge()
    flow.now.at = due(flow, number, "coordination") + timedelta(seconds=1)

    for _ in range(3):
        flow.ring(number)

    assert rung(flow, number).count(("coordination", "breach")) == 1


def test_a_late_alarm_of_a_clock_that_was_stopped_in_time_does_nothing(flow: Flow) -> None:
    number = flow.lodge()
    flow.act(number, "coordinate", LURAH, unit="DBM")
    flow.now.at = due(flow, number, "coordination") + timedelta(seconds=5)

    until = flow.ring(number)

    assert rung(flow, number) == []
    assert until == due(flow, number, "resolution")


def test_a_case_that_ended_or_is_gone_leaves_the_timer_nothing_to_do(flow: Flow) -> None:
    number = flow.lodge()
    flow.live(number)

    assert flow.ring(number) is None
    assert flow.ring("JKT-0000-0000-0") is None


def test_the_confirmation_window_ends_in_the_closing_of_the_case(flow: Flow) -> None:
    number = flow.lodge()
    flow.live(number, steps=5)
    flow.now.at = due(flow, number, "confirmation")

    flow.ring(number)

    assert flow.complaints.rows[number].status == "closed"
    assert flow.complaints.events(number)[-1].action == "lapse"


def test_the_location_clock_is_met_exactly_too(flow: Flow) -> None:
    number = flow.lodge(draft=a_draft(area=None, place=None, channel="EMAIL"))

    assert flow.complaints.rows[number].unit == BUREAU
    assert flow.ring(number) == due(flow, number, "location")


class Racing:
    """Complaints whose commits are overtaken: by what `meanwhile` does, as often as it says."""

    def __init__(self, flow: Flow, meanwhile: Sequence[tuple[str, object]]) -> None:
        self._flow, self._waiting = flow, list(meanwhile)
        self._commit = flow.complaints.commit

    def __call__(self, decision: Decision) -> None:
        if self._waiting:
            action, actor = self._waiting.pop(0)
            self._flow.complaints.commit = self._commit  # type: ignore[method-assign]
            self._flow.act(decision.event.number, action, actor, given(text="Sedang dicek"))  # type: ignore[arg-type]
            self._flow.complaints.commit = self  # type: ignore[assignment, method-assign]
        self._commit(decision)


def test_a_lost_race_is_run_again_on_what_stands_now(flow: Flow) -> None:
    number = flow.lodge()
    flow.now.at = due(flow, number, "coordination") + timedelta(seconds=1)
    flow.complaints.commit = Racing(flow, [("comment", LURAH)] * 2)  # type: ignore[assignment, method-assign]

    flow.ring(number)

    assert [event.action for event in flow.complaints.events(number)].count("comment") == 2
    assert rung(flow, number)[-1] == ("coordination", "breach")


def test_races_lost_one_after_the_other_end_in_another_call(flow: Flow) -> None:
    number = flow.lodge()
    flow.now.at = due(flow, number, "coordination") + timedelta(seconds=1)
    flow.complaints.commit = Racing(flow, [("comment", LURAH)] * MOST_RACES)  # type: ignore[assignment, method-assign]

    with pytest.raises(LostRaceError):
        flow.ring(number)


def test_a_report_starts_one_timer_until_its_first_breach(flow: Flow) -> None:
    number = flow.lodge()

    assert [flow.arm(number, 1), flow.arm(number, 1)] == [
        Armed(until=due(flow, number, "coordination"), stopped=None)
    ] * 2
    assert flow.timers.started == {f"{number}-1": due(flow, number, "coordination")}


def test_a_timer_that_woke_starts_the_next_one_once_however_often_it_is_called(flow: Flow) -> None:
    number = flow.lodge()
    flow.now.at = due(flow, number, "coordination") + timedelta(milliseconds=1)

    assert [flow.wake(number, 1, 1), flow.wake(number, 1, 1)] == [due(flow, number, "resolution")] * 2

    assert flow.timers.started == {f"{number}-2": due(flow, number, "resolution")}
    assert rung(flow, number).count(("coordination", "breach")) == 1


def test_a_timer_that_woke_too_early_starts_another_one_for_the_same_time(flow: Flow) -> None:
    number = flow.lodge()
    flow.now.at = due(flow, number, "coordination")

    flow.wake(number, 1, 1)
    flow.wake(number, 1, 2)

    assert flow.timers.started == dict.fromkeys((f"{number}-1-2", f"{number}-1-3"), due(flow, number, "coordination"))


def test_a_next_timer_that_could_not_be_started_is_started_by_the_repeated_call(flow: Flow) -> None:
    number = flow.lodge()
    flow.now.at = due(flow, number, "coordination") + timedelta(milliseconds=1)
    flow.timers.failures.append(UnavailableError("stepfunctions"))

    with pytest.raises(UnavailableError):
        flow.wake(number, 1, 1)
    flow.wake(number, 1, 1)

    assert flow.timers.started == {f"{number}-2": due(flow, number, "resolution")}


def test_the_last_timer_of_a_case_starts_none(flow: Flow) -> None:
    number = flow.lodge()
    flow.live(number)

    assert flow.wake(number, 1, 1) is None
    assert flow.timers.started == {}


def test_an_objection_arms_anew_under_a_name_of_its_own(flow: Flow) -> None:
    number = flow.lodge()
    flow.live(number, steps=5)
    event = flow.act(number, "object", COORDINATOR, given(text="Masih berlubang"))

    flow.arm(number, event.sequence)

    assert flow.timers.started == {f"{number}-3": due(flow, number, "rework")}


def test_an_arming_that_comes_after_the_end_starts_nothing(flow: Flow) -> None:
    number = flow.lodge()
    flow.live(number)

    assert flow.arm(number, 1) == Armed(until=None, stopped=False)
    assert flow.timers.started == {}


def test_an_event_told_before_its_case_can_be_read_comes_again(flow: Flow) -> None:
    number = flow.lodge()

    with pytest.raises(LostRaceError):
        flow.arm(number, 2)


def test_a_case_that_is_gone_needs_no_timer(flow: Flow) -> None:
    assert flow.arm("JKT-0000-0000-0", 1) == Armed(until=None, stopped=None)
    assert flow.timers.started == {}


def test_a_refusal_arms_anew_and_gives_no_time(flow: Flow) -> None:
    number = flow.lodge()
    promised = due(flow, number, "resolution")
    flow.live(number, steps=4)
    assert flow.ring(number) is None

    event = flow.act(number, "refuse", VALIDATOR, given(reason_code="not_solved", text="Masih berlubang"))

    assert flow.arm(number, event.sequence)["until"] == flow.ring(number) == promised
    assert flow.timers.started == {f"{number}-3": promised}


def test_a_proof_that_is_judged_after_the_works_time_needs_no_timer(flow: Flow) -> None:
    number = flow.lodge()
    flow.live(number, steps=4)
    flow.now.at = due(flow, number, "resolution") + timedelta(seconds=1)

    assert flow.ring(number) is None


@pytest.mark.parametrize(
    ("milliseconds", "second"),
    [(0, "2026-03-02T01:00:00Z"), (1, "2026-03-02T01:00:01Z"), (999, "2026-03-02T01:00:01Z")],
)
def test_an_execution_wakes_at_the_first_machine_second_that_is_not_too_early(milliseconds: int, second: str) -> None:
    until = datetime(2026, 3, 3, 1, 0, tzinfo=UTC) + timedelta(milliseconds=milliseconds)

    assert wake_at(until, timedelta(days=1)) == second
