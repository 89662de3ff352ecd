"""Who is let through to what: site, API, emulator, the launcher's own routes."""

from pathlib import Path

import pytest

from local.front.edge import LARGEST_BODY
from local.front.front_door import FrontDoor
from tests.local.door import HOST, SIGNED, Recorded, ask


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
