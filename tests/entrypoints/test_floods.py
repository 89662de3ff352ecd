"""The routes of flood mode: a coordinator's alone."""

import pytest

from tests.builders import ADMINISTRATOR, CIDENG, COORDINATOR, GAMBIR, POTHOLE, STAFF

SWITCH = {"category": POTHOLE, "area": GAMBIR, "hours": 3}
OTHERS = [actor for actor in STAFF if actor.role != "coordinator"]


def switched(http, **differences):
    return http.post("/staff/floods", SWITCH | differences, as_=COORDINATOR)


def faults(answer):
    return {fault["field"]: fault["code"] for fault in answer.json_body["errors"]}


def test_a_coordinator_switches_it_on_and_off_and_reads_what_it_did(http, city):
    on = switched(http)
    assert on.status_code == 201
    numbers = [city.lodge()["number"] for _ in range(16)]
    city.join_floods()

    (item,) = http.get("/staff/floods", as_=COORDINATOR).json_body["items"]
    assert item["on"]
    assert item["by"] == COORDINATOR.id
    assert item["category"]["code"] == POTHOLE
    assert item["area"] == {"code": GAMBIR, "name": "Gambir"}
    (incident,) = item["incidents"]
    assert incident["merged"] == 15
    assert incident["lead"] in numbers

    off = http.post(f"/staff/floods/{item['id']}/off", as_=COORDINATOR)
    assert (off.status_code, off.json_body["on"], off.json_body["off_by"]) == (200, False, COORDINATOR.id)
    assert off.json_body["incidents"] == item["incidents"]


@pytest.mark.parametrize(("area", "name"), [(GAMBIR, "Gambir"), (CIDENG, "Cideng"), ("31.71", "Jakarta Pusat")])
def test_an_area_is_named(http, city, area, name):
    assert switched(http, area=area).json_body["area"]["name"].endswith(name)


@pytest.mark.parametrize("actor", OTHERS, ids=lambda actor: actor.id)
def test_nobody_else_reads_or_switches_it(http, city, actor):
    flood = switched(http).json_body["id"]

    assert http.get("/staff/floods", as_=actor).status_code == 403
    assert http.post("/staff/floods", SWITCH | {"area": CIDENG}, as_=actor).status_code == 403
    assert http.post(f"/staff/floods/{flood}/off", as_=actor).status_code == 403


def test_without_signing_in_there_is_nothing(http):
    assert http.get("/staff/floods").status_code == 401
    assert http.post("/staff/floods", SWITCH).status_code == 401


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, {"category": "required", "area": "required", "hours": "required"}),
        (SWITCH | {"hours": 0}, {"hours": "value"}),
        (SWITCH | {"hours": "3"}, {"hours": "type"}),
        (SWITCH | {"hours": 13}, {"hours": "value"}),
        (SWITCH | {"area": "Gambir"}, {"area": "value"}),
        (SWITCH | {"category": "KDRT"}, {"category": "value"}),
        (SWITCH | {"metres": 5}, {"metres": "unknown"}),
        (
            {"category": "KDRT", "area": "Gambir", "hours": "3", "metres": 5},
            {"category": "value", "area": "value", "hours": "type", "metres": "unknown"},
        ),
    ],
)
def test_what_is_wrong_with_a_switch_is_said_field_by_field(http, sent, said):
    answer = http.post("/staff/floods", sent, as_=COORDINATOR)

    assert answer.status_code == 422
    assert faults(answer) == said


def test_the_same_switch_twice_is_a_conflict(http):
    switched(http)

    again = switched(http)

    assert (again.status_code, again.json_body["code"]) == (409, "state_forbids")


def test_a_switch_that_is_not_there_is_404(http):
    assert http.post("/staff/floods/1700000000-x/off", as_=COORDINATOR).status_code == 404
    assert http.post("/staff/floods/1700000000-x/off", as_=ADMINISTRATOR).status_code == 403
