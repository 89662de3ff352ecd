"""One contract of the photo bucket, for the one in memory and for S3."""

from typing import Any

import boto3
import pytest

from chalicelib.adapters.pictures import S3Pictures
from chalicelib.application.ports import Pictures
from chalicelib.domain.errors import UnavailableError
from tests.fakes_photos import MemoryPictures, etag_of

BUCKET, KEY, SENT = "tanggap-test-photos", "incoming/JKT-0000-0001-X/A", b"foto"


@pytest.fixture
def s3(aws: None) -> Any:
    client = boto3.client("s3")
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "ap-southeast-3"})
    return client


@pytest.fixture(params=["memory", "s3"])
def pictures(request: pytest.FixtureRequest) -> Pictures:
    if request.param == "memory":
        return MemoryPictures()
    return S3Pictures(bucket=BUCKET, client=request.getfixturevalue("s3"))


def test_an_original_is_read_as_its_event_told_of_it(pictures: Pictures) -> None:
    pictures.store(KEY, SENT)
    assert pictures.original(KEY, etag_of(SENT)) == SENT


def test_a_replaced_original_is_gone(pictures: Pictures) -> None:
    pictures.store(KEY, b"foto lain")
    assert pictures.original(KEY, etag_of(SENT)) is None


def test_a_missing_original_is_gone(pictures: Pictures) -> None:
    assert pictures.original(KEY, etag_of(SENT)) is None


def test_a_variant_may_be_written_again(pictures: Pictures) -> None:
    pictures.store(KEY, SENT)
    pictures.store(KEY, SENT)
    assert pictures.original(KEY, etag_of(SENT)) == SENT


def test_a_variant_is_served_as_a_picture_and_nothing_else(s3: Any) -> None:
    S3Pictures(bucket=BUCKET, client=s3).store("photos/x/y/z-large.webp", b"RIFF")
    head = s3.head_object(Bucket=BUCKET, Key="photos/x/y/z-large.webp")
    assert (head["ContentType"], head["ContentDisposition"]) == ("image/webp", "inline")
    assert "immutable" in head["CacheControl"]


def test_a_bucket_that_refuses_is_tried_again(s3: Any) -> None:
    with pytest.raises(UnavailableError):
        S3Pictures(bucket="nobody-has-this-bucket", client=s3).store(KEY, SENT)
