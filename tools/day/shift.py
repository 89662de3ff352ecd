"""Officers at work: each opens their own queue and acts on the rows in it, with the version that they saw. The shift
also finds a case that stands in no queue."""

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tools.day.cases import OFFICER, Case, Stopwatch
from tools.day.citizens import ACTS, FOLLOW, Citizens
from tools.day.client import City, RefusedError
from tools.day.duties import JUDGED, Duties
from tools.day.orders import Orders
from tools.day.people import officer
from tools.day.places import Places
from tools.day.rules import Rules

AT_ONCE = 8
LATER = "later"  # the step at which a case waits for the second shift
LOOKS = 20  # into a queue, for a row that must be there
STALE = "version_conflict"
Body = dict[str, Any]
Progress = Callable[[int], object]


class Shift:
    """Plays all steps that can be taken now, round by round: one step per case and round."""

    def __init__(
        self,
        city: City,
        rules: Rules,
        places: Places,
        stopwatch: Stopwatch,
        citizens: Citizens,
        chance: random.Random,
    ) -> None:
        self._city = city
        self._stopwatch = stopwatch
        self._citizens = citizens
        self._duties = Duties(rules)
        self._orders = Orders(city, rules, places, self._citizens, self._duties, chance)

    def work(self, cases: list[Case], progress: Progress) -> None:
        """Until nobody has anything left to do."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while jobs := list(self._jobs(cases, progress)):
                for taken in pool.map(self._round_of_one, jobs):
                    progress(taken)

    def _jobs(self, cases: list[Case], progress: Progress) -> Iterator[tuple[str | None, list[Case]]]:
        """Officers with the cases that wait for them; citizens each for himself."""
        mine: dict[str, list[Case]] = defaultdict(list)
        for case in cases:
            progress(self._skipped(case))
            if not case.todo or case.todo[0] == LATER or case.troubles:
                continue
            if case.todo[0] in (*ACTS, FOLLOW):
                yield None, [case]
            else:
                mine[self._duties.who(case)].append(case)
        yield from mine.items()

    def _skipped(self, case: Case) -> int:
        """How many of its next steps it gives no occasion for."""
        count = 0
        while case.todo and self._duties.is_left_out(case, case.todo[0]):
            case.todo.pop(0)
            count += 1
        return count

    def _round_of_one(self, job: tuple[str | None, list[Case]]) -> int:
        user, cases = job
        rows = self._rows(user, cases) if user else {}
        for case in cases:
            step = case.todo.pop(0)
            try:
                self._step(user, case, step, rows)
            except (RefusedError, LookupError) as error:
                case.troubles.append(f"{step} by {user or 'the reporter'}: {error}")
        return len(cases)

    def _rows(self, user: str, cases: list[Case]) -> dict[str, Body]:
        """The person's queue, again while a case is missing that must stand in it."""
        wanted = {c.number for c in cases if not self._duties.is_opened_by_number(c, c.todo[0])}
        rows: dict[str, Body] = {}
        for _ in range(LOOKS if wanted else 0):
            with self._stopwatch.timing("queue"):
                rows = {row["number"]: row for row in self._city.queue(user)}
            if wanted <= rows.keys():
                break
            time.sleep(0.1)
        return rows

    def _step(self, user: str | None, case: Case, step: str, rows: dict[str, Body]) -> None:
        if user is None and step == FOLLOW:
            self._citizens.follow(case)
        elif user is None:
            self._citizens.act(case, step)
        elif case.number in rows:
            row = rows[case.number]
            self._act(row["assignee"] or user if step in JUDGED else user, case, step, row["version"])
        elif self._duties.is_opened_by_number(case, step):
            self._act(user, case, step, self._city.get(f"/staff/complaints/{case.number}", user=user)["version"])
        else:
            message = f"it does not stand in the queue ({case.status}, {case.unit})"
            raise LookupError(message)

    def _act(self, user: str, case: Case, step: str, version: int) -> None:
        action, needs = self._orders.order(user, case, step)
        must = self._orders.holder_after(case, action, needs)
        path = f"/complaints/{case.number}/actions/{action}"
        body = needs if action == "comment" else {"version": version, **needs}
        try:
            view = self._timed(path, body, user)
        except RefusedError as refused:
            if refused.problem.get("code") != STALE:
                raise
            view = self._timed(path, {**body, "version": refused.problem["version"]}, user)
        case.was(action, OFFICER, view)
        if must and case.unit != must:
            case.troubles.append(f"{step}: it is held by {case.unit}, must be {must}")
        self._follow_up(case, step)

    def _follow_up(self, case: Case, step: str) -> None:
        """What a step brings with it."""
        if step == "merge" and case.survivor:
            case.survivor.taken_in += 1
        elif step == "hide" and self._citizens.reads_words(case):
            case.troubles.append("everybody reads what is hidden")
        elif step == "start" and self._orders.wants_photo(case):
            case.proofs.append(self._orders.upload(officer(case.unit), case))

    def _timed(self, path: str, body: Body, user: str) -> Body:
        with self._stopwatch.timing("action of an officer"):
            return self._city.post(path, body, user=user)
