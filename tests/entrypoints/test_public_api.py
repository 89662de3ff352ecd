"""The public routes: what they answer, and that no query makes them fail."""

import json
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from chalice.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib import data
from chalicelib.application.reading.health import Health
from chalicelib.application.reading.projection import projection_of
from chalicelib.application.reading.public import PublicReads
from chalicelib.application.reading.statistics import Statistics
from chalicelib.domain.errors import UnavailableError
from tests.builders import MONAS, NUMBER
from tests.fakes_public import MemoryPublicLists
from tests.histories import BEGUN, a_history

REFERENCE = data.reference()
NEARBY = f"/complaints/nearby?lat={MONAS[0]}&lon={MONAS[1]}&category=JLN_LUBANG"
ABOUT = {"number": NUMBER, "category": "JLN_LUBANG", "status": "waiting"}
BOX = "/map?bbox=106.82,-6.18,106.83,-6.17"


def unavailable():
    raise UnavailableError("dynamodb")


@pytest.fixture
def city(monkeypatch):
    lists, categories = MemoryPublicLists(), REFERENCE.categories
    lists.keep(projection_of(a_history()[-1], categories["JLN_LUBANG"]))
    reads = PublicReads(lists=lists, categories=categories, link=str)
    statistics = Statistics(figures=lists, reference=REFERENCE, now=lambda: BEGUN + timedelta(days=1))
    health = Health(version="1.2.3", stage="test", checks={"store": lambda: None})
    city = SimpleNamespace(public_reads=reads, statistics=statistics, health=health, reference=REFERENCE)
    monkeypatch.setattr("chalicelib.bootstrap.bootstrap", lambda: city)
    return city


@pytest.fixture
def get(case_routes, city):
    with Client(case_routes) as client:
        yield lambda path, **headers: client.http.get(path, headers=headers)


def faults(response):
    assert response.headers["Content-Type"] == "application/problem+json"
    return {(error["field"], error["code"]) for error in response.json_body["errors"]}


def test_what_is_near_is_found(get):
    response = get(NEARBY)

    assert (response.status_code, [item["number"] for item in response.json_body["items"]]) == (200, [NUMBER])


def test_the_map_shows_the_case(get):
    assert get(BOX).json_body["items"] == [{"lat": MONAS[0], "lon": MONAS[1], "count": 1, **ABOUT}]


def test_the_figures_are_told(get):
    assert get("/statistics").json_body["received"] == 1


@pytest.mark.parametrize("by", ["unit", "area", "category", "channel"])
def test_a_table_has_a_line_for_each(get, by):
    (line,) = get(f"/statistics?by={by}").json_body["items"]

    assert (line["received"], line["open"]) == (1, 1)


def test_a_table_by_anything_else_is_refused(get):
    assert faults(get("/statistics?by=person")) == {("by", "value")}


def test_of_too_few_cases_nothing_is_usual(get):
    assert get("/statistics/usual?category=JLN_LUBANG&area=31.71.01.1001").json_body["usual"] is None
    assert faults(get("/statistics/usual?category=X&area=Y")) == {("category", "value"), ("area", "value")}


def test_every_fault_of_a_query_is_named_at_once(get):
    response = get("/complaints/nearby?lat=1&lat=2&zoom=3")

    assert response.status_code == 422
    assert faults(response) == {
        ("zoom", "unknown"),
        ("lon", "required"),
        ("category", "required"),
        ("lat", "value"),
    }


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/complaints/nearby?lat=x&lon=181&category=X", {("lat", "value"), ("lon", "value"), ("category", "value")}),
        ("/complaints/nearby?lat=91&category=X", {("lat", "value"), ("lon", "required"), ("category", "value")}),
        ("/map?bbox=1&zoom=3", {("bbox", "value"), ("zoom", "unknown")}),
        ("/statistics?by=person&zoom=3", {("by", "value"), ("zoom", "unknown")}),
        ("/statistics/usual?area=X&zoom=3", {("category", "required"), ("area", "value"), ("zoom", "unknown")}),
    ],
)
def test_a_fault_of_form_hides_none_of_meaning(get, path, expected):
    assert faults(get(path)) == expected


@pytest.mark.parametrize("number", ["NaN", "inf", "-Infinity", "1e2", "", " ", "٣", "0x1", "%00", "%ED%A0%80", "91"])
def test_a_latitude_that_is_no_plain_number_is_refused(get, number):
    response = get(f"/complaints/nearby?lat={quote(number, safe='%')}&lon=106.8&category=JLN_LUBANG")

    assert response.status_code == 422
    assert faults(response) == {("lat", "value")}


@pytest.mark.parametrize("box", ["", "1,2,3", "1,2,3,4,5", "NaN,1,2,3", "106,-6,105,-5", "106,-6.5,107.2,-6", "a,b,c"])
def test_anything_but_a_proper_box_is_refused(get, box):
    response = get(f"/map?bbox={box}")

    assert response.status_code == 422
    assert faults(response) == {("bbox", "value")}


@pytest.mark.parametrize("path", ["/statistics", "/reference", "/health"])
def test_an_unknown_key_is_refused(get, path):
    assert faults(get(f"{path}?secret=1")) == {("secret", "unknown")}


@given(path=st.sampled_from(["/map", "/complaints/nearby"]), query=st.binary(max_size=40))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_no_query_makes_a_route_fail(get, path, query):
    assert get(f"{path}?bbox={quote(query)}&lat={quote(query)}").status_code == 422


def test_the_reference_has_five_lists_of_objects_with_codes(get):
    known = get("/reference").json_body

    codes = {name: len({entry["code"] for entry in entries}) for name, entries in known.items()}
    units = len(REFERENCE.units)
    assert codes == {"categories": 115, "statuses": 15, "channels": 19, "units": units, "areas": 267}
    assert [channel["code"] for channel in known["channels"] if channel.get("ours")] == ["WEB", "WHATSAPP", "OPEN311"]


def test_who_has_the_reference_is_not_sent_it_again(get):
    tag = get("/reference").headers["ETag"]

    assert [get("/reference", **{"If-None-Match": known}).status_code for known in (tag, f'W/{tag}, "x"', '"x"')] == [
        304,
        304,
        200,
    ]


def test_what_was_asked_with_a_token_is_stored_nowhere(get):
    assert get("/statistics", Authorization="Bearer x").headers["Cache-Control"] == "no-store"
    assert get("/statistics").headers["Cache-Control"] == "public, max-age=15"


def test_the_health_names_version_stage_and_dependencies(get):
    assert get("/health").json_body == {"version": "1.2.3", "stage": "test", "dependencies": {"store": "ok"}}


def test_a_city_whose_store_is_down_says_so(get, city):
    city.health = Health(version="1.2.3", stage="test", checks={"store": unavailable})

    response = get("/health")

    assert (response.status_code, response.headers["Retry-After"]) == (503, "2")
    assert response.json_body["dependencies"] == {"store": "unavailable"}


def test_a_store_that_is_down_is_a_503_on_every_list_and_a_line_of_the_log(get, city, monkeypatch, caplog):
    monkeypatch.setattr(city.statistics, "_figures", SimpleNamespace(channels=unavailable))

    assert get("/statistics").status_code == 503
    (line,) = [line for line in caplog.records if line.message == "unavailable"]
    assert (line.route, line.service, line.error) == ("/statistics", "dynamodb", "UnavailableError")


def test_the_reference_holds_public_facts_only():
    from chalicelib.application.reading.catalogue import catalogue

    units = catalogue(REFERENCE)["units"]

    assert {key for unit in units for key in unit} == {"code", "name", "kind", "parent", "area"}
    assert json.dumps(units)


@pytest.mark.parametrize("path", ["/health", "/statistics/usual?category=JLN"])
def test_a_bad_token_is_refused_where_none_is_needed_too(get, path):
    answer = get(path, Authorization="Basic abc")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (401, "no-store")


@pytest.mark.parametrize("path", ["/reference", "/statistics", NEARBY, BOX])
def test_what_the_edge_keeps_for_everybody_reads_no_token(get, path):
    """The edge hands none on, so a page with an expired one must not be refused on one machine alone."""
    answer = get(path, Authorization="Bearer expired")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
