"""Executions that sleep for hours hold no thread, and wake in time."""

import threading
import time

from local.parking import LEAD, Parked, Parking
from tests.city import eventually


class Walks:
    """An execution that parks itself once, and ends when it is walked again."""

    def __init__(self, seconds: float) -> None:
        self.until = time.time() + seconds
        self.walked: list[float] = []

    def __call__(self, execution: str) -> None:
        self.walked.append(time.time())
        if len(self.walked) == 1:
            raise Parked(self.until)


def test_a_parked_execution_is_walked_again_shortly_before_its_time() -> None:
    walks = Walks(seconds=0.6)

    Parking(walks)("one")
    eventually(lambda: len(walks.walked) == 2, seconds=5)

    assert -LEAD - 0.05 <= walks.walked[1] - walks.until <= 0.3


def test_a_thousand_sleepers_hold_no_thread_of_their_own() -> None:
    def sleeps(_: str) -> None:
        raise Parked(time.time() + 3600)

    before = threading.active_count()
    parking = Parking(sleeps)
    for number in range(1000):
        parking(f"execution {number}")

    assert threading.active_count() == before + 1


def test_the_earliest_wakes_first_whatever_came_first() -> None:
    woken: list[str] = []
    times = {"late": 0.9, "early": 0.5}
    began = time.time()

    def walk(execution: str) -> None:
        if time.time() < began + times[execution] - LEAD:
            raise Parked(began + times[execution])
        woken.append(execution)

    parking = Parking(walk)
    parking("late")
    parking("early")
    eventually(lambda: len(woken) == 2, seconds=5)

    assert woken == ["early", "late"]
