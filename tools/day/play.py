"""The day from its morning to the last deadline: officers made, reports sent, cases worked, time moved, all counted."""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from local import operator_key
from tools.day import people
from tools.day.cases import Case, Stopwatch
from tools.day.citizens import PATIENCE, Citizens, dice, large_photo
from tools.day.client import City
from tools.day.judging import proof
from tools.day.judging.counting import QUIET, Counting
from tools.day.judging.held import CLOSES
from tools.day.mix import Mix
from tools.day.partners import Partners
from tools.day.places import InPolygons, NearCentroids
from tools.day.plans import Plan
from tools.day.rules import Rules
from tools.day.shift import AT_ONCE, LATER, Shift
from tools.day.table import progress
from tools.day.writing import matters
from tools.day.writing.receipt import Receipt
from tools.day.writing.writers import Writers

ALONE = 30  # reports sent by one client after the other, before the crowd comes
LARGE = 3  # photos of 12 megapixels among them
STACK = "tanggap-local"
MORNING = ("PT7H",)  # past the breach of the first clock; then the second shift
SWEEPER = "PT15M"  # longer than the life of a claim that nobody settled
NIGHTS = ("P1D", "P7D")  # past the windows of confirmation and the last escalation of the first clock


@dataclass(frozen=True)
class Played:
    """`by_sweeper`: cases that were right only after the sweeper had run; `held`: messages that were kept back, since
    nobody had shown whose the address was."""

    cases: list[Case]
    messages: list[dict[str, Any]]
    rungs: int
    by_sweeper: int
    calls: int
    held: int
    taken: Mapping[str, Sequence[float]]
    faults: list[str]


class Day:
    """`folder` takes the list of officers that the operator command reads; `quiet` is the patience of the counting,
    `patience` that of people who wait for a message or a photo: seconds."""

    def __init__(
        self,
        city: City,
        *,
        seed: int,
        areas_file: Path | None,
        folder: Path,
        quiet: float = QUIET,
        patience: float = PATIENCE,
    ) -> None:
        self._quiet = quiet
        self._patience = patience
        self._city = city
        self._chance = dice(seed)
        self._folder = folder
        self._rules = Rules(city.reference)
        inside = InPolygons(areas_file, self._chance) if areas_file else None
        self._places = inside or NearCentroids(self._rules.areas, self._chance)
        self._stopwatch = Stopwatch()
        self._citizens = Citizens(city, self._stopwatch, patience)
        self._writers = Writers(city, self._stopwatch, Receipt(city).put)
        self._shift = Shift(city, self._rules, self._places, self._stopwatch, self._citizens, self._chance)
        self._offset = datetime.fromisoformat(city.local("GET", "")["now"]) - datetime.now(UTC)

    @contextmanager
    def without_relay(self) -> Iterator[None]:
        """Relay's only call fails while it lasts; alerts of units are published one by one, and would go on."""
        fault = {"service": "sns", "operation": "PublishBatch"}
        self._city.local("POST", "/faults", {**fault, "probability": 1})
        try:
            yield
        finally:
            self._city.local("POST", "/faults", {**fault, "probability": 0})

    def play(self, count: int, *, alone: bool) -> Played:
        plans = Mix(self._rules, self._places, self._chance).day(count)
        before = self._received()
        self._hire(plans)
        cases, missed = self._report(plans)
        self._open(cases, "soon")
        self._work(cases, "officers")
        self._move(MORNING)
        for case in (case for case in cases if case.todo[:1] == [LATER]):
            case.todo.pop(0)
        self._work(cases, "second shift")
        self._open(cases, "late")
        self._hear_out(cases)
        self._move(NIGHTS)
        counting = Counting(self._city, self._rules, self._quiet)
        faults, by_sweeper = self._counted(counting, cases)
        mailbox = self._city.mailbox()
        self._time_alerts(cases, mailbox)
        return Played(
            cases=cases,
            messages=mailbox,
            rungs=counting.rungs,
            by_sweeper=by_sweeper,
            calls=self._city.calls,
            held=counting.held,
            taken=self._stopwatch.taken,
            faults=[
                *missed,
                *(fault for found in faults.values() for fault in found),
                *self._writers.answer_faults(mailbox),
                *proof.whole(cases, mailbox, self._received() - before, alone=alone),
            ],
        )

    def _received(self) -> int:
        return int(self._city.get("/statistics")["received"])

    def _hire(self, plans: list[Plan]) -> None:
        officers = people.roster(plans, self._rules)
        file = self._folder / "officers.csv"
        people.write(officers, file)
        key = operator_key.read(Path(self._city.local("GET", "")["operator_key"]))
        keys = {"AWS_ENDPOINT_URL": self._city.url, **key.environment()}
        command = ["staff", "import", str(file), "--stack", STACK, "--password"]
        with progress("officers made", len(officers)) as bar:
            subprocess.run(
                [sys.executable, "-m", "tools", *command],
                env=os.environ | keys,
                input=secrets.token_urlsafe(16),  # nobody needs it: the local city signs anybody in
                text=True,
                check=True,
                stdout=subprocess.DEVNULL,
            )
            bar(len(officers))

    def _report(self, plans: list[Plan]) -> tuple[list[Case], list[str]]:
        """The first few one after the other, as a measure of what one person waits; then many at once. With faults:
        what partners were not told of, and what came to nothing."""
        partners, writers = Partners(self._city, self._stopwatch), self._writers
        direct = [plan for plan in plans if not (plan.by_partner or plan.is_written)]
        written = [plan for plan in plans if plan.is_written]
        with progress("reports", len(plans)) as bar, ThreadPoolExecutor(AT_ONCE) as pool:
            cases = [self._one(plan, bar) for plan in direct[:ALONE]]
            self._time_photos(cases)
            list(pool.map(partners.hand_on, (plan for plan in plans if plan.by_partner)))
            said = (*matters.reports(written, self._chance), *matters.asides(written, self._chance))
            list(pool.map(writers.write, said))
            for case in pool.map(lambda plan: self._citizens.report(plan, f"{AT_ONCE} clients"), direct[ALONE:]):
                cases.append(case)
                bar(1)
            cases += partners.cases(bar, self._patience)
            cases += writers.cases(bar, self._patience)
        _join(cases)
        return cases, [*partners.missed, *writers.missed]

    def _hear_out(self, cases: list[Case]) -> None:
        """Who writes where the city may answer for a day only reads how things stand before it is over."""
        for case in (case for case in cases if case.plan.contact in CLOSES and not case.is_erased):
            try:
                self._citizens.read_last(case)
            except LookupError as late:
                case.troubles.append(str(late))

    def _open(self, cases: list[Case], when: str) -> None:
        """These people open the link of their first message now. Of whom the city knows whose the address is,
        nobody has to prove it: no message to them brings such a link."""
        reached = (case for case in cases if case.plan.contact and not case.plan.is_proven and not case.is_erased)
        openers = [case for case in reached if case.plan.opens == when]
        with progress(f"links opened {when}", len(openers)) as bar, ThreadPoolExecutor(AT_ONCE) as pool:
            for _ in pool.map(lambda case: self._citizens.open_link(case, when, self._quiet), openers):
                bar(1)

    def _one(self, plan: Plan, bar: Callable[[int], object]) -> Case:
        begun = time.perf_counter()
        case = self._citizens.report(plan, "one client")
        ready = next((photo for photo, state in case.photos.items() if state == "ready"), None)
        if ready and self._citizens.wait_for_photo(case, ready) == "ready":
            self._stopwatch.add("report → small photo ready", time.perf_counter() - begun)
        bar(1)
        return case

    def _time_photos(self, cases: list[Case]) -> None:
        """A phone's photo, added to a case later: from the end of its upload until it can be seen."""
        data = large_photo()
        for case in [case for case in cases if case.secret][:LARGE]:
            ticket = {"content_type": "image/jpeg", "size": len(data)}
            form = self._city.post(f"/complaints/{case.number}/photos", ticket, secret=case.secret)
            self._city.upload(form, data, "image/jpeg")
            with self._stopwatch.timing("12-megapixel photo ready"):
                self._citizens.wait_for_photo(case, form["photo_id"])
            case.photos[form["photo_id"]] = "ready"

    def _work(self, cases: list[Case], who: str) -> None:
        with progress(who, sum(_steps(case) for case in cases)) as bar:
            self._shift.work(cases, bar)

    def _move(self, spans: Sequence[str]) -> None:
        with progress(f"time moves by {' + '.join(spans)}", len(spans)) as bar:
            for span in spans:
                self._city.local("POST", "/clock", {"advance": span})
                bar(1)

    def _counted(self, counting: Counting, cases: list[Case]) -> tuple[dict[str, list[str]], int]:
        """What is still missing gets what the sweeper owes it: a message whose sending failed comes with it."""
        with progress("counted", len(cases)) as bar:
            first = counting.faults(cases, bar)
        if not first:
            return first, 0
        self._move([SWEEPER])
        late = [case for case in cases if case.number in first]
        with progress("counted again", len(late)) as bar:
            still = counting.faults(late, bar)
        return still, len(first) - len(still)

    def _time_alerts(self, cases: list[Case], mailbox: list[dict[str, Any]]) -> None:
        """From before the report was sent until the unit's first alert stood in the mailbox, by the city's time."""
        first: dict[str, datetime] = {}
        for message in mailbox:
            if message["kind"] == "alert":
                first.setdefault(message["number"], datetime.fromisoformat(message["at"]))
        for position, case in enumerate(cases):
            if case.number in first:
                crowd = "one client" if position < ALONE else f"{AT_ONCE} clients"
                waited = first[case.number] - self._offset - case.reported_at
                self._stopwatch.add(f"submit → alert, {crowd}", waited.total_seconds())


def _join(cases: list[Case]) -> None:
    """Whoever will find that two report the same matter knows both by their numbers."""
    by_plan = {id(case.plan): case for case in cases}
    for case in cases:
        case.survivor = by_plan[id(case.plan.survivor)] if case.plan.survivor else None


def _steps(case: Case) -> int:
    """How many steps can be taken now."""
    return case.todo.index(LATER) if LATER in case.todo else len(case.todo)
