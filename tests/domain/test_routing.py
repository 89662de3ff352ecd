"""Whose matter it is, at every place and for every category of the city."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import routing
from tests.builders import (
    BUREAU,
    CITY,
    DBM,
    GAMBIR,
    ILLEGAL_LEVY,
    INSPECTORATE,
    KEC_GAMBIR,
    KEL_GAMBIR,
    KOTA_PUSAT,
    POTHOLE,
    POWER,
    STREET_LIGHT,
    STREET_SWEEPERS,
    SUDIN,
    VIOLENCE,
)

CATEGORIES = st.sampled_from(sorted(CITY.categories))
AREAS = st.sampled_from(sorted(CITY.areas))
UNITS = st.sampled_from(sorted(CITY.units))


@pytest.mark.parametrize(
    ("category", "here", "nowhere"),
    [
        pytest.param(POTHOLE, KEL_GAMBIR, BUREAU, id="a pothole: the kelurahan"),
        pytest.param(POWER, KEL_GAMBIR, BUREAU, id="power lines, led by PLN: the kelurahan"),
        pytest.param("BPJS", BUREAU, BUREAU, id="health insurance, led from outside: the bureau"),
        pytest.param(VIOLENCE, "PPAPP", "PPAPP", id="violence: its named lead at once"),
        pytest.param(STREET_SWEEPERS, KEC_GAMBIR, BUREAU, id="the kelurahan's workers: the kecamatan"),
        pytest.param("LAYANKEL", KOTA_PUSAT, BUREAU, id="the kelurahan's counter: the city"),
        pytest.param(ILLEGAL_LEVY, INSPECTORATE, INSPECTORATE, id="an officer's levy: the inspectorate"),
    ],
)
def test_who_receives_first_with_and_without_a_place(category, here, nowhere):
    received = [routing.first_receiver(CITY, category=category, area=area) for area in (GAMBIR, None)]

    assert received == [here, nowhere]


@given(CATEGORIES, AREAS | st.none())
def test_every_case_is_received_by_a_unit_of_the_city(category, area):
    receiver = routing.first_receiver(CITY, category=category, area=area)

    assert routing.can_hold(CITY, receiver)


@given(CATEGORIES, AREAS | st.none())
def test_no_kelurahan_receives_a_case_about_officers(category, area):
    receiver = routing.first_receiver(CITY, category=category, area=area)

    assert not (CITY.categories[category].about_officer and CITY.units[receiver].kind == "kelurahan")


def test_no_file_can_send_a_case_about_officers_to_their_kelurahan():
    sweepers = replace(CITY.categories[STREET_SWEEPERS], first_receiver="KEL")
    city = replace(CITY, categories={STREET_SWEEPERS: sweepers})

    assert routing.first_receiver(city, category=STREET_SWEEPERS, area=GAMBIR) == KEC_GAMBIR


@given(CATEGORIES)
def test_the_bureau_waits_for_a_place_exactly_where_the_place_decides(category):
    elsewhere = {routing.first_receiver(CITY, category=category, area=area) for area in (GAMBIR, "31.74.09.1001")}

    assert routing.place_decides(CITY, category=category) is (len(elsewhere) == 2)


@given(CATEGORIES, AREAS)
def test_every_case_can_be_closed_by_somebody(category, area):
    receiver = routing.first_receiver(CITY, category=category, area=area)
    candidates = {receiver, *routing.authorities(CITY, category=category, area=area)}

    assert any(closes(unit, category, area) for unit in candidates)


@given(CATEGORIES, AREAS)
def test_every_target_of_coordination_may_close_and_holds_the_case_inside_the_city(category, area):
    targets = routing.authorities(CITY, category=category, area=area)

    assert all(closes(unit, category, area) and routing.can_hold(CITY, unit) for unit in targets)


@given(CATEGORIES, AREAS | st.none(), UNITS)
def test_who_may_not_close_is_told_a_unit_that_may(category, area, holder):
    named = routing.owner_unit(CITY, category=category, area=area)

    assert closes(holder, category, area) or routing.can_hold(CITY, named)
    assert area is None or closes(named, category, area)


def closes(unit, category, area):
    return routing.has_closing_right(CITY, category=category, area=area, unit=unit, owner=None, status="in_progress")


def test_lead_and_co_owners_mean_the_units_of_the_place_lead_first():
    assert routing.owners(CITY, category=POTHOLE, area=GAMBIR) == (DBM, KEL_GAMBIR, "BBPJN")
    assert routing.owners(CITY, category=POTHOLE, area=None) == (DBM, "BBPJN")


def test_a_suku_dinas_belongs_to_its_dinas_everybody_else_to_himself():
    assert [routing.opd_of(unit, CITY) for unit in (SUDIN, DBM, KEL_GAMBIR, KEC_GAMBIR, KOTA_PUSAT)] == [
        DBM, DBM, KEL_GAMBIR, KEC_GAMBIR, KOTA_PUSAT,
    ]  # fmt: skip


@given(UNITS)
def test_a_unit_is_among_the_units_of_its_opd(unit):
    assert unit in routing.units_of_opd(routing.opd_of(unit, CITY), CITY)


@pytest.mark.parametrize(
    ("unit", "superior"),
    [
        pytest.param(SUDIN, DBM, id="a suku dinas: its dinas"),
        pytest.param(KEL_GAMBIR, KOTA_PUSAT, id="a kelurahan: its city"),
        pytest.param(KEC_GAMBIR, KOTA_PUSAT, id="a kecamatan: its city"),
        pytest.param(DBM, BUREAU, id="a dinas: the government bureau"),
        pytest.param(KOTA_PUSAT, BUREAU, id="a city: the government bureau"),
    ],
)
def test_a_late_case_climbs_from_the_holder_to_the_regional_secretary(unit, superior):
    ladder = ("reminder_50", "reminder_80", "breach", "escalation_1", "escalation_2", "escalation_3")

    heard = [routing.escalation_target(CITY, unit, rung) for rung in ladder]

    assert heard == [unit, unit, unit, superior, BUREAU, "SEKDA"]


@given(UNITS, st.sampled_from(["escalation_1", "escalation_2", "escalation_3"]))
def test_every_escalation_reaches_a_unit_of_the_city(unit, rung):
    assert routing.escalation_target(CITY, unit, rung) in CITY.units


def test_street_lights_are_closed_by_bina_marga_alone():
    assert routing.authorities(CITY, category=STREET_LIGHT, area=GAMBIR)[0] == DBM
    assert not closes(KEL_GAMBIR, STREET_LIGHT, GAMBIR)
