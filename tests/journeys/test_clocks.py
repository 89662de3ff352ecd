"""Deadlines over HTTP. Two legs keep each of them, and either is enough: the timers to the second, the sweeper within
its five minutes. A test stack whose limits are seconds shows the first; a moved clock shows the second."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest

from tests.city import COORDINATOR, LURAH, OFFICER, Case, City, Process, an_email, done, eventually

SECONDS = 12  # of the overlay's limits: coordination; resolution is twice as long
LADDER = ["reminder_50", "reminder_80", "breach", "escalation_1", "escalation_2", "escalation_3"]


def a_client(city: City, service: str) -> Any:
    """The operator's own client: root of the local cloud."""
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    return boto3.client(service, region_name="ap-southeast-3", endpoint_url=city.origin, **keys)


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A city whose roads have limits of seconds, and whose sweeper is switched off."""
    home = tmp_path_factory.mktemp("quick")
    overlay = home / "limits.json"
    limits = {"coordination": SECONDS, "resolution": 2 * SECONDS, "rework": SECONDS}
    overlay.write_text(json.dumps({"JLN": limits, "JLN_LUBANG": limits}))
    process = Process(home / "city", REFERENCE_OVERLAY=str(overlay))
    process.start()
    city = City(process.origin)
    events = a_client(city, "events")
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


def expect_exact(case: Any, clock: str) -> None:
    """The breach rings within a second after the instant at which it was due."""
    due = datetime.fromisoformat(case.view()["clocks"][clock]["due_at"])
    breach = eventually(
        lambda: [line for line in rings(case, clock) if line["rung"] == "breach"],
        seconds=4 * SECONDS,
        what=f"the breach of {clock}",
    )
    late = datetime.fromisoformat(breach[0]["at"]) - due
    assert timedelta(0) <= late <= timedelta(seconds=1), f"{clock} breached {late} after it was due"
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
    case = quick.lodge()
    case.act("coordinate", LURAH, unit="DBM.31.71")
    case.act("start", OFFICER)
    case.act("propose_done", OFFICER, photos=[case.proof()], text="Ditambal")
    due = max(datetime.fromisoformat(clock["due_at"]) for clock in quick_clocks(case).values())

    eventually(lambda: datetime.now(due.tzinfo) > due + timedelta(seconds=2), seconds=4 * SECONDS)

    assert rings(case, "coordination") + rings(case, "resolution") == []
    assert {quick_clocks(case)[kind]["state"] for kind in ("coordination", "resolution")} == {"met"}


def quick_clocks(case: Any) -> dict[str, Any]:
    clocks: dict[str, Any] = case.view()["clocks"]
    return {kind: clock for kind, clock in clocks.items() if kind in ("coordination", "resolution")}


def test_with_every_execution_stopped_the_sweeper_keeps_every_clock(moved: City) -> None:
    case = moved.lodge()
    steps = a_client(moved, "stepfunctions")
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
