"""Administrators look after people and units; everybody else is refused twice, by the API and by the function that
carries it out."""

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest

from chalicelib.domain.errors import NotAllowedError, UnauthenticatedError
from chalicelib.entrypoints import administration
from tests.builders import ADMINISTRATOR, COORDINATOR, LURAH, STAFF
from tests.entrypoints.roots import stands_in
from tools.deployment.package import ROOT
from tools.infra import cfn_yaml

SARI = {"user": "wati-binamarga", "name": "Wati", "role": "opd_officer", "unit": "DBM"}
LISTENERS = "/staff/units/DBM.31.71/subscribers"
OTHERS = [actor for actor in STAFF if actor.role != "administrator"]


def posted(http, **person):
    return http.post("/staff/people", person, as_=ADMINISTRATOR)


def faults(answer):
    return [fault["field"] for fault in answer.json_body["errors"]]


def test_a_new_person_gets_an_account_a_row_and_a_password_that_is_shown_once(http, city):
    answer = posted(http, **SARI)

    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "no-store"
    assert city.accounts.passwords[SARI["user"]] == (answer.json_body["temporary_password"], False)
    assert answer.json_body["person"] == {
        "user": "wati-binamarga",
        "name": "Wati",
        "role": "opd_officer",
        "unit": {"code": "DBM", "name": "Dinas Bina Marga"},
        "channels": [],
        "disabled": False,
        "on_duty": True,
    }
    again = posted(http, **SARI)
    assert (again.status_code, again.json_body["temporary_password"]) == (200, None)


def test_what_is_left_out_stays_as_it_is(http, city):
    posted(http, **SARI)

    posted(http, user="wati-binamarga", role="opd_supervisor")
    posted(http, user="Wati-Binamarga", on_duty=False)

    found = city.staff.member("wati-binamarga")
    assert (found.name, found.role, found.unit, found.on_duty) == ("Wati", "opd_supervisor", "DBM", False)


def test_a_disabled_person_may_do_nothing_from_the_next_request_on_and_may_come_back(http, city):
    assert http.get("/staff/me", as_=LURAH).status_code == 200

    assert posted(http, user=LURAH.id, disabled=True).json_body["person"]["disabled"]
    assert http.get("/staff/me", as_=LURAH).status_code == 401
    assert LURAH.id in city.accounts.disabled

    posted(http, user=LURAH.id, disabled=False)
    assert http.get("/staff/me", as_=LURAH).status_code == 200
    assert LURAH.id not in city.accounts.disabled


def test_who_lost_a_password_gets_another_that_must_be_changed(http, city):
    first = posted(http, **SARI).json_body["temporary_password"]

    second = posted(http, user="wati-binamarga", new_password=True).json_body["temporary_password"]

    assert second not in (None, first)
    assert city.accounts.passwords["wati-binamarga"] == (second, False)


@pytest.mark.parametrize(
    ("person", "fields"),
    [
        ({}, ["user"]),
        ({"user": ""}, ["user"]),
        ({"user": "sari"}, ["name", "role", "unit"]),
        ({**SARI, "user": "coordinator"}, ["user"]),
        ({**SARI, "user": "agency"}, ["user"]),
        ({**SARI, "user": "agency:2"}, ["user"]),
        ({**SARI, "user": "Sari Dewi"}, ["user"]),
        ({**SARI, "name": " "}, ["name"]),
        ({**SARI, "role": "reporter"}, ["role"]),
        ({**SARI, "role": "agency"}, ["role"]),
        ({**SARI, "unit": "PLN"}, ["unit"]),
        ({**SARI, "role": "kelurahan_officer"}, ["unit"]),
        ({**SARI, "role": "desk"}, ["channels"]),
        ({**SARI, "role": "desk", "channels": ["JAKI"]}, ["channels"]),
        ({**SARI, "channels": ["EMAIL"]}, ["channels"]),
        ({**SARI, "salary": 1}, ["salary"]),
        ({**SARI, "disabled": "yes"}, ["disabled"]),
        ({**SARI, "disabled": True}, ["user"]),
        ({"user": ADMINISTRATOR.id, "disabled": True}, ["disabled"]),
        ({"user": ADMINISTRATOR.id, "role": "coordinator"}, ["role"]),
    ],
    ids=str,
)
def test_what_is_wrong_with_a_person_is_named_and_nothing_is_written(http, city, person, fields):
    before = dict(city.staff.rows)

    answer = posted(http, **person)

    assert (answer.status_code, faults(answer)) == (422, fields)
    assert before == city.staff.rows
    assert city.accounts.passwords == {}


def test_who_stops_being_a_desk_loses_its_channels(http, city):
    posted(http, **{**SARI, "role": "desk", "channels": ["EMAIL"]})

    posted(http, user="wati-binamarga", role="opd_officer")

    assert city.staff.member("wati-binamarga").channels == ()


def test_people_are_listed_by_username_and_found_by_words(http, city):
    everybody = http.get("/staff/people", as_=ADMINISTRATOR).json_body
    one = http.get("/staff/people?words=" + LURAH.id.upper(), as_=ADMINISTRATOR).json_body
    unit = http.get(f"/staff/people?unit={LURAH.unit}", as_=ADMINISTRATOR).json_body

    assert [person["user"] for person in everybody["items"]] == sorted(city.staff.rows)
    assert [person["user"] for person in one["items"]] == [LURAH.id] == [person["user"] for person in unit["items"]]


def test_people_come_page_after_page(http, city):
    for n in range(150):
        member = replace(city.staff.member(LURAH.id), username=f"petugas-{n:03d}", name="Petugas Banyak")
        city.staff.put(member)

    first = http.get("/staff/people?words=banyak", as_=ADMINISTRATOR).json_body
    rest = http.get(f"/staff/people?words=banyak&cursor={first['next_cursor']}", as_=ADMINISTRATOR).json_body

    found = [person["user"] for person in (*first["items"], *rest["items"])]
    assert (len(first["items"]), rest["next_cursor"]) == (100, None)
    assert found == [f"petugas-{n:03d}" for n in range(150)]


@pytest.mark.parametrize(("query", "field"), [("unit=NO", "unit"), ("cursor=x", "cursor"), ("zzz=1", "zzz")])
def test_a_wrong_query_of_people_is_named(http, query, field):
    answer = http.get(f"/staff/people?{query}", as_=ADMINISTRATOR)

    assert (answer.status_code, faults(answer)) == (422, [field])


@pytest.mark.parametrize("actor", OTHERS, ids=lambda actor: actor.id)
def test_everybody_else_is_refused_before_anything_else_is_told(http, city, actor):
    before = dict(city.staff.rows)

    answers = [
        http.get("/staff/people?unit=NO", as_=actor),
        http.post("/staff/people", {"user": actor.id, "role": "administrator"}, as_=actor),
        http.post("/staff/people", {"zzz": 1}, as_=actor),
        http.get(LISTENERS, as_=actor),
        http.get("/staff/units/NO/subscribers", as_=actor),
        http.put(LISTENERS, {"addresses": ["a@example.id"]}, as_=actor),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert (city.staff.rows, city.unit_topics.listening) == (before, {})


@pytest.mark.parametrize("actor", OTHERS, ids=lambda actor: actor.id)
@pytest.mark.parametrize("order", ["put_person", "subscribers", "replace_subscribers", "nothing"])
def test_the_function_itself_takes_orders_from_administrators_only(city, actor, order):
    with pytest.raises(NotAllowedError):
        city.administer(f"token-of-{actor.id}", order, SARI)


def test_the_function_itself_verifies_the_token_and_reads_the_row_anew(city):
    with pytest.raises(UnauthenticatedError):
        city.administer("forged", "put_person", SARI)

    city.staff.put(replace(city.staff.member(ADMINISTRATOR.id), disabled=True))
    with pytest.raises(UnauthenticatedError):
        city.administer(f"token-of-{ADMINISTRATOR.id}", "put_person", SARI)


def listened(answer):
    return [(row["address"], row["protocol"], row["confirmed"]) for row in answer.json_body["items"]]


def test_who_hears_a_units_alerts_is_replaced_whole(http, city):
    put = {"addresses": ["a@example.id", "+628110000001", "a@example.id"]}
    answer = http.put(LISTENERS, put, as_=ADMINISTRATOR)
    assert listened(answer) == [("+628110000001", "sms", True), ("a@example.id", "email", False)]
    city.unit_topics.confirm("DBM.31.71", "a@example.id")

    http.put(LISTENERS, {"addresses": ["a@example.id"]}, as_=ADMINISTRATOR)

    assert listened(http.get(LISTENERS, as_=ADMINISTRATOR)) == [("a@example.id", "email", True)]
    http.put(LISTENERS, {"addresses": []}, as_=ADMINISTRATOR)
    assert listened(http.get(LISTENERS, as_=ADMINISTRATOR)) == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "addresses"),
        ({"addresses": "a@example.id"}, "addresses"),
        ({"addresses": ["a@example.id", "nowhere"]}, "addresses.1"),
        ({"addresses": ["http://example.id"]}, "addresses.0"),
        ({"addresses": ["@"]}, "addresses.0"),
        ({"addresses": [""]}, "addresses.0"),
        ({"addresses": [f"{n}@example.id" for n in range(51)]}, "addresses"),
    ],
    ids=str,
)
def test_an_address_that_cannot_be_reached_is_named_and_nobody_added(http, city, body, field):
    answer = http.put(LISTENERS, body, as_=ADMINISTRATOR)

    assert (answer.status_code, faults(answer)) == (422, [field])
    assert city.unit_topics.listening == {}


@pytest.mark.parametrize("unit", ["NO", "PLN", "dbm"])
def test_what_is_no_unit_that_holds_cases_has_no_listeners(http, unit):
    assert http.get(f"/staff/units/{unit}/subscribers", as_=ADMINISTRATOR).status_code == 404
    put = http.put(f"/staff/units/{unit}/subscribers", {"addresses": []}, as_=ADMINISTRATOR)
    assert put.status_code == 404


def test_the_tabs_counts_are_for_who_has_lists(http, city):
    city.lodge()

    assert http.get("/staff/queue/counts", as_=LURAH).json_body["counts"]["mine"] == 1
    assert http.get("/staff/queue/counts", as_=ADMINISTRATOR).status_code == 403
    assert http.get("/staff/queue/counts?x=1", as_=COORDINATOR).status_code == 422


WEEKS_CALL = {"check": "units"}  # as the rule of infra/timers.yaml gives it


@pytest.mark.parametrize("unheard", [[], ["DBM", "KEL_31.71.01.1001"]])
def test_every_week_the_units_that_nobody_hears_are_named_in_the_log(monkeypatch, caplog, unheard):
    caplog.set_level("INFO")
    stands_in(monkeypatch, subscribers=SimpleNamespace(unheard=lambda: unheard))

    assert administration.administer(WEEKS_CALL, None) == {"unheard": len(unheard)}

    named = [record.units for record in caplog.records if record.message == "units_unheard"]
    assert named == ([unheard] if unheard else [])


def test_the_weeks_call_comes_from_its_rule_alone():
    parts = cfn_yaml.read(ROOT / "infra" / "timers.yaml")["Resources"]
    (target,) = parts["UnitsCheck"]["Properties"]["Targets"]

    assert json.loads(target["Input"]) == WEEKS_CALL
    assert target["Arn"] == {"Fn::GetAtt": ["Administer", "Arn"]}
    allowed = parts["UnitsCheckCalls"]["Properties"]
    assert (allowed["FunctionName"], allowed["SourceArn"]) == (
        {"Ref": "Administer"},
        {"Fn::GetAtt": ["UnitsCheck", "Arn"]},
    )
