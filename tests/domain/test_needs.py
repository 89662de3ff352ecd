"""What an action needs to make sense; every fault is said at once, by its field."""

from datetime import timedelta

import pytest

from chalicelib.domain.actor import REPORTER
from chalicelib.domain.errors import FieldError, InvalidError
from chalicelib.domain.situation import Named, Officer
from tests.builders import (
    BUREAU,
    COORDINATOR,
    CREW,
    DBM,
    DESK,
    DSDA,
    ENGINEER,
    HEAD,
    HOUR,
    ILLEGAL_LEVY,
    INSPECTORATE,
    KEL_CIDENG,
    KEL_GAMBIR,
    LURAH,
    NOW,
    PUMP_OFFICER,
    STREET_LIGHT,
    STREET_SWEEPERS,
    SUDIN,
    VALIDATOR,
    VIOLENCE,
    Given,
    a_complaint,
    a_photo,
    a_proof,
    acted,
    an_officer,
    photos,
    with_more_time,
)

LATER = NOW + 24 * HOUR
APPROVED = NOW + timedelta(days=90)


def faults(case, action, actor, **named):
    """(field, code) of each fault; empty when it is done."""
    try:
        acted(case, action, actor, **named)
    except InvalidError as refused:
        return [(fault.field, fault.code) for fault in refused.errors]
    return []


# Form


def test_what_is_missing_is_named():
    assert faults(a_complaint(), "reject", COORDINATOR) == [("reason_code", "required"), ("text", "required")]


def test_empty_words_count_as_missing():
    assert faults(a_complaint("resolved"), "object", REPORTER, text="") == [("text", "required")]


def test_a_field_that_the_action_does_not_have_is_refused():
    assert faults(a_complaint(unit=DBM), "accept", ENGINEER, unit=DSDA) == [("unit", "unknown")]


def test_faults_of_form_and_of_meaning_are_reported_together():
    found = faults(a_complaint("in_progress"), "propose_done", ENGINEER, outcome="planned", weather="hujan")

    assert sorted(found) == [("text", "required"), ("until", "required"), ("weather", "unknown")]


def test_a_field_that_could_not_be_read_is_reported_once_with_the_others():
    unread = FieldError("photos.0", "type", "A text")
    sent = Given({"outcome": "wonderful"}, misformed=(unread,))

    found = faults(a_complaint("in_progress"), "propose_done", ENGINEER, sent=sent)

    assert found == [("photos.0", "type"), ("text", "required"), ("outcome", "value")]


# Coordination


@pytest.mark.parametrize(
    ("actor", "unit", "accepted"),
    [
        pytest.param(LURAH, DBM, True, id="the kelurahan, to the lead"),
        pytest.param(LURAH, SUDIN, True, id="the kelurahan, to a suku dinas of the lead"),
        pytest.param(LURAH, DSDA, False, id="the kelurahan, to a stranger"),
        pytest.param(LURAH, KEL_CIDENG, False, id="the kelurahan, to a co-owner of another place"),
        pytest.param(DESK, DBM, True, id="a desk, to the lead"),
        pytest.param(DESK, DSDA, False, id="a desk, to a stranger"),
        pytest.param(COORDINATOR, DSDA, True, id="the coordinator, to anybody"),
        pytest.param(COORDINATOR, BUREAU, True, id="the coordinator, to the bureau"),
        *(
            pytest.param(actor, unit, False, id=f"{actor.role}, to {what}")
            for actor in (LURAH, DESK, COORDINATOR)
            for unit, what in (
                ("BBPJN", "an outside co-owner"),
                ("PLN", "an outside unit"),
                (KEL_GAMBIR, "the holder"),
                ("NOBODY", "a unit that there is not"),
            )
        ),
    ],
)
def test_a_case_is_coordinated_to_an_owner_inside_the_city(actor, unit, accepted):
    found = faults(a_complaint(), "coordinate", actor, unit=unit)

    assert found == ([] if accepted else [("unit", "value")])


@pytest.mark.parametrize("category", [VIOLENCE, STREET_SWEEPERS, ILLEGAL_LEVY])
def test_nobody_places_a_case_where_nobody_could_see_it(category):
    case = a_complaint(unit=BUREAU, category=category)

    assert faults(case, "coordinate", COORDINATOR, unit=KEL_CIDENG) == ([("unit", "value")])


# Assignment


def test_an_assignment_names_a_unit_or_an_officer():
    assert faults(a_complaint("coordinated"), "assign", ENGINEER) == [("unit", "required")]


@pytest.mark.parametrize(
    ("named", "fields"),
    [
        pytest.param({"unit": SUDIN}, [], id="a suku dinas of the same dinas"),
        pytest.param({"unit": DSDA}, ["unit"], id="another dinas"),
        pytest.param({"unit": "NOBODY"}, ["unit"], id="a unit that there is not"),
        pytest.param({"officer": an_officer(CREW)}, [], id="an officer of the same OPD"),
        pytest.param({"officer": an_officer(HEAD)}, [], id="the supervisor"),
        pytest.param({"officer": an_officer(PUMP_OFFICER)}, ["officer"], id="an officer of another OPD"),
        pytest.param({"officer": an_officer(CREW), "unit": SUDIN}, [], id="an officer of the named unit"),
        pytest.param({"officer": an_officer(CREW), "unit": DBM}, ["officer"], id="an officer of another unit"),
        pytest.param({"officer": Officer("rina", DBM, "validator")}, ["officer"], id="somebody who is no officer"),
        pytest.param({"officer": None}, ["officer"], id="somebody unknown"),
    ],
)
def test_an_assignment_stays_inside_the_opd(named, fields):
    officer = named.get("officer")
    values = {**named, "officer": officer.username if officer else "siapa"} if "officer" in named else named
    sent = Given(values, named=Named(officer=officer))

    found = faults(a_complaint("coordinated"), "assign", ENGINEER, sent=sent)

    assert [field for field, _ in found] == fields


# Proof


@pytest.mark.parametrize(
    ("values", "found"),
    [
        pytest.param({}, [("photos", "required")], id="solved without a photo"),
        pytest.param({"outcome": "not_found"}, [("photos", "required")], id="not found without a photo"),
        pytest.param({"outcome": "planned", "until": LATER}, [("until", "value")], id="planned without an approval"),
        pytest.param({"outcome": "planned"}, [("until", "required")], id="planned without a day"),
        pytest.param({"outcome": "planned", "until": NOW}, [("until", "value")], id="planned until a day gone by"),
        pytest.param({"outcome": "cannot", "reason_code": "private_land"}, [], id="cannot, for a reason"),
        pytest.param({"outcome": "cannot"}, [("reason_code", "required")], id="cannot, without a reason"),
        pytest.param({"outcome": "cannot", "reason_code": "spam"}, [("reason_code", "value")], id="a reason of others"),
        pytest.param({"outcome": "wonderful"}, [("outcome", "value")], id="an outcome that there is not"),
    ],
)
def test_an_outcome_needs_what_proves_or_explains_it(values, found):
    assert faults(a_complaint("in_progress"), "propose_done", ENGINEER, text="Selesai", **values) == found


@pytest.mark.parametrize(
    ("until", "found"),
    [(APPROVED, []), (APPROVED - 24 * HOUR, []), (APPROVED + timedelta(seconds=1), [("until", "value")])],
    ids=["the approved date", "an earlier one", "a later one"],
)
def test_work_is_planned_until_a_date_that_a_second_person_approved_and_no_later(until, found):
    case = with_more_time(a_complaint("scheduled"), APPROVED)

    assert faults(case, "propose_done", ENGINEER, text="Dianggarkan", outcome="planned", until=until) == found


@pytest.mark.parametrize("extra", [{"until": LATER}, {"reason_code": "no_budget"}], ids=lambda extra: next(iter(extra)))
def test_a_solved_case_has_neither_date_nor_excuse(extra):
    found = faults(a_complaint("in_progress"), "propose_done", ENGINEER, sent=a_proof(**extra))

    assert found == [(next(iter(extra)), "value")]


def test_where_words_are_the_proof_no_photo_is_asked():
    case = a_complaint("in_progress", "PPAPP", category=VIOLENCE)
    officer = type(ENGINEER)("opd_officer", "ibu-ppapp", "PPAPP")

    assert faults(case, "propose_done", officer, text="Sudah didampingi") == []


@pytest.mark.parametrize(
    ("photo", "named"),
    [
        pytest.param(a_photo(CREW), ["FOTO1"], id="a colleague's photo"),
        pytest.param(a_photo(REPORTER), ["FOTO1"], id="the citizen's photo"),
        pytest.param(a_photo(ENGINEER), ["FOTO2"], id="a photo that is not on this case"),
        pytest.param(a_photo(ENGINEER), ["FOTO1", "FOTO1"], id="the same photo twice"),
    ],
)
def test_the_proof_is_an_own_upload_on_this_case(photo, named):
    sent = Given({"text": "Selesai", "photos": named}, named=Named(photos=photos(photo)))

    assert faults(a_complaint("in_progress"), "propose_done", ENGINEER, sent=sent) == [("photos", "value")]


def test_a_reporter_objects_with_photos_of_his_own():
    sent = Given({"text": "Masih ada", "photos": ["FOTO1"]}, named=Named(photos=photos(a_photo(REPORTER))))

    assert faults(a_complaint("resolved"), "object", REPORTER, sent=sent) == []


# Reasons, words among officers


@pytest.mark.parametrize(
    ("case", "action", "actor", "reason", "accepted"),
    [
        (a_complaint(), "reject", COORDINATOR, "emergency", True),
        (a_complaint(), "reject", COORDINATOR, "other", True),
        (a_complaint(), "reject", COORDINATOR, "not_solved", False),
        (a_complaint("awaiting_validation"), "refuse", VALIDATOR, "not_solved", True),
        (a_complaint("awaiting_validation"), "refuse", VALIDATOR, "spam", False),
    ],
)
def test_a_reason_is_one_of_the_actions_own(case, action, actor, reason, accepted):
    found = faults(case, action, actor, reason_code=reason, text="Karena itu")

    assert found == ([] if accepted else [("reason_code", "value")])


def test_officers_write_among_themselves_the_reporter_does_not():
    case = a_complaint("in_progress")

    assert faults(case, "comment", ENGINEER, text="Alat rusak", internal=True) == []
    assert faults(case, "comment", REPORTER, text="Halo", internal=True) == [("internal", "value")]
    assert faults(case, "comment", REPORTER, text="Halo", missed=True) == [("missed", "value")]


def test_a_lead_that_has_the_case_already_is_no_target():
    assert faults(a_complaint(unit=DBM, category=STREET_LIGHT), "coordinate", DESK, unit=DBM) == [("unit", "value")]


def test_the_inspectorate_takes_what_the_coordinator_gives_it():
    assert faults(a_complaint(unit=BUREAU), "coordinate", COORDINATOR, unit=INSPECTORATE) == []
