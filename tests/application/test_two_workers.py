"""Two workers on one case: what happened while one of them was telling somebody is told by one or the other, at once
and in order, wherever the second comes between the steps of the first."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.application.handling.following import read_contact
from chalicelib.application.messages.delivery import CLAIM_LIFE
from chalicelib.application.ports.messages import ProviderBusyError
from tests.application.test_call_backs import from_jaki, heard
from tests.application.test_listeners import merge
from tests.builders import DBM, ENGINEER, LURAH
from tests.flow import SITI, Flow

FROM_RECEIPT, FROM_COORDINATION = ["waiting", "coordinated"], ["coordinated", "in_progress"]
STEPS = 6  # as many as the first worker has, and one after its last
Worker = Callable[[], object]


class Between:
    """Does something before the given step that a worker does outside itself."""

    def __init__(self, flow: Flow) -> None:
        self.step = 0
        self.before: dict[int, list[Callable[[], None]]] = {}
        for port, names in (
            (flow.complaints, ["case_file"]),
            (flow.notices_ledger, ["claim", "record"]),
            (flow.mail, ["send"]),
            (flow.partners, ["send"]),
        ):
            for name in names:
                self._watch(port, name)

    def _watch(self, port: Any, name: str) -> None:
        inner: Callable[..., Any] = getattr(port, name)

        def step(*given: Any, **named: Any) -> Any:
            self.step += 1
            for do in self.before.pop(self.step, ()):
                do()
            return inner(*given, **named)

        setattr(port, name, step)

    def run(self, worker: Worker, does: dict[int, list[Callable[[], None]]]) -> None:
        """What was to be done after the worker's last step is done when it has ended."""
        self.step, self.before = 0, does
        worker()
        for step in sorted(self.before):
            for do in self.before.pop(step, ()):
                do()


class Told:
    """A case whose first event somebody hears of, and who is told of it."""

    def __init__(self, who: str) -> None:
        self.flow = Flow()
        make = {
            "reporter": self._reporter,
            "follower": self._follower,
            "reporter of a merged case": self._merged,
            "partner": self._partner,
        }
        self.number, self.worker = make[who]()
        self.expected = FROM_RECEIPT if who in ("reporter", "partner") else FROM_COORDINATION

    def _reporter(self) -> tuple[str, Worker]:
        number = self.flow.lodge()
        return number, lambda: self.flow.tell_people(number)

    def _follower(self) -> tuple[str, Worker]:
        number = self.flow.lodge(None)
        known, _ = read_contact({"email": SITI.email})
        assert self.flow.following(number, known, since=1, operation=None)
        self.coordinate(number)
        return number, lambda: self.flow.tell_people(number)

    def _merged(self) -> tuple[str, Worker]:
        number, other = self.flow.lodge(None), self.flow.lodge(bits=2)
        merge(self.flow, other, number)
        self.coordinate(number)
        return number, lambda: self.flow.tell_people(number)

    def _partner(self) -> tuple[str, Worker]:
        number = from_jaki(self.flow)
        return number, lambda: self.flow.call_back(number)

    def coordinate(self, number: str) -> None:
        self.flow.act(number, "coordinate", LURAH, unit=DBM)

    def go_on(self) -> None:
        """Its next event."""
        status = self.flow.complaints.rows[self.number].status
        if status == "waiting":
            self.coordinate(self.number)
        else:
            self.flow.act(self.number, "start", ENGINEER)

    def statuses(self) -> list[str]:
        """What was told of this case, in the order in which it was sent."""
        return [sent.event for sent in self.flow.mail.sent] + heard(self.flow)

    def plan(
        self, commits: int, second: int, *, clock: timedelta = timedelta(0)
    ) -> dict[int, list[Callable[[], None]]]:
        """Before which step of the first worker the case goes on, and before which another worker comes, whose `clock`
        differs by so much."""

        def come() -> None:
            self.flow.now.advance(clock)
            self.worker()
            self.flow.now.advance(-clock)

        plan: dict[int, list[Callable[[], None]]] = {commits: [self.go_on]}
        plan.setdefault(second, []).append(come)
        return plan


@pytest.mark.parametrize("second", range(1, STEPS + 1))
@pytest.mark.parametrize("who", ["reporter", "follower", "reporter of a merged case", "partner"])
def test_what_comes_between_the_steps_of_a_worker_is_told_by_one_of_the_two(who: str, second: int) -> None:
    for commits in range(1, second + 1):
        told = Told(who)

        Between(told.flow).run(told.worker, told.plan(commits, second))

        assert told.statuses() == told.expected, f"committed before step {commits}"


@pytest.mark.parametrize("second", range(1, STEPS + 1))
def test_what_comes_while_a_message_that_waited_is_tried_again_is_told_by_one_of_the_two(second: int) -> None:
    """The second worker's clock is behind, so that for it the message is not due yet."""
    for commits in range(1, second + 1):
        told = Told("reporter")
        told.flow.mail.failures = [ProviderBusyError()]
        assert told.worker() == (["deferred"], [])
        told.flow.pass_time(seconds=CLAIM_LIFE.total_seconds())

        Between(told.flow).run(told.worker, told.plan(commits, second, clock=timedelta(seconds=-1)))
        told.flow.sweep()
        told.flow.hand_over()

        assert told.statuses() == ["waiting", "coordinated"], f"committed before step {commits}"
