"""Deadlines over HTTP. Timers and the sweeper each keep all of them, and either is enough: the timers to the second,
the sweeper within its five minutes. A test stack whose limits are seconds shows the first; a moved clock shows the
second."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.city import COORDINATOR, LURAH, OFFICER, Case, City, an_email, done, eventually, standing

# Seconds of the overlay's limits for coordination and rework; for resolution twice as many. The shorter ones end early,
# the longer ones are for machines on which they are over before anybody can act, or the timer is told of them.
LIMITS = {"JLN": 12, "JLN_AMBLAS": 24, "TROTOAR": 48, "JPO": 96}
NOBODY = "JKT-0000-0000-0"
LADDER = ["reminder_50", "reminder_80", "breach", "escalation_1", "escalation_2", "escalation_3"]


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A city whose roads have limits of seconds, and whose sweeper is switched off."""
    home = tmp_path_factory.mktemp("quick")
    overlay = home / "limits.json"
    limits = {name: {"coordination": n, "resolution": 2 * n, "rework": n} for name, n in LIMITS.items()}
    overlay.write_text(json.dumps(limits))
    with standing(home / "city", REFERENCE_OVERLAY=str(overlay)) as (_, city):
        events = city.aws("events")
        for rule in events.list_rules()["Rules"]:
            events.disable_rule(Name=rule["Name"])
        yield city


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A city whose time is moved."""
    with standing(tmp_path_factory.mktemp("moved")) as (_, city):
        yield city


def rings(case: Any, clock: str) -> list[dict[str, Any]]:
    lines = case.staff(COORDINATOR)["timeline"]
    return [line for line in lines if line["action"] == "ring" and line["clock"] == clock]


def wakes_at(due: datetime) -> datetime:
    """Timers know whole seconds only; the first that is not too early."""
    return due if due.microsecond == 0 else due.replace(microsecond=0) + timedelta(seconds=1)


def due_of(case: Case, clock: str) -> datetime:
    return datetime.fromisoformat(case.view()["clocks"][clock]["due_at"])


class Timers:
    """The executions of the one state machine."""

    def __init__(self, city: City) -> None:
        self._steps = city.aws("stepfunctions")
        self._machine = self._steps.list_state_machines()["stateMachines"][0]["stateMachineArn"]

    def of(self, case: Case) -> list[dict[str, Any]]:
        """In the order in which they were started: each starts the next one before it ends."""
        timers = self._steps.list_executions(stateMachineArn=self._machine, maxResults=1000)["executions"]
        mine = (timer for timer in timers if timer["name"].startswith(case.number))
        return sorted(
            mine, key=lambda timer: [int(n) for n in timer["name"].removeprefix(case.number + "-").split("-")]
        )

    def states(self, case: Case) -> list[str]:
        return [timer["status"] for timer in self.of(case)]

    def that_wakes(self, case: Case, at: datetime) -> dict[str, Any]:
        """The first of the case that sleeps until this second."""
        told = (self._steps.describe_execution(executionArn=timer["executionArn"]) for timer in self.of(case))
        return next(timer for timer in told if datetime.fromisoformat(json.loads(timer["input"])["until"]) == at)

    def baseline(self, at: datetime) -> str:
        """A timer of the test's own, for the same instant, that finds nothing to ring."""
        until = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        state = json.dumps({"v": 2, "number": NOBODY, "arming": 1, "sleep": 1, "until": until})
        return str(self._steps.start_execution(stateMachineArn=self._machine, input=state)["executionArn"])

    def ended(self, arn: str) -> datetime:
        last = eventually(
            lambda: self._steps.describe_execution(executionArn=arn),
            lambda timer: timer["status"] == "SUCCEEDED",
            what="the baseline's end",
        )
        found: datetime = last["stopDate"]
        return found


def rings_exactly(case: Case, clock: str) -> bool:
    """Whether the breach rings within the second in which the timer wakes, and what two timers of the same instant take
    on this machine then (the baseline's own may come first). False when the timer was told too late to sleep at all."""
    timers, due = Timers(case.city), due_of(case, clock)
    beside = timers.baseline(wakes_at(due))
    breach = eventually(
        lambda: [line for line in rings(case, clock) if line["rung"] == "breach"], what=f"the breach of {clock}"
    )
    assert case.view()["clocks"][clock]["state"] == "late"
    if timers.that_wakes(case, wakes_at(due))["startDate"] >= due:
        return False
    at, took = datetime.fromisoformat(breach[0]["at"]), timers.ended(beside) - wakes_at(due)
    assert at >= due
    late = at - wakes_at(due)
    assert late <= timedelta(seconds=1) + 2 * took, f"{clock}: {late} late, another timer takes {took}"
    return True


def expect_exact(make: Callable[[str], Case], *clocks: str) -> Case:
    """By the first limits that are long enough for this machine. `make` lodges a case of a category."""
    for category in LIMITS:
        case = make(category)
        if all(rings_exactly(case, clock) for clock in clocks):
            return case
    raise AssertionError(f"no timer was told of its time within {LIMITS}")


def test_with_the_sweeper_off_coordination_and_resolution_breach_to_the_second(quick: City) -> None:
    case = expect_exact(lambda category: quick.lodge(category=category), "coordination", "resolution")

    told = eventually(lambda: [m for m in case.messages("alert") if m["event"] == "breach"], lambda m: len(m) == 2)
    assert {message["to"] for message in told} == {"KEL_31.71.01.1001"}


def test_with_the_sweeper_off_an_unlocated_case_breaches_its_location_to_the_second(quick: City) -> None:
    def unlocated(category: str) -> Case:
        typed = {"category": category, "description": "Tanpa lokasi", "channel": "EMAIL"}
        return Case(quick, done(quick.post("/staff/complaints", typed, user="meja-aduan")), typed)

    expect_exact(unlocated, "location")


def test_with_the_sweeper_off_rework_breaches_to_the_second(quick: City) -> None:
    def objected(category: str) -> Case:
        case = quick.lodge(category=category)
        case.act("reject", LURAH, reason_code="not_a_complaint", text="Bukan aduan")
        case.say("object", text="Ini aduan")
        return case

    expect_exact(objected, "rework")


def test_a_case_that_was_acted_on_in_time_is_never_called_late(quick: City) -> None:
    case = acted_on_in_time(quick)

    eventually(lambda: Timers(quick).of(case), all_ended, what="the end of the timers")

    rung = {line["rung"] for line in (*rings(case, "coordination"), *rings(case, "resolution"))}
    assert rung <= {"reminder_50", "reminder_80"}, "whoever is slow is reminded"
    assert {state for state, _ in worked(case)} == {"met"}


def all_ended(timers: list[dict[str, Any]]) -> bool:
    return bool(timers) and {timer["status"] for timer in timers} <= {"SUCCEEDED", "ABORTED"}


def test_a_timer_that_waits_for_nothing_is_stopped_and_the_next_one_sleeps_already(moved: City) -> None:
    timers, case = Timers(moved), moved.lodge()
    eventually(lambda: timers.states(case), ["RUNNING"].__eq__, what="the first timer")

    case.drive("in_progress")
    eventually(lambda: timers.states(case), ["ABORTED", "RUNNING"].__eq__, what="the timer of the work")
    case.act("propose_done", OFFICER, photos=[case.proof()], text="Ditambal")

    eventually(lambda: timers.states(case), ["ABORTED", "ABORTED"].__eq__, what="the end of both")


def acted_on_in_time(city: City) -> Case:
    """By the first limits within which this machine can act."""
    for category in LIMITS:
        case = city.lodge(category=category)
        case.act("coordinate", LURAH, unit="DBM.31.71")
        case.act("start", OFFICER)
        case.act("propose_done", OFFICER, photos=[case.proof()], text="Ditambal")
        if all(in_time for _, in_time in worked(case)):
            return case
    raise AssertionError(f"four steps of officers took longer than {LIMITS}")


def worked(case: Case) -> list[tuple[str, bool]]:
    """State of both clocks, and whether each was stopped before it was due."""
    clocks = [case.view()["clocks"][kind] for kind in ("coordination", "resolution")]
    return [
        (clock["state"], clock["stopped_at"] is not None and clock["stopped_at"] < clock["due_at"]) for clock in clocks
    ]


def test_with_every_execution_stopped_the_sweeper_keeps_every_clock(moved: City) -> None:
    case = moved.lodge()
    steps = moved.aws("stepfunctions")
    machine = steps.list_state_machines()["stateMachines"][0]["stateMachineArn"]
    running = eventually(lambda: steps.list_executions(stateMachineArn=machine, statusFilter="RUNNING")["executions"])
    for execution in running:
        steps.stop_execution(executionArn=execution["executionArn"])

    moved.advance("PT6H1S")
    assert case.rungs("coordination") == ["reminder_50", "reminder_80", "breach"]
    assert case.public()["clocks"]["coordination"]["state"] == "late"


def test_time_that_jumps_over_several_rungs_rings_each_once_in_order_and_tells_each_unit_of_its_highest(
    moved: City,
) -> None:
    case = moved.lodge(category="TROTOAR")

    moved.advance("P8D")

    assert case.rungs("coordination") == LADDER
    heard = {("KEL_31.71.01.1001", "breach"), *((unit, "escalation") for unit in ("KOTA_31.71", "BIRO_PEM", "SEKDA"))}
    eventually(
        lambda: {(m["to"], m["event"]) for m in case.messages("alert") if m["event"] != "alert"},
        lambda told: told == heard,
    )
    moved.advance("P1D")
    assert case.rungs("coordination") == LADDER


def test_a_part_that_is_late_is_told_once_to_its_unit_and_to_the_holder(moved: City) -> None:
    case = moved.lodge().drive("in_progress")
    holder = case.view()["unit"]["code"]
    due_at = datetime.fromisoformat(case.staff(COORDINATOR)["timeline"][-1]["at"]) + timedelta(hours=1)
    case.act("invite", OFFICER, unit="DSDA", text="Mohon bersihkan saluran", due_at=due_at.isoformat())
    eventually(lambda: [m for m in case.messages("alert") if m["to"] == "DSDA"], what="the invitation")

    def late() -> list[str]:
        return sorted(m["to"] for m in case.messages("alert") if m["event"] == "part_late")

    moved.advance("PT1H6M")
    eventually(late, sorted(("DSDA", holder)).__eq__, what="the alerts of the late part")
    moved.advance("PT1H")

    assert late() == sorted(("DSDA", holder))
    assert [part["late"] for part in case.public()["parts"]] == [True]


def test_when_nobody_answers_the_window_closes_the_case(moved: City) -> None:
    mail = an_email()
    case = moved.lodge(contact={"email": mail}).drive("resolved")

    moved.advance("P3DT1M")

    assert (case.view()["status"], case.view()["timeline"][-1]["action"]) == ("closed", "lapse")
    late = case.attempt("object", secret=case.secret, text="terlambat")
    assert (late.status_code, late.json()["code"]) == (409, "state_forbids")
    told = eventually(lambda: [letter["event"] for letter in moved.mailbox(to=mail)], lambda events: "closed" in events)
    assert told.count("closed") == 1


def test_a_rejected_report_stays_rejected_when_its_window_is_over(moved: City) -> None:
    mail = an_email()
    case = moved.lodge(contact={"email": mail})
    case.act("reject", LURAH, reason_code="spam", text="Spam")

    moved.advance("P3DT1M")

    assert case.view()["status"] == "rejected"
    assert [letter["event"] for letter in moved.mailbox(to=mail)] == ["waiting", "rejected"]


def test_validation_reminds_once_and_breaches_once_with_the_bureau(moved: City) -> None:
    case = moved.lodge().drive("awaiting_validation")

    moved.advance("PT20H")
    moved.advance("P1D")

    assert case.rungs("validation") == ["reminder_80", "breach"]
    told = [
        m["to"]
        for m in case.messages("alert")
        if m["event"] in ("reminder", "breach") and "Pemeriksaan hasil: " in m["text"]
    ]
    assert told == ["BIRO_PEM", "BIRO_PEM"]


def test_an_upload_that_never_comes_expires(moved: City) -> None:
    case = moved.lodge(photos=[{"content_type": "image/jpeg", "size": 1000}])
    ticket = done(
        moved.post(f"/complaints/{case.number}/photos", {"content_type": "image/png", "size": 10}, secret=case.secret)
    )

    moved.advance("PT1H6M")

    assert {photo["photo_id"]: photo["state"] for photo in case.view()["photos"]} == {
        case.lodged["uploads"][0]["photo_id"]: "expired",
        ticket["photo_id"]: "expired",
    }


def test_the_table_of_functions_never_names_the_moved_clock() -> None:
    template = Path(__file__).parents[2] / "infra" / "functions.yaml"

    assert "CLOCK_OFFSET" not in template.read_text()
