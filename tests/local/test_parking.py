"""Executions that sleep for hours hold no thread, and wake in time."""

import threading

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


def test_the_earliest_wakes_first_whatever_came_first() -> None:
    hours = Hours()
    hours.park("late", 900)
    hours.park("early", 500)

    hours.pass_by(500)
    eventually(lambda: hours.woken == ["early"])
    hours.pass_by(400)

    eventually(lambda: hours.woken == ["early", "late"])
