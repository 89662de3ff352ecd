"""A batch of messages whose worker dies at any of its steps comes again as a whole: nobody is left untold, and only
what was on its way may come twice, under its own id."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.application.messages.delivery import CLAIM_LIFE
from chalicelib.entrypoints import subscribers
from tests.entrypoints.roots import stands_in
from tests.flow import Flow

CASES, STEPS = 3, ["waiting", "coordinated"]


class Killed(BaseException):
    """What no handler catches, as SIGKILL."""


class Steps:
    """Counts what a worker does outside itself, and kills it at one of these steps, before or after it is done."""

    def __init__(self) -> None:
        self.left, self.after = 0, False
        self.seen: list[str] = []

    def watch(self, port: Any, name: str) -> None:
        inner: Callable[..., Any] = getattr(port, name)

        def step(*given: Any, **named: Any) -> Any:
            self.left -= 1
            self.seen.append(name)
            if self.left == 0 and not self.after:
                raise Killed
            answer = inner(*given, **named)
            if self.left == 0:
                raise Killed
            return answer

        setattr(port, name, step)


class City:
    """Three reports, each coordinated, whose messages wait in one batch."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.flow, self.steps = Flow(), Steps()
        self.numbers = [self.flow.lodge(bits=bits) for bits in range(CASES)]
        for number in self.numbers:
            self.flow.live(number, steps=1)
        for port, names in (
            (self.flow.mail, ["send"]),
            (self.flow.alerts, ["publish"]),
            (self.flow.notices_ledger, ["claim", "record"]),
            (self.flow.complaints, ["case_file", "event_file", "load"]),
        ):
            for name in names:
                self.steps.watch(port, name)
        flow = self.flow
        stands_in(monkeypatch, **{name: getattr(flow, name) for name in ("tell_people", "alert_unit")})

    def deliver(self, function: str) -> list[str]:
        """The whole batch; the messages that shall come again."""
        events = [event for number in self.numbers for event in self.flow.complaints.events(number)]
        bodies = [json.dumps({"v": 1, "number": event.number, "sequence": event.sequence}) for event in events]
        records = [{"messageId": str(i), "receiptHandle": "r", "body": body} for i, body in enumerate(bodies)]
        answer = getattr(subscribers, function)({"Records": records}, None)
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def is_killed(self, function: str, step: int, *, after: bool) -> bool:
        self.steps.left, self.steps.after = step, after
        try:
            self.deliver(function)
        except Killed:
            return True
        return False

    def recover(self, function: str) -> None:
        """The queue gives the batch again; what was claimed falls due, and the sweeper hands it back."""
        self.steps.left = 0
        assert self.deliver(function) == []
        self.flow.pass_time(seconds=CLAIM_LIFE.total_seconds())
        self.flow.sweep()
        self.flow.hand_over()

    def sent(self, function: str) -> list[Any]:
        return list(self.flow.mail.sent if function == "notify_citizen" else self.flow.alerts.sent)


def steps_of(function: str) -> int:
    """Of a batch that nobody kills."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        city = City(monkeypatch)
        city.steps.seen.clear()
        assert city.deliver(function) == []
        return len(city.steps.seen)


@pytest.mark.parametrize("after", [False, True], ids=["before the step", "after the step"])
@pytest.mark.parametrize("function", ["notify_citizen", "alert_unit"])
def test_whoever_a_killed_worker_was_to_tell_is_told_and_at_most_one_message_comes_twice(
    monkeypatch: pytest.MonkeyPatch, function: str, after: bool
) -> None:
    calm = City(monkeypatch)
    calm.deliver(function)
    promised = {sent.message_id for sent in calm.sent(function)}

    for step in range(1, steps_of(function) + 1):
        city = City(monkeypatch)
        assert city.is_killed(function, step, after=after)
        city.recover(function)

        told = Counter(sent.message_id for sent in city.sent(function))
        assert set(told) == promised, f"killed at step {step}"
        assert sorted(told.values())[:-1] == [1] * (len(promised) - 1), f"killed at step {step}"
        assert max(told.values()) <= 2


@pytest.mark.parametrize("after", [False, True], ids=["before the step", "after the step"])
def test_after_a_kill_reporters_are_still_told_in_the_order_of_their_case(
    monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    for step in range(1, steps_of("notify_citizen") + 1):
        city = City(monkeypatch)
        city.is_killed("notify_citizen", step, after=after)
        city.recover("notify_citizen")

        for number in city.numbers:
            assert list(dict.fromkeys(city.flow.told(number))) == STEPS, f"killed at step {step}"


def test_the_events_of_a_case_in_one_batch_cost_one_read_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    city = City(monkeypatch)
    city.steps.seen.clear()

    city.deliver("notify_citizen")

    read = Counter(city.steps.seen)
    assert (read["case_file"], read["load"]) == (CASES, 0)


def test_an_alert_costs_one_read(monkeypatch: pytest.MonkeyPatch) -> None:
    city = City(monkeypatch)
    city.steps.seen.clear()

    city.deliver("alert_unit")

    read = Counter(city.steps.seen)
    assert (read["event_file"], read["case_file"], read["load"]) == (CASES * len(STEPS), 0, 0)
