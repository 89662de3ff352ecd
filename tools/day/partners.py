"""The systems of partners: they hand reports on, signed, and learn of each case by its first call-back."""

import json
import time
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from tools.day.cases import Case, Stopwatch
from tools.day.channels import PARTNERS
from tools.day.client import City
from tools.day.plans import Plan
from tools.day.writing import signing

LOOK = 1.0  # seconds between two reads of the mailbox, which grows long


class Partners:
    """`stopwatch` is told how long a report took until its number was known; `missed` are faults."""

    def __init__(self, city: City, stopwatch: Stopwatch) -> None:
        self._city = city
        self._stopwatch = stopwatch
        self._handed: dict[str, tuple[Plan, datetime, float]] = {}
        self.missed: list[str] = []

    def hand_on(self, plan: Plan) -> None:
        report = {**plan.draft, "id": uuid.uuid4().hex}
        secret = self._city.channels[plan.channel.lower()]["secret"]
        self._handed[report["id"]] = (plan, datetime.now(UTC), time.perf_counter())
        raw = json.dumps(report).encode()
        self._city.send(f"/api/channels/{plan.channel.lower()}", raw, signing.standard(raw, secret))

    def cases(self, progress: Callable[[int], object], quiet: float) -> list[Case]:
        """The cases of all that was handed on, once the partner knows the number. After so many seconds without another
        one the rest are `missed`."""
        found: dict[str, Case] = {}
        heard = time.monotonic()
        while len(found) < len(self._handed) and time.monotonic() < heard + quiet:
            before = len(found)
            for partner in PARTNERS:
                self._read(found, self._city.mailbox(to=partner))
            if len(found) > before:
                heard = time.monotonic()
            progress(len(found) - before)
            time.sleep(LOOK)
        missed = sorted(self._handed.keys() - found.keys())
        self.missed = [f"a partner was never called back: its report {name}" for name in missed]
        return list(found.values())

    def _read(self, found: dict[str, Case], messages: Sequence[dict[str, Any]]) -> None:
        for told in (json.loads(m["text"])["data"] for m in messages if m["kind"] == "callback"):
            if told.get("id") in self._handed and told["id"] not in found:
                plan, at, begun = self._handed[told["id"]]
                self._stopwatch.add("handed on → its number known", time.perf_counter() - begun)
                unit = told["unit"]
                found[told["id"]] = Case(plan, told["number"], None, unit, at, plan.steps, unit, plan.placed)
