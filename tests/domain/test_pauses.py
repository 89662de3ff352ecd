"""What moves a clock, and what never does: a question to the reporter, more time for heavy work."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain import clocks, messages
from chalicelib.domain.actor import REPORTER, RESPONDENT
from chalicelib.domain.case import queues
from chalicelib.domain.errors import ConflictError, InvalidError, NotAllowedError
from chalicelib.domain.lifecycle import ROWS
from tests.builders import (
    BUREAU,
    CITY,
    COORDINATOR,
    CREW,
    DBM,
    DSDA,
    ENGINEER,
    HEAD,
    ILLEGAL_LEVY,
    INSPECTOR,
    INSPECTORATE,
    KEL_GAMBIR,
    LURAH,
    SECOND_INSPECTOR,
    SUDIN,
    VALIDATOR,
    a_complaint,
    a_life,
    acted,
    offered,
    with_a_proposal,
)

QUESTION = {"text": "Di depan nomor berapa?"}
MORE = {"text": "Alat berat baru tersedia"}


def in_progress(**differences):
    """Worked by Bina Marga since an hour after its receipt."""
    life = a_life(reachable=True, **differences).passes(hours=1).does(LURAH, "coordinate", unit=DBM)
    return life.does(ENGINEER, "start")


def resolution(life):
    return life.complaint.clocks["resolution"]


def refusal(life, actor, action, **named):
    with pytest.raises((ConflictError, InvalidError, NotAllowedError)) as refused:
        life.does(actor, action, **named)
    return refused.value.code


# A question


def test_a_question_pauses_the_work_and_the_answer_gives_back_exactly_that_time():
    life = in_progress()
    due = resolution(life).due_at

    life.does(ENGINEER, "ask", **QUESTION)
    asked = (life.complaint.status, life.states()["resolution"], life.states()["answer"])
    life.passes(hours=30, microseconds=7).does(REPORTER, "answer", text="Nomor 12")

    assert asked == ("needs_info", "paused", "running")
    assert life.complaint.status == "in_progress"
    assert resolution(life).due_at == due + timedelta(hours=30, microseconds=7)
    assert resolution(life).paused == timedelta(hours=30, microseconds=7)


def test_five_days_of_silence_resume_the_work():
    life = in_progress().does(ENGINEER, "ask", **QUESTION)
    due = resolution(life).due_at

    life.passes(hours=119, minutes=59)
    before = life.rings()
    life.passes(minutes=1)

    assert (before, life.rings()) == ([], ["resume"])
    assert (life.complaint.status, resolution(life).due_at) == ("in_progress", due + timedelta(days=5))


def test_no_rung_rings_while_the_reporter_is_asked():
    life = in_progress().does(ENGINEER, "ask", **QUESTION).passes(days=4)

    assert life.rings() == []


def test_the_reporter_is_asked_once_per_case():
    life = in_progress().does(ENGINEER, "ask", **QUESTION).does(REPORTER, "answer", text="Nomor 12")

    assert "ask" not in offered(life.complaint, ENGINEER)
    assert refusal(life, ENGINEER, "ask", **QUESTION) == "state_forbids"


def test_who_cannot_be_reached_is_not_asked():
    case = a_complaint("in_progress", reachable=False)

    assert "ask" not in offered(case, ENGINEER)
    with pytest.raises(ConflictError):
        acted(case, "ask", ENGINEER, **QUESTION)


def test_the_link_of_a_question_opens_the_answer_and_nothing_else():
    life = in_progress()
    before = offered(life.complaint, RESPONDENT)
    life.does(ENGINEER, "ask", **QUESTION)

    assert (before, offered(life.complaint, RESPONDENT)) == ([], ["answer"])
    assert refusal(life, RESPONDENT, "withdraw") == "not_allowed"

    life.does(RESPONDENT, "answer", text="Nomor 12")
    assert offered(life.complaint, RESPONDENT) == []


def test_a_case_withdrawn_while_it_is_paused_was_in_time():
    life = in_progress().does(ENGINEER, "ask", **QUESTION).passes(days=4).does(REPORTER, "withdraw")

    assert life.states()["resolution"] == "met"
    assert not any(clock.running for clock in life.complaint.clocks.values())


def test_a_timer_is_started_for_the_work_that_runs_again():
    life = in_progress().does(ENGINEER, "ask", **QUESTION)
    paused = life.complaint.arming

    life.does(REPORTER, "answer", text="Nomor 12")

    assert life.complaint.arming == paused + 1


# More time


def asked_for(life, actor=ENGINEER, **time):
    until = resolution(life).due_at + timedelta(**(time or {"days": 20}))
    return life.does(actor, "extend", until=until, **MORE)


def test_a_proposal_moves_nothing_and_waits_with_the_supervisors():
    life = in_progress()
    due = resolution(life).due_at

    asked_for(life)

    (task,) = life.decisions[-1].tasks
    assert (life.complaint.status, resolution(life).due_at) == ("in_progress", due)
    assert (task.kind, task.state, task.due_at) == ("approval", "open", due)
    assert task.queue in queues.visible(HEAD, "mine", CITY)
    assert all(task.queue not in (queues.visible(who, "mine", CITY) or ()) for who in (ENGINEER, CREW, LURAH))


def test_an_approved_extension_moves_the_due_time_and_keeps_the_first():
    life = in_progress()
    first = resolution(life).due_at
    asked_for(life).passes(hours=1).does(HEAD, "approve_extension")

    (task,) = life.decisions[-1].tasks
    assert life.complaint.status == "scheduled"
    assert (resolution(life).due_at, resolution(life).first_due) == (first + timedelta(days=20), first)
    assert (task.state, task.due_at, life.complaint.extension) == ("approved", None, None)


def test_of_two_extensions_the_very_first_due_time_stays_on_record():
    life = in_progress()
    first = resolution(life).due_at
    asked_for(life).does(HEAD, "approve_extension")
    asked_for(life).does(COORDINATOR, "approve_extension")

    assert (resolution(life).due_at, resolution(life).first_due) == (first + timedelta(days=40), first)


def test_the_reporter_is_told_of_every_extension_that_is_approved():
    life = in_progress()
    asked_for(life).does(HEAD, "approve_extension")
    asked_for(life).does(HEAD, "approve_extension")
    referred = in_progress()
    referred.does(
        ENGINEER, "refer", outside_unit="PLN", outside_number="1", until=life.now + timedelta(days=9), text="PLN"
    )
    asked_for(referred).does(HEAD, "approve_extension")

    approved = [event for event in (*life.events, *referred.events) if event.action == "approve_extension"]
    told = [message.event for event in approved if (message := messages.for_reporter(event))]
    assert told == ["scheduled", "approve_extension", "approve_extension"]


def test_a_refused_extension_changes_nothing():
    life = asked_for(in_progress())
    before = life.complaint
    life.does(HEAD, "refuse_extension", text="Kerjakan sekarang")

    assert (life.complaint.status, life.complaint.clocks) == (before.status, before.clocks)
    assert [task.state for task in life.decisions[-1].tasks] == ["refused"]
    assert "extend" in offered(life.complaint, ENGINEER)


def test_nobody_approves_their_own_proposal():
    life = asked_for(in_progress(), HEAD)

    assert refusal(life, HEAD, "approve_extension") == "not_allowed"
    assert "approve_extension" not in offered(life.complaint, HEAD)


def test_only_one_proposal_waits_at_a_time():
    life = asked_for(in_progress())

    assert refusal(life, ENGINEER, "extend", until=life.now + timedelta(days=99), **MORE) == "state_forbids"


@pytest.mark.parametrize("days", [-1, 0])
def test_more_time_is_later_than_what_there_is(days):
    life = in_progress()

    assert refusal(life, ENGINEER, "extend", until=resolution(life).due_at + timedelta(days=days), **MORE) == "invalid"


def test_a_date_that_went_by_can_be_refused_only():
    case = with_a_proposal(a_complaint("in_progress"), days=1)
    later = case.received_at + timedelta(days=2)

    decided = [action for action in offered(case, HEAD, later) if "extension" in action]
    assert decided == ["refuse_extension"]


@pytest.mark.parametrize(
    ("proposer", "case", "queue", "approver"),
    [
        pytest.param(ENGINEER, a_complaint("assigned"), "APPROVAL_DBM", HEAD, id="an OPD: its supervisors"),
        pytest.param(CREW, a_complaint("assigned", SUDIN), "APPROVAL_DBM", HEAD, id="a suku dinas: those of its dinas"),
        pytest.param(HEAD, a_complaint("assigned"), "POOL_APPROVAL", COORDINATOR, id="a supervisor: the coordinator"),
        pytest.param(
            LURAH, a_complaint("assigned", KEL_GAMBIR), "POOL_APPROVAL", COORDINATOR, id="a kelurahan: the coordinator"
        ),
        pytest.param(
            INSPECTOR, a_complaint("assigned", INSPECTORATE, category=ILLEGAL_LEVY), "POOL_APPROVAL_INSPEKTORAT",
            SECOND_INSPECTOR, id="the inspectorate: another person of it",
        ),
    ],
)  # fmt: skip
def test_a_proposal_always_waits_for_somebody_who_may_decide(proposer, case, queue, approver):
    decision = acted(case, "extend", proposer, until=case.clocks["resolution"].due_at + timedelta(days=9), **MORE)

    (task,) = decision.tasks
    assert task.queue == queue
    assert queue in queues.visible(approver, "mine", CITY)
    assert "approve_extension" in offered(decision.complaint, approver)
    assert "approve_extension" not in offered(decision.complaint, proposer)


def test_the_approvers_unit_hears_of_a_proposal():
    opd = asked_for(in_progress())
    alone = asked_for(in_progress(), HEAD)

    heard = [messages.for_units(life.events[-1], life.complaint, CITY)[0].to.id for life in (opd, alone)]
    assert heard == [DBM, BUREAU]


def test_an_extension_starts_the_ladder_of_its_clock_anew():
    life = in_progress().passes(days=20)
    life.rings()
    life.does(ENGINEER, "extend", until=life.now + timedelta(days=30), **MORE).does(HEAD, "approve_extension")
    at_once = life.rings()
    life.passes(days=31)

    assert at_once == []
    assert "breach" in life.rings()


def test_an_extension_has_a_timer_of_its_own_whether_or_not_another_one_sleeps():
    asleep, over = asked_for(in_progress()), in_progress().passes(days=20)
    over.rings()
    over.does(ENGINEER, "extend", until=over.now + timedelta(days=9), **MORE)
    before = (asleep.complaint.arming, over.complaint.arming)

    for life in (asleep, over):
        life.does(HEAD, "approve_extension")

    assert (asleep.complaint.arming, over.complaint.arming) == (before[0] + 1, before[1] + 1)
    assert ROWS["approve_extension"].arms
    assert clocks.next_exact(over.complaint.clocks) == resolution(over).due_at


def test_a_referred_case_stays_referred_when_it_gets_more_time():
    life = in_progress()
    life.does(ENGINEER, "refer", outside_unit="PLN", outside_number="1", until=life.now + timedelta(days=9), text="PLN")
    asked_for(life).does(HEAD, "approve_extension")

    assert life.complaint.status == "referred"


def test_the_rework_gets_more_time_where_it_runs():
    life = in_progress().proves(ENGINEER).does(VALIDATOR, "validate").does(REPORTER, "object", text="Masih berlubang")
    due = life.complaint.clocks["rework"].due_at
    life.does(ENGINEER, "extend", until=due + timedelta(days=5), **MORE).does(HEAD, "approve_extension")

    assert life.complaint.clocks["rework"].due_at == due + timedelta(days=5)
    assert resolution(life).first_due is None


OVERTAKEN = [
    pytest.param(lambda life: life.proves(ENGINEER), id="the work is done"),
    pytest.param(lambda life: life.does(REPORTER, "withdraw"), id="withdrawn"),
    pytest.param(
        lambda life: life.does(ENGINEER, "transfer", unit=DSDA, reason_code="other", text="x"), id="another OPD"
    ),
    pytest.param(lambda life: life.does(ENGINEER, "recategorise", category="PJU", text="Lampu"), id="another matter"),
]


@pytest.mark.parametrize("overtakes", OVERTAKEN)
def test_a_proposal_that_was_overtaken_waits_for_nobody(overtakes):
    life = asked_for(in_progress())
    overtakes(life)

    assert life.complaint.extension is None
    assert [(task.state, task.due_at) for task in life.decisions[-1].tasks] == [("lapsed", None)]


def test_a_proposal_stands_while_the_work_stays_in_the_opd():
    life = asked_for(in_progress()).does(ENGINEER, "assign", unit=SUDIN)

    assert life.complaint.extension is not None
    assert life.decisions[-1].tasks == ()


def test_somebody_who_proposed_stays_out_after_they_were_promoted():
    case = with_a_proposal(a_complaint("in_progress"), replace(HEAD, id="sama"))

    assert "approve_extension" not in offered(case, replace(HEAD, id="sama"))
