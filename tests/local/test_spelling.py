"""A place has one address here; any other spelling of it is refused before it is routed or counted."""

import pytest

from local.front_door import FrontDoor
from tests.local.door import Recorded, ask

ODD = {
    "two slashes": "/api//complaints",
    "two slashes before": "//api/complaints",
    "two slashes behind": "/api/complaints//",
    "a slash behind": "/api/complaints/",
    "a dot": "/api/./complaints",
    "a dot behind": "/api/complaints/.",
    "two dots": "/api/x/../complaints",
    "out and in again": "/lapor/../api/complaints",
    "an escaped dot": "/api/%2e/complaints",
    "two escaped dots": "/api/x/%2E%2E/complaints",
    "one dot escaped": "/api/x/.%2e/complaints",
    "an escaped slash": "/api%2fcomplaints",
    "an escaped slash, capital": "/api%2Fcomplaints",
    "an escaped slash behind": "/api/complaints%2f",
    "a backslash": "/api\\complaints",
    "an escaped backslash": "/api%5ccomplaints",
    "escaped twice": "/api%252fcomplaints",
    "a letter escaped twice": "/api/%2563omplaints",
    "a percent alone": "/api/complaints%",
    "half an escape": "/api/complaints%2",
    "an escape that is none": "/api/complaints%zz",
    "an escaped letter": "/api/%63omplaints",
    "an escaped letter of the folder": "/%61pi/complaints",
    "an escaped sign that needs none": "/api/complaints%2D1",
    "NUL": "/api/complaints%00",
    "a new line": "/api/complaints%0a",
    "a tabulator": "/api/%09complaints",
    "DEL": "/api/complaints%7f",
    "a C1 control": "/api/complaints%c2%85",
    "an overlong slash": "/api%c0%afcomplaints",
    "half a letter": "/api/complaints%e2%80",
    "a surrogate": "/api/complaints%ed%a0%80",
    "Latin-1": "/api/complaints%ff",
    "a fragment": "/api/complaints#x",
    "a blank": "/api/ complaints",
    "an absolute address": "http://127.0.0.1:8080/api/complaints",
    "no slash": "api/complaints",
    "a very long one": "/api/complaints/" + "x" * 2_048,
}


@pytest.mark.parametrize("path", ODD.values(), ids=ODD.keys())
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_odd_spelling_leads_nowhere(door: FrontDoor, behind: Recorded, method: str, path: str) -> None:
    assert ask(door, method, path).status == 404
    assert behind.asked == []


@pytest.mark.parametrize("path", [path for path in ODD.values() if path.startswith("/api/")])
def test_an_odd_spelling_of_the_api_is_refused_in_the_apis_form(door: FrontDoor, path: str) -> None:
    answer = ask(door, "POST", path)

    assert answer.headers[b"content-type"] == b"application/problem+json"
    assert (answer.headers[b"cache-control"], answer.headers[b"x-content-type-options"]) == (b"no-store", b"nosniff")


@pytest.mark.parametrize(
    "path",
    [
        "/api/complaints",
        "/api/complaints?x=%2f..//",
        "/api/complaints/JKT-0000-0000-0",
        "/api/complaints/jkt%200000%200000%200",
        "/api/complaints/JKT%E2%80%930000%E2%80%930000%E2%80%930",
        "/api/complaints/%E2%80%8B0000.0000.0",
        "/api/complaints/%EF%BC%90000%2C0000%2C0",
    ],
)
def test_a_number_is_passed_on_as_people_write_it(door: FrontDoor, path: str) -> None:
    assert ask(door, "GET", path).body == b"api"


@pytest.mark.parametrize("method", ["post", "Post", "PROPFIND", "CONNECT", "TRACE", "XPOST"])
def test_a_method_has_one_spelling_too(door: FrontDoor, behind: Recorded, method: str) -> None:
    assert ask(door, method, "/api/complaints").status == 404
    assert behind.asked == []


def test_a_slash_behind_a_page_is_no_harm(door: FrontDoor) -> None:
    assert ask(door, "GET", "/lapor/").body == b"form"
