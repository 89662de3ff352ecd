"""`python -m bench.memory [-n 7500]`: what a local city and all its processes need of this machine's memory while
reports come in, and at rest afterwards. Linux only; minutes; not part of `make bench-check`."""

import argparse
import os
import random
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from bench.life import DRAFT
from tools.day.own_city import running

AT_ONCE = 6
LOOK_SECONDS = 0.25
QUIET_SECONDS = 10.0  # in which next to nothing is computed: the last snapshot is written
OWN_PROCESSES = 2  # the city, and the one that its functions fork from
IDLE_SHARE = 0.03  # of a processor: what a city needs that waits
LONGEST_SECONDS = 1_800.0  # what takes longer to come to rest hangs
PROC = Path("/proc")


def descendants(root: int) -> list[int]:
    """The processes below one."""
    children: dict[int, list[int]] = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit() and (told := _read(folder / "stat")):
            children.setdefault(int(told.rpartition(")")[2].split()[1]), []).append(int(folder.name))
    found, left = [], [*children.get(root, [])]
    while left:
        found.append(left.pop())
        left += children.get(found[-1], [])
    return found


def megabytes(process: int) -> float:
    """Its share of the memory (PSS): what several processes share counts a part for each."""
    told = _read(PROC / str(process) / "smaps_rollup")
    return next((int(line.split()[1]) / 1024 for line in told.splitlines() if line.startswith("Pss:")), 0)


def worked(processes: list[int]) -> float:
    """Seconds of a processor that they have used so far."""
    fields = [told.rpartition(")")[2].split() for process in processes if (told := _read(PROC / str(process) / "stat"))]
    return sum(int(each[11]) + int(each[12]) for each in fields) / os.sysconf("SC_CLK_TCK")


def _read(file: Path) -> str:
    """Empty when the process has just ended."""
    try:
        return file.read_text()
    except OSError:
        return ""


class Watch:
    """Looks again and again; `peak` is the most that was seen at once, by process."""

    def __init__(self) -> None:
        self.peak: list[float] = []

    def look(self) -> list[float]:
        now = [megabytes(process) for process in descendants(os.getpid())]
        self.peak = max(self.peak, now, key=sum)
        return now

    @contextmanager
    def watching(self) -> Iterator[None]:
        ended = threading.Event()

        def watch() -> None:
            while not ended.wait(LOOK_SECONDS):
                self.look()

        looking = threading.Thread(target=watch)
        looking.start()
        try:
            yield
        finally:
            ended.set()
            looking.join()


def lodge(origin: str, count: int) -> None:
    """Reports of as many people, each with an address of their own."""
    chance, own = random.Random(1), threading.local()
    lat, lon = DRAFT["location"]["lat"], DRAFT["location"]["lon"]
    places = [(lat + chance.uniform(-0.03, 0.03), lon + chance.uniform(-0.03, 0.03)) for _ in range(count)]

    def one(number: int) -> None:
        http: Any = own.__dict__.setdefault("http", requests.Session())
        place = dict(zip(("lat", "lon"), places[number], strict=True))
        contact = {"name": "Warga Contoh", "email": f"warga{number}@example.com", "language": "id"}
        draft = {**DRAFT, "location": place, "contact": contact}
        http.post(f"{origin}/api/complaints", json=draft, timeout=300).raise_for_status()

    with ThreadPoolExecutor(AT_ONCE) as people:
        list(people.map(one, range(count)))


def rest(watch: Watch) -> float:
    """Megabytes once no function's process is left and nothing runs, or after `LONGEST_SECONDS`."""
    end = time.monotonic() + LONGEST_SECONDS
    while not _idle(QUIET_SECONDS) and time.monotonic() < end:
        pass
    return sum(watch.look())


def _idle(seconds: float) -> bool:
    before = worked(descendants(os.getpid()))
    time.sleep(seconds)
    left = descendants(os.getpid())
    return len(left) <= OWN_PROCESSES and worked(left) - before <= IDLE_SHARE * seconds


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.memory", description=__doc__)
    parser.add_argument("-n", "--count", type=int, default=7_500, help="complaints")
    given = parser.parse_args(arguments)
    watch = Watch()
    with running() as origin:
        _say("at rest, empty", rest(watch))
        with watch.watching():
            lodge(origin, given.count)
            at_rest = rest(watch)
        _say(f"at most, {given.count} complaints coming in", sum(watch.peak))
        sys.stdout.write(f"          of them by process: {sorted(map(round, watch.peak), reverse=True)}\n")
        _say(f"at rest, {given.count} complaints", at_rest)
    return 0


def _say(what: str, amount: float) -> None:
    sys.stdout.write(f"{amount:>7.0f} MB  {what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
