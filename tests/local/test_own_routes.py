"""The launcher's own routes on a real city: what the contract names, and refusals for everything else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
import requests

from chalicelib.domain.case import numbers
from local.front import guesses
from tests.city import HANGS, LURAH, City, a_draft, is_ahead, told
from tests.local.conftest import REPORTS
from tests.local.raw import send
from tests.odd_addresses import ODD

pytestmark = pytest.mark.city
ROLES = {
    "kelurahan_officer",
    "opd_officer",
    "opd_supervisor",
    "desk",
    "validator",
    "coordinator",
    "inspectorate",
    "administrator",
}
POSTS = ("token", "clock", "faults", "reset", "role")
BAD_BODIES: dict[str, bytes] = {
    "broken": b"{",
    "no object": b"[]",
    "null": b"null",
    "a number": b"NaN",
    "deep": b"[" * 200_000,
    "an unknown key": b'{"strange": 1}',
    "not UTF-8": b'{"user": "\xff"}',
    "a lone surrogate": b'{"user": "\\ud800", "advance": "\\ud800", "function": "\\ud800"}',
}


def is_a_problem(answer: requests.Response) -> bool:
    kind = answer.headers["Content-Type"] == "application/problem+json"
    return kind and 400 <= answer.status_code < 500 and answer.json()["status"] == answer.status_code


def test_the_city_tells_time_addresses_and_somebody_in_every_role(city: City) -> None:
    told_of = city.local()

    assert datetime.fromisoformat(told_of["now"]).tzinfo
    assert {user["role"] for user in told_of["users"]} == ROLES
    assert all(user["unit"] and user["name"] for user in told_of["users"])


def test_every_demo_user_signs_in_by_a_token_that_the_api_takes(city: City) -> None:
    for user in city.local()["users"]:
        answer = city.get("/staff/queue", user=user["user"])
        assert answer.status_code == (403 if user["role"] == "administrator" else 200), told(answer)


def test_an_unknown_user_gets_no_token(city: City) -> None:
    assert city.post("/_local/token", {"user": "siapa-ini"}).status_code == 404
    assert city.post("/_local/token", {"user": ""}).status_code == 422


@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES.keys())
@pytest.mark.parametrize("route", POSTS)
def test_a_body_that_makes_no_sense_is_a_problem_of_the_client(city: City, route: str, body: bytes) -> None:
    answer = city.call("POST", f"/_local/{route}", data=body)

    assert is_a_problem(answer), told(answer)


@pytest.mark.parametrize("advance", [None, 6, "6 jam", "-PT6H", "P1000Y", ""])
def test_the_clock_moves_by_durations_only(city: City, advance: Any) -> None:
    answer = city.post("/_local/clock", {"advance": advance})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "advance")


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/_local/token"), ("POST", "/_local"), ("GET", "/_local/nothing")]
)
def test_what_is_not_there_is_not_found(city: City, method: str, path: str) -> None:
    assert city.call(method, path).status_code == 404


@pytest.mark.parametrize("path", ["/_local", "/_local/mailbox"])
def test_people_get_a_page_that_runs_no_foreign_script(city: City, path: str) -> None:
    page = city.get(path, headers={"Accept": "text/html"})

    assert page.headers["Content-Type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "tidak ada pesan yang benar-benar dikirim" in page.text.lower() or path == "/_local"


def test_a_foreign_page_cannot_read_the_mailbox(city: City) -> None:
    answer = city.get("/_local/mailbox", headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403


def test_sixteen_reports_at_once_are_all_answered_by_the_application(city: City) -> None:
    with ThreadPoolExecutor(16) as people:
        answers = list(people.map(lambda _: city.post("/complaints", a_draft()), range(16)))

    assert [answer.status_code for answer in answers] == [201] * 16
    assert len({answer.json()["number"] for answer in answers}) == 16


def test_the_city_is_its_own_identity_provider_as_the_page_knows_it(city: City) -> None:
    config = requests.get(f"{city.origin}/config.json", timeout=HANGS).json()

    assert config["identityUrl"] == f"{city.origin}/"
    assert config["apiUrl"] == f"{city.origin}/api"
    assert {"region", "userPoolId", "userPoolClientId"} <= config.keys()


def test_a_function_has_its_own_rights_and_no_others(city: City) -> None:
    environment = city.environment("relay")

    assert environment["AWS_ACCESS_KEY_ID"].startswith("ASIA")
    assert "EVENTS_TOPIC_ARN" in environment
    assert "TABLE_NAME" not in environment


def test_time_moves_and_tokens_do_not_age(own_time: City) -> None:
    token = own_time.token(LURAH)

    own_time.advance("P2D")

    assert is_ahead(own_time, timedelta(days=2))
    assert own_time.token(LURAH) == token
    assert own_time.get("/staff/queue", user=LURAH).status_code == 200


def test_when_the_clock_answers_the_rungs_have_rung_and_their_messages_are_there(own_time: City) -> None:
    case = own_time.lodge()

    own_time.advance("PT6H1M")

    assert case.rungs() == ["reminder_50", "reminder_80", "breach"]
    assert "breach" in {message["event"] for message in case.messages("alert")}


def test_a_reset_forgets_complaints_messages_faults_and_time_but_no_user(own_time: City) -> None:
    case = own_time.lodge(contact={"email": "siti@example.com"})
    own_time.advance("P1D")
    own_time.fault("sns")
    token = own_time.token(LURAH)

    own_time.reset()

    assert own_time.get(f"/complaints/{case.number}").status_code == 404
    assert own_time.mailbox() == []
    assert is_ahead(own_time, timedelta(0))
    assert own_time.token(LURAH) == token
    assert own_time.queue(LURAH) == []
    assert own_time.lodge().number


def test_the_limit_of_reports_is_passed_by_no_other_spelling_and_no_other_origin(own_time: City) -> None:
    def report(path: str = "/api/complaints", **headers: str) -> int:
        given = {"Content-Type": "application/json", **headers}
        return send(own_time.origin, "POST", path, b"{}", given, address="127.0.0.2")[0]

    taken = 0
    while (status := report(**{"X-Forwarded-For": f"10.0.0.{taken}"})) == 422:
        taken += 1

    assert (status, taken >= REPORTS) == (429, True)
    spelt = {path: report(path) for path in ODD.values()}
    assert {path: status for path, status in spelt.items() if status not in (400, 404, 429)} == {}
    assert report("/api/complaints?x=1") == report(Host="localhost") == 429


def test_thirty_wrong_guesses_in_a_minute_are_all(own_time: City) -> None:
    path, wrong = f"/complaints/{own_time.lodge().number}", 0

    with own_time.at("127.0.0.3") as stranger:
        while (status := stranger.get(f"/complaints/{numbers.from_bits(1)}").status_code) == 404:
            wrong += 1

        assert (status, wrong >= guesses.MOST) == (429, True)
        assert [stranger.get(path).status_code, stranger.get(path, user=LURAH).status_code] == [429, 200]
    assert own_time.get(path).status_code == 200
