"""`python -m bench.crowd [-n 200] [--pauses 5]`: reports a second that a running city takes from eight clients at once,
and how long a unit waits for its alert when everybody paused for a minute before. CITY_URL, or a city that is started
for it. Timed, so printed only."""

import argparse
import os
import sys
import time
import uuid
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext
from datetime import UTC, datetime

from bench.life import CONTACT, DRAFT
from tools.day import table
from tools.day.client import City
from tools.day.own_city import running

CLIENTS = 8
PAUSE = 60.0  # seconds: by then no process of a function waits any more
PATIENCE = 300.0  # seconds for an alert: what takes longer hangs
LOOK = 0.05  # seconds between two looks into the mailbox


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.crowd", description=__doc__)
    parser.add_argument("-n", "--count", type=int, default=200, help="reports of the crowd")
    parser.add_argument("--pauses", type=int, default=5, help="how often one report comes after a pause")
    asked = parser.parse_args(arguments)
    given = os.environ.get("CITY_URL")
    with nullcontext(given) if given else running() as url, closing(City(url)) as city:
        taken = _after_pauses(city, asked.pauses)
        sys.stdout.write(f"{table.timings(taken)}\n{_reports_a_second(city, asked.count):.1f} reports a second\n")
    return 0


def _reports_a_second(city: City, count: int) -> float:
    """What follows a report goes on meanwhile, and when the last was taken."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        begun = time.perf_counter()
        list(pool.map(lambda _: _report(city), range(count)))
        return count / (time.perf_counter() - begun)


def _after_pauses(city: City, times: int) -> Mapping[str, Sequence[float]]:
    waited = []
    for _ in range(times):
        time.sleep(PAUSE)
        sent = datetime.now(UTC)
        waited.append((_alerted(city, _report(city)) - sent).total_seconds())
    return {"submit → alert after a pause": waited} if waited else {}


def _alerted(city: City, number: str) -> datetime:
    """When the first alert about it left."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for message in city.mailbox(number):
            if message["kind"] == "alert":
                return datetime.fromisoformat(message["at"])
        time.sleep(LOOK)
    message = f"{number}: no alert"
    raise LookupError(message)


def _report(city: City) -> str:
    contact = CONTACT | {"email": f"warga.{uuid.uuid4().hex[:10]}@example.com"}
    return str(city.post("/complaints", DRAFT | {"contact": contact})["number"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
