"""Whole lives of cases, as Jakarta lives them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.actor import REPORTER
from chalicelib.domain.errors import ConflictError, NotAllowedError
from chalicelib.domain.situation import Named
from tests.builders import (
    BUREAU,
    BUREAU_OFFICER,
    COORDINATOR,
    CREW,
    DBM,
    DESK,
    DSDA,
    ENGINEER,
    GAMBIR,
    HOUR,
    ILLEGAL_LEVY,
    INSPECTOR,
    INSPECTORATE,
    KEC_GAMBIR,
    KEL_GAMBIR,
    KOTA_PUSAT,
    LURAH,
    NOW,
    PUMP_OFFICER,
    SECOND_INSPECTOR,
    SECOND_VALIDATOR,
    STREET_LIGHT,
    STREET_SWEEPERS,
    SUDIN,
    VALIDATOR,
    VIOLENCE,
    Given,
    a_life,
    an_actor,
    an_officer,
    offered,
)

NOT_SOLVED = {"reason_code": "not_solved", "text": "Masih berlubang"}


def mended():
    """A pothole that the kelurahan coordinated, Bina Marga's crew mended and a validator found in order."""
    life = a_life().passes(hours=1).does(LURAH, "coordinate", unit=DBM)
    life.passes(hours=1).does(ENGINEER, "assign", sent=to(CREW)).does(CREW, "start")
    return life.passes(hours=10).proves(CREW).passes(hours=2).does(VALIDATOR, "validate")


def to(officer):
    return Given({"officer": officer.id}, named=Named(officer=an_officer(officer)))


# The straight life


def test_a_pothole_is_reported_coordinated_mended_validated_and_confirmed():
    life = mended().passes(hours=5).does(REPORTER, "confirm", rating=5, text="Terima kasih")

    assert life.told == [
        "waiting", "coordinated", "assigned", "in_progress", "awaiting_validation", "resolved", "closed",
    ]  # fmt: skip
    assert set(life.states().values()) == {"met"}
    assert (life.complaint.unit, life.complaint.assignee, life.complaint.rating) == (SUDIN, CREW.id, 5)


def test_a_kelurahan_does_itself_what_it_owns():
    life = a_life().does(LURAH, "accept").does(LURAH, "start").proves(LURAH).does(VALIDATOR, "validate")

    assert (life.complaint.status, life.complaint.unit) == ("resolved", KEL_GAMBIR)


def test_a_case_that_nobody_confirms_is_closed_when_the_window_ends():
    life = mended().passes(hours=71)
    assert life.rings() == []

    rung = life.passes(hours=1).rings()

    assert (rung, life.complaint.status) == (["lapse"], "closed")


def test_nothing_rings_any_more_in_a_closed_case():
    life = mended().does(REPORTER, "confirm").passes(days=400)

    assert life.rings() == []


def test_what_the_outcome_was_stays_with_the_case():
    life = a_life().does(LURAH, "accept").does(LURAH, "start")
    life.does(LURAH, "propose_done", text="Tanah pribadi", outcome="cannot", reason_code="private_land")

    case = life.does(VALIDATOR, "validate").complaint

    assert (case.outcome.code, case.outcome.reason_code) == ("cannot", "private_land")
    assert life.events[-2].facts["outcome"] == {"code": "cannot", "reason_code": "private_land"}


# Rework


def test_a_refused_proof_gives_no_time():
    life = a_life().does(LURAH, "accept").does(LURAH, "start")
    before = life.complaint.clocks["resolution"]
    life.passes(hours=70).proves(LURAH).passes(hours=20)

    life.does(VALIDATOR, "refuse", **NOT_SOLVED)

    assert life.complaint.clocks["resolution"] == before
    assert life.states() == {"coordination": "met", "resolution": "late", "validation": "met"}
    assert life.complaint.outcome is None


def test_the_rungs_that_passed_while_a_proof_was_judged_ring_all_in_order():
    life = a_life().does(LURAH, "accept").does(LURAH, "start").passes(hours=30).proves(LURAH)
    life.passes(hours=19).does(VALIDATOR, "refuse", **NOT_SOLVED)

    assert life.passes(hours=24).rings() == ["reminder_50", "reminder_80", "breach"]


def test_a_proof_is_done_again_and_judged_again():
    life = a_life().does(LURAH, "accept").does(LURAH, "start").proves(LURAH).does(VALIDATOR, "refuse", **NOT_SOLVED)

    life.passes(hours=1).proves(LURAH).does(SECOND_VALIDATOR, "validate")

    assert life.complaint.status == "resolved"
    assert life.complaint.clocks["validation"].started_at == NOW + HOUR


# Objection


def test_an_objection_opens_the_same_number_again_with_a_clock_of_its_own():
    life = mended()
    first = life.complaint

    life.passes(hours=71).does(REPORTER, "object", text="Berlubang lagi")

    assert (life.complaint.status, life.complaint.number, life.complaint.unit) == ("reopened", first.number, SUDIN)
    assert life.complaint.clocks["rework"].due_at == life.now + 72 * HOUR
    assert {k: life.complaint.clocks[k] for k in ("coordination", "resolution")} == {
        k: first.clocks[k] for k in ("coordination", "resolution")
    }
    assert (life.complaint.arming, life.complaint.assignee) == (first.arming + 1, None)


def test_after_an_objection_a_refused_proof_lets_the_rework_clock_run_on():
    life = mended().does(REPORTER, "object", text="Berlubang lagi")
    rework = life.complaint.clocks["rework"]
    life.does(CREW, "start").passes(hours=3).proves(CREW)

    life.does(VALIDATOR, "refuse", **NOT_SOLVED)

    assert life.complaint.clocks["rework"] == rework
    assert life.complaint.clocks["resolution"].stopped_at is not None


def test_a_second_objection_starts_the_rework_clock_anew():
    life = mended().does(REPORTER, "object", text="Lagi").does(CREW, "start").proves(CREW).does(VALIDATOR, "validate")
    before = life.complaint.arming

    life.passes(hours=50).does(REPORTER, "object", text="Lagi dan lagi")

    assert life.complaint.clocks["rework"].started_at == life.now
    assert life.complaint.arming == before + 1


def test_too_late_an_objection_is_refused():
    life = mended().passes(hours=73)

    with pytest.raises(ConflictError):
        life.does(REPORTER, "object", text="Baru lihat")


def test_the_coordinator_sends_a_reopened_case_elsewhere():
    life = mended().does(REPORTER, "object", text="Air, bukan aspal").does(COORDINATOR, "coordinate", unit=DSDA)

    life.does(PUMP_OFFICER, "start").proves(PUMP_OFFICER)

    assert (life.complaint.status, life.complaint.owner) == ("awaiting_validation", DSDA)


# Rejection


def test_a_rejected_case_stays_rejected_when_nobody_objects():
    life = a_life().does(LURAH, "reject", reason_code="outside_authority", text="Jalan tol")

    rung = life.passes(hours=72).rings()

    assert (rung, life.complaint.status) == (["lapse"], "rejected")
    assert life.passes(days=400).rings() == []
    assert "object" not in offered(life.complaint, REPORTER, life.now)


def test_a_rejection_stops_every_clock_and_opens_the_window():
    life = a_life().passes(hours=7).does(LURAH, "reject", reason_code="other", text="Bukan lubang")

    assert life.states() == {"coordination": "missed", "resolution": "met", "confirmation": "running"}


def test_an_objection_to_a_rejection_is_for_the_bureau_to_settle():
    life = a_life().does(LURAH, "reject", reason_code="outside_authority", text="Jalan tol")

    life.passes(hours=10).does(REPORTER, "object", text="Ini jalan kota")

    assert (life.complaint.status, life.complaint.unit) == ("reopened", BUREAU)
    assert life.states()["coordination"] == "met"
    assert life.does(COORDINATOR, "coordinate", unit=DBM).complaint.unit == DBM


def test_an_objection_about_officers_is_for_the_inspectorate():
    life = a_life(category=STREET_SWEEPERS)
    life.does(an_actor("opd_officer", KEC_GAMBIR), "reject", reason_code="other", text="Tidak benar")

    life.does(REPORTER, "object", text="Benar")

    assert life.complaint.unit == INSPECTORATE


def test_the_coordinator_objects_to_a_rejection_long_after_its_window():
    life = a_life().does(LURAH, "reject", reason_code="spam", text="Iklan").passes(days=30)
    life.rings()

    life.does(COORDINATOR, "object", text="Bukan iklan")

    assert (life.complaint.status, life.complaint.unit) == ("reopened", BUREAU)


# Withdrawal


def test_a_reporter_takes_a_report_back_and_all_is_still():
    life = a_life().does(LURAH, "accept").does(REPORTER, "withdraw", text="Sudah diperbaiki warga")

    assert (life.complaint.status, life.passes(days=400).rings()) == ("withdrawn", [])
    assert offered(life.complaint, REPORTER) == ["erase"]


@pytest.mark.parametrize("step", ["awaiting_validation", "resolved"])
def test_what_is_done_is_not_taken_back(step):
    life = mended()
    done = replace(life.complaint, status=step)

    assert "withdraw" not in offered(done, REPORTER, life.now)


# Without a place


def a_desk_case(category="JLN_LUBANG"):
    return a_life(DESK, category=category, channel="EMAIL", area=None, place=None)


def test_a_report_without_a_place_waits_at_the_bureau_with_a_location_clock():
    life = a_desk_case()
    running = life.complaint.clocks

    assert (life.complaint.status, life.complaint.unit) == ("waiting", BUREAU)
    assert running["location"].due_at == NOW + 3 * HOUR
    assert running["location"].due_at - NOW <= (running["coordination"].due_at - NOW) / 2


def test_once_its_place_is_found_the_kelurahan_has_it_and_coordination_runs_on():
    life = a_desk_case()
    coordination = life.complaint.clocks["coordination"]

    life.passes(hours=2).does(DESK, "locate", location={"kelurahan": GAMBIR}, area=GAMBIR)

    assert (life.complaint.status, life.complaint.unit, life.complaint.area) == ("waiting", KEL_GAMBIR, GAMBIR)
    assert life.states()["location"] == "met"
    assert life.complaint.clocks["coordination"] == coordination


def test_the_exact_place_is_among_the_words_that_can_be_erased():
    life = a_desk_case().does(DESK, "locate", location={"lat": -6.17541, "lon": 106.82719}, area=GAMBIR)

    assert life.events[-1].words == {"location": {"lat": -6.17541, "lon": 106.82719}}
    assert life.events[-1].facts == {"unit": KEL_GAMBIR, "area": GAMBIR, "rule": "default", "rules": 0}


def test_a_place_nobody_looks_for_is_breached_once_to_the_coordinator():
    life = a_desk_case().passes(hours=4)
    life.rings()

    assert [e.facts["rung"] for e in life.events[1:] if e.facts["clock"] == "location"] == ["reminder_80", "breach"]


def test_a_named_lead_receives_a_case_without_place_at_once():
    life = a_desk_case(VIOLENCE)

    assert life.complaint.unit == "PPAPP"
    assert "location" not in life.complaint.clocks


def test_the_place_of_a_case_at_work_is_set_without_moving_it():
    life = a_desk_case().does(COORDINATOR, "coordinate", unit=DBM).does(ENGINEER, "start")

    life.does(COORDINATOR, "locate", location={"kelurahan": GAMBIR}, area=GAMBIR)

    assert (life.complaint.status, life.complaint.unit, life.complaint.area) == ("in_progress", DBM, GAMBIR)


# About officers


def test_a_case_about_street_sweepers_never_goes_to_their_kelurahan():
    assert a_life(category=STREET_SWEEPERS).complaint.unit == KEC_GAMBIR


def test_the_inspectorate_works_its_own_cases_and_a_colleague_judges():
    life = a_life(category=ILLEGAL_LEVY).does(INSPECTOR, "accept").does(INSPECTOR, "start")
    life.does(INSPECTOR, "propose_done", text="Petugas ditindak")

    with pytest.raises(NotAllowedError):
        life.does(INSPECTOR, "validate")
    with pytest.raises(NotAllowedError):
        life.does(VALIDATOR, "validate")

    assert life.does(SECOND_INSPECTOR, "validate").complaint.status == "resolved"


def test_the_city_corrects_its_kelurahan_and_the_inspectorate_judges():
    officer = an_actor("opd_officer", KOTA_PUSAT)
    life = a_life(category="LAYANKEL").does(officer, "accept").does(officer, "start")

    life.does(officer, "propose_done", text="Loket dibuka").does(INSPECTOR, "validate")

    assert life.complaint.status == "resolved"


def test_a_sensitive_case_is_private_whatever_was_asked():
    assert a_life(category=VIOLENCE, visibility="public").complaint.visibility == "private"


# Authority


def test_a_kelurahan_does_not_close_what_is_bina_margas():
    life = a_life(category=STREET_LIGHT)

    with pytest.raises(NotAllowedError) as refused:
        life.does(LURAH, "accept")

    assert refused.value.owner == DBM


def test_the_bureau_refers_what_is_led_from_outside_and_may_answer_for_it():
    life = a_life(category="BPJS").does(BUREAU_OFFICER, "accept").does(BUREAU_OFFICER, "start").proves(BUREAU_OFFICER)

    assert life.complaint.status == "awaiting_validation"


# The ladder


def test_eight_days_of_silence_ring_every_rung_of_both_clocks_once_in_order():
    life = a_life().passes(days=11)

    rung = life.rings()

    assert len(rung) == 12
    assert [e.facts["rung"] for e in life.events[1:] if e.facts["clock"] == "coordination"] == [
        "reminder_50", "reminder_80", "breach", "escalation_1", "escalation_2", "escalation_3",
    ]  # fmt: skip
    assert life.complaint.version == 1
    assert life.rings() == []


def test_at_the_due_instant_nobody_is_late_a_second_later_the_breach_is_on_record():
    life = a_life().passes(hours=6)
    assert life.rings() == ["reminder_50", "reminder_80"]

    assert life.passes(seconds=1).rings() == ["breach"]


def test_a_late_alarm_of_a_stopped_clock_does_nothing():
    life = a_life().passes(hours=5).does(LURAH, "accept")
    life.passes(hours=10).rings()

    assert all(event.facts.get("clock") != "coordination" for event in life.events)


def test_a_ring_makes_nobodys_view_stale():
    life = a_life()
    seen = life.complaint.version
    life.passes(hours=7).rings()

    assert life.does(LURAH, "accept", version=seen).complaint.status == "assigned"


def test_time_is_kept_to_the_second_it_was_received():
    life = a_life(now=NOW + timedelta(microseconds=500_000))

    assert life.complaint.received_at == NOW + timedelta(microseconds=500_000)
    assert life.complaint.clocks["coordination"].started_at == NOW
