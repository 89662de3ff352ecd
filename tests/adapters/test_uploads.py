"""Forms and links are signed as AWS's own library signs them, and say exactly what may be sent; the city's
bucket takes them under the API's role."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from botocore.auth import S3SigV4PostAuth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from chalicelib.adapters.uploads import SignedUploads
from tests.adapters.roles import Become
from tests.city import HANGS, City, a_picture
from tests.fakes_photos import etag_of

NOW = datetime(2026, 11, 24, 1, 2, 3, 456_000, tzinfo=UTC)
REGION, BUCKET, NUMBER = "ap-southeast-3", "tanggap-local-photos-000000000000", "JKT-0000-0001-X"
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


@pytest.fixture
def aws_time() -> Iterator[None]:
    with patch("botocore.auth.get_current_datetime", lambda: NOW):
        yield


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


@pytest.mark.parametrize("token", [TOKEN, None])
def test_a_form_is_signed_as_botocore_signs_it(token: str | None, aws_time: None) -> None:
    fields = a_form(token=token)["fields"]
    policy = json.loads(base64.b64decode(fields["policy"]))
    signer = S3SigV4PostAuth(Credentials("ASIAEXAMPLE", "secret/with+signs", token), "s3", REGION)
    request = AWSRequest("POST", LOCAL)
    request.context["s3-presign-post-policy"] = {"expiration": policy["expiration"], "conditions": []}
    signer.add_auth(request)
    theirs = request.context["s3-presign-post-fields"]
    assert signer.signature(fields["policy"], request) == fields["x-amz-signature"]
    assert {
        name: fields[name] for name in theirs if name not in ("policy", "x-amz-signature")
    }.items() <= theirs.items()


@pytest.mark.parametrize("endpoint", [LOCAL, CLOUD])
@pytest.mark.parametrize("token", [TOKEN, None])
def test_a_link_is_signed_as_botocore_signs_it(endpoint: str, token: str | None, aws_time: None) -> None:
    link = uploads(endpoint, token).link(KEY)
    signer = S3SigV4QueryAuth(Credentials("ASIAEXAMPLE", "secret/with+signs", token), "s3", REGION, expires=900)
    request = AWSRequest("GET", link.split("?")[0])
    signer.add_auth(request)
    assert dict(parse_qsl(urlsplit(link).query)) == dict(parse_qsl(urlsplit(request.url).query))


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
