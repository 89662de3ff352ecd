"""Hostile and careless senders on the channels. A message without its provider's signature is refused and leaves
nothing behind. A signed message is never lost, and never refused for what it says."""

import json
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest

from chalicelib.channels.receiving import MAX_BYTES
from tests.channels.payloads import signed
from tests.city import COORDINATOR, DESK, GAMBIR, LURAH, City, eventually, standing
from tests.incoming import waiting
from tests.journeys.test_partners import called_back, case_of
from tests.local.raw import send

SCHEMES = {
    **dict.fromkeys(("jaki", "qlue", "email", "sms", "lapor1708"), "standard"),
    **dict.fromkeys(("fb", "medsosgub", "whatsapp"), "meta"),
    "x": "x",
}
SIGNATURE = {"standard": "webhook-signature", "meta": "X-Hub-Signature-256", "x": "x-twitter-webhooks-signature"}
JSON = {"Content-Type": "application/json"}
Headers = dict[str, str]
Secrets = dict[str, dict[str, str]]
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """One of its own: what is left here would fill the others' inboxes."""
    with standing(tmp_path_factory.mktemp("doors"), WEB="0") as (_, client):
        yield client


@pytest.fixture(scope="module")
def secrets(city: City) -> Secrets:
    found: Secrets = city.local()["channels"]
    assert found.keys() == SCHEMES.keys()
    return found


def now() -> datetime:
    return datetime.now(UTC)


def proofs(channel: str, secrets: Secrets, raw: bytes) -> Iterator[tuple[str, Headers]]:
    """What is no proof that the channel's provider has sent these bytes."""
    scheme, secret, name = SCHEMES[channel], secrets[channel]["secret"], SIGNATURE[SCHEMES[channel]]
    right = signed(scheme, secret, raw, now())
    given, mac = right[name], right[name].partition("," if scheme == "standard" else "=")[2]
    yield "nothing", {}
    yield "other bytes", signed(scheme, secret, raw + b" ", now())
    yield "bytes written anew", signed(scheme, secret, json.dumps(json.loads(raw), indent=1).encode(), now())
    for other in secrets.keys() - {channel}:
        yield f"the secret of {other}", signed(scheme, secrets[other]["secret"], raw, now())
    for other in SIGNATURE.keys() - {scheme}:
        yield f"the scheme {other}", signed(other, secret, raw, now())
    for header in right:
        yield f"no {header}", {key: value for key, value in right.items() if key != header}
        for odd in ("", "\xe9", "null", "9" * 400, f"{right[header]}x", f"{right[header]}, x"):
            yield f"{header} {odd[:20]}", right | {header: odd}
    for odd in (
        mac,
        mac[:-1],
        mac.swapcase(),
        f"sha1={mac}",
        f"v2,{mac}",
        f"{given[: -len(mac)]}{given}",
        f'"{given}"',
    ):
        yield f"signature {odd[:12]}", right | {name: odd}
    if scheme == "standard":
        yield from stale(secret, raw)


def stale(secret: str, raw: bytes) -> Iterator[tuple[str, Headers]]:
    for wrong in (timedelta(seconds=-310), timedelta(seconds=310), timedelta(days=-365)):
        yield f"a clock off by {wrong}", signed("standard", secret, raw, now() + wrong)
    for odd in (
        "NaN",
        "-1",
        "1e9",
        "0x1",
        f"+{int(time.time())}",
        f"{int(time.time())}.0",
        "\u0661".encode().decode("latin-1"),
    ):
        yield f"time {odd}", signed("standard", secret, raw, now()) | {"webhook-timestamp": odd}


@pytest.mark.parametrize("channel", SCHEMES)
def test_who_does_not_sign_as_the_provider_does_is_refused(city: City, secrets: Secrets, channel: str) -> None:
    raw = json.dumps({"id": f"forged-{channel}", "description": "Palsu"}).encode()
    asked = list(proofs(channel, secrets, raw))

    answers = {what: send(city.origin, "POST", f"/api/channels/{channel}", raw, JSON | head) for what, head in asked}

    wrong = {what: answer[0] for what, answer in answers.items() if answer[0] != 401}
    assert wrong == {}
    assert {json.loads(answer[2])["code"] for answer in answers.values()} == {"unauthenticated"}


def test_nothing_forged_is_left_to_anybody(city: City) -> None:
    for user in (COORDINATOR, DESK):
        assert "Palsu" not in json.dumps(city.queue(user, queue="inbox", limit=100))


@pytest.mark.parametrize(
    "name",
    ["jaki/", "JAKI", "Jaki", "jaki%00", "%6aaki", "jaki%2f", "jaki%20", "pigeon", "web", "%C4%B1", "", "x" * 3000],
)
def test_what_is_no_channel_is_not_there(city: City, secrets: Secrets, name: str) -> None:
    raw = b"{}"
    headers = signed("standard", secrets["jaki"]["secret"], raw, now()) | JSON

    answers = [send(city.origin, method, f"/api/channels/{name}", raw, headers) for method in ("POST", "GET", "HEAD")]

    assert {answer[0] for answer in answers} == {404}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE"])
def test_a_door_has_two_methods(city: City, secrets: Secrets, method: str) -> None:
    for channel in secrets:
        headers = signed(SCHEMES[channel], secrets[channel]["secret"], b"{}", now())
        assert send(city.origin, method, f"/api/channels/{channel}", b"{}", headers)[0] == 404


HOSTILE = ["<script>alert(1)</script>", "a\r\nSet-Cookie: a=b", "\x00", "", "x" * 501, "\u202e", '{"a":1}', "%ff"]


@pytest.mark.parametrize("said", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("channel", ["fb", "medsosgub", "whatsapp", "x"])
def test_a_challenge_comes_back_as_plain_text_or_not_at_all(
    city: City, secrets: Secrets, channel: str, said: str
) -> None:
    known = {"hub.mode": "subscribe", "hub.verify_token": secrets[channel]["verify_token"]}
    query = "&".join(f"{key}={quote(value, safe='')}" for key, value in known.items())
    query += "".join(f"&{name}={quote(said, safe='')}" for name in ("hub.challenge", "crc_token"))

    status, headers, body = send(city.origin, "GET", f"/api/channels/{channel}?{query}")

    assert status in (200, 400)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Set-Cookie"] is None
    kind = "application/problem+json" if status == 400 else "text/plain"
    assert headers["Content-Type"].partition(";")[0] == kind
    assert status == 400 or (channel != "x" and body.decode() == said)


def test_a_challenge_of_x_is_no_signature(city: City) -> None:
    raw = json.dumps({"for_user_id": "1", "direct_message_events": []}).encode()

    assert send(city.origin, "GET", f"/api/channels/x?crc_token={quote(raw.decode(), safe='')}")[0] == 400


def a_report(report_id: str, **more: Any) -> bytes:
    known = {"id": report_id, "category": "JLN_LUBANG", "description": "Jalan berlubang", "location": GAMBIR}
    return json.dumps({**known, **more}).encode()


def hands(city: City, secrets: Secrets, raw: bytes, channel: str = "jaki", **headers: str) -> int:
    sent = signed(SCHEMES[channel], secrets[channel]["secret"], raw, now()) | JSON | headers
    return send(city.origin, "POST", f"/api/channels/{channel}", raw, sent)[0]


def test_a_report_sent_twenty_times_at_once_is_one_case_and_other_words_under_its_id_are_tasks(
    city: City, secrets: Secrets
) -> None:
    report_id, marks = uuid.uuid4().hex, [uuid.uuid4().hex[:12] for _ in range(2)]
    raw = a_report(report_id)
    headers = signed("standard", secrets["jaki"]["secret"], raw, now()) | JSON

    with ThreadPoolExecutor(20) as pool:
        statuses = list(pool.map(lambda _: send(city.origin, "POST", "/api/channels/jaki", raw, headers)[0], range(20)))
    case = case_of(city, "id", report_id)
    statuses += [hands(city, secrets, a_report(report_id, description=f"Lampu mati {mark}")) for mark in marks]

    assert set(statuses) == {202}
    assert len({waiting(city, COORDINATOR, "JAKI", mark) for mark in marks}) == 2
    assert {told["number"] for told in called_back(city, "id", report_id)} == {case.number}
    assert case.staff(LURAH)["channel"] == "JAKI"


ODD: dict[str, Callable[[str], dict[str, Any]]] = {
    "wrong types": lambda _: {"category": 7, "landmark": [], "visibility": {}, "answers": "x"},
    "long ones": lambda _: {"category": "x" * 5_000, "landmark": "x" * 5_000, "tracking_id": "x" * 5_000},
    "control signs": lambda _: {"landmark": "\x1b[31m\x00", "category": "\u202e", "tracking_id": "\x00"},
    "a place elsewhere": lambda _: {"location": {"lat": 48.85, "lon": 2.35}},
    "no place": lambda _: {"location": {"lat": "x", "lon": None}},
    "a number that nobody can hold": lambda _: {"location": {"lat": 10**400, "lon": 10**400}},
    "no number": lambda _: {"location": {"lat": float("nan"), "lon": float("inf")}},
    "nobody to be reached": lambda _: {"contact": {"phone": "0", "email": "x", "language": "xx"}},
    "a contact of another form": lambda _: {"contact": [{"phone": 8}]},
    "unknown fields": lambda _: {"x" * 3_000: 1, "\x00": 2, "": {"a": [1] * 500}},
    "a list as tracking id": lambda _: {"tracking_id": [1]},
    "half a letter": lambda _: {"landmark": "\ud800"},
    "very much": lambda _: {"answers": {f"Q{n}": "x" * 400 for n in range(500)}},
}


def test_whatever_stands_in_a_partners_fields_is_a_case_or_read_by_a_person(city: City, secrets: Secrets) -> None:
    marks = {name: uuid.uuid4().hex[:12] for name in ODD}

    statuses = {
        name: hands(city, secrets, a_report(marks[name], description=f"Lubang {marks[name]}", **made(name)), "qlue")
        for name, made in ODD.items()
    }

    assert set(statuses.values()) == {202}
    eventually(lambda: set(marks.values()) - kept(city, marks.values()), lambda missing: not missing)


def kept(city: City, marks: Iterable[str]) -> set[str]:
    """Those that are cases, and those that a person reads."""
    inbox = " ".join(row["text"] for row in city.queue(COORDINATOR, queue="inbox", limit=100))
    return {mark for mark in marks if mark in inbox or called_back(city, "id", mark)}


UNREAD = {
    "nothing": b"",
    "no JSON": b"{",
    "no object": b"[]",
    "deep": b"[" * 10_000,
    "deep and closed": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "UTF-16": '{"id":"x"}'.encode("utf-16"),
    "digits": b'{"id":%s}' % (b"9" * 5_000),
}


@pytest.mark.parametrize("channel", ["jaki", "email", "sms", "whatsapp"])
def test_what_nobody_can_read_is_kept_however_it_is_called(city: City, secrets: Secrets, channel: str) -> None:
    kinds = {"Content-Type": "application/octet-stream"}

    assert {hands(city, secrets, raw, channel, **kinds) for raw in UNREAD.values()} == {202}
    for kind in ("text/html", "multipart/form-data", "/", "x" * 3_000, "application/json; charset=utf-16"):
        assert hands(city, secrets, b'{"id":""}', channel, **{"Content-Type": kind}) == 202


@pytest.mark.parametrize("size", [MAX_BYTES + 1, 11 * 1024 * 1024])
def test_what_is_too_large_is_told_so(city: City, secrets: Secrets, size: int) -> None:
    assert hands(city, secrets, b" " * size) == 413
