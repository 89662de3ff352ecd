"""Step Functions are off for a day: the sweeper keeps every deadline. When they are back their late alarms, each twice,
change nothing. When the sweeper was off too, everything is caught up within ten minutes, and nobody is escalated who
acted in time."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.domain import clocks
from chalicelib.domain.actions.rungs import rung_of
from tests.builders import DBM, ENGINEER, LURAH
from tests.flow import Flow

SWEEP = timedelta(minutes=5)
LATEST = timedelta(minutes=10)
CASES, DAY = 24, timedelta(days=1)


class Day:
    """A report an hour; every third is coordinated after five hours, in time."""

    def __init__(self, *, sweeps: bool) -> None:
        self.flow, self.sweeps = Flow(), sweeps
        self.due: dict[tuple[str, str, str], datetime] = {}
        self.numbers: list[str] = []
        self.handled: set[str] = set()

    def last(self) -> "Day":
        for step in range(int(DAY / SWEEP)):
            self._hour(step)
            self._expect()
            if self.sweeps:
                self.flow.sweep()
            self.flow.pass_time(minutes=5)
        return self

    def comes_back(self) -> None:
        """Whatever was off runs again: the sweeper's first look, and every alarm that should have come, twice."""
        self._expect()
        self.back = self.flow.now()
        self.owed = {key for key in self.due if self.sweeps or self._runs(*key[:2])}
        self.flow.pass_time(minutes=5)
        self.flow.sweep()
        for number in [*self.numbers, *reversed(self.numbers)]:
            self.flow.ring(number)

    def _runs(self, number: str, clock: str) -> bool:
        """What nobody rang in time and somebody has stopped since is owed no more."""
        return self.flow.complaints.rows[number].clocks[clock].stopped_at is None

    def _hour(self, step: int) -> None:
        hour, rest = divmod(step * SWEEP, timedelta(hours=1))
        if rest:
            return
        self.numbers.append(self.flow.lodge(bits=hour + 1))
        handled = hour - 5
        if handled >= 0 and handled % 3 == 0:
            self.flow.act(self.numbers[handled], "coordinate", LURAH, unit=DBM)
            self.flow.act(self.numbers[handled], "start", ENGINEER)
            self.handled.add(self.numbers[handled])

    def _expect(self) -> None:
        """What is due by now, at its own time, of the clocks that nobody stopped."""
        for number in self.numbers:
            running = dict(self.flow.complaints.rows[number].clocks)
            while (alarm := clocks.next_alarm(running.values())) and alarm[0] <= self.flow.now():
                at, clock, rung = alarm
                if rung == clocks.END:
                    break
                self.due.setdefault((number, clock.kind, rung), at)
                running[clock.kind] = replace(clock, rungs=(*clock.rungs, rung))

    def rings(self) -> list[tuple[str, str, str, datetime]]:
        events = [event for number in self.numbers for event in self.flow.complaints.events(number)]
        return [(e.number, rung.clock, rung.rung, e.at) for e in events if (rung := rung_of(e))]


@pytest.fixture(params=[True, False], ids=["the sweeper runs", "the sweeper is off too"])
def day(request: pytest.FixtureRequest) -> Day:
    return Day(sweeps=request.param).last()


def test_no_deadline_is_missed_by_more_than_ten_minutes_after_the_timers_are_back(day: Day) -> None:
    day.comes_back()

    rung = {(number, clock, step): at for number, clock, step, at in day.rings()}
    assert len(day.owed) > CASES
    assert set(rung) == day.owed
    for key, at in rung.items():
        since = day.due[key] if day.sweeps else max(day.due[key], day.back)
        assert timedelta(0) <= at - since <= LATEST, key


def test_each_rung_rings_once_however_often_and_late_the_alarms_come(day: Day) -> None:
    day.comes_back()
    before = day.rings()

    day.comes_back()

    assert len({ring[:3] for ring in before}) == len(before)
    fresh = [ring for ring in day.rings() if ring not in before]
    assert {ring[:3] for ring in fresh}.isdisjoint(ring[:3] for ring in before)


def test_nobody_who_acted_in_time_is_escalated(day: Day) -> None:
    day.comes_back()

    late = {number for number, clock, step, _ in day.rings() if clock == "coordination" and "reminder" not in step}
    assert day.handled
    assert late.isdisjoint(day.handled)
    assert late  # the others were
