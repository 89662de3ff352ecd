"""`python -m bench.warm [-n 40] [--profile FUNCTION]`: milliseconds of a processor that each function needs in a warm
container, for a report with a contact and for a change of its status. AWS is played by another process, which is not
counted; calls go over HTTP to it. Timed, so printed only: compare two commits in turns, on the same machine."""

import argparse
import pstats
import statistics
import sys
from collections.abc import Mapping, Sequence

from bench.warm.handled import Worked
from bench.warm.played_cloud import cloud

WARM = 10  # reports before anything is counted
MOST_LINES = 60  # of a profile


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.warm", description=__doc__)
    parser.add_argument("-n", "--count", type=int, default=40, help="reports that are counted")
    parser.add_argument("--profile", metavar="FUNCTION", help="where its time goes: a function's name, or all")
    given = parser.parse_args(arguments)
    with cloud():
        worked = Worked(given.profile)
        for played in range(given.count + WARM):
            worked.is_counting = played >= WARM
            worked.coordinate(*worked.report())
    sys.stdout.write(table(worked.taken))
    if given.profile:
        pstats.Stats(worked.profile, stream=sys.stdout).sort_stats("tottime").print_stats(MOST_LINES)
    return 0


def table(taken: Mapping[tuple[str, str], Sequence[float]]) -> str:
    """Milliseconds: of each function in each step the median and the tenth of the quickest, and their sums."""
    rows = {place: (statistics.median(found), sorted(found)[len(found) // 10]) for place, found in taken.items()}
    for step in dict.fromkeys(step for step, _ in taken):
        of_step = [row for (name, _), row in rows.items() if name == step]
        rows[step, "together"] = sum(median for median, _ in of_step), sum(least for _, least in of_step)
    lines = [
        f"{step:12}{name:16}{1000 * median:8.2f}{1000 * least:8.2f}" for (step, name), (median, least) in rows.items()
    ]
    return "\n".join([f"{'ms of a processor':28}{'median':>8}{'least':>8}", *lines, ""])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
