"""Who sees a case, and who holds which right on it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain import rights
from chalicelib.domain.actor import PUBLIC, REPORTER, SYSTEM
from chalicelib.domain.case.complaint import STATUSES
from chalicelib.domain.errors import ConflictError, InvalidError, NotAllowedError
from tests.builders import (
    ADMINISTRATOR,
    BUREAU,
    BUREAU_OFFICER,
    CITY,
    COORDINATOR,
    CREW,
    DBM,
    DESK,
    DSDA,
    ENGINEER,
    EVERYBODY,
    HEAD,
    HOUR,
    ILLEGAL_LEVY,
    INSPECTOR,
    INSPECTORATE,
    JAKI,
    KEC_GAMBIR,
    KEL_GAMBIR,
    KOTA_PUSAT,
    LURAH,
    NOW,
    OTHER_DESK,
    POWER,
    PUMP_OFFICER,
    SECOND_INSPECTOR,
    SECOND_VALIDATOR,
    STREET_LIGHT,
    STREET_SWEEPERS,
    SUDIN,
    VALIDATOR,
    VIOLENCE,
    a_complaint,
    a_life,
    a_proof,
    acted,
    an_actor,
    offered,
    unlocated,
)

KEC_OFFICER = an_actor("opd_officer", KEC_GAMBIR)
KOTA_OFFICER = an_actor("opd_officer", KOTA_PUSAT)
DAYS = timedelta(days=1)


def sees(actor, case, now=NOW + HOUR):
    return rights.sees(actor, case, CITY, now)


def readers(case, now=NOW + HOUR):
    return {actor.id for actor in EVERYBODY if sees(actor, case, now)}


ALWAYS = {COORDINATOR.id, INSPECTOR.id, SECOND_INSPECTOR.id, REPORTER.id, SYSTEM.id}


# Who sees


def test_a_case_is_read_by_those_who_hold_it_and_the_kelurahan_it_lies_in():
    assert readers(a_complaint("in_progress", DBM)) == ALWAYS | {LURAH.id, ENGINEER.id, HEAD.id}


def test_a_supervisor_reads_what_the_suku_dinas_of_his_dinas_hold():
    case = a_complaint("assigned", SUDIN)

    assert (sees(HEAD, case), sees(CREW, case), sees(ENGINEER, case)) == (True, True, False)


def test_a_case_handed_on_is_read_by_the_officers_of_its_kelurahan_and_no_longer_by_others():
    case = a_complaint("coordinated", DSDA)

    assert (sees(LURAH, case), sees(ENGINEER, case), sees(HEAD, case)) == (True, False, False)


def test_a_kelurahan_reads_no_sensitive_case_that_lies_in_it():
    assert not sees(LURAH, a_complaint(unit="PPAPP", category=VIOLENCE))


@pytest.mark.parametrize("status", STATUSES)
def test_a_kelurahan_reads_no_case_about_its_officers_even_where_it_holds_it(status):
    assert not sees(LURAH, a_complaint(status, KEL_GAMBIR, category=STREET_SWEEPERS))


def test_the_coordinator_reads_all_but_what_the_inspectorate_holds():
    held = a_complaint(unit=INSPECTORATE, category=ILLEGAL_LEVY)

    assert (sees(COORDINATOR, held), sees(INSPECTOR, held)) == (False, True)
    assert all(sees(COORDINATOR, a_complaint(status)) for status in STATUSES)


@pytest.mark.parametrize("status", STATUSES)
def test_the_administrator_and_the_public_open_no_case(status):
    assert not sees(ADMINISTRATOR, a_complaint(status))
    assert not sees(PUBLIC, a_complaint(status))


def test_a_desk_reads_the_cases_of_its_channels_only():
    mailed = a_complaint(channel="EMAIL")

    assert (sees(DESK, mailed), sees(OTHER_DESK, mailed)) == (True, False)


def test_every_desk_reads_the_unlocated_queue():
    assert sees(OTHER_DESK, unlocated())
    assert not sees(OTHER_DESK, unlocated("rejected"))


def test_a_case_without_place_that_a_named_lead_has_is_in_no_desks_queue():
    assert not sees(OTHER_DESK, unlocated(unit="PPAPP", category=VIOLENCE))


def test_an_unlocated_case_about_officers_is_for_the_coordinator_and_who_typed_it():
    shielded = unlocated(category=STREET_SWEEPERS)

    assert readers(shielded) == ALWAYS | {DESK.id}


def test_who_typed_an_unlocated_case_for_the_inspectorate_may_still_find_its_place():
    shielded = unlocated(unit=INSPECTORATE, category=ILLEGAL_LEVY)

    assert (sees(DESK, shielded), sees(OTHER_DESK, shielded), sees(COORDINATOR, shielded)) == (True, False, False)
    assert "locate" in offered(shielded, DESK)


def test_only_a_desk_reads_what_it_typed_about_officers():
    typed = replace(unlocated().lodging, typed_by=LURAH.id)

    assert not sees(LURAH, unlocated(category=STREET_SWEEPERS, lodging=typed))


def test_once_the_coordinator_has_placed_a_case_about_officers_its_holder_reads_it():
    placed = unlocated("coordinated", KOTA_PUSAT, category=STREET_SWEEPERS, owner=KOTA_PUSAT)

    assert sees(KOTA_OFFICER, placed)


def test_a_validator_reads_what_awaits_validation():
    assert [status for status in STATUSES if sees(VALIDATOR, a_complaint(status))] == ["awaiting_validation"]


def test_a_validator_reads_what_it_decided_for_thirty_days():
    decided = a_complaint("resolved", judged={VALIDATOR.id: NOW})

    assert [sees(VALIDATOR, decided, NOW + days * DAYS) for days in (1, 30, 31)] == [True, True, False]
    assert not sees(SECOND_VALIDATOR, decided)


def test_a_validator_who_refused_remembers_it_also_when_another_one_validated():
    decided = a_complaint("resolved", judged={VALIDATOR.id: NOW, SECOND_VALIDATOR.id: NOW + DAYS})

    assert sees(VALIDATOR, decided, NOW + 2 * DAYS)
    assert sees(SECOND_VALIDATOR, decided, NOW + 2 * DAYS)


def test_a_validator_reads_no_proof_about_officers():
    assert not sees(VALIDATOR, a_complaint("awaiting_validation", KOTA_PUSAT, category=STREET_SWEEPERS))


def test_a_channel_reads_what_it_brought():
    assert (sees(JAKI, a_complaint(channel="JAKI")), sees(JAKI, a_complaint())) == (True, False)


# The holder


@pytest.mark.parametrize(
    ("actor", "unit"),
    [(LURAH, KEL_GAMBIR), (ENGINEER, DBM), (HEAD, DBM), (HEAD, SUDIN), (CREW, SUDIN), (BUREAU_OFFICER, BUREAU)],
    ids=lambda named: getattr(named, "id", named),
)
def test_an_officer_of_the_holder_and_the_supervisor_of_its_opd_act_for_it(actor, unit):
    assert rights.is_holder(actor, a_complaint(unit=unit), CITY)


@pytest.mark.parametrize("actor", [DESK, VALIDATOR, COORDINATOR, ADMINISTRATOR, REPORTER], ids=lambda actor: actor.role)
def test_no_other_role_acts_for_a_holder_even_in_its_unit(actor):
    assert not rights.is_holder(actor, a_complaint(unit=actor.unit or DBM), CITY)


def test_an_officer_of_the_dinas_does_not_act_for_its_suku_dinas():
    assert not rights.is_holder(ENGINEER, a_complaint(unit=SUDIN), CITY)


# The closing right


@pytest.mark.parametrize(
    ("case", "closes"),
    [
        pytest.param(a_complaint(unit=DBM), True, id="the lead"),
        pytest.param(a_complaint(unit=KEL_GAMBIR), True, id="a co-owner at this place"),
        pytest.param(a_complaint(unit="KEL_31.71.01.1002"), False, id="a co-owner elsewhere"),
        pytest.param(a_complaint(unit=SUDIN), True, id="a suku dinas of the lead"),
        pytest.param(a_complaint(unit=DSDA), False, id="another dinas"),
        pytest.param(a_complaint(unit=DSDA, owner=DSDA), True, id="whom the coordinator placed it with"),
        pytest.param(a_complaint(unit="DSDA.31.71", owner=DSDA), True, id="a suku dinas of whom it was placed with"),
        pytest.param(a_complaint(unit=KEL_GAMBIR, category=STREET_LIGHT), False, id="a first receiver without a share"),
        pytest.param(a_complaint(unit=KEL_GAMBIR, category=POWER), True, id="the first receiver of PLN's matters"),
        pytest.param(a_complaint(unit=BUREAU, category="BPJS"), True, id="the bureau for an outside lead"),
        pytest.param(a_complaint("referred", unit=DSDA), True, id="any holder of a referred case"),
    ],
)
def test_the_right_to_close_is_tied_to_authority(case, closes):
    assert rights.may_close(case, CITY) is closes


def test_who_lacks_the_authority_is_told_who_has_it():
    case = a_complaint(unit=KEL_GAMBIR, category=STREET_LIGHT)

    with pytest.raises(NotAllowedError) as refused:
        acted(case, "accept", LURAH)

    assert (refused.value.code, refused.value.owner) == ("not_your_authority", DBM)


def test_who_lacks_the_authority_is_told_whom_the_coordinator_placed_it_with():
    case = a_complaint("in_progress", BUREAU, owner=DSDA)

    with pytest.raises(NotAllowedError) as refused:
        acted(case, "propose_done", BUREAU_OFFICER)

    assert refused.value.owner == DSDA


def test_who_does_not_hold_a_case_is_simply_not_allowed():
    with pytest.raises(NotAllowedError) as refused:
        acted(a_complaint("in_progress", DBM), "propose_done", PUMP_OFFICER)

    assert (refused.value.code, refused.value.owner) == ("not_allowed", None)


# The judge


def test_nobody_judges_a_proof_of_his_own_even_of_an_earlier_round():
    turned = replace(VALIDATOR, id=ENGINEER.id)
    case = a_complaint("awaiting_validation", proposers=(ENGINEER.id, CREW.id))

    assert offered(case, turned) == ["comment", "follow"]
    with pytest.raises(NotAllowedError):
        acted(case, "validate", turned)


def test_whoever_proposes_after_a_rework_is_remembered_beside_the_first():
    first = acted(a_complaint("in_progress"), "propose_done", ENGINEER, sent=a_proof(ENGINEER)).complaint
    refused = acted(first, "refuse", VALIDATOR, reason_code="not_solved", text="Belum").complaint

    again = acted(refused, "propose_done", HEAD, sent=a_proof(HEAD)).complaint

    assert again.proposers == (ENGINEER.id, HEAD.id)


def test_a_proof_about_officers_is_judged_by_another_person_of_the_inspectorate():
    case = a_complaint("awaiting_validation", INSPECTORATE, category=ILLEGAL_LEVY, proposers=(INSPECTOR.id,))

    assert "validate" in offered(case, SECOND_INSPECTOR)
    assert "validate" not in offered(case, INSPECTOR)
    assert "validate" not in offered(case, VALIDATOR)


def test_other_proofs_are_none_of_the_inspectorates_business():
    assert "validate" not in offered(a_complaint("awaiting_validation"), INSPECTOR)


# Desk, reporter, objection


def test_a_desk_sorts_only_while_nobody_has_acted():
    with pytest.raises(ConflictError) as refused:
        acted(a_complaint("coordinated", channel="EMAIL"), "reject", DESK, reason_code="spam", text="Iklan")

    assert refused.value.code == "state_forbids"


def test_a_desk_finds_the_place_only_while_the_case_waits_the_coordinator_as_long_as_it_is_open():
    assert "locate" in offered(unlocated(), DESK)
    assert "locate" not in offered(unlocated("in_progress", DBM), DESK)
    assert "locate" in offered(unlocated("in_progress", DBM), COORDINATOR)


def test_a_place_once_found_is_not_set_again():
    assert "locate" not in offered(a_complaint(), COORDINATOR)


def test_the_reporter_objects_until_the_window_ends_and_not_a_second_longer():
    case = a_complaint("resolved")
    ends = case.clocks["confirmation"].due_at

    offers = ["object" in offered(case, REPORTER, now) for now in (ends, ends + timedelta(seconds=1))]

    assert offers == [True, False]


def test_coordinator_and_inspectorate_object_after_the_window_too():
    case = a_complaint("resolved")

    assert all("object" in offered(case, actor, NOW + 30 * DAYS) for actor in (COORDINATOR, INSPECTOR))


def test_the_inspectorate_does_not_object_to_its_own_work():
    case = a_complaint("resolved", INSPECTORATE, category=ILLEGAL_LEVY)

    assert "object" not in offered(case, INSPECTOR)


def test_a_reporter_rates_once():
    rated = acted(a_complaint("resolved"), "rate", REPORTER, rating=5).complaint

    assert "rate" not in offered(rated, REPORTER)


def test_the_first_rating_counts():
    rated = acted(a_complaint("resolved"), "rate", REPORTER, rating=5).complaint

    assert acted(rated, "confirm", REPORTER, rating=1).complaint.rating == 5


def test_the_coordinator_neither_works_nor_validates():
    offers = {action for status in STATUSES for action in offered(a_complaint(status), COORDINATOR)}

    assert offers.isdisjoint({"accept", "start", "propose_done", "validate", "refuse"})


@pytest.mark.parametrize(
    ("actor", "may"), [(ADMINISTRATOR, set()), (PUBLIC, {"follow"})], ids=["administrator", "public"]
)
def test_who_sees_nothing_is_offered_nothing_but_to_follow(actor, may):
    assert {action for status in STATUSES for action in offered(a_complaint(status), actor)} == may


# The order of refusals: the right, the needs, the time


def test_without_the_right_nothing_is_said_about_the_needs():
    with pytest.raises(NotAllowedError):
        acted(a_complaint("waiting", DBM), "reject", CREW, version=99)


def test_with_the_right_the_needs_are_judged_before_version_and_status():
    with pytest.raises(InvalidError):
        acted(a_complaint("resolved", DBM), "reject", ENGINEER, version=99)


def test_a_stale_view_is_told_before_the_status_that_forbids():
    with pytest.raises(ConflictError) as refused:
        acted(a_complaint("resolved", DBM), "start", ENGINEER, version=2)

    assert refused.value.code == "version_conflict"
    assert (refused.value.version, refused.value.allowed_actions) == (3, ["comment"])


def test_a_status_that_forbids_says_what_is_allowed_instead():
    with pytest.raises(ConflictError) as refused:
        acted(a_complaint("assigned", DBM), "propose_done", ENGINEER, sent=a_proof())

    assert refused.value.code == "state_forbids"
    assert refused.value.allowed_actions == [
        *("assign", "start", "comment", "transfer", "invite", "extend", "refer", "merge", "recategorise", "follow"),
    ]


@pytest.mark.parametrize("state", ["pending", "refused", "expired"])
def test_a_photo_that_is_not_ready_comes_last(state):
    with pytest.raises(ConflictError) as refused:
        acted(a_complaint("in_progress"), "propose_done", ENGINEER, sent=a_proof(state=state))

    assert refused.value.code == "photo_not_ready"


def test_a_quiet_action_asks_for_no_version_and_raises_none():
    case = a_life().complaint

    decision = acted(case, "comment", REPORTER, version=99, text="Ada lubang kedua")

    assert (decision.complaint.version, decision.complaint.sequence) == (case.version, case.sequence + 1)


def test_every_other_action_raises_the_version_by_one():
    case = a_complaint("coordinated")

    decision = acted(case, "start", ENGINEER)

    assert (decision.complaint.version, decision.event.version) == (case.version + 1, case.version + 1)
