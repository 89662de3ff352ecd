"""Whoever has no business with a question is not told what is wrong with it: credentials, the number and what it names
come before the faults of a query or a body, on every route."""

from typing import Any

import pytest

from tests.builders import ADMINISTRATOR, COORDINATOR, DESK, HEAD, LURAH_NEXT_DOOR
from tests.channels.city_with_channels import CityWithChannels
from tests.entrypoints.conftest import Http, behind_the_routes
from tests.entrypoints.test_citizen_api import DRAFT

WRONG = {"zzz": 1}  # a key that no route knows
FORGED = {"Authorization": "Bearer forged"}
TYPO, NEVER, NONE = "JKT-0000-0000-1", "JKT-0000-0000-0", "bukan-nomor"

TIMELINE = "/complaints/{number}/timeline?before=kemarin"
CONFIRM = "/complaints/{number}/contact/confirmations"
COMMENT = "/complaints/{number}/actions/comment"
PHOTOS = "/complaints/{number}/photos"

# method, path, who asks, what comes before the 422; {number} is a case that is there.
EARLIER: list[tuple[str, str, dict[str, Any], int]] = [
    ("GET", TIMELINE, FORGED, 401),
    ("GET", TIMELINE, {"secret": "salah"}, 401),
    ("GET", TIMELINE, {}, 422),
    *[("GET", TIMELINE.replace("{number}", number), {}, status) for number, status in ((TYPO, 400), (NEVER, 404))],
    ("GET", TIMELINE.replace("{number}", NONE), {"secret": "x"}, 404),
    ("POST", CONFIRM, FORGED, 401),
    ("POST", CONFIRM, {}, 422),
    *[("POST", CONFIRM.replace("{number}", number), {}, status) for number, status in ((TYPO, 400), (NEVER, 404))],
    ("POST", COMMENT, {}, 401),
    ("POST", COMMENT, {"secret": "salah"}, 401),
    ("POST", COMMENT, {"as_": LURAH_NEXT_DOOR}, 404),
    ("POST", COMMENT, {"as_": ADMINISTRATOR}, 403),
    ("POST", PHOTOS, {"secret": "salah"}, 401),
    ("POST", PHOTOS, {"as_": LURAH_NEXT_DOOR}, 404),
    ("POST", PHOTOS, {"as_": ADMINISTRATOR}, 403),
    ("GET", "/reporters/reports?zzz=1", {"secret": "salah"}, 401),
    ("POST", "/reporters/addresses", {"secret": "salah"}, 401),
    ("POST", "/reporters/addresses", {}, 401),
    ("POST", "/reporters/erasures", {"secret": "salah"}, 401),
    ("POST", "/staff/complaints", {}, 401),
    ("POST", "/staff/complaints", {"as_": ADMINISTRATOR}, 403),
    ("POST", "/staff/floods/none/off", {"as_": DESK}, 403),
    ("POST", "/staff/floods/none/off", {"as_": COORDINATOR}, 404),
    ("GET", "/staff/messages/none?zzz=1", {"as_": ADMINISTRATOR}, 403),
    ("GET", "/staff/messages/none?zzz=1", {"as_": DESK}, 404),
    ("GET", "/staff/messages/none/photos/1?zzz=1", {"as_": DESK}, 404),
    ("PUT", "/staff/units/NOPE/subscribers", {"as_": COORDINATOR}, 403),
    ("PUT", "/staff/units/NOPE/subscribers", {"as_": ADMINISTRATOR}, 404),
    ("PUT", "/staff/units/DBM/subscribers", {"as_": ADMINISTRATOR}, 422),
    ("GET", "/staff/units/NOPE/subscribers?zzz=1", {"as_": ADMINISTRATOR}, 404),
    ("GET", "/staff/queue?zzz=1", {}, 401),
    ("GET", "/staff/queue?zzz=1", {"as_": ADMINISTRATOR}, 403),
    ("GET", "/staff/officers?unit=DSDA&zzz=1", {"as_": HEAD}, 403),
]


@pytest.fixture
def city(monkeypatch: pytest.MonkeyPatch) -> CityWithChannels:
    return behind_the_routes(CityWithChannels(), monkeypatch)


@pytest.mark.parametrize(("method", "path", "caller", "status"), EARLIER)
def test_what_is_wrong_with_a_question_is_told_last(
    http: Http, method: str, path: str, caller: dict[str, Any], status: int
) -> None:
    number = http.post("/complaints", DRAFT).json_body["number"]
    address = path.format(number=number)

    send = {"POST": http.post, "PUT": http.put}.get(method)

    answer = send(address, WRONG, **caller) if send else http.get(address, **caller)

    assert answer.status_code == status, answer.body
