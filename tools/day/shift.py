"""Officers at work: each opens his own queue and acts on the rows that he finds there, with the version that he saw.
A case that stands in nobody's queue is noticed here."""

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tools.day import pictures
from tools.day.cases import OFFICER, Case, Stopwatch
from tools.day.citizens import ACTS, Citizens
from tools.day.client import City, RefusedError
from tools.day.people import COORDINATOR, DESK, INSPECTORS, VALIDATORS, officer, supervisor
from tools.day.places import Places
from tools.day.rules import INSPECTORATE, Rules

AT_ONCE = 8
LATER = "later"  # the step at which a case waits for the second shift
LOOKS = 20  # into a queue, for a row that must be there
STALE = "version_conflict"
Body = dict[str, Any]
Progress = Callable[[int], object]


class Shift:
    """Plays all steps that can be taken now, round by round: one step per case and round."""

    def __init__(self, city: City, rules: Rules, places: Places, stopwatch: Stopwatch, chance: random.Random) -> None:
        self._city = city
        self._rules = rules
        self._places = places
        self._stopwatch = stopwatch
        self._chance = chance
        self._citizens = Citizens(city, stopwatch)

    def work(self, cases: list[Case], progress: Progress) -> None:
        """Until nobody has anything left to do."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while jobs := list(self._jobs(cases)):
                for taken in pool.map(self._round_of_one, jobs):
                    progress(taken)

    def _jobs(self, cases: list[Case]) -> Iterator[tuple[str | None, list[Case]]]:
        """Officers with the cases that wait for them; citizens each for himself."""
        mine: dict[str, list[Case]] = defaultdict(list)
        for case in cases:
            if not case.todo or case.todo[0] == LATER or case.troubles:
                continue
            if case.todo[0] in ACTS:
                yield None, [case]
            else:
                mine[self._who(case)].append(case)
        yield from mine.items()

    def _who(self, case: Case) -> str:
        about_officer = self._rules.categories[case.plan.category]["about_officer"]
        match case.todo[0]:
            case "locate":
                return COORDINATOR if about_officer else DESK
            case step if step in JUDGED:
                return INSPECTORS[1] if about_officer else VALIDATORS[int(case.number[-3:-2], 36) % 2]
            case "assign" if self._hands_down(case):
                return supervisor(self._rules.opd(case.unit))
            case _:
                return officer(case.unit)

    def _hands_down(self, case: Case) -> bool:
        """Kelurahan and inspectorate work by themselves."""
        return case.unit != INSPECTORATE and self._rules.units[case.unit]["kind"] != "kelurahan"

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
        wanted = {case.number for case in cases if not self._is_opened_by_number(case)}
        for _ in range(LOOKS):
            with self._stopwatch.timing("queue"):
                rows = {row["number"]: row for row in self._city.queue(user)}
            if wanted <= rows.keys():
                break
            time.sleep(0.1)
        return rows

    def _is_opened_by_number(self, case: Case) -> bool:
        """What a desk typed for a unit that needs no place stands in that unit's queue, not in the desk's."""
        return case.todo[0] == "locate" and not self._rules.needs_place(case.plan.category)

    def _step(self, user: str | None, case: Case, step: str, rows: dict[str, Body]) -> None:
        if user is None:
            self._citizens.act(case, step)
        elif step == "assign" and not self._hands_down(case):
            return
        elif case.number in rows:
            row = rows[case.number]
            self._act(row["assignee"] or user if step in JUDGED else user, case, step, row["version"])
        elif step == "locate" and not self._rules.needs_place(case.plan.category):
            self._act(user, case, step, self._city.get(f"/staff/complaints/{case.number}", user=user)["version"])
        else:
            message = f"it does not stand in the queue ({case.status}, {case.unit})"
            raise LookupError(message)

    def _act(self, user: str, case: Case, step: str, version: int) -> None:
        action, needs = self._order(user, case, step)
        path = f"/complaints/{case.number}/actions/{action}"
        body = needs if action == "comment" else {"version": version, **needs}
        try:
            view = self._timed(path, body, user)
        except RefusedError as refused:
            if refused.problem.get("code") != STALE:
                raise
            view = self._timed(path, {**body, "version": refused.problem["version"]}, user)
        case.was(action, OFFICER, view)
        if step == "start" and self._wants_photo(case):
            case.proofs.append(self._upload(officer(case.unit), case))

    def _timed(self, path: str, body: Body, user: str) -> Body:
        with self._stopwatch.timing("action of an officer"):
            return self._city.post(path, body, user=user)

    def _order(self, user: str, case: Case, step: str) -> tuple[str, Body]:
        """Action and needs of a step."""
        match step:
            case "sort":
                return self._sorted(case)
            case "assign":
                unit = self._rules.below(case.unit, case.plan.area) or case.unit
                return "assign", {"unit": unit, "officer": officer(unit)}
            case "propose":
                return "propose_done", {"text": "Sudah dikerjakan.", "photos": self._proof(user, case)}
            case "locate":
                lat, lon = self._places.draw(case.plan.area)
                return "locate", {"location": {"lat": lat, "lon": lon}}
            case _:
                return _PLAIN[step]

    def _sorted(self, case: Case) -> tuple[str, Body]:
        """A kelurahan hands on what another leads; who leads, or stands in for an outsider, takes it."""
        owners = self._rules.owners(case.plan.category, case.area)
        kelurahan = self._rules.units[case.unit]["kind"] == "kelurahan"
        leads = self._rules.leads(case.unit, case.plan.category, case.area)
        if not kelurahan or leads or not owners:
            return "accept", {}
        return "coordinate", {"unit": owners[0], "text": "Kewenangan unit ini"}

    def _wants_photo(self, case: Case) -> bool:
        return self._rules.categories[case.plan.category]["proof"] == "photo"

    def _proof(self, user: str, case: Case) -> list[str]:
        """The after-photo made at the start; a fresh one when that was judged already."""
        if not self._wants_photo(case):
            return []
        photo_id = case.proofs.pop() if case.proofs else self._upload(user, case)
        state = self._citizens.wait_for_photo(case, photo_id, user)
        if state != "ready":
            message = f"its proof is {state}"
            raise LookupError(message)
        return [photo_id]

    def _upload(self, user: str, case: Case) -> str:
        data = pictures.photo(self._chance)
        ticket = {"content_type": "image/jpeg", "size": len(data)}
        form = self._city.post(f"/complaints/{case.number}/photos", ticket, user=user)
        self._city.upload(form, data, "image/jpeg")
        return str(form["photo_id"])


JUDGED = ("validate", "refuse")  # by whom the city drew: the pool's row names them
_PLAIN: dict[str, tuple[str, Body]] = {
    "start": ("start", {"text": "Petugas berangkat"}),
    "validate": ("validate", {"text": "Sesuai"}),
    "refuse": ("refuse", {"reason_code": "unclear_photo", "text": "Foto tidak jelas"}),
    "reject": ("reject", {"reason_code": "not_a_complaint", "text": "Ini bukan aduan"}),
    "reply": ("comment", {"text": "Kami jadwalkan pekan ini"}),
}
