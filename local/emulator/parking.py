"""Sleeping executions without a thread each. The emulator lets every execution sleep in a thread of its own, some 60 KB
of memory for hours; a city with a thousand open cases would hold a thousand threads, also after a reset.

A long wait leaves the execution instead, and one thread starts it again, from its beginning, shortly before the time.
That changes nothing for the one machine of this stack: it begins with its wait, whose time has passed by then, and
ringing again is harmless. One that is stopped leaves at once: it would hold its memory until its time."""

import contextvars
import heapq
import itertools
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

LONG = 1.0  # seconds: a shorter wait is slept through
LEAD = 0.2  # seconds: the emulator needs 0.15 to begin an execution
Run = Callable[[str], None]


class Parked(BaseException):
    """Carries an execution out of the emulator's own loop, which fails it for any mere Exception."""

    def __init__(self, until: float) -> None:
        super().__init__(until)
        self.until = until


class Parking:
    """`run` walks an execution until it ends or raises Parked; `now` is in epoch seconds."""

    def __init__(self, run: Run, now: Callable[[], float] = time.time) -> None:
        self._run = run
        self._now = now
        self._waiting: list[tuple[float, int, contextvars.Context, str]] = []
        self._order = itertools.count()
        self._changed = threading.Condition()
        threading.Thread(target=self._watch, name="parked executions", daemon=True).start()

    def __call__(self, execution: str) -> None:
        try:
            self._run(execution)
        except Parked as parked:
            entry = (parked.until - LEAD, next(self._order), contextvars.copy_context(), execution)
            with self._changed:
                heapq.heappush(self._waiting, entry)
                self._changed.notify()

    def leave(self, execution: str) -> None:
        """It was stopped. One that is not parked is none of ours: the emulator walks no further with it."""
        with self._changed:
            self._waiting = [entry for entry in self._waiting if entry[-1] != execution]
            heapq.heapify(self._waiting)
            self._changed.notify()

    def __len__(self) -> int:
        return len(self._waiting)

    def _watch(self) -> None:
        while True:
            with self._changed:
                while not self._waiting or self._waiting[0][0] > self._now():
                    self._changed.wait(self._waiting[0][0] - self._now() if self._waiting else None)
                _, _, context, execution = heapq.heappop(self._waiting)
            threading.Thread(target=context.run, args=(self, execution), daemon=True).start()


def teach() -> Parking:
    """Once, before the emulator takes requests."""
    from ministack.services import stepfunctions

    usual = stepfunctions._sleep_until

    def sleep_until(text: str) -> None:
        until = datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC).timestamp()
        if until - time.time() > LONG:
            raise Parked(until)
        usual(text)

    parking, usual_stop = Parking(stepfunctions._run_execution), stepfunctions._stop_execution

    def stop(asked: dict[str, Any]) -> Any:
        answer = usual_stop(asked)
        parking.leave(asked.get("executionArn", ""))
        return answer

    stepfunctions._sleep_until, stepfunctions._run_execution = sleep_until, parking
    stepfunctions._stop_execution = stop
    return parking
