"""`python -m tests.lighthouse ORIGIN [PATH …]`: three runs of each page as a phone sees it, their medians in a table.

Exit status 1 when a score is below its limit. The machine's load stands beside the figures: above 1 the performance
says more about the machine than about the page."""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.city import City
from web import vendor

HERE = Path(__file__).parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
RUNS = 3
PAGES = (
    "/",
    "/lapor",
    "/lacak",
    "/peta",
    "/statistik",
    "/konsol",
    "/tentang",
    "/privasi",
    "/bantuan",
    "/aksesibilitas",
)
LIMITS = {"performance": 90, "accessibility": 100, "best-practices": 100, "seo": 100}
TIMES = {"FCP": "first-contentful-paint", "LCP": "largest-contentful-paint", "TBT": "total-blocking-time"}


@dataclass(frozen=True, slots=True)
class Run:
    """One report: scores from 0 to 100, times in ms, `load` of the machine when it began."""

    scores: dict[str, int]
    times: dict[str, int]
    shift: float
    requests: int
    kilobytes: float
    load: float


def measure(address: str) -> Run:
    load = os.getloadavg()[0]
    report = _report(address)
    audits = report["audits"]
    asked = audits["network-requests"]["details"]["items"]
    return Run(
        scores={name: round(100 * (report["categories"][name]["score"] or 0)) for name in LIMITS},
        times={name: round(audits[audit]["numericValue"]) for name, audit in TIMES.items()},
        shift=audits["cumulative-layout-shift"]["numericValue"],
        requests=len(asked),
        kilobytes=sum(item.get("transferSize", 0) for item in asked) / 1024,
        load=load,
    )


def _report(address: str) -> dict[str, Any]:
    program = vendor.packages(HERE) / "lighthouse" / "cli" / "index.js"
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        command = [vendor.program("node"), str(program), address, "--quiet", "--output=json", f"--output-path={out}"]
        subprocess.run(
            [*command, f"--chrome-flags={QUIET}"], env={**os.environ, "CHROME_PATH": CHROMIUM}, check=True, timeout=300
        )
        report: dict[str, Any] = json.loads(out.read_text())
        return report


def median(runs: list[Run]) -> Run:
    """Of each figure for itself."""
    middle = statistics.median
    return Run(
        scores={name: int(middle(run.scores[name] for run in runs)) for name in LIMITS},
        times={name: int(middle(run.times[name] for run in runs)) for name in TIMES},
        shift=middle(run.shift for run in runs),
        requests=int(middle(run.requests for run in runs)),
        kilobytes=middle(run.kilobytes for run in runs),
        load=middle(run.load for run in runs),
    )


def below(path: str, run: Run) -> list[str]:
    """Scores that miss their limit. The console is not for search engines, by its own word."""
    limits = {name: limit for name, limit in LIMITS.items() if name != "seo" or "konsol" not in path}
    return [
        f"{path}: {name} {run.scores[name]} < {limit}" for name, limit in limits.items() if run.scores[name] < limit
    ]


def row(path: str, run: Run) -> str:
    scores = " ".join(f"{run.scores[name]:>5}" for name in LIMITS)
    times = " ".join(f"{run.times[name]:>6}" for name in TIMES)
    return f"{path:<28} {scores} {times} {run.shift:6.3f} {run.requests:>4} {run.kilobytes:6.1f} {run.load:6.1f}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.lighthouse", description=__doc__.splitlines()[0])
    parser.add_argument("origin")
    parser.add_argument("paths", nargs="*")
    options = parser.parse_args()
    paths = options.paths or [*PAGES, f"/lacak#{City(options.origin).lodge().number}"]
    print(f"{'page':<28}  perf  a11y  best   seo    FCP    LCP    TBT    CLS  req     KB   load")
    missed: list[str] = []
    for path in paths:
        found = median([measure(options.origin + path) for _ in range(RUNS)])
        missed += below(path, found)
        print(row(path, found), flush=True)
    print("\n".join(missed))
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
