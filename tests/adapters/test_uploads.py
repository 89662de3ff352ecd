"""Forms and links are signed as S3's documentation says, and allow exactly what was announced; the city's bucket takes
them under the API's role."""

import base64
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests

from chalicelib.adapters.photos.uploads import SignedUploads
from tests.adapters.roles import Become
from tests.city import HANGS, City, a_picture
from tests.fakes_photos import etag_of

NOW = datetime(2026, 11, 24, 1, 2, 3, 456_000, tzinfo=UTC)
REGION, BUCKET, NUMBER = "ap-southeast-3", "tanggap-local-photos-000000000000", "JKT-0000-0001-2"
KEY = f"photos/{NUMBER}/0123456789ABCDEFGHJK/00112233aabbccdd-large.webp"
LOCAL, CLOUD = "http://127.0.0.1:8080", ""
TOKEN = "a/token+with=signs"


@dataclass
class Given:
    access_key: str = "ASIAEXAMPLE"
    secret_key: str = "secret/with+signs"
    token: str | None = TOKEN


def uploads(endpoint: str = LOCAL, token: str | None = TOKEN) -> SignedUploads:
    return SignedUploads(BUCKET, REGION, lambda: Given(token=token), lambda: NOW, endpoint)


def a_form(**over: Any) -> dict[str, Any]:
    return uploads(**over).form(NUMBER, "0123456789ABCDEFGHJK", "image/jpeg", 2_138_550)


def test_a_form_allows_one_key_one_type_and_one_size_for_five_minutes() -> None:
    form = a_form()
    policy = json.loads(base64.b64decode(form["fields"]["policy"]))
    assert policy["expiration"] == "2026-11-24T01:07:03.000Z"
    assert form["expires_at"] == "2026-11-24T01:07:03Z"
    assert {"bucket": BUCKET} in policy["conditions"]
    assert {"key": f"incoming/{NUMBER}/0123456789ABCDEFGHJK"} in policy["conditions"]
    assert {"Content-Type": "image/jpeg"} in policy["conditions"]
    assert ["content-length-range", 2_138_550, 2_138_550] in policy["conditions"]


def test_every_field_of_a_form_is_covered_by_its_policy() -> None:
    form = a_form()
    conditions = json.loads(base64.b64decode(form["fields"]["policy"]))["conditions"]
    covered = {name for condition in conditions if isinstance(condition, dict) for name in condition}
    assert set(form["fields"]) - {"policy", "x-amz-signature"} == covered - {"bucket"}


SCOPE = "20261124/ap-southeast-3/s3/aws4_request"
# Written down from an implementation of the protocol of its own, by endpoint and token.
SIGNATURES = {
    (LOCAL, TOKEN): "89b9682075036c4f69806e7337f8437baf44e02d116c6752a371c7766fc02554",
    (LOCAL, None): "d456ee6ed98267f185ff96ff7e53b2d69ca0ac36d5033e8aa8802c974dfb8d37",
    (CLOUD, TOKEN): "d10d748f9f3eaac51183269648228863c7fe6349ffb741d20cea5d033a62d215",
    (CLOUD, None): "11ceeec15f886cf7248b55b5d8ae1158fe8c9a39640a3ae1dc280e9294d4c995",
}


@pytest.mark.parametrize(("endpoint", "token"), SIGNATURES)
def test_a_link_has_the_signature_that_the_protocol_asks_for(endpoint: str, token: str | None) -> None:
    link = urlsplit(uploads(endpoint, token).link(KEY))

    assert dict(parse_qsl(link.query, strict_parsing=True)) == {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Credential": f"ASIAEXAMPLE/{SCOPE}",
        "X-Amz-Date": "20261124T010203Z",
        "X-Amz-Expires": "900",
        "X-Amz-SignedHeaders": "host",
        "X-Amz-Signature": SIGNATURES[endpoint, token],
        **({"X-Amz-Security-Token": token} if token else {}),
    }
    assert link.path.endswith(KEY)


@pytest.mark.parametrize(("endpoint", "token"), SIGNATURES)
def test_a_form_has_the_fields_that_the_protocol_asks_for(endpoint: str, token: str | None) -> None:
    fields = a_form(endpoint=endpoint, token=token)["fields"]

    assert {name: value for name, value in fields.items() if name not in ("policy", "x-amz-signature")} == {
        "key": f"incoming/{NUMBER}/0123456789ABCDEFGHJK",
        "Content-Type": "image/jpeg",
        "success_action_status": "204",
        "x-amz-algorithm": "AWS4-HMAC-SHA256",
        "x-amz-credential": f"ASIAEXAMPLE/{SCOPE}",
        "x-amz-date": "20261124T010203Z",
        **({"x-amz-security-token": token} if token else {}),
    }
    assert fields["x-amz-signature"] == signature("secret/with+signs", fields["policy"])


def signature(secret: str, policy: str) -> str:
    """Calculating a signature, as the protocol's page says it."""
    key = f"AWS4{secret}".encode()
    for part in [*SCOPE.split("/"), policy]:
        key = hmac.digest(key, part.encode(), "sha256")
    return key.hex()


def test_each_form_and_link_is_signed_with_the_credentials_of_that_moment() -> None:
    given = iter([Given("FIRST"), Given("SECOND"), Given("THIRD")])
    changing = SignedUploads(BUCKET, REGION, lambda: next(given), lambda: NOW, LOCAL)

    form, first, second = changing.form(NUMBER, "A", "image/png", 1), changing.link(KEY), changing.link(KEY)

    assert form["fields"]["x-amz-credential"].startswith("FIRST/")
    assert ["SECOND%2F" in first, "THIRD%2F" in second] == [True, True]


def test_on_one_machine_the_bucket_is_a_path_of_the_endpoint() -> None:
    assert a_form()["url"] == f"{LOCAL}/{BUCKET}"
    assert uploads(f"{LOCAL}/").link(KEY).startswith(f"{LOCAL}/{BUCKET}/{KEY}?")


def test_in_the_cloud_the_bucket_is_a_host_of_its_region() -> None:
    host = f"https://{BUCKET}.s3.ap-southeast-3.amazonaws.com"
    assert a_form(endpoint=CLOUD)["url"] == host
    assert uploads(CLOUD).link(KEY).startswith(f"{host}/{KEY}?")


@pytest.mark.city
def test_the_city_s_bucket_takes_what_a_form_of_the_api_allows(become: Become, city: City, number: str) -> None:
    sent = a_picture()
    form = become("api").uploads.form(number, "A", "image/jpeg", len(sent))

    city.send(form, sent)

    assert become("process_photo").pictures.original(form["fields"]["key"], etag_of(sent)) == sent


@pytest.mark.city
def test_the_city_s_bucket_gives_what_a_link_of_the_api_names(become: Become, number: str) -> None:
    key = f"photos/{number}/A/0-small.webp"
    become("process_photo").pictures.store(key, b"RIFF")

    assert requests.get(become("api").uploads.link(key), timeout=HANGS).content == b"RIFF"
