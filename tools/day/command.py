"""`python -m tools day [-n 508] [--seed S] [--without-relay]`: plays a day and proves it. CITY_URL names a running city
(started with RATE_LIMIT=0); else one is started for the day alone. AREAS_FILE: the polygons that places are drawn in,
the same that the city was started with. Exit status 1 when something is missing, double or wrong."""

import argparse
import os
import sys
import tempfile
import time
from contextlib import closing, nullcontext
from pathlib import Path

from tools.day import table
from tools.day.client import City
from tools.day.mix import A_DAY
from tools.day.own_city import NoCityError, running
from tools.day.play import Day, Played

SEED = 20240514  # the busiest day of 2024


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools day", description=__doc__)
    parser.add_argument("-n", "--count", type=int, default=A_DAY, help="complaints")
    parser.add_argument("--seed", type=int, default=SEED, help="another day")
    parser.add_argument(
        "--without-relay", action="store_true", help="drill: nothing is relayed, so the proof must fail"
    )
    given = parser.parse_args(arguments)
    if url := os.environ.get("CITY_URL"):
        return _play(url, given, alone=False)
    try:
        with running() as own:
            return _play(own, given, alone=True)
    except NoCityError as error:
        sys.stderr.write(f"The city did not start:\n{error}\n")
        return 1


def _play(url: str, given: argparse.Namespace, *, alone: bool) -> int:
    begun = time.monotonic()
    areas = os.environ.get("AREAS_FILE")
    with tempfile.TemporaryDirectory() as folder, closing(City(url)) as city:
        day = Day(city, seed=given.seed, areas_file=Path(areas) if areas else None, folder=Path(folder))
        with day.without_relay() if given.without_relay else nullcontext():
            played = day.play(given.count, alone=alone)
    _print(played, time.monotonic() - begun)
    return 1 if played.faults else 0


def _print(played: Played, seconds: float) -> None:
    said = (
        table.counts(played),
        table.timings(played.taken),
        table.verdict(played.faults),
        f"{seconds:.0f} s",
    )
    sys.stdout.write("\n\n".join(said) + "\n")
