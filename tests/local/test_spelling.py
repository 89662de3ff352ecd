"""A place has one address here; any other spelling of it is refused before it is routed or counted."""

import pytest

from local.front.front_door import FrontDoor
from tests.local.door import Recorded, ask
from tests.odd_addresses import ODD


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
