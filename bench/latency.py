"""How long one client waits for a running city, everything warm: CITY_URL, or one that is started for it. Timed, so
printed only."""

import os
import sys
import uuid
from collections.abc import Callable
from contextlib import closing, nullcontext

from bench.life import CONTACT, DRAFT
from tools.day import table
from tools.day.cases import Stopwatch
from tools.day.client import City
from tools.day.own_city import running

WARM, ROUNDS = 10, 60
LURAH, HEAD = "lurah-gambir", "kadis-binamarga"  # people of the local city


def show() -> None:
    """Milliseconds of a report, a look, an action, a queue."""
    given = os.environ.get("CITY_URL")
    with nullcontext(given) if given else running() as url, closing(City(url)) as city:
        _measured(city)


def _measured(city: City) -> None:
    _round(city, Stopwatch(), WARM)
    stopwatch = Stopwatch()
    _round(city, stopwatch, ROUNDS)
    sys.stdout.write(f"\none client, warm\n{table.timings(stopwatch.taken)}\n")


def _round(city: City, stopwatch: Stopwatch, times: int) -> None:
    """Report, look, coordinate, look into the queue; one after the other."""
    for _ in range(times):
        receipt = _timed(stopwatch, "submit", lambda: city.post("/complaints", DRAFT | {"contact": _contact()}))
        number = receipt["number"]
        _timed(stopwatch, "look", lambda path=f"/complaints/{number}": city.get(path))
        order = {"version": receipt["version"], "unit": "DBM"}
        path = f"/complaints/{number}/actions/coordinate"
        _timed(stopwatch, "action", lambda path=path, order=order: city.post(path, order, user=LURAH))
        _timed(stopwatch, "queue of 50", lambda: city.get("/staff/queue", user=HEAD))


def _timed(stopwatch: Stopwatch, what: str, call: Callable[[], dict]) -> dict:
    with stopwatch.timing(what):
        return call()


def _contact() -> dict[str, str]:
    return CONTACT | {"email": f"warga.{uuid.uuid4().hex[:10]}@example.com"}
