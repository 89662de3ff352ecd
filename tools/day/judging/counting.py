"""The reading at the end: every case and its messages, judged until all is right or nothing changes any more."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from tools.day.cases import Case
from tools.day.client import City
from tools.day.judging import proof
from tools.day.judging.proof import Evidence
from tools.day.people import INSPECTORS
from tools.day.rules import Rules
from tools.day.shift import AT_ONCE

QUIET = 20.0  # seconds after which what is missing is called missing, when nothing changes any more
LONGEST = 600.0  # seconds
BETWEEN = 0.5  # seconds before what is wrong is read again


class Counting:
    """`faults` by number; `rungs` that rang in all cases; messages `held` back. `quiet`: seconds without a
    change that end the waiting."""

    def __init__(self, city: City, rules: Rules, quiet: float = QUIET) -> None:
        self._city = city
        self._rules = rules
        self._quiet = quiet
        self._rungs: dict[str, int] = {}
        self._held: dict[str, int] = {}

    @property
    def held(self) -> int:
        return sum(self._held.values())

    @property
    def rungs(self) -> int:
        return sum(self._rungs.values())

    def faults(self, cases: list[Case], progress: Callable[[int], object]) -> dict[str, list[str]]:
        """By number, what is still wrong after all patience."""
        found = {case.number: ["not read"] for case in cases}
        begun = changed = time.monotonic()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while wrong := [case for case in cases if found[case.number]]:
                time.sleep(BETWEEN if len(wrong) < len(cases) else 0)
                if time.monotonic() - changed > self._quiet or time.monotonic() - begun > LONGEST:
                    break
                now = datetime.fromisoformat(self._city.local("GET", "")["now"])
                for case, faults in zip(wrong, pool.map(lambda one, at=now: self._judged(one, at), wrong), strict=True):
                    changed = time.monotonic() if faults != found[case.number] else changed
                    found[case.number] = faults
                    progress(0 if faults else 1)
        return {number: faults for number, faults in found.items() if faults}

    def _survivor(self, case: Case) -> dict[str, Any] | None:
        if case.survivor is None:
            return None
        return self._city.get(f"/staff/complaints/{case.survivor.number}", user=INSPECTORS[0])

    def _judged(self, case: Case, now: datetime) -> list[str]:
        seen = self._city.get(f"/staff/complaints/{case.number}", user=INSPECTORS[0])
        public = self._city.get(f"/complaints/{case.number}") if proof.is_closed(case, self._rules) else None
        self._rungs[case.number] = sum(line["action"] == "ring" for line in seen["timeline"])
        evidence = Evidence(seen, public, self._city.mailbox(case.number), now, self._survivor(case))
        self._held[case.number] = proof.held(case, evidence, self._rules)
        return proof.faults(case, evidence, self._rules)
