"""A provider that is down for days: its messages are tried over three days, by the sweeper, and none dies in a queue.
Queues, subscribers and sweeper run as infra/ sets them, in played time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from chalicelib.application.messages.delivery import MOST_TRIES
from chalicelib.application.ports.messages import Notice, ProviderBusyError
from chalicelib.domain.messages import THE_REPORTER
from tests.fakes import Failing
from tests.flow import Flow

VISIBILITY, RECEIVES = timedelta(seconds=120), 5
SWEEP_MINUTES = 5
DAY = 24 * 60


@dataclass
class PlayedQueue:
    """SQS before a subscriber: what fails becomes visible again, and after five receives it is dead."""

    handle: Callable[[object], object]
    waiting: list[tuple[datetime, int, object]] = field(default_factory=list)
    dead: list[object] = field(default_factory=list)

    def put(self, message: object, now: datetime) -> None:
        self.waiting.append((now, 0, message))

    def poll(self, now: datetime) -> None:
        due = [entry for entry in self.waiting if entry[0] <= now]
        self.waiting = [entry for entry in self.waiting if entry[0] > now]
        for _, received, message in due:
            try:
                self.handle(message)
            except Exception:  # as the handler answers it: the message comes again
                if received + 1 >= RECEIVES:
                    self.dead.append(message)
                else:
                    self.waiting.append((now + VISIBILITY, received + 1, message))


class Provider(Failing):
    """Busy until it is told otherwise; remembers when it was asked."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.now, self.down, self.asked = now, True, list[datetime]()

    def answer(self) -> None:
        self.asked.append(self.now())
        if self.down:
            raise ProviderBusyError


class Outage:
    """One case with three messages for its reporter and its units' alerts."""

    def __init__(self) -> None:
        self.flow = Flow()
        self.provider = Provider(self.flow.now)
        for way in (self.flow.mail, self.flow.alerts):
            way.answer = self.provider.answer  # type: ignore[method-assign]
        self.number = self.flow.lodge()
        self.flow.live(self.number, steps=2)
        self.notify = PlayedQueue(lambda message: self.flow.notify_citizen(self.number))
        self.alert = PlayedQueue(lambda message: self.flow.alert_unit(self.number, int(str(message))))
        for event in self.flow.complaints.events(self.number):
            self.notify.put(event.sequence, self.flow.now())
            self.alert.put(event.sequence, self.flow.now())

    def last(self, minutes: int) -> None:
        for minute in range(minutes):
            if minute % SWEEP_MINUTES == 0:
                self._sweep()
            self.notify.poll(self.flow.now())
            self.alert.poll(self.flow.now())
            self.flow.pass_time(minutes=1)

    def _sweep(self) -> None:
        """Clocks ring at these times too; what is said of them is not our matter here."""
        self.flow.sweep()
        given, self.flow.hand_back.given = self.flow.hand_back.given, []
        for event, to in given:
            (self.notify if to == THE_REPORTER else self.alert).put(event.sequence, self.flow.now())

    @property
    def dead(self) -> list[object]:
        return self.notify.dead + self.alert.dead

    def first_letter(self) -> Notice:
        found = self.flow.table.notices.find(self.number, "000001#reporter")
        assert found
        return found


@pytest.fixture
def outage() -> Outage:
    return Outage()


def test_tries_spread_over_three_days_and_nothing_dies(outage: Outage) -> None:
    outage.flow.alerts.answer = lambda: None  # type: ignore[method-assign]  # the mail alone is down
    began = outage.flow.now()

    outage.last(3 * DAY)

    tries = outage.provider.asked[:MOST_TRIES]
    waits = [later - earlier for earlier, later in pairwise(tries)]
    assert tries[-1] - began > timedelta(hours=70)
    assert waits == sorted(waits)
    assert waits[-1] <= timedelta(hours=6, minutes=SWEEP_MINUTES)
    assert outage.first_letter().tries == MOST_TRIES
    assert outage.dead == []


@pytest.mark.parametrize("hours", [0.2, 1, 14, 36, 60, 70])
def test_after_an_outage_of_any_length_up_to_three_days_everything_is_told_by_itself(
    outage: Outage, hours: float
) -> None:
    outage.last(int(hours * 60))
    assert outage.first_letter().state == "deferred"

    outage.provider.down = False
    outage.last(7 * 60)

    assert outage.flow.told(outage.number)[:3] == ["waiting", "coordinated", "assigned"]
    assert {sent.event for sent in outage.flow.alerts.sent} >= {"alert"}
    assert outage.dead == []


def test_a_letter_that_nobody_takes_for_longer_is_given_up_and_those_behind_it_go_on(outage: Outage) -> None:
    outage.last(3 * DAY + 60)
    assert outage.first_letter().state == "failed"

    outage.provider.down = False
    outage.last(7 * 60)

    assert outage.flow.told(outage.number)[:2] == ["coordinated", "assigned"]
    assert outage.dead == []


def test_a_promise_is_kept_when_the_message_that_made_it_is_gone(outage: Outage) -> None:
    """The queue's message is acknowledged at once: only the row remembers."""
    outage.last(1)
    outage.notify.waiting, outage.alert.waiting = [], []
    assert outage.first_letter().state == "deferred"

    outage.provider.down = False
    outage.last(20)

    assert outage.first_letter().state == "sent"


def test_the_played_queue_kills_what_fails_five_times() -> None:
    def fail(message: object) -> None:
        raise RuntimeError

    queue = PlayedQueue(fail)
    now = Flow().now()
    queue.put("x", now)
    for minute in range(20):
        queue.poll(now + timedelta(minutes=minute))

    assert (queue.dead, queue.waiting) == (["x"], [])
