"""How long people wait for a running city: CITY_URL, or one that is started for it. Timed, so printed only.

`show`: one client, everything warm. `python -m bench.latency [--pauses 5]`: also the wait of a unit for its alert when
everybody had paused for a minute. From eight clients at once: `bench.sustained`."""

import argparse
import os
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import UTC, datetime

from bench.life import CONTACT, DRAFT
from tools.day import table
from tools.day.cases import Stopwatch
from tools.day.client import City
from tools.day.own_city import running

WARM, ROUNDS = 10, 60
LURAH, HEAD = "lurah-gambir", "kadis-binamarga"  # people of the local city
PAUSE = 60.0  # seconds: by then no process of a function waits any more
PATIENCE = 300.0  # seconds for an alert: what takes longer hangs
LOOK = 0.05  # seconds between two reads of the mailbox


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.latency", description=__doc__)
    parser.add_argument("--pauses", type=int, default=5, help="how often one report comes after a pause")
    given = parser.parse_args(arguments)
    with _city() as city:
        _measured(city)
        stopwatch = Stopwatch()
        for _ in range(given.pauses):
            stopwatch.add("submit → alert after a pause", _after_a_pause(city))
        sys.stdout.write(f"\n{table.timings(stopwatch.taken)}\n")
    return 0


def show() -> None:
    """Milliseconds of a report, the read of a case, an action, a queue."""
    with _city() as city:
        _measured(city)


@contextmanager
def _city() -> Iterator[City]:
    given = os.environ.get("CITY_URL")
    with nullcontext(given) if given else running() as url, closing(City(url)) as city:
        yield city


def _measured(city: City) -> None:
    _round(city, Stopwatch(), WARM)
    stopwatch = Stopwatch()
    _round(city, stopwatch, ROUNDS)
    sys.stdout.write(f"\none client, warm\n{table.timings(stopwatch.taken)}\n")


def _round(city: City, stopwatch: Stopwatch, times: int) -> None:
    """Report, look, coordinate, look into the queue; one after the other."""
    for _ in range(times):
        receipt = _timed(stopwatch, "submit", lambda: _report(city))
        number = receipt["number"]
        _timed(stopwatch, "look", lambda path=f"/complaints/{number}": city.get(path))
        order = {"version": receipt["version"], "unit": "DBM"}
        path = f"/complaints/{number}/actions/coordinate"
        _timed(stopwatch, "action", lambda path=path, order=order: city.post(path, order, user=LURAH))
        _timed(stopwatch, "queue of 50", lambda: city.get("/staff/queue", user=HEAD))


def _timed(stopwatch: Stopwatch, what: str, call: Callable[[], dict]) -> dict:
    with stopwatch.timing(what):
        return call()


def _after_a_pause(city: City) -> float:
    """Seconds from a report until the first alert about it has left."""
    time.sleep(PAUSE)
    sent = datetime.now(UTC)
    return (_alerted(city, str(_report(city)["number"])) - sent).total_seconds()


def _alerted(city: City, number: str) -> datetime:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for message in city.mailbox(number):
            if message["kind"] == "alert":
                return datetime.fromisoformat(message["at"])
        time.sleep(LOOK)
    message = f"{number}: no alert"
    raise LookupError(message)


def _report(city: City) -> dict:
    contact = CONTACT | {"email": f"warga.{uuid.uuid4().hex[:10]}@example.com"}
    return city.post("/complaints", DRAFT | {"contact": contact})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
