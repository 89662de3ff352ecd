"""Executions that sleep for hours hold no thread, and wake in time."""

import json
import threading
from collections.abc import Iterator

import pytest

from local.emulator import parking
from local.emulator.parking import LEAD, Parked, Parking
from tests.city import eventually


class Hours:
    """Epoch seconds that a test moves; whoever sleeps looks at them again when somebody is parked."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.until: dict[str, float] = {}
        self.woken: list[str] = []
        self.parking = Parking(self.walk, lambda: self.now)

    def walk(self, execution: str) -> None:
        """Sleeps until its time, which it finds passed when it is woken; the lead is slept through."""
        if self.until[execution] - LEAD > self.now:
            raise Parked(self.until[execution])
        self.woken.append(execution)

    def park(self, execution: str, seconds: float) -> None:
        self.until[execution] = self.now + seconds
        self.parking(execution)

    def pass_by(self, seconds: float) -> None:
        self.now += seconds
        self.park(f"of {self.now}", 1_000_000)


def test_a_parked_execution_is_walked_again_shortly_before_its_time() -> None:
    hours = Hours()
    hours.park("one", 3600)

    hours.pass_by(3600 - 2 * LEAD)
    hours.park("now", 0)
    assert hours.woken == ["now"]
    hours.pass_by(1.5 * LEAD)

    eventually(lambda: hours.woken == ["now", "one"])


def test_a_thousand_sleepers_hold_no_thread_of_their_own() -> None:
    def sleeps(_: str) -> None:
        raise Parked(4_000_000_000)

    before = set(threading.enumerate())
    parking = Parking(sleeps)
    for number in range(1000):
        parking(f"execution {number}")

    assert len(set(threading.enumerate()) - before) == 1


def test_one_that_is_stopped_leaves_at_once_and_the_others_wake_in_their_time() -> None:
    hours = Hours()
    for number in range(5):
        hours.park(f"execution {number}", 900 - number)

    for number in (4, 2, 2):
        hours.parking.leave(f"execution {number}")
    hours.parking.leave("nobody")

    assert len(hours.parking) == 3
    hours.pass_by(900)
    eventually(lambda: sorted(hours.woken) == ["execution 0", "execution 1", "execution 3"])


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Parking, str]]:
    """The emulator's own, as it was taught; one state machine, which sleeps until a time that it is given."""
    from ministack.services import stepfunctions

    for name in ("_sleep_until", "_run_execution", "_stop_execution"):
        monkeypatch.setattr(stepfunctions, name, getattr(stepfunctions, name))  # so that it is put back
    wait = {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "TimestampPath": "$.until", "End": True}}}
    made = {"name": "sleepers", "definition": json.dumps(wait), "roleArn": "arn:aws:iam::000000000000:role/clocks"}
    _, _, body = stepfunctions._create_state_machine(made)
    arn = json.loads(body)["stateMachineArn"]
    yield parking.teach(), arn
    stepfunctions._delete_state_machine({"stateMachineArn": arn})


def test_the_emulator_forgets_the_sleep_of_what_is_stopped_also_when_it_is_stopped_twice(
    machine: tuple[Parking, str],
) -> None:
    from ministack.services import stepfunctions

    parked, arn = machine
    asked = {"stateMachineArn": arn, "name": "one", "input": '{"until": "2090-01-01T00:00:00Z"}'}
    _, _, body = stepfunctions._start_execution(asked)
    execution = {"executionArn": json.loads(body)["executionArn"]}
    eventually(lambda: len(parked) == 1)

    answers = [stepfunctions._stop_execution(execution)[0] for _ in range(2)]

    assert (answers, len(parked)) == ([200, 200], 0)
    assert json.loads(stepfunctions._describe_execution(execution)[2])["status"] == "ABORTED"


def test_the_earliest_wakes_first_whatever_came_first() -> None:
    hours = Hours()
    hours.park("late", 900)
    hours.park("early", 500)

    hours.pass_by(500)
    eventually(lambda: hours.woken == ["early"])
    hours.pass_by(400)

    eventually(lambda: hours.woken == ["early", "late"])
