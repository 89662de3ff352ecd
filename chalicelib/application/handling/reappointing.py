"""Proofs whose judge went off duty, or left, go to the next one; so do those for which nobody was on duty. The sweeper
looks through the pools of proofs, and writes down how many each judge has open."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chalicelib.application.people.benches import Benches
from chalicelib.application.ports.cases import CaseFile, Complaints, LostRaceError
from chalicelib.application.ports.people import BenchLoads
from chalicelib.application.ports.queues import QueueEntry, Queues, looked_through
from chalicelib.application.reading.case_photos import all_photos
from chalicelib.domain.actions.proof import APPOINT
from chalicelib.domain.actor import SYSTEM
from chalicelib.domain.case.complaint import NOBODY
from chalicelib.domain.case.judging import Bench
from chalicelib.domain.case.queues import INTERNAL_VALIDATION, VALIDATION
from chalicelib.domain.decide import ActionRequest, decide
from chalicelib.domain.lifecycle import ROWS
from chalicelib.domain.needs import Needs
from chalicelib.domain.reference import Reference
from chalicelib.domain.situation import Named

POOLS = (VALIDATION.name, INTERNAL_VALIDATION.name)
PAGE, MOST_PAGES = 500, 10  # of each pool, least time left first; the next run goes on
RACES = 3  # lost on one case; the next run tries again
BUDGET = timedelta(seconds=15)  # of machine time


@dataclass(slots=True)
class ReappointResult:
    """How many proofs were given to another judge; what failed; whether time ran out."""

    given: int = 0
    failed: list[Exception] = field(default_factory=list)
    unfinished: bool = False


class Reappoint:
    """`now` is the domain's time, `machine_now` says how long a run may take; `salt` answers fresh base64 salts."""

    def __init__(
        self,
        *,
        complaints: Complaints,
        queues: Queues,
        benches: Benches,
        loads: BenchLoads,
        reference: Reference,
        now: Callable[[], datetime],
        machine_now: Callable[[], datetime],
        salt: Callable[[], str],
    ) -> None:
        self._complaints = complaints
        self._queues = queues
        self._benches = benches
        self._loads = loads
        self._reference = reference
        self._now = now
        self._machine_now = machine_now
        self._salt = salt

    def __call__(self) -> ReappointResult:
        """May run twice at once: each proof is given once. Raises UnavailableError when the store does not say what
        waits."""
        result, end = ReappointResult(), self._machine_now() + BUDGET
        loads: Counter[str] = Counter()
        for pool in POOLS:
            waiting = looked_through(self._queues, [pool], page=PAGE, pages=MOST_PAGES)
            entries = [entry for entry in waiting if entry.kind == "case"]
            loads.update(entry.assignee for entry in entries if entry.assignee)
            if entries:
                self._see_to(entries, loads, result, end)
        if dict(loads) != dict(self._loads.read()):
            self._loads.put({who: count for who, count in loads.items() if count > 0})
        return result

    def _see_to(self, entries: list[QueueEntry], loads: Counter[str], result: ReappointResult, end: datetime) -> None:
        """All of one pool, so of one bench."""
        bench = self._benches(self._reference.categories[entries[0].category], loads)
        if not bench.open:
            return  # each stays with whoever has it: somebody must
        for entry in (entry for entry in entries if entry.assignee not in bench.open):
            if self._machine_now() >= end:
                result.unfinished = True
                return
            try:
                judge = self._given(entry.number, bench)
            except Exception as error:  # one case that fails must not stop the others
                result.failed.append(error)
                continue
            if judge:
                result.given += 1
                loads.update({judge: 1, **({entry.assignee: -1} if entry.assignee else {})})
                bench = bench.given_to(judge, self._salt())

    def _given(self, number: str, bench: Bench) -> str | None:
        """The new judge; None where nobody else may judge it, or it needs none any more."""
        for _ in range(RACES):
            case = self._complaints.case_file(number)
            if case is None or case.complaint.status not in ROWS[APPOINT].sources:
                return None
            if case.complaint.validator in bench.open:
                return None
            try:
                return self._appointed(case, bench)
            except LostRaceError:
                continue
        return None

    def _appointed(self, case: CaseFile, bench: Bench) -> str | None:
        named = Named({photo.photo_id: photo for photo in all_photos(case)}, bench=bench)
        request = ActionRequest(APPOINT, SYSTEM, Needs(), named=named)
        decision = decide(case.complaint, request, reference=self._reference, now=self._now(), salt=self._salt())
        judge = decision.complaint.validator
        if judge == (case.complaint.validator or NOBODY):
            return None
        self._complaints.commit(decision)
        return judge
