"""Who is let through to what: site, API, emulator, the launcher's own routes."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from local.edge import LARGEST_BODY, RateLimit, Response
from local.faults import Faults
from local.front_door import FrontDoor
from local.mailbox import Mailbox
from local.site import Site

HOST = "127.0.0.1:8080"
SIGNED = "AWS4-HMAC-SHA256 Credential=ASIA0123456789ABCDEF/20260101/ap-southeast-3/dynamodb/aws4_request"


class Recorded:
    """Stands for the emulator, the API and the own routes: answers its name, and remembers what it was asked."""

    def __init__(self) -> None:
        self.writes = 0
        self.asked: list[str] = []
        self.addresses: list[str] = []

    async def app(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        self.asked.append("cloud")
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"cloud"})

    async def answer(self, *words: Any) -> Response:
        name = "api" if len(words) > 1 else "own"
        self.asked.append(name)
        return 200, [], name.encode()


@pytest.fixture
def behind() -> Recorded:
    return Recorded()


@pytest.fixture
def door(behind: Recorded, tmp_path: Path) -> FrontDoor:
    (tmp_path / "index.html").write_text("site")
    (tmp_path / "lapor.html").write_text("form")
    return FrontDoor(
        cloud=behind,
        api=behind,
        site=Site(tmp_path),
        own=behind,
        limit=RateLimit(1),
        faults=Faults(),
        mailbox=Mailbox(lambda: None, "-unit-"),
        now=lambda: datetime(2026, 11, 25, 9, tzinfo=UTC),
    )


class Answer:
    def __init__(self, messages: list[dict[str, Any]]) -> None:
        self.status: int = messages[0]["status"]
        self.headers = dict(messages[0]["headers"])
        self.body: bytes = b"".join(m.get("body", b"") for m in messages[1:])


def ask(
    door: FrontDoor, method: str, path: str, *, body: bytes = b"", peer: str = "127.0.0.1", **headers: str
) -> Answer:
    """Header names with underscores for dashes."""
    given = {"host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
    plain, _, query = path.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "path": plain,
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "client": (peer, 1),
    }
    sent: list[dict[str, Any]] = []
    parts = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return parts.pop() if parts else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(door(scope, receive, send))
    return Answer(sent)


def test_pages_have_clean_addresses_and_the_edges_headers(door: FrontDoor) -> None:
    page = ask(door, "GET", "/lapor")

    assert (page.status, page.body) == (200, b"form")
    assert b"content-security-policy" in page.headers


def test_a_signed_get_of_the_root_reaches_the_emulator_not_the_site(door: FrontDoor) -> None:
    assert ask(door, "GET", "/").body == b"site"
    assert ask(door, "GET", "/", authorization=SIGNED).body == b"cloud"


def test_the_path_out_of_the_sites_folder_leads_nowhere(door: FrontDoor) -> None:
    assert ask(door, "GET", "/../secrets").status == 404


def test_a_sign_in_of_the_page_and_an_upload_form_reach_the_emulator(door: FrontDoor) -> None:
    sign_in = {"x_amz_target": "AWSCognitoIdentityProviderService.InitiateAuth"}

    assert ask(door, "POST", "/", **sign_in).body == b"cloud"
    assert ask(door, "POST", "/bucket", content_type="multipart/form-data; boundary=x").body == b"cloud"
    assert ask(door, "POST", "/", body=b"{}").status == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "null"},
        {"host": "evil.example"},
        {"host": "127.0.0.1.evil.example:8080"},
        {"host": ""},
    ],
)
@pytest.mark.parametrize("path", ["/_local", "/_local/token", "/_ministack/reset"])
def test_a_page_of_somewhere_else_opens_nothing_of_the_launcher(
    door: FrontDoor, behind: Recorded, path: str, headers: dict[str, str]
) -> None:
    assert ask(door, "POST", path, **headers).status == 403
    assert behind.asked == []


def test_another_machine_opens_nothing_of_the_launcher(door: FrontDoor) -> None:
    assert ask(door, "GET", "/_local", peer="192.168.1.7").status == 403


def test_the_own_origin_opens_the_launchers_routes(door: FrontDoor) -> None:
    assert ask(door, "GET", "/_local", origin=f"http://{HOST}").body == b"own"


def test_the_rate_rule_counts_the_connecting_address_and_believes_no_header(door: FrontDoor) -> None:
    first = ask(door, "POST", "/api/complaints", x_forwarded_for="10.0.0.1")
    second = ask(door, "POST", "/api/complaints", x_forwarded_for="10.0.0.2")

    assert (first.status, second.status) == (200, 429)
    assert int(second.headers[b"retry-after"]) in range(1, 61)


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/complaints/JKT"), ("POST", "/api/complaints/JKT/photos")])
def test_only_reports_are_counted(door: FrontDoor, method: str, path: str) -> None:
    assert [ask(door, method, path).status for _ in range(3)] == [200, 200, 200]


def test_a_body_of_eleven_megabytes_is_too_large(door: FrontDoor, behind: Recorded) -> None:
    answer = ask(door, "POST", "/api/complaints", body=bytes(11 * 1024 * 1024))

    assert (answer.status, answer.headers[b"content-type"]) == (413, b"application/problem+json")
    assert behind.asked == []


def test_an_announced_size_is_believed_before_the_body_comes(door: FrontDoor) -> None:
    assert ask(door, "POST", "/api/complaints", content_length=str(LARGEST_BODY + 1)).status == 413


def test_a_fault_before_the_call_keeps_it_from_the_emulator(door: FrontDoor, behind: Recorded) -> None:
    door._faults.switch({"service": "dynamodb", "probability": 1})

    answer = ask(door, "POST", "/", authorization=SIGNED, x_amz_target="DynamoDB_20120810.PutItem", body=b"{}")

    assert (answer.status, behind.asked) == (500, [])


def test_a_fault_after_the_call_loses_only_the_answer(door: FrontDoor, behind: Recorded) -> None:
    door._faults.switch({"service": "dynamodb", "probability": 1, "when": "after"})

    answer = ask(door, "POST", "/", authorization=SIGNED, x_amz_target="DynamoDB_20120810.PutItem", body=b"{}")

    assert (answer.status, behind.asked) == (500, ["cloud"])


def test_an_answer_of_the_api_is_dated_with_the_citys_time(door: FrontDoor) -> None:
    assert dict(ask(door, "GET", "/api/reference").headers)[b"date"] == b"Wed, 25 Nov 2026 09:00:00 GMT"


def test_assets_are_kept_for_ever_and_pages_are_asked_for_again(door: FrontDoor, tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "base.0123456789.css").write_text("")

    kept = [
        dict(ask(door, "GET", path).headers)[b"cache-control"] for path in ("/assets/base.0123456789.css", "/lapor")
    ]

    assert kept == [b"public, max-age=31536000, immutable", b"no-cache"]
