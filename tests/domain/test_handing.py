"""How a case changes hands: counted, bounded, with its clocks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.case.publicity import publicity
from chalicelib.domain.errors import ConflictError, InvalidError, NotAllowedError
from chalicelib.domain.lifecycle import ROWS
from tests.builders import (
    BUREAU,
    CITY,
    COORDINATOR,
    CREW,
    DBM,
    DESK,
    DSDA,
    ENGINEER,
    HEAD,
    KEL_GAMBIR,
    LURAH,
    NOW,
    POTHOLE,
    POWER,
    PUMP_OFFICER,
    REPORTER,
    STREET_LIGHT,
    SUDIN,
    VALIDATOR,
    VIOLENCE,
    a_complaint,
    a_life,
    acted,
    an_actor,
    late,
    offered,
)

NOT_OURS = {"reason_code": "not_ours", "text": "Bukan kewenangan kami"}
DINKES_OFFICER = an_actor("opd_officer", "DINKES")


def at_dbm(**differences):
    """A case that the kelurahan coordinated to Bina Marga an hour after its receipt."""
    return a_life(**differences).passes(hours=1).does(LURAH, "coordinate", unit=DBM)


def refusal(life, actor, action, **named):
    with pytest.raises((ConflictError, InvalidError, NotAllowedError)) as refused:
        life.does(actor, action, **named)
    return refused.value.code


# Transfer


def test_a_transfer_leads_to_waiting_at_the_new_unit_and_the_first_coordination_runs_on():
    life = at_dbm()
    due = {kind: clock.due_at for kind, clock in life.complaint.clocks.items()}

    life.passes(hours=1).does(ENGINEER, "transfer", unit=DSDA, **NOT_OURS)

    case = life.complaint
    assert (case.status, case.unit, case.hops, case.assignee) == ("waiting", DSDA, 1, None)
    assert {kind: clock.due_at for kind, clock in case.clocks.items()} == due
    assert life.states() == {"coordination": "running", "resolution": "running"}


def test_the_history_says_the_hop_its_reason_and_how_long_it_was_held():
    life = at_dbm().passes(hours=2).does(ENGINEER, "transfer", unit=DSDA, **NOT_OURS)

    assert life.events[-1].facts == {
        "reason_code": "not_ours", "unit": DSDA, "from": DBM, "held_seconds": 7200, "hops": 1,
    }  # fmt: skip


def test_each_units_time_is_counted_to_the_second():
    life = at_dbm().passes(hours=2).does(ENGINEER, "transfer", unit=DSDA, **NOT_OURS)
    life.passes(hours=5).does(PUMP_OFFICER, "transfer", **NOT_OURS)

    assert life.complaint.custody.held == {KEL_GAMBIR: 3600, DBM: 7200, DSDA: 5 * 3600}


def test_a_return_goes_back_step_by_step_and_counts_no_hop():
    life = at_dbm().does(ENGINEER, "transfer", unit=DSDA, **NOT_OURS)

    life.does(PUMP_OFFICER, "transfer", **NOT_OURS)
    back_once = (life.complaint.unit, life.complaint.hops)
    life.does(ENGINEER, "transfer", **NOT_OURS)

    assert (back_once, life.complaint.unit, life.complaint.hops) == ((DBM, 1), KEL_GAMBIR, 1)


def test_what_came_from_nowhere_goes_back_nowhere():
    assert refusal(a_life(), LURAH, "transfer", **NOT_OURS) == "invalid"


def test_after_two_hops_only_a_coordinator_places_it():
    life = at_dbm().does(ENGINEER, "transfer", unit=DSDA, **NOT_OURS)
    life.does(PUMP_OFFICER, "transfer", unit="DINKES", **NOT_OURS)

    assert refusal(life, DINKES_OFFICER, "transfer", unit="DLH", **NOT_OURS) == "state_forbids"

    life.does(COORDINATOR, "transfer", unit="DLH", **NOT_OURS)
    assert (life.complaint.unit, life.complaint.owner, life.complaint.hops) == ("DLH", "DLH", 2)


def test_after_two_hops_it_may_still_go_back():
    life = at_dbm().does(ENGINEER, "transfer", unit=DSDA, **NOT_OURS)
    life.does(PUMP_OFFICER, "transfer", unit="DINKES", **NOT_OURS)

    assert "transfer" in offered(life.complaint, DINKES_OFFICER)
    assert life.does(DINKES_OFFICER, "transfer", **NOT_OURS).complaint.unit == DSDA


def test_nobody_passes_it_to_the_same_unit_twice():
    life = at_dbm().does(ENGINEER, "transfer", unit=DSDA, **NOT_OURS)
    life.does(PUMP_OFFICER, "transfer", **NOT_OURS)

    assert refusal(life, ENGINEER, "transfer", unit=DSDA, **NOT_OURS) == "state_forbids"
    assert life.does(ENGINEER, "transfer", unit="DINKES", **NOT_OURS).complaint.hops == 2


def test_a_kelurahan_and_an_opd_cannot_play_it_back_and_forth():
    life = at_dbm().does(ENGINEER, "transfer", **NOT_OURS)
    life.does(LURAH, "coordinate", unit=DBM)

    assert refusal(life, ENGINEER, "transfer", **NOT_OURS) == "state_forbids"


def test_a_transfer_that_is_used_up_is_not_offered():
    life = at_dbm().does(ENGINEER, "transfer", **NOT_OURS).does(LURAH, "coordinate", unit=DBM)
    spent = replace(life.complaint, hops=2)

    assert ("transfer" in offered(spent, ENGINEER), "transfer" in offered(spent, COORDINATOR)) == (False, True)


@pytest.mark.parametrize(
    "unit", ["NO_SUCH_UNIT", "PLN", DBM], ids=["unknown", "outside the city", "the one that holds it"]
)
def test_a_transfer_names_another_unit_of_the_city(unit):
    assert refusal(at_dbm(), ENGINEER, "transfer", unit=unit, **NOT_OURS) == "invalid"


def test_no_case_goes_where_nobody_could_see_it():
    case = a_complaint("coordinated", "PPAPP", category=VIOLENCE)

    with pytest.raises(InvalidError):
        acted(case, "transfer", an_actor("opd_officer", "PPAPP"), unit=KEL_GAMBIR, **NOT_OURS)


def test_once_reopened_a_transfer_lets_the_rework_run_alone():
    life = at_dbm().does(ENGINEER, "start").proves(ENGINEER).does(VALIDATOR, "validate")
    life.does(REPORTER, "object", text="Masih berlubang").passes(hours=1)
    before = dict(life.complaint.clocks)

    life.does(ENGINEER, "transfer", unit=DSDA, **NOT_OURS)

    assert life.complaint.clocks == before
    assert [kind for kind, clock in life.complaint.clocks.items() if clock.running] == ["rework"]


def test_who_gets_a_case_after_its_first_deadline_is_late_at_once():
    life = at_dbm().passes(hours=20).does(ENGINEER, "transfer", unit=DSDA, **NOT_OURS)

    assert life.states()["coordination"] == "late"
    assert "breach" in life.rings()


# Recategorise


def test_a_new_category_is_routed_anew_and_the_assignee_is_cleared():
    life = at_dbm().does(HEAD, "assign", unit=DBM)
    life.complaint = replace(life.complaint, assignee="sari-binamarga")

    life.does(ENGINEER, "recategorise", category=STREET_LIGHT, text="Lampu, bukan lubang")

    case = life.complaint
    lead = CITY.categories[STREET_LIGHT].lead
    assert (case.status, case.category, case.unit, case.assignee) == ("coordinated", STREET_LIGHT, lead, None)
    facts = life.events[-1].facts
    assert (facts["category"], facts["former_category"], facts["unit"]) == (STREET_LIGHT, POTHOLE, lead)


def test_a_waiting_case_stays_waiting_at_the_new_first_receiver():
    case = acted(a_complaint(), "recategorise", LURAH, category=STREET_LIGHT, text="Lampu").complaint

    assert (case.status, case.unit) == ("waiting", KEL_GAMBIR)


def test_a_category_led_from_outside_is_held_by_its_first_receiver():
    case = acted(a_complaint("assigned"), "recategorise", ENGINEER, category=POWER, text="Tiang PLN").complaint

    assert CITY.units[case.unit].external is False


@pytest.mark.parametrize(("old", "new"), [(POTHOLE, STREET_LIGHT), (STREET_LIGHT, POTHOLE), (POTHOLE, "BANJIR")])
def test_a_new_category_never_gives_more_time(old, new):
    before = a_complaint("in_progress", category=old, clocks=a_complaint("in_progress", category=old).clocks)
    new = new if new in CITY.categories else next(c for c in CITY.categories if c not in (old, STREET_LIGHT))
    limit = CITY.categories[new].resolution_limit

    after = acted(before, "recategorise", ENGINEER, category=new, text="Salah kategori").complaint

    was = before.clocks["resolution"]
    assert after.clocks["resolution"].due_at == min(was.due_at, was.started_at + timedelta(seconds=limit))


def test_what_was_answered_in_time_stays_answered_in_time():
    case = a_complaint("in_progress")

    after = acted(case, "recategorise", ENGINEER, category=STREET_LIGHT, text="Lampu").complaint

    assert after.clocks["coordination"] == case.clocks["coordination"]


def test_a_shorter_limit_is_met_by_a_timer_of_its_own():
    longest = max(CITY.categories.values(), key=lambda category: category.resolution_limit)
    shortest = min(CITY.categories.values(), key=lambda category: category.resolution_limit)
    case = a_complaint("in_progress", category=longest.code)

    sooner = acted(case, "recategorise", ENGINEER, category=shortest.code, text="Darurat").complaint
    later = acted(
        a_complaint("in_progress", category=shortest.code), "recategorise", ENGINEER, category=longest.code, text="x"
    ).complaint

    assert (sooner.arming, later.arming) == (case.arming + 1, 1)
    assert ROWS["recategorise"].arms


def test_once_delicate_the_words_stay_out_of_sight():
    life = at_dbm().does(ENGINEER, "recategorise", category=VIOLENCE, text="Kekerasan")
    life.does(COORDINATOR, "recategorise", category=POTHOLE, text="Ternyata lubang")

    case = life.complaint
    assert case.summary.text == ""
    assert not publicity(case, CITY.categories[POTHOLE]).described


@pytest.mark.parametrize("category", [POTHOLE, "NO_SUCH"], ids=["the same", "unknown"])
def test_another_category_that_there_is_must_be_named(category):
    assert refusal(at_dbm(), ENGINEER, "recategorise", category=category, text="Salah") == "invalid"


def test_a_desk_sorts_while_nobody_has_answered():
    case = a_complaint(channel="EMAIL")

    assert acted(case, "recategorise", DESK, category=STREET_LIGHT, text="Lampu").complaint.category == STREET_LIGHT
    assert "recategorise" not in offered(replace(case, status="coordinated"), DESK)


def test_without_a_place_the_clock_of_the_place_follows_the_category():
    waits = a_life(DESK, area=None, place=None, channel="EMAIL")
    named = waits.does(COORDINATOR, "recategorise", category=VIOLENCE, text="Kekerasan").complaint

    assert named.unit != BUREAU
    assert named.clocks["location"].stopped_at is not None

    again = waits.does(COORDINATOR, "recategorise", category=POTHOLE, text="Lubang").complaint
    assert again.unit == BUREAU
    assert again.clocks["coordination"].running


def test_a_return_never_leads_to_who_had_it_as_another_matter():
    life = at_dbm().does(ENGINEER, "recategorise", category=STREET_LIGHT, text="Lampu")

    assert life.complaint.custody.came_from is None


# Refer and recall


def referred(**differences):
    until = NOW + timedelta(days=9)
    return at_dbm(**differences).does(
        ENGINEER, "refer", outside_unit="PLN", outside_number="PLN-17", until=until, text="Tiang milik PLN"
    )


def test_a_referred_case_stays_open_at_its_holder_and_its_resolution_runs_on():
    life = referred()

    case = life.complaint
    assert (case.status, case.unit, case.is_open) == ("referred", DBM, True)
    assert (case.outside.unit, case.outside.number, case.outside.until) == ("PLN", "PLN-17", NOW + timedelta(days=9))
    assert life.states() == {"coordination": "met", "resolution": "running"}


def test_the_agencys_name_and_number_are_words_that_can_be_erased():
    event = referred().events[-1]

    assert (event.words["outside_unit"], event.words["outside_number"]) == ("PLN", "PLN-17")
    assert "PLN" not in str(event.facts)


@pytest.mark.parametrize("days", [-1, 0])
def test_the_agencys_date_is_still_to_come(days):
    life = at_dbm()
    named = {"outside_unit": "PLN", "outside_number": "1", "until": life.now + timedelta(days=days), "text": "x"}

    assert refusal(life, ENGINEER, "refer", **named) == "invalid"


def test_a_hand_off_closes_nothing_the_holder_proves_it():
    life = referred().proves(ENGINEER)

    assert life.complaint.status == "awaiting_validation"


def test_a_recalled_case_is_worked_again():
    life = referred().does(ENGINEER, "recall", text="PLN menolak")

    assert (life.complaint.status, life.complaint.outside) == ("coordinated", None)


# Take over


def test_a_superior_takes_over_what_is_late():
    life = at_dbm().does(ENGINEER, "assign", unit=SUDIN).passes(days=40)

    life.does(HEAD, "take_over", text="Saya tangani sendiri")

    case = life.complaint
    assert (case.status, case.unit, case.assignee) == ("assigned", DBM, HEAD.id)
    assert life.events[-1].facts == {"unit": DBM, "officer": HEAD.id, "from": SUDIN}


def test_nobody_takes_over_what_is_in_time():
    assert "take_over" not in offered(a_complaint("assigned"), HEAD)
    assert "take_over" in offered(late(a_complaint("assigned")), HEAD)


@pytest.mark.parametrize("actor", [ENGINEER, CREW, COORDINATOR, LURAH], ids=lambda actor: actor.id)
def test_only_a_superior_takes_over(actor):
    assert "take_over" not in offered(late(a_complaint("assigned", SUDIN)), actor)
