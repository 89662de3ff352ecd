"""Who is told of what: the reporter of every status, the units that the table names, and nobody of too much."""

from dataclasses import replace

import pytest

from chalicelib.domain import clocks, messages
from chalicelib.domain.actor import REPORTER
from chalicelib.domain.case.publicity import is_delicate
from chalicelib.domain.decide import ring
from chalicelib.domain.lifecycle import TABLE
from chalicelib.domain.messages import THE_REPORTER, Message
from chalicelib.domain.situation import Named
from tests.builders import (
    BUREAU,
    BUREAU_OFFICER,
    CITY,
    COORDINATOR,
    CREW,
    DBM,
    DESK,
    DSDA,
    ENGINEER,
    GAMBIR,
    HEAD,
    HOUR,
    ILLEGAL_LEVY,
    INSPECTOR,
    INSPECTORATE,
    KEC_GAMBIR,
    KEL_GAMBIR,
    KOTA_PUSAT,
    LURAH,
    NOW,
    POTHOLE,
    STREET_LIGHT,
    STREET_SWEEPERS,
    SUDIN,
    VALIDATOR,
    VIOLENCE,
    Given,
    a_complaint,
    a_life,
    a_proof,
    acted,
    an_actor,
    an_officer,
    as_decision,
    late,
    unlocated,
)

NOT_OURS = {"reason_code": "not_ours", "text": "Bukan kewenangan kami"}


def units(decision):
    """(unit, name of the message) of every unit that hears of it."""
    told = messages.for_units(decision.event, decision.complaint, CITY)
    return [(message.to.id, message.event) for message in told]


def reporter(decision):
    telling = messages.for_reporter(decision.event)
    return telling and telling.event


def as_of(life, event):
    """A decision that led to this event, as far as messages ask for it."""
    return as_decision(None, life.complaint, event)


def last(life):
    return as_of(life, life.events[-1])


def test_the_first_receiver_hears_of_a_new_case():
    assert units(last(a_life())) == [(KEL_GAMBIR, "alert")]


def test_the_reporter_is_told_of_every_status_and_of_nothing_twice():
    life = a_life().does(LURAH, "coordinate", unit=DBM).does(ENGINEER, "start").proves(ENGINEER)
    life.does(VALIDATOR, "validate").does(REPORTER, "confirm")

    assert [telling.event for event in life.events if (telling := messages.for_reporter(event))] == [
        "waiting", "coordinated", "in_progress", "awaiting_validation", "resolved", "closed",
    ]  # fmt: skip


def test_who_gets_a_case_hears_of_it():
    assert units(acted(a_complaint(), "coordinate", LURAH, unit=DBM)) == [(DBM, "alert")]


def test_the_unit_of_the_assignee_hears_of_an_assignment():
    named = Given({"officer": CREW.id}, named=Named(officer=an_officer(CREW)))

    decision = acted(a_complaint("coordinated"), "assign", ENGINEER, sent=named)

    assert units(decision) == [(SUDIN, "alert")]


def test_the_bureau_hears_of_a_proof_the_inspectorate_of_one_about_officers():
    usual = acted(a_complaint("in_progress"), "propose_done", ENGINEER, sent=a_proof())
    officer = an_actor("opd_officer", KEC_GAMBIR)
    inside = acted(
        a_complaint("in_progress", KEC_GAMBIR, category=STREET_SWEEPERS), "propose_done", officer, text="Ditegur"
    )

    assert (units(usual), units(inside)) == ([(BUREAU, "alert")], [(INSPECTORATE, "alert")])


def test_the_holder_hears_how_its_proof_was_judged():
    case = a_complaint("awaiting_validation")

    assert units(acted(case, "validate", VALIDATOR)) == [(DBM, "resolved")]
    assert units(acted(case, "refuse", VALIDATOR, reason_code="incomplete", text="Satu sisi")) == [(DBM, "alert")]


def test_an_objection_after_a_rejection_is_heard_by_the_new_holder_alone():
    assert units(acted(a_complaint("rejected"), "object", REPORTER, text="Ini jalan kota")) == [(BUREAU, "alert")]


def test_a_rejection_is_for_the_reporter_only():
    decision = acted(a_complaint(), "reject", LURAH, reason_code="emergency", text="Hubungi 112")

    assert (units(decision), reporter(decision)) == ([], "rejected")


def test_a_comment_is_told_to_the_other_side():
    case = a_complaint("in_progress")
    asked = acted(case, "comment", REPORTER, text="Kapan?")
    answered = acted(case, "comment", ENGINEER, text="Besok")

    assert (units(asked), reporter(asked)) == ([(DBM, "reply")], None)
    assert (units(answered), reporter(answered)) == ([], "reply")


def test_a_comment_among_officers_is_told_to_nobody():
    decision = acted(a_complaint("in_progress"), "comment", ENGINEER, text="Alat rusak", internal=True)

    assert (units(decision), reporter(decision)) == ([], None)


def test_who_receives_a_case_whose_place_was_found_hears_of_it_the_reporter_does_not():
    decision = acted(unlocated(), "locate", DESK, location={"kelurahan": GAMBIR}, area=GAMBIR)

    assert (units(decision), reporter(decision)) == ([(KEL_GAMBIR, "alert")], None)


def test_a_rejected_case_whose_window_ends_tells_the_reporter_nothing_new():
    life = a_life().does(LURAH, "reject", reason_code="spam", text="Iklan").passes(hours=73)
    life.rings()

    assert reporter(last(life)) is None
    assert units(last(life)) == [(KEL_GAMBIR, "rejected")]


# The ladder


def rung_after(life, **time):
    """What rang after that time: the last event of it, which tells."""
    life.passes(**time).rings()
    return life.decisions[-1]


def test_a_late_coordination_climbs_the_ladder():
    life = a_life()
    heard = [units(rung_after(life, hours=hours)) for hours in (3, 2, 2, 24)]

    assert heard == [
        [(KEL_GAMBIR, "reminder")], [(KEL_GAMBIR, "reminder")], [(KEL_GAMBIR, "breach")], [(KOTA_PUSAT, "escalation")],
    ]  # fmt: skip


def test_of_rungs_that_are_due_together_each_unit_hears_of_its_highest():
    together = rung_after(a_life(), days=30)

    assert set(units(together)) == {
        (KEL_GAMBIR, "breach"), (KOTA_PUSAT, "escalation"), (BUREAU, "escalation"), ("SEKDA", "escalation"),
    }  # fmt: skip
    assert [units(as_of_change(change)) for change in together.changes[:-1]] == [[]] * (len(together.changes) - 1)


def as_of_change(change):
    return as_decision(None, change.after, change.event)


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        pytest.param(5, None, id="reminders are the unit's own"),
        pytest.param(7, None, id="so is a late first answer"),
        pytest.param(31, "escalation", id="an escalation of the first answer"),
        pytest.param(30 * 24, "escalation", id="many rungs at once are one message"),
    ],
)
def test_the_reporter_hears_of_lateness_once(hours, told):
    assert reporter(rung_after(a_life(), hours=hours)) == told


def test_the_reporter_hears_of_the_breach_of_the_work():
    life = a_life().does(LURAH, "coordinate", unit=DBM)

    assert reporter(rung_after(life, hours=73)) == "breach"


@pytest.mark.parametrize(
    ("case", "heard"),
    [
        pytest.param(unlocated(category=POTHOLE), BUREAU, id="no place yet: the coordinator"),
        pytest.param(a_complaint("awaiting_validation"), BUREAU, id="a proof: the coordinator"),
        pytest.param(
            a_complaint("awaiting_validation", KEC_GAMBIR, category=STREET_SWEEPERS), INSPECTORATE,
            id="a proof about officers: the inspectorate",
        ),
    ],
)  # fmt: skip
def test_late_places_and_proofs_are_not_the_holders_to_hear(case, heard):
    kind = "validation" if case.located else "location"
    late = replace(case, clocks={kind: clocks.start(kind, NOW, 3600)})

    rung = ring(late, reference=CITY, now=NOW + 30 * HOUR, salt="garam")

    assert (units(rung), reporter(rung)) == ([(heard, "breach")], None)


# What is kept back


def test_a_kelurahan_never_hears_of_a_case_about_its_officers():
    case = a_complaint("waiting", KEL_GAMBIR, category=STREET_SWEEPERS)

    assert units(acted(case, "withdraw", REPORTER)) == [(INSPECTORATE, "withdrawn")]


@pytest.mark.parametrize(
    ("category", "shielded"), [(POTHOLE, False), (VIOLENCE, True), (STREET_SWEEPERS, True), (ILLEGAL_LEVY, True)]
)
def test_messages_of_sensitive_cases_and_those_about_officers_are_shielded(category, shielded):
    assert is_delicate(CITY.categories[category]) is shielded


def test_no_outside_unit_is_ever_told():
    decisions = [
        acted(a_complaint(category="LISTRIK"), "coordinate", COORDINATOR, unit=DBM),
        acted(a_complaint("rejected", BUREAU, category="BPJS"), "object", REPORTER, text="Keliru"),
        acted(a_complaint(unit=BUREAU, category="BPJS"), "accept", BUREAU_OFFICER),
    ]

    told = [unit for decision in decisions for unit, _ in units(decision)]
    assert told
    assert [unit for unit in told if CITY.units[unit].external] == []


# The ledger's names, the table's words


def test_a_message_is_counted_by_event_and_recipient():
    event = a_life().events[0]
    key = messages.key(event, Message(THE_REPORTER, "waiting"))

    assert (key, messages.split_key(key)) == ("000001#reporter", (1, THE_REPORTER))


@pytest.mark.parametrize(
    "to",
    [
        THE_REPORTER,
        messages.unit("KEL_31.71.01.1001"),
        messages.partner("LAPOR1708"),
        messages.merged_reporter("JKT-0000-0001-2"),
        messages.follower("JKT-0000-0001-2", "f1"),
    ],
    ids=lambda to: to.name,
)
def test_a_recipient_is_read_back_from_its_name(to):
    assert messages.recipient_named(to.name) == to


def test_every_word_of_a_built_row_is_understood():
    understood = {"first_receiver", "holder", "assignee", "unit", "validators", "other_side", "ladder"}
    understood |= {"approvers", "former_holder", "reporter", "followers"}

    assert {word for row in TABLE if row.built for word in row.tells} <= understood


def test_the_unit_watches_the_running_clock_with_the_least_time_left():
    life = a_life()

    (told,) = messages.for_units(life.events[0], life.complaint, CITY)

    assert messages.deadline(told, life.complaint) == life.complaint.clocks["coordination"]


def test_of_two_clocks_that_ring_together_each_unit_watches_the_one_that_it_hears_of():
    life = a_life()
    together = rung_after(life, days=30)

    told = messages.for_units(together.event, together.complaint, CITY)
    watched = {message.to.id: messages.deadline(message, together.complaint).kind for message in told}

    assert watched == {message.to.id: message.rung.clock for message in told}


@pytest.mark.parametrize("status", ["resolved", "closed", "rejected", "withdrawn"])
def test_an_ended_case_has_no_deadline_for_its_unit(status):
    (told,) = messages.for_units(a_life().events[0], a_complaint(status), CITY)

    assert messages.deadline(told, a_complaint(status)) is None


def test_an_inspector_who_writes_to_the_reporter_is_heard():
    case = a_complaint("in_progress", INSPECTORATE, category=ILLEGAL_LEVY)

    assert reporter(acted(case, "comment", INSPECTOR, text="Kami periksa")) == "reply"


# Another unit, the same status


@pytest.mark.parametrize(
    ("case", "action", "actor", "needs"),
    [
        pytest.param(a_complaint(), "transfer", LURAH, {"unit": DSDA, **NOT_OURS}, id="transfer while waiting"),
        pytest.param(
            a_complaint(), "recategorise", COORDINATOR, {"category": VIOLENCE, "text": "Salah"}, id="category"
        ),
        pytest.param(late(a_complaint("assigned", SUDIN)), "take_over", HEAD, {"text": "Terlambat"}, id="take over"),
    ],
)
def test_the_reporter_hears_that_another_unit_has_the_case_though_its_status_stays(case, action, actor, needs):
    event = acted(case, action, actor, **needs).event

    assert (event.moved, event.unit != case.unit) == (False, True)
    assert messages.for_reporter(event) == Message(THE_REPORTER, event.status)


def test_the_reporter_hears_nothing_of_a_new_category_at_the_same_unit():
    event = acted(a_complaint(), "recategorise", LURAH, category=STREET_LIGHT, text="Lampu").event

    assert messages.for_reporter(event) is None
