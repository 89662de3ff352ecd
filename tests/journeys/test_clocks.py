"""Deadlines over HTTP. Two legs keep each of them, and either is enough: the timers to the second, the sweeper within
its five minutes. A test stack whose limits are seconds shows the first; a moved clock shows the second."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.city import COORDINATOR, HANGS, LURAH, OFFICER, Case, City, Process, an_email, done, eventually

SECONDS = 12  # of the overlay's limits: coordination; resolution is twice as long
UNHURRIED = {"JLN_AMBLAS": 15, "TROTOAR": 30, "JPO": 60, "KABEL": 120}  # the same for who must act in time
NOBODY = "JKT-0000-0000-0"
LADDER = ["reminder_50", "reminder_80", "breach", "escalation_1", "escalation_2", "escalation_3"]


def limits(seconds: int) -> dict[str, int]:
    return {"coordination": seconds, "resolution": 2 * seconds, "rework": seconds}


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A city whose roads have limits of seconds, and whose sweeper is switched off."""
    home = tmp_path_factory.mktemp("quick")
    overlay = home / "limits.json"
    short = {"JLN": SECONDS, "JLN_LUBANG": SECONDS, **UNHURRIED}
    overlay.write_text(json.dumps({category: limits(seconds) for category, seconds in short.items()}))
    process = Process(home / "city", REFERENCE_OVERLAY=str(overlay))
    process.start()
    city = City(process.origin)
    events = city.aws("events")
    for rule in events.list_rules()["Rules"]:
        events.disable_rule(Name=rule["Name"])
    yield city
    city.close()
    process.stop()


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A city whose time is moved."""
    process = Process(tmp_path_factory.mktemp("moved"))
    process.start()
    city = City(process.origin)
    yield city
    city.close()
    process.stop()


def rings(case: Any, clock: str) -> list[dict[str, Any]]:
    lines = case.staff(COORDINATOR)["timeline"]
    return [line for line in lines if line["action"] == "ring" and line["clock"] == clock]


class Baseline:
    """A call of the same function that the test itself makes at an instant: what this machine takes for it then."""

    def __init__(self, city: City, at: datetime) -> None:
        self._call = city.aws("lambda").invoke
        self._at = at
        self.took = timedelta(0)

    def run(self) -> None:
        time.sleep(max(0.0, (self._at - datetime.now(UTC)).total_seconds()))
        self._call(FunctionName="tanggap-local-ring", Payload=json.dumps({"v": 1, "number": NOBODY, "until": None}))
        self.took = datetime.now(UTC) - self._at


@contextmanager
def baseline(city: City, at: datetime) -> Iterator[Baseline]:
    """Its figure is there when the block has ended."""
    measured = Baseline(city, at)
    beside = threading.Thread(target=measured.run)
    beside.start()
    yield measured
    beside.join(HANGS)


def wakes_at(due: datetime) -> datetime:
    """Timers know whole seconds only; the first that is not too early."""
    return due if due.microsecond == 0 else due.replace(microsecond=0) + timedelta(seconds=1)


def expect_exact(case: Case, clock: str) -> None:
    """The breach rings when it is due: within the second in which the timer wakes, and what two such calls take this
    machine at that moment (the baseline's own may come first)."""
    due = datetime.fromisoformat(case.view()["clocks"][clock]["due_at"])
    with baseline(case.city, wakes_at(due)) as measured:
        breach = eventually(
            lambda: [line for line in rings(case, clock) if line["rung"] == "breach"], what=f"the breach of {clock}"
        )
    late = datetime.fromisoformat(breach[0]["at"]) - wakes_at(due)
    assert datetime.fromisoformat(breach[0]["at"]) >= due
    assert late <= timedelta(seconds=1) + 2 * measured.took, f"{clock}: {late} late, a call takes {measured.took}"
    assert case.view()["clocks"][clock]["state"] == "late"


def test_with_the_sweeper_off_coordination_and_resolution_breach_to_the_second(quick: City) -> None:
    case = quick.lodge()

    expect_exact(case, "coordination")
    expect_exact(case, "resolution")

    told = eventually(lambda: [m for m in case.messages("alert") if m["event"] == "breach"], lambda m: len(m) == 2)
    assert {message["to"] for message in told} == {"KEL_31.71.01.1001"}


def test_with_the_sweeper_off_an_unlocated_case_breaches_its_location_to_the_second(quick: City) -> None:
    typed = {"category": "JLN_LUBANG", "description": "Tanpa lokasi", "channel": "EMAIL"}
    answer = done(quick.post("/staff/complaints", typed, user="meja-aduan"))
    case = Case(quick, answer, typed)

    expect_exact(case, "location")


def test_with_the_sweeper_off_rework_breaches_to_the_second(quick: City) -> None:
    case = quick.lodge(category="JLN_LUBANG")
    case.act("reject", LURAH, reason_code="not_a_complaint", text="Bukan aduan")
    case.say("object", text="Ini aduan")

    expect_exact(case, "rework")


def test_a_case_that_was_acted_on_in_time_is_never_called_late(quick: City) -> None:
    case = acted_on_in_time(quick)

    eventually(lambda: timer_of(case), lambda timer: timer["status"] == "SUCCEEDED", what="the timer's end")

    assert rings(case, "coordination") + rings(case, "resolution") == []
    assert {state for state, _ in worked(case)} == {"met"}


def acted_on_in_time(city: City) -> Case:
    """By the first limits within which this machine can act."""
    for category in UNHURRIED:
        case = city.lodge(category=category)
        case.act("coordinate", LURAH, unit="DBM.31.71")
        case.act("start", OFFICER)
        case.act("propose_done", OFFICER, photos=[case.proof()], text="Ditambal")
        if all(in_time for _, in_time in worked(case)):
            return case
    raise AssertionError(f"four steps of officers took longer than {UNHURRIED}")


def worked(case: Case) -> list[tuple[str, bool]]:
    """State of both clocks, and whether each was stopped before it was due."""
    clocks = [case.view()["clocks"][kind] for kind in ("coordination", "resolution")]
    return [
        (clock["state"], clock["stopped_at"] is not None and clock["stopped_at"] < clock["due_at"]) for clock in clocks
    ]


def timer_of(case: Case) -> dict[str, Any]:
    """It ends when it has woken for the last clock that it must meet."""
    steps = case.city.aws("stepfunctions")
    machine = steps.list_state_machines()["stateMachines"][0]["stateMachineArn"]
    timers = steps.list_executions(stateMachineArn=machine, maxResults=1000)["executions"]
    return next(timer for timer in timers if timer["name"].startswith(case.number))


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


def test_time_that_jumps_over_several_rungs_rings_each_once_in_order_and_climbs_the_ladder(moved: City) -> None:
    case = moved.lodge(category="TROTOAR")

    moved.advance("P8D")

    assert case.rungs("coordination") == LADDER
    alerts = eventually(
        lambda: [m for m in case.messages("alert") if m["event"] in ("reminder", "breach", "escalation")],
        lambda found: len(found) >= len(LADDER),
    )
    by_clock = [m["to"] for m in alerts if "koordinasi" in m["text"]]
    kelurahan = "KEL_31.71.01.1001"
    assert by_clock == [kelurahan, kelurahan, kelurahan, "KOTA_31.71", "BIRO_PEM", "SEKDA"]
    moved.advance("P1D")
    assert case.rungs("coordination") == LADDER


def test_when_nobody_answers_the_window_closes_the_case(moved: City) -> None:
    mail = an_email()
    case = moved.lodge(contact={"email": mail}).drive("resolved")

    moved.advance("P3DT1M")

    assert (case.view()["status"], case.view()["timeline"][-1]["action"]) == ("closed", "lapse")
    late = case.attempt("object", secret=case.secret, text="terlambat")
    assert (late.status_code, late.json()["code"]) == (409, "state_forbids")
    letters = eventually(lambda: moved.mailbox(to=mail), lambda found: found[-1]["event"] == "closed")
    assert [letter["event"] for letter in letters].count("closed") == 1


def test_a_rejected_report_stays_rejected_when_its_window_is_over(moved: City) -> None:
    mail = an_email()
    case = moved.lodge(contact={"email": mail})
    case.act("reject", LURAH, reason_code="spam", text="Spam")

    moved.advance("P3DT1M")

    assert case.view()["status"] == "rejected"
    assert [letter["event"] for letter in moved.mailbox(to=mail)] == ["waiting", "rejected"]


def test_validation_reminds_once_and_breaches_once_with_the_bureau(moved: City) -> None:
    case = moved.lodge().drive("awaiting_validation")

    moved.advance("P2D")

    assert case.rungs("validation") == ["reminder_80", "breach"]
    told = [m["to"] for m in case.messages("alert") if m["event"] in ("reminder", "breach") and "validasi" in m["text"]]
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
