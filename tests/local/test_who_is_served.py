"""Everything on the port belongs to this machine, except the public site and the API. Neither a page of another site,
nor a foreign DNS name, nor a key that the city did not give out opens it."""

import os
import string
from pathlib import Path

import pytest

from local import private
from local.front.front_door import FrontDoor
from tests.local.door import CORS, HOST, KEY, SIGNED, Recorded, ask

UNKNOWN = "AKIAIOSFODNN7EXAMPLE"
PRESIGNED = (
    f"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={KEY}/20260101/x/s3/aws4_request&X-Amz-Signature=anything"
)
SIGN_IN = {"x_amz_target": "AWSCognitoIdentityProviderService.InitiateAuth"}
FORM = {"content_type": "multipart/form-data; boundary=x"}

OTHER_PAGES: dict[str, dict[str, str]] = {
    "another site": {"origin": "https://evil.example"},
    "another port of this machine": {"origin": "http://127.0.0.1:9999"},
    "another name of this machine": {"origin": "http://localhost:8080"},
    "the same over TLS": {"origin": f"https://{HOST}"},
    "a longer name": {"origin": f"http://{HOST}.evil.example"},
    "a sandboxed frame or a file": {"origin": "null"},
    "nobody": {"origin": ""},
    "two": {"origin": f"http://{HOST}, https://evil.example"},
    "an image or a script of another site": {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors"},
    "a frame of another site": {
        "sec_fetch_site": "cross-site",
        "sec_fetch_mode": "navigate",
        "sec_fetch_dest": "iframe",
    },
    "another port, an image": {"sec_fetch_site": "same-site", "sec_fetch_mode": "no-cors"},
}
OTHER_HOSTS = {
    "a rebound name": "evil.example",
    "a rebound name, our port": "evil.example:8080",
    "our address as a beginning": "127.0.0.1.evil.example:8080",
    "our name as a beginning": "localhost.evil.example",
    "our name as an end": "evil.localhost",
    "a root label": "localhost.",
    "a user before it": "evil@127.0.0.1:8080",
    "a host after it": "127.0.0.1:8080@evil.example",
    "two": "127.0.0.1:8080, evil.example",
    "a blank": "127.0.0.1 ",
    "a path": "127.0.0.1/evil",
    "no port after the colon": "127.0.0.1:",
    "a port that is none": "127.0.0.1:http",
    "a short form": "127.1",
    "every address": "0.0.0.0:8080",
    "another address": "192.168.1.7:8080",
    "an API of its own": "abc.execute-api.localhost:8080",
    "a bucket of its own": "bucket.s3.localhost:8080",
    "nothing": "",
}
OWN: dict[str, tuple[str, str, dict[str, str]]] = {
    "the city": ("GET", "/_local", {}),
    "the mailbox": ("GET", "/_local/mailbox", {}),
    "a token": ("POST", "/_local/token", {}),
    "a function's code": ("POST", "/2015-03-31/functions", {"authorization": SIGNED}),
    "a function, signed in the address": ("POST", f"/2015-03-31/functions?{PRESIGNED}", {"content_type": "text/plain"}),
    "an object": ("GET", f"/bucket/photo.webp?{PRESIGNED}", {}),
    "rows": ("POST", "/", {"authorization": SIGNED, "x_amz_target": "DynamoDB_20120810.Scan"}),
    "a sign-in": ("POST", "/", SIGN_IN),
    "an upload": ("POST", "/bucket", FORM),
    "a preflight": ("OPTIONS", "/_local/clock", {}),
    "a preflight of the emulator": ("OPTIONS", f"/?{PRESIGNED}", {}),
    "any other method": ("PUT", "/bucket/object", {}),
}


@pytest.mark.parametrize("page", OTHER_PAGES.values(), ids=OTHER_PAGES.keys())
@pytest.mark.parametrize("call", OWN.values(), ids=OWN.keys())
def test_a_page_of_somewhere_else_opens_nothing_of_this_machine(
    door: FrontDoor, behind: Recorded, call: tuple[str, str, dict[str, str]], page: dict[str, str]
) -> None:
    method, path, headers = call

    assert ask(door, method, path, **headers, **page).status == 403
    assert behind.asked == []


@pytest.mark.parametrize("host", OTHER_HOSTS.values(), ids=OTHER_HOSTS.keys())
@pytest.mark.parametrize("path", ["/", "/config.json", "/api/health", "/api/complaints", "/_local", "/nothing"])
def test_a_name_of_somebody_elses_leads_to_nothing_the_site_neither(
    door: FrontDoor, behind: Recorded, path: str, host: str
) -> None:
    answers = [ask(door, method, path, host=host) for method in ("GET", "POST")]

    assert [answer.status for answer in answers] == [421, 421]
    assert behind.asked == []


@pytest.mark.parametrize("host", [HOST, "127.0.0.1", "localhost:8080", "LocalHost:8080", "[::1]:8080"])
def test_this_machines_own_names_are_served(door: FrontDoor, host: str) -> None:
    assert ask(door, "GET", "/api/health", host=host).body == b"api"
    assert ask(door, "GET", "/_local", host=host).body == b"own"
    assert ask(door, "GET", "/_local", host=host, origin=f"http://{host}").body == b"own"


def test_a_page_is_led_from_localhost_to_the_address_and_nowhere_else(door: FrontDoor) -> None:
    answer = ask(door, "GET", "/lapor", host="LOCALHOST:8080", accept="text/html")

    assert (answer.status, answer.headers[b"location"]) == (307, b"http://127.0.0.1:8080/lapor")


@pytest.mark.parametrize("call", OWN.values(), ids=OWN.keys())
def test_another_machine_opens_nothing_of_this_one(
    door: FrontDoor, behind: Recorded, call: tuple[str, str, dict[str, str]]
) -> None:
    method, path, headers = call

    assert ask(door, method, path, peer="192.168.1.7", **headers).status == 403
    assert behind.asked == []


def test_a_link_on_another_site_may_lead_a_person_to_the_mailbox(door: FrontDoor) -> None:
    followed = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}

    assert ask(door, "GET", "/_local/mailbox", **followed).body == b"own"
    assert ask(door, "POST", "/_local/clock", **followed).status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": SIGNED.replace(KEY, "test")},
        {"authorization": SIGNED.replace(KEY, "000000000000")},
        {"authorization": SIGNED.replace(KEY, UNKNOWN)},
        {"authorization": SIGNED.replace(KEY, "")},
        {"authorization": "AWS4-HMAC-SHA256"},
        {"authorization": "AWS4-ECDSA-P256-SHA256 Credential=test/20260101/dynamodb/aws4_request"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/2015-03-31/functions", "/bucket/object", "/v2/email/outbound-emails"])
def test_a_key_that_the_city_did_not_give_out_is_refused(
    door: FrontDoor, behind: Recorded, path: str, headers: dict[str, str]
) -> None:
    assert [ask(door, method, path, **headers).status for method in ("GET", "POST")] == [403, 403]
    assert behind.asked == []


def test_an_unknown_key_in_the_address_is_refused(door: FrontDoor, behind: Recorded) -> None:
    unknown = PRESIGNED.replace(KEY, "test")

    assert ask(door, "GET", f"/bucket/photo.webp?{PRESIGNED}").body == b"cloud"
    assert ask(door, "GET", f"/bucket/photo.webp?{unknown}").status == 403


@pytest.mark.parametrize(
    "path",
    [
        "/_ministack/reset",
        "/_ministack/config",
        "/_localstack/health",
        "/_aws/sqs/messages",
        "/_aws/execute-api/abc/api/complaints",
        "/restapis/abc/api/_user_request_/complaints",
        "/%5fministack/reset",
        "/bucket/../_ministack/reset",
        "/bucket//_ministack",
        "/bucket/%2e%2e/_ministack",
        "/bucket%2f_ministack",
        "/bucket/%2F_ministack",
    ],
)
@pytest.mark.parametrize("headers", [{}, {"authorization": SIGNED}], ids=["unsigned", "signed"])
def test_the_emulators_own_doors_are_shut(
    door: FrontDoor, behind: Recorded, path: str, headers: dict[str, str]
) -> None:
    assert [ask(door, method, path, **headers).status for method in ("GET", "POST")] == [404, 404]
    assert behind.asked == []


@pytest.mark.parametrize("sign", string.ascii_letters + string.digits + "-_")
def test_an_object_is_reached_whatever_sign_its_name_begins_with(door: FrontDoor, behind: Recorded, sign: str) -> None:
    path = f"/photos/incoming/JKT-7K3M-9QXR-B/{sign}w8J0gHtBhim1qw8"

    assert ask(door, "GET", path, authorization=SIGNED).body == b"cloud"


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {"x_amz_target": "DynamoDB_20120810.Scan"}),
        ("/login", FORM),
        ("/logout", FORM),
        ("/oauth2/login", FORM),
        ("/bucket/key", FORM),
        ("/bucket", {**FORM, "x_amz_target": "DynamoDB_20120810.Scan"}),
        ("/bucket", SIGN_IN),
        ("/oauth2/token", SIGN_IN),
    ],
)
def test_without_a_signature_the_emulator_takes_upload_forms_and_sign_ins_only(
    door: FrontDoor, behind: Recorded, path: str, headers: dict[str, str]
) -> None:
    assert ask(door, "POST", path, **headers).status == 404
    assert behind.asked == []


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("POST", "/", {"authorization": SIGNED, "x_amz_target": "DynamoDB_20120810.ListTables"}),
        ("POST", "/", SIGN_IN),
        ("POST", "/bucket", FORM),
        ("GET", f"/bucket/photo.webp?{PRESIGNED}", {}),
        ("GET", "/pool/.well-known/jwks.json", {}),
    ],
)
def test_no_answer_lets_another_origin_read_it(
    door: FrontDoor, behind: Recorded, method: str, path: str, headers: dict[str, str]
) -> None:
    answer = ask(door, method, path, **headers)

    assert behind.asked == ["cloud"], "which would say: " + repr(CORS)
    assert [name for name in answer.headers if name.lower().startswith(b"access-control-")] == []


def test_the_citys_home_is_its_owners_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "state" / "1").mkdir(parents=True, mode=0o755)
    (home / "state" / "1" / "city.json").write_text("{}")
    before = private.open_home(home)
    try:
        (home / "functions.log").write_text("")
    finally:
        os.umask(before)

    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (home, *home.rglob("*"))}
    assert modes == {
        "home": "0o700",
        "state": "0o700",
        "1": "0o700",
        "city.json": "0o600",
        "functions.log": "0o600",
    }
