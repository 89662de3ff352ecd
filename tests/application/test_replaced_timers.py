"""When a clock stops, its timer is stopped, and the next one sleeps already. Messages come late, twice and out of
order: a timer that a running clock needs is never stopped."""

import random
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from chalicelib.application.clocks.timekeeping import Armed, ArmTimer
from chalicelib.domain import clocks
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.lifecycle import ROWS
from tests.builders import DBM, ENGINEER, LURAH, REPORTER, VALIDATOR, a_proof, given
from tests.flow import Flow

ASKED = given(text="Di depan nomor berapa?")
REFUSED = given(reason_code="not_solved", text="Masih berlubang")
# What moves the next breach, and who does it: coordination ends, the work is paused, runs on, is over, runs on again.
STEPS: tuple[Callable[[Flow, str], Any], ...] = (
    lambda flow, number: flow.act(number, "coordinate", LURAH, unit=DBM),
    lambda flow, number: flow.act(number, "start", ENGINEER),
    lambda flow, number: flow.act(number, "ask", ENGINEER, ASKED),
    lambda flow, number: flow.act(number, "answer", REPORTER, given(text="Nomor 12")),
    lambda flow, number: flow.act(number, "propose_done", ENGINEER, a_proof(ENGINEER)),
    lambda flow, number: flow.act(number, "refuse", VALIDATOR, REFUSED),
    lambda flow, number: flow.act(number, "propose_done", ENGINEER, a_proof(ENGINEER)),
)


class Timed:
    """A case, what it was after each of its events, and the messages that reach `arm`."""

    def __init__(self) -> None:
        self.flow = Flow()
        self.number = self.flow.lodge()
        self.states = [self.case]
        self.messages = [1]

    @property
    def case(self) -> Complaint:
        return self.flow.complaints.rows[self.number]

    @property
    def running(self) -> list[str]:
        timers = self.flow.timers
        return [name for name in timers.started if name not in timers.stopped]

    @property
    def needed(self) -> list[str]:
        """The one timer that sleeps until the next breach; none if there is none to come."""
        return [f"{self.number}-{self.case.arming}"] if clocks.next_exact(self.case.clocks) else []

    def goes_on(self, step: Callable[[Flow, str], Any]) -> int | None:
        """The event's message; None where its row does not arm."""
        self.flow.pass_time(minutes=1)
        event = step(self.flow, self.number)
        self.states.append(self.case)
        if not ROWS[event.action].arms:
            return None
        self.messages.append(event.sequence)
        return int(event.sequence)

    def lives(self) -> "Timed":
        for step in STEPS:
            self.goes_on(step)
        return self

    def arm(self, sequence: int) -> None:
        self.flow.arm(self.number, sequence)
        self.expect_a_timer()

    def arm_late(self, sequence: int, state: Complaint) -> None:
        """A worker that read the case when it was so, and goes on only now."""
        Stale(state).arm(self.flow)(self.number, sequence)
        self.expect_a_timer()

    def expect_a_timer(self) -> None:
        """Whatever was started for the next breach sleeps until then."""
        until = clocks.next_exact(self.case.clocks)
        for name in self.needed:
            assert name not in self.flow.timers.stopped
            assert self.flow.timers.started.get(name, until) == until


class Stale:
    """Reads a case as it was."""

    def __init__(self, state: Complaint) -> None:
        self._state = state

    def load(self, _number: str) -> Complaint:
        return self._state

    def arm(self, flow: Flow) -> ArmTimer:
        return ArmTimer(complaints=self, timers=flow.timers)  # type: ignore[arg-type]


def in_order(messages: list[int]) -> list[int]:
    return messages


def each_twice(messages: list[int]) -> list[int]:
    return [message for message in messages for _ in range(2)]


def newest_first(messages: list[int]) -> list[int]:
    return messages[::-1]


def the_first_one_again_at_last(messages: list[int]) -> list[int]:
    return [*messages, messages[0]]


def only_the_newest(messages: list[int]) -> list[int]:
    return messages[-1:]


ORDERS = (in_order, each_twice, newest_first, the_first_one_again_at_last, only_the_newest)


@pytest.mark.parametrize("steps", range(len(STEPS) + 1))
@pytest.mark.parametrize("order", ORDERS)
def test_in_whatever_order_messages_come_after_the_last_event_the_timer_of_the_next_breach_sleeps(
    order: Callable[[list[int]], list[int]], steps: int
) -> None:
    timed = Timed()
    for step in STEPS[:steps]:
        timed.goes_on(step)

    for message in order(timed.messages):
        timed.arm(message)

    assert timed.running == timed.needed


def test_each_message_in_its_time_leaves_one_timer_at_most_and_all_that_waited_for_nothing_are_stopped() -> None:
    timed = Timed()
    timed.arm(1)

    for step in STEPS:
        message = timed.goes_on(step)
        if message:
            timed.arm(message)
        assert timed.running == timed.needed

    assert set(timed.flow.timers.stopped) == {f"{timed.number}-{arming}" for arming in (1, 2, 3, 4)}


class AtRandom:
    """Events, breaches, messages, workers that read the case earlier, and timers that wake, too early or for nothing:
    in an order of the seed's own."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.timed = Timed()
        self.waiting = list(STEPS)

    def lives(self) -> Timed:
        while self.waiting:
            self.chance.choice((self.goes_on, self.arms, self.arms_late, self.wakes, self.is_late))()
            self.timed.expect_a_timer()
        return self.timed

    def goes_on(self) -> None:
        self.timed.goes_on(self.waiting.pop(0))

    def arms(self) -> None:
        self.timed.arm(self.chance.choice(self.timed.messages))

    def arms_late(self) -> None:
        message = self.chance.choice(self.timed.messages)
        seen = [state for state in self.timed.states if state.sequence >= message]
        self.timed.arm_late(message, self.chance.choice(seen))

    def wakes(self) -> None:
        """Perhaps one that nobody waits for: its stop was refused, or came too late."""
        self.timed.flow.wake(self.timed.number, self.chance.randint(1, self.timed.case.arming), 1)
        self.timed.states.append(self.timed.case)

    def is_late(self) -> None:
        """Whatever was due, the sweeper rings it."""
        self.timed.flow.pass_time(hours=5)
        self.timed.flow.ring(self.timed.number)
        self.timed.states.append(self.timed.case)


@pytest.mark.parametrize("seed", range(60))
def test_in_no_order_of_events_messages_and_workers_a_timer_that_a_running_clock_needs_is_stopped(seed: int) -> None:
    timed = AtRandom(seed).lives()

    timed.goes_on(STEPS[5])
    timed.arm(timed.messages[-1])

    assert set(timed.needed) <= set(timed.running)


@pytest.mark.parametrize("age", range(len(STEPS) + 1))
def test_a_worker_that_read_the_case_long_ago_stops_nothing_that_it_needs_now(age: int) -> None:
    timed = Timed().lives()
    old = timed.states[age]
    timed.goes_on(STEPS[5])
    timed.arm(timed.messages[-1])

    timed.arm_late(old.sequence, old)

    assert set(timed.needed) <= set(timed.running)


def test_a_next_timer_that_could_not_be_started_leaves_the_old_one_asleep_until_the_message_comes_again() -> None:
    timed = Timed()
    timed.arm(1)
    message = timed.goes_on(STEPS[0])
    timed.flow.timers.failures.append(UnavailableError("stepfunctions"))

    with pytest.raises(UnavailableError):
        timed.flow.arm(timed.number, message or 0)
    assert timed.running == [f"{timed.number}-1"]
    timed.arm(message or 0)

    assert timed.running == [f"{timed.number}-2"]


def test_a_stop_that_is_refused_is_said_and_holds_nothing_up_and_the_old_timer_wakes_for_nothing() -> None:
    timed = Timed()
    timed.arm(1)
    message = timed.goes_on(STEPS[0])
    timed.flow.timers.refuses = True

    armed = timed.flow.arm(timed.number, message or 0)
    timed.flow.wake(timed.number, 1, 1)

    assert armed == Armed(until=due(timed, "resolution"), stopped=False)
    assert timed.running == [f"{timed.number}-1", f"{timed.number}-2"]
    assert [event.action for event in timed.flow.complaints.events(timed.number)] == ["lodge", "coordinate"]


def test_a_timer_that_woke_for_nothing_starts_the_one_that_no_message_has_started_yet() -> None:
    timed = Timed()
    timed.arm(1)
    timed.goes_on(STEPS[0])

    timed.flow.wake(timed.number, 1, 1)

    assert timed.flow.timers.started[f"{timed.number}-2"] == due(timed, "resolution")


def due(timed: Timed, kind: str) -> datetime:
    return timed.case.clocks[kind].due_at
