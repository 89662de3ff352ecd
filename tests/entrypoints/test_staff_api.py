"""The officers' routes begin with the token; the row behind it decides."""

from dataclasses import replace

import pytest

from tests.builders import ADMINISTRATOR, COORDINATOR, DESK, HEAD, LURAH, VALIDATOR
from tests.city_in_memory import KEY

ROUTES = (
    "/staff/me",
    "/staff/queue",
    "/staff/officers?unit=DBM",
    "/staff/export.csv",
    "/staff/complaints/JKT-0000-0000-0",
)
TYPED = {"category": "JLN_LUBANG", "description": "Diketik di loket", "channel": "EMAIL"}


@pytest.mark.parametrize("path", ROUTES)
def test_without_a_good_token_nothing_is_told(http, path):
    for headers in ({}, {"Authorization": "Bearer forged"}, {"Authorization": "token-of-lurah-gambir"}):
        assert http.get(path, **headers).status_code == 401
    assert http.get(path, secret="anything").status_code == 401


def test_typing_in_a_report_needs_a_token(http):
    assert http.post("/staff/complaints", TYPED).status_code == 401


def test_a_change_of_the_row_acts_on_the_next_request(http, city):
    assert http.get("/staff/me", as_=LURAH).json_body["role"] == "kelurahan_officer"

    city.staff.put(replace(city.staff.member(LURAH.id), role="administrator", unit="DISKOMINFOTIK"))
    assert http.get("/staff/queue", as_=LURAH).status_code == 403

    city.staff.put(replace(city.staff.member(LURAH.id), disabled=True))
    assert http.get("/staff/me", as_=LURAH).status_code == 401


def test_a_token_without_a_row_opens_nothing(http, city):
    del city.staff.rows[LURAH.id]

    assert http.get("/staff/queue", as_=LURAH).status_code == 401


def test_who_am_i_tells_name_role_and_unit(http):
    assert http.get("/staff/me", as_=HEAD).json_body == {
        "user": HEAD.id,
        "name": f"Nama {HEAD.id}",
        "role": "opd_supervisor",
        "unit": {"code": "DBM", "name": "Dinas Bina Marga"},
        "channels": [],
    }


@pytest.mark.parametrize(
    ("query", "field"),
    [("limit=0", "limit"), ("limit=101", "limit"), ("limit=x", "limit"), ("limit=%C2%B2", "limit"),
     ("queue=x", "queue"), ("cursor=x", "cursor"), ("cursor=", "cursor"), ("zzz=1", "zzz"),
     ("limit=1&limit=2", "limit")],
)  # fmt: skip
def test_a_wrong_query_of_a_queue_is_named(http, query, field):
    answer = http.get(f"/staff/queue?{query}", as_=LURAH)

    assert (answer.status_code, answer.json_body["errors"][0]["field"]) == (422, field)


@pytest.mark.parametrize(
    ("path", "who", "fields"),
    [
        ("/staff/queue?queue=x&limit=0&cursor=x&late=x&zzz=1", LURAH, {"queue", "limit", "cursor", "late", "zzz"}),
        ("/staff/export.csv?from=x&to=y&cursor=z&zzz=1", HEAD, {"from", "to", "cursor", "zzz"}),
        ("/staff/officers?unit=NO&zzz=1", COORDINATOR, {"unit", "zzz"}),
        ("/staff/people?unit=NO&cursor=x&zzz=1", ADMINISTRATOR, {"unit", "cursor", "zzz"}),
        ("/staff/rules?version=x&zzz=1", COORDINATOR, {"version", "zzz"}),
    ],
)
def test_every_fault_of_a_question_of_an_officer_is_named_at_once(http, path, who, fields):
    answer = http.get(path, as_=who)

    assert answer.status_code == 422
    assert {error["field"] for error in answer.json_body["errors"]} == fields


def test_the_administrator_reads_no_case_and_no_queue(http, city):
    number = city.lodge()["number"]

    assert http.get(f"/staff/complaints/{number}", as_=ADMINISTRATOR).status_code == 403
    assert http.get("/staff/queue", as_=ADMINISTRATOR).status_code == 403
    assert http.get(f"/complaints/{number}", as_=ADMINISTRATOR).json_body["status"] == "waiting"


def test_an_export_is_csv_page_after_page(http, city, monkeypatch):
    monkeypatch.setattr("chalicelib.application.reading.lists.export.PARTS", 200)

    first = http.get("/staff/export.csv", as_=COORDINATOR)
    second = http.get("/staff/export.csv" + first.headers["Link"].partition(">")[0].lstrip("<"), as_=COORDINATOR)

    assert first.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert first.body.decode().startswith("\ufeffnomor,")
    assert (second.body, "Link" in second.headers) == (b"", False)


def test_an_export_is_for_who_looks_after_more_than_single_cases(http):
    assert [http.get("/staff/export.csv?x=1", as_=who).status_code for who in (LURAH, DESK, VALIDATOR)] == [403] * 3
    assert http.get("/staff/export.csv?x=1", as_=HEAD).status_code == 422


def test_officers_are_for_who_assigns(http):
    assert http.get("/staff/officers?unit=DBM", as_=COORDINATOR).status_code == 200
    assert http.get("/staff/officers?unit=DBM", as_=VALIDATOR).status_code == 403
    assert http.get("/staff/officers", as_=VALIDATOR).status_code == 403
    assert http.get("/staff/officers", as_=COORDINATOR).status_code == 422
    assert http.get("/staff/officers?unit=NO", as_=COORDINATOR).status_code == 422


def test_a_desk_types_in_what_came_by_its_own_channels(http, city):
    answer = http.post("/staff/complaints", TYPED, as_=DESK, Idempotency_Key=KEY)

    assert (answer.status_code, answer.json_body["unit"]["code"]) == (201, "BIRO_PEM")
    assert set(answer.json_body["clocks"]) == {"coordination", "resolution", "location"}
    assert answer.json_body["secret"], "nobody else can get it"
    assert city.complaints.rows[answer.json_body["number"]].lodging.typed_by == DESK.id
    assert http.post("/staff/complaints", TYPED, as_=DESK, Idempotency_Key=KEY).body == answer.body


@pytest.mark.parametrize(
    ("actor", "channel", "status"),
    [(DESK, "FB", 422), (DESK, "WEB", 422), (DESK, "JAKI", 422), (LURAH, "KELURAHAN", 201), (LURAH, "EMAIL", 422),
     (COORDINATOR, "FB", 201), (COORDINATOR, "WEB", 422), (VALIDATOR, "EMAIL", 403), (HEAD, "EMAIL", 403)],
    ids=str,
)  # fmt: skip
def test_each_types_for_the_channels_of_his_desk(http, actor, channel, status):
    answer = http.post("/staff/complaints", {**TYPED, "channel": channel}, as_=actor)

    assert answer.status_code == status
    if status == 422:
        assert [error["field"] for error in answer.json_body["errors"]] == ["channel"]


def test_the_desks_form_names_its_faults(http):
    answer = http.post("/staff/complaints", {"status": "x", "location": {"lat": 0.0, "lon": 0.0}}, as_=DESK)

    assert {(e["field"], e["code"]) for e in answer.json_body["errors"]} == {
        ("channel", "required"),
        ("category", "required"),
        ("description", "required"),
        ("status", "unknown"),
        ("location", "outside"),
    }
