"""The desks of the city: each kind takes a report in by its own channel, and sees what it took in today."""

from typing import Any

import pytest

from chalicelib.domain.actor import Actor
from tests.builders import (
    ADMINISTRATOR,
    BUREAU,
    CITY,
    COORDINATOR,
    GAMBIR,
    HEAD,
    LURAH,
    LURAH_NEXT_DOOR,
    VALIDATOR,
    VIOLENCE,
)
from tests.city_in_memory import CityInMemory, member
from tests.entrypoints.conftest import Http

REPORT = {"category": "SAMPAH", "description": "Sampah menumpuk di dekat pasar", "location": {"kelurahan": GAMBIR}}
# A desk of each kind that channels.csv knows, as somebody sits there. A new kind is one more line.
DESKS: dict[str, Actor] = {
    "KELURAHAN": LURAH,
    "KECAMATAN": Actor("desk", "loket-kecamatan", "KEC_31.71.01", ("KECAMATAN",)),
    "WALIKOTA": Actor("desk", "loket-walikota", "KOTA_31.71", ("WALIKOTA",)),
    "PENDOPO": Actor("desk", "loket-pendopo", BUREAU, ("PENDOPO",)),
    "INSPEKTORAT": Actor("desk", "loket-inspektorat", "INSPEKTORAT", ("INSPEKTORAT",)),
    "SURATGUB": Actor("desk", "loket-surat", BUREAU, ("SURATGUB",)),
    "MEDIAMASSA": Actor("desk", "loket-media", BUREAU, ("MEDIAMASSA",)),
    "EMAIL": Actor("desk", "loket-email", BUREAU, ("EMAIL",)),
    "SMS": Actor("desk", "loket-sms", BUREAU, ("SMS",)),
    "X": Actor("desk", "loket-x", BUREAU, ("X",)),
    "FB": Actor("desk", "loket-fb", BUREAU, ("FB",)),
    "MEDSOSGUB": Actor("desk", "loket-medsos", BUREAU, ("MEDSOSGUB",)),
}


def at_work(city: CityInMemory, actor: Actor) -> Actor:
    city.staff.put(member(actor))
    return actor


def taken(http: Http, city: CityInMemory, actor: Actor, **differences: Any) -> str:
    body = {name: value for name, value in {**REPORT, **differences}.items() if value is not None}
    answer = http.post("/staff/complaints", body, as_=at_work(city, actor))
    assert answer.status_code == 201, answer.body
    number: str = answer.json_body["number"]
    for event in city.complaints.events(number):
        city.project(number, event.sequence)
    return number


def today(http: Http, actor: Actor) -> list[str]:
    return [item["number"] for item in http.get("/staff/intake/today", as_=actor).json_body["items"]]


def test_every_channel_with_a_desk_has_somebody_at_it() -> None:
    assert set(DESKS) == {channel.code for channel in CITY.channels.values() if channel.desk}


@pytest.mark.parametrize(("channel", "actor"), DESKS.items(), ids=DESKS)
def test_a_desk_takes_a_report_in_by_its_own_channel_and_by_no_other(
    http: Http, city: CityInMemory, channel: str, actor: Actor
) -> None:
    number = taken(http, city, actor, channel=channel)

    case = city.complaints.rows[number]
    assert (case.channel, case.lodging.typed_by, case.unsorted) == (channel, actor.id, False)
    foreign = http.post("/staff/complaints", {**REPORT, "channel": "WEB"}, as_=actor)
    assert (foreign.status_code, foreign.json_body["errors"][0]["field"]) == (422, "channel")
    assert today(http, actor) == [number]


@pytest.mark.parametrize(("channel", "actor"), DESKS.items(), ids=DESKS)
def test_a_desk_answers_within_the_time_of_its_category(
    http: Http, city: CityInMemory, channel: str, actor: Actor
) -> None:
    case = city.complaints.rows[taken(http, city, actor, channel=channel)]

    limit = CITY.categories[case.category].coordination_limit
    assert (case.clocks["coordination"].due_at - case.received_at).total_seconds() == limit


@pytest.mark.parametrize(("channel", "actor"), DESKS.items(), ids=DESKS)
def test_who_nobody_knows_gets_a_receipt_that_opens_their_report(
    http: Http, city: CityInMemory, channel: str, actor: Actor
) -> None:
    answer = http.post("/staff/complaints", {**REPORT, "channel": channel}, as_=at_work(city, actor)).json_body

    assert answer["links"]["owner"].endswith(f"{answer['number']}~{answer['secret']}")
    assert city.tracking.of_reporter(answer["number"], answer["secret"])["number"] == answer["number"]


def test_the_newest_stands_first_and_yesterday_is_over(http: Http, city: CityInMemory) -> None:
    desk = DESKS["PENDOPO"]
    yesterday = taken(http, city, desk, channel="PENDOPO")
    city.clock.advance(days=1)
    first = taken(http, city, desk, channel="PENDOPO")
    city.clock.advance(minutes=1)
    second = taken(http, city, desk, channel="PENDOPO")

    assert today(http, desk) == [second, first]
    assert yesterday not in today(http, COORDINATOR)


def test_a_kelurahan_sees_what_lies_in_it_and_nothing_delicate(http: Http, city: CityInMemory) -> None:
    own = taken(http, city, LURAH, channel="KELURAHAN")
    delicate = taken(http, city, LURAH, channel="KELURAHAN", category=VIOLENCE)
    foreign = taken(http, city, LURAH_NEXT_DOOR, channel="KELURAHAN", location={"kelurahan": "31.71.01.1002"})

    assert today(http, LURAH) == [own]
    assert own not in today(http, LURAH_NEXT_DOOR)
    assert {delicate, foreign, own} <= set(today(http, COORDINATOR))


def test_no_desk_lists_what_is_about_officers_and_has_no_place(http: Http, city: CityInMemory) -> None:
    about = next(code for code, found in CITY.categories.items() if found.about_officer)

    taken(http, city, DESKS["SURATGUB"], channel="SURATGUB", category=about, location=None)

    assert today(http, DESKS["SURATGUB"]) == []


@pytest.mark.parametrize("actor", [HEAD, VALIDATOR, ADMINISTRATOR], ids=lambda actor: actor.role)
def test_who_types_nothing_in_has_no_such_list(http: Http, actor: Actor) -> None:
    assert http.get("/staff/intake/today?x=1", as_=actor).status_code == 403


def test_a_wrong_question_is_named(http: Http) -> None:
    assert http.get("/staff/intake/today?day=1", as_=LURAH).status_code == 422
    assert http.get("/staff/intake/today").status_code == 401
