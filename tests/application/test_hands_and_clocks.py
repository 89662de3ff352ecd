"""What follows from the steps between units: timers, the sweeper, messages. Twice, late and after an outage alike."""

from datetime import datetime, timedelta

import pytest

from chalicelib.application.reading.projection import projection_of
from chalicelib.domain.actor import REPORTER
from chalicelib.domain.case.links import answer_token
from tests.builders import BUREAU, CITY, DBM, DSDA, ENGINEER, HEAD, KEL_GAMBIR, given
from tests.flow import BUDI, SECRET, Flow

MORE = {"text": "Alat berat baru tersedia"}
NOT_OURS = {"reason_code": "not_ours", "text": "Bukan kewenangan kami"}


@pytest.fixture
def flow() -> Flow:
    return Flow()


@pytest.fixture
def number(flow: Flow) -> str:
    """Worked by Bina Marga."""
    number = flow.lodge()
    flow.live(number, steps=3)
    return number


def due(flow: Flow, number: str, kind: str = "resolution") -> datetime:
    return flow.complaints.rows[number].clocks[kind].due_at


def rings(flow: Flow, number: str) -> list[str]:
    return [str(e.facts["rung"]) for e in flow.complaints.events(number) if e.action == "ring"]


def given_more(flow: Flow, number: str, days: int = 20) -> datetime:
    until = due(flow, number) + timedelta(days=days)
    flow.act(number, "extend", ENGINEER, given(until=until, **MORE))
    flow.act(number, "approve_extension", HEAD, given())
    return until


def test_the_timer_that_wakes_at_the_old_date_finds_nothing_due_and_waits_on(flow: Flow, number: str) -> None:
    old = due(flow, number)
    until = given_more(flow, number)
    rung = rings(flow, number)
    flow.now.at = old + timedelta(seconds=1)

    waits = [flow.ring(number), flow.ring(number)]

    assert waits == [until, until]
    assert rings(flow, number) == rung


def test_more_time_after_the_breach_has_a_timer_of_its_own(flow: Flow, number: str) -> None:
    flow.now.at = due(flow, number) + timedelta(seconds=1)
    flow.ring(number)
    until = due(flow, number) + timedelta(days=20)
    flow.act(number, "extend", ENGINEER, given(until=until, **MORE))
    before = flow.complaints.rows[number].arming
    event = flow.act(number, "approve_extension", HEAD, given())

    flow.arm(number, event.sequence)

    assert flow.timers.started == {f"{number}-{before + 1}": until}


def test_five_days_of_silence_are_ended_by_the_sweeper_once(flow: Flow, number: str) -> None:
    flow.act(number, "ask", ENGINEER, given(text="Di mana?"))
    before = due(flow, number)
    flow.pass_time(days=5)

    for _ in range(2):
        flow.sweep()

    case = flow.complaints.rows[number]
    resumed = [event for event in flow.complaints.events(number) if event.action == "resume"]
    assert (case.status, len(resumed), due(flow, number)) == ("in_progress", 1, before + timedelta(days=5))


def test_an_outage_of_a_day_gives_no_false_escalation_of_a_paused_case(flow: Flow, number: str) -> None:
    flow.act(number, "ask", ENGINEER, given(text="Di mana?"))
    rung = rings(flow, number)
    flow.pass_time(days=4)

    flow.sweep()
    flow.ring(number)

    assert rings(flow, number) == rung


def test_the_question_reaches_the_reporter_with_its_link(flow: Flow, number: str) -> None:
    flow.act(number, "ask", ENGINEER, given(text="Di mana?"))

    flow.tell(number)

    assert flow.told(number)[-1] == "needs_info"
    assert f"/jawab#{number}~{answer_token(SECRET)}" in flow.mail.sent[-1].text
    assert "Di mana?" in flow.mail.sent[-1].text


def test_an_sms_brings_the_question_too(flow: Flow) -> None:
    number = flow.lodge(BUDI)
    flow.live(number, steps=3)
    flow.act(number, "ask", ENGINEER, given(text="Di mana?"))

    flow.tell(number)

    assert flow.sms.sent[-1].text.endswith(f"~{answer_token(SECRET)}")


@pytest.mark.parametrize(
    ("action", "actor", "needs", "heard"),
    [
        pytest.param("transfer", ENGINEER, {"unit": DSDA, **NOT_OURS}, DSDA, id="who gets it"),
        pytest.param("transfer", ENGINEER, NOT_OURS, KEL_GAMBIR, id="who gets it back"),
        pytest.param("recategorise", ENGINEER, {"category": "PJU", "text": "Lampu"}, DBM, id="another matter"),
        pytest.param("extend", ENGINEER, MORE, DBM, id="the supervisors"),
        pytest.param("extend", HEAD, MORE, BUREAU, id="the coordinator, of what a supervisor proposes"),
    ],
)
def test_who_must_act_is_alerted(
    flow: Flow, number: str, action: str, actor: object, needs: dict[str, str], heard: str
) -> None:
    late = {"until": due(flow, number) + timedelta(days=9)} if action == "extend" else {}

    event = flow.act(number, action, actor, given(**needs, **late))  # type: ignore[arg-type]
    flow.alert_unit(number, event.sequence)

    assert [alert.to for alert in flow.alerts.sent][-1] == heard


def test_the_holder_hears_the_answer(flow: Flow, number: str) -> None:
    flow.act(number, "ask", ENGINEER, given(text="Di mana?"))
    event = flow.act(number, "answer", REPORTER, given(text="Nomor 12"))

    flow.alert_unit(number, event.sequence)

    assert (flow.alerts.sent[-1].to, flow.alerts.sent[-1].event) == (DBM, "reply")


def test_lateness_stays_counted_when_more_time_is_approved_after_it(flow: Flow, number: str) -> None:
    flow.now.at = due(flow, number) + timedelta(seconds=1)
    flow.ring(number)
    given_more(flow, number)
    case = flow.complaints.case_file(number)
    assert case is not None

    projected = projection_of(case, CITY.categories[case.complaint.category])

    assert "late" in projected.tally.counts
    assert projected.overdue is None


def test_a_case_that_is_told_twice_tells_its_reporter_once(flow: Flow, number: str) -> None:
    flow.act(number, "ask", ENGINEER, given(text="Di mana?"))
    flow.act(number, "answer", REPORTER, given(text="Nomor 12"))

    flow.tell(number)
    flow.tell(number)

    assert flow.told(number)[-2:] == ["needs_info", "in_progress"]
    assert flow.told(number).count("needs_info") == 1
