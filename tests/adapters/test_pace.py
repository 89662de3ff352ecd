"""What goes to one unit keeps its distance, so that AWS never ends a subscription for being too fast."""

from datetime import timedelta

import pytest

from chalicelib.adapters.messengers.pace import Pace
from chalicelib.adapters.sns import ALERT_GAP
from tests.fakes import FrozenClock
from tools.deployment.package import ROOT
from tools.infra import cfn_yaml

GAP = timedelta(milliseconds=400)
TAKES = 10  # e-mails a second that SNS sends one address of a topic


class Worker:
    """Notes when each turn came, in seconds from the beginning."""

    def __init__(self) -> None:
        self.clock = FrozenClock()
        self.began = self.clock()
        self.pace = Pace(GAP, now=self.clock, pause=lambda seconds: self.clock.advance(seconds=seconds))

    def turn(self, unit: str) -> float:
        self.pace.wait(unit)
        return round((self.clock() - self.began).total_seconds(), 3)


@pytest.fixture
def worker() -> Worker:
    return Worker()


def test_turns_of_one_unit_keep_their_distance(worker: Worker) -> None:
    assert [worker.turn("SDA") for _ in range(4)] == [0.0, 0.4, 0.8, 1.2]


def test_units_do_not_wait_for_each_other(worker: Worker) -> None:
    assert [worker.turn(unit) for unit in ("SDA", "DBM", "KEL_31.71.01.1001")] == [0.0, 0.0, 0.0]


def test_who_comes_late_does_not_wait(worker: Worker) -> None:
    worker.turn("SDA")
    worker.clock.advance(seconds=5)

    assert [worker.turn("SDA"), worker.turn("SDA")] == [5.0, 5.4]


def test_all_workers_together_stay_below_what_a_topic_takes() -> None:
    calls = cfn_yaml.read(ROOT / "infra" / "functions.yaml")["at_once"]["alert_unit"]["calls"]

    assert calls / ALERT_GAP.total_seconds() <= TAKES
