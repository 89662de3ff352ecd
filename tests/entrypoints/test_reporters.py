"""All reports of one person, by the routes: the same answer for every address, and nothing without the link."""

import re
from typing import Any

import pytest

from chalicelib.application.reporters.linking import EVENT
from tests.builders import LURAH
from tests.city_in_memory import CityInMemory
from tests.entrypoints.test_citizen_api import DRAFT, faults

PLAIN = {name: DRAFT[name] for name in ("category", "description", "location")}
SITI = {"email": "siti@example.com"}
GUARDED = [("get", "/reporters/reports"), ("post", "/reporters/addresses"), ("post", "/reporters/erasures")]


def reported(http: Any, city: CityInMemory, **contact: str) -> str:
    number: str = http.post("/complaints", PLAIN | {"contact": contact}).json_body["number"]
    city.notify_citizen(number)
    return number


def came(http: Any, city: CityInMemory, **address: str) -> str:
    """What the link that was sent holds."""
    assert http.post("/reporters/link", address).status_code == 202
    for name in list(city.asks.due):
        city.send_link(name)
    told = [sent.text for sent in [*city.mail.sent, *city.sms.sent] if sent.event == EVENT]
    return re.findall(r"#([\w-]{32})", told[-1])[0]


@pytest.mark.parametrize("address", [SITI, {"email": "nobody@example.com"}, {"phone": "0812 0000 0009"}], ids=str)
def test_the_answer_is_the_same_for_every_address(http: Any, city: CityInMemory, address: dict[str, str]) -> None:
    reported(http, city, **SITI)

    answer = http.post("/reporters/link", address)

    assert (answer.status_code, answer.body, answer.headers["Cache-Control"]) == (202, b"", "no-store")


WRONG = {
    "nothing": ({}, {"email"}),
    "no address": ({"email": "siti"}, {"email"}),
    "a fixed line": ({"phone": "021 555 1234"}, {"phone"}),
    "both": (SITI | {"phone": "081200000009"}, {"email"}),
    "another field": (SITI | {"name": "Siti"}, {"name"}),
    "a number": ({"email": 7}, {"email"}),
    "no address, in no language of ours": ({"email": "siti", "language": "fr"}, {"email", "language"}),
    "a fixed line, and another field": ({"phone": "021 555 1234", "name": "Siti"}, {"phone", "name"}),
}


@pytest.mark.parametrize(("address", "fields"), WRONG.values(), ids=WRONG)
def test_a_fault_is_named_on_its_field(http: Any, address: dict[str, Any], fields: set[str]) -> None:
    assert {field for field, _ in faults(http.post("/reporters/link", address))} == fields


def test_the_link_shows_the_reports_and_opens_each(http: Any, city: CityInMemory) -> None:
    number = reported(http, city, **SITI)
    token = came(http, city, **SITI)

    answer = http.get("/reporters/reports", secret=token)

    assert [item["number"] for item in answer.json_body["items"]] == [number]
    assert answer.headers["Cache-Control"] == "no-store"
    assert http.get(f"/complaints/{number}", secret=token).json_body["contact"]["confirmed"] is True


def test_two_links_join_two_addresses(http: Any, city: CityInMemory) -> None:
    both = {reported(http, city, **SITI), reported(http, city, phone="0812 0000 0009")}
    mail, phone = came(http, city, **SITI), came(http, city, phone="+62 812 0000 0009")

    answer = http.post("/reporters/addresses", {"token": phone}, secret=mail)

    assert {item["number"] for item in answer.json_body["items"]} == both


def test_one_call_forgets_all(http: Any, city: CityInMemory) -> None:
    number = reported(http, city, **SITI)
    token = came(http, city, **SITI)

    assert http.post("/reporters/erasures", secret=token).json_body == {"erased": 1, "left": 0}
    assert http.get(f"/complaints/{number}").json_body["erased_at"]


@pytest.mark.parametrize(("method", "path"), GUARDED)
@pytest.mark.parametrize("token", [None, "", "x", "A" * 32, "A" * 22, "~" * 500])
def test_nothing_opens_without_the_link(http: Any, city: CityInMemory, method: str, path: str, token: str) -> None:
    reported(http, city, **SITI)
    body = [{"token": "B" * 32}] if path.endswith("addresses") else []

    assert getattr(http, method)(path, *body, secret=token).status_code == 401


@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_a_secret_of_one_report_opens_no_list(http: Any, city: CityInMemory, method: str, path: str) -> None:
    secret = http.post("/complaints", PLAIN | {"contact": SITI}).json_body["secret"]
    body = [{"token": secret}] if path.endswith("addresses") else []

    assert getattr(http, method)(path, *body, secret=secret).status_code == 401


def test_the_link_opens_no_staff_route_and_nobody_elses_report(http: Any, city: CityInMemory) -> None:
    reported(http, city, **SITI)
    other = reported(http, city, email="budi@example.com")
    token = came(http, city, **SITI)

    assert http.get(f"/staff/complaints/{other}", secret=token).status_code == 401
    assert http.get(f"/complaints/{other}", secret=token).status_code == 401
    assert http.post(f"/complaints/{other}/actions/erase", {"version": 1}, secret=token).status_code == 401
    assert http.get(f"/complaints/{other}", as_=LURAH).status_code == 200
