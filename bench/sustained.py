"""`python -m bench.sustained [-n 300]`: measures how many reports a second a local city takes from eight clients, and
how many it finishes with all their messages. It also measures the processor time of each report, in the emulator's
process and in the functions'. Then the same of a status change for each. Linux only; minutes; on a quiet machine;
printed only."""

import argparse
import os
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bench.life import CONTACT, DRAFT
from bench.memory import PROC, descendants
from tools.day.client import City
from tools.day.own_city import running

CLIENTS = 8
WARM = 20
LURAH = "lurah-gambir"  # a person of the local city
PATIENCE = 600.0  # seconds until the last message must have left
LOOK_SECONDS = 0.5
SENT = {"report": {"email", "alert"}, "status change": {"email", "alert"}}  # kinds of messages that follow one
TICKS = os.sysconf("SC_CLK_TCK")
Case = dict[str, Any]


@dataclass(frozen=True)
class Spent:
    """Seconds of a processor: the emulator's own process, those of functions, and children that write snapshots."""

    emulator: float
    functions: float
    snapshots: float

    def since(self, before: "Spent") -> "Spent":
        return Spent(
            self.emulator - before.emulator, self.functions - before.functions, self.snapshots - before.snapshots
        )


def spent(city: int) -> Spent:
    """So far. A function's process that has ended is counted with the one that forked it, which takes leave of it."""
    own, ended = _seconds(city)
    return Spent(own, sum(sum(_seconds(process)) for process in descendants(city)), ended)


def _seconds(process: int) -> tuple[float, float]:
    """The time of the process itself, and of its children that have ended; 0 for a process that has just ended."""
    try:
        told = (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0, 0.0
    own, children = sum(map(int, told[11:13])), sum(map(int, told[13:15]))
    return own / TICKS, children / TICKS


class Phase:
    """Many times the same, from eight clients at once, until the last message about it has left."""

    def __init__(self, city: City, process: int, what: str) -> None:
        self._city = city
        self._process = process
        self._what = what

    def run(self, work: Callable[[Any], Case], of: Sequence[Any]) -> list[Case]:
        before, begun = spent(self._process), datetime.now(UTC)
        with ThreadPoolExecutor(CLIENTS) as pool:
            cases = list(pool.map(work, of))
        taken = (datetime.now(UTC) - begun).total_seconds()
        used = self._used(cases, begun).since(before)
        settled = (self._last(cases, begun) - begun).total_seconds()
        self._say(len(cases), taken, settled, used)
        return cases

    def _used(self, cases: list[Case], begun: datetime) -> Spent:
        """By the time when nothing more is to be told about those taken last. Few are asked for: looks cost time."""
        self._wait(cases[-CLIENTS:], begun)
        return spent(self._process)

    def _wait(self, cases: list[Case], begun: datetime) -> None:
        end, left = time.monotonic() + PATIENCE, list(cases)
        while left:
            if SENT[self._what] <= {message["kind"] for message in self._messages(left[-1], begun)}:
                left.pop()
            elif time.monotonic() > end:
                message = f"{left[-1]['number']}: not all messages left"
                raise LookupError(message)
            else:
                time.sleep(LOOK_SECONDS)

    def _last(self, cases: list[Case], begun: datetime) -> datetime:
        """When the last message about them left."""
        self._wait(cases, begun)
        return max(_at(message) for case in cases for message in self._messages(case, begun))

    def _messages(self, case: Case, begun: datetime) -> list[Case]:
        return [message for message in self._city.mailbox(case["number"]) if _at(message) >= begun]

    def _say(self, count: int, taken: float, settled: float, used: Spent) -> None:
        each = {name: 1000 * seconds / count for name, seconds in vars(used).items()}
        sys.stdout.write(
            f"{self._what}: {count / taken:.1f} taken/s, {count / settled:.1f} settled/s; ms of a processor each: "
            f"{', '.join(f'{name} {value:.1f}' for name, value in each.items())}\n"
        )
        sys.stdout.flush()


def _at(message: Case) -> datetime:
    return datetime.fromisoformat(message["at"])


def _reported(city: City) -> Case:
    contact = CONTACT | {"email": f"warga.{uuid.uuid4().hex[:10]}@example.com"}
    return city.post("/complaints", DRAFT | {"contact": contact})


def _coordinated(city: City, case: Case) -> Case:
    order = {"version": case["version"], "unit": "DBM"}
    return case | city.post(f"/complaints/{case['number']}/actions/coordinate", order, user=LURAH)


def _own_city() -> int:
    """The process that `running` began."""
    cities = [one for one in descendants(os.getpid()) if b"\0local\0" in (PROC / str(one) / "cmdline").read_bytes()]
    return cities[0]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.sustained", description=__doc__)
    parser.add_argument("-n", "--count", type=int, default=300, help="reports")
    given = parser.parse_args(arguments)
    with running() as url, closing(City(url)) as city:
        process = _own_city()
        Phase(city, process, "report").run(lambda _: _reported(city), range(WARM))
        cases = Phase(city, process, "report").run(lambda _: _reported(city), range(given.count))
        Phase(city, process, "status change").run(lambda case: _coordinated(city, case), cases)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
