"""One contract of the photo bucket, for the one in memory and for S3, here and on the city (by who processes photos; an
original comes by its sender's form)."""

from typing import Any

import boto3
import pytest

from chalicelib.adapters.photos.pictures import S3Pictures
from chalicelib.application.ports.photos import Pictures
from chalicelib.domain.errors import UnavailableError
from tests.adapters.roles import ON_THE_CITY, CityPictures
from tests.fakes_photos import MemoryPictures, etag_of

BUCKET, SENT = "tanggap-test-photos", b"foto"


@pytest.fixture
def s3(aws: None) -> Any:
    client = boto3.client("s3")
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "ap-southeast-3"})
    return client


@pytest.fixture
def key(number: str) -> str:
    """Of an original."""
    return f"incoming/{number}/A"


@pytest.fixture(params=["memory", "s3", ON_THE_CITY])
def pictures(request: pytest.FixtureRequest) -> Pictures:
    if request.param == "memory":
        return MemoryPictures()
    if request.param == "city":
        return CityPictures(request.getfixturevalue("become"))
    return S3Pictures(bucket=BUCKET, client=request.getfixturevalue("s3"))


def test_an_original_is_read_as_its_event_told_of_it(pictures: Pictures, key: str) -> None:
    pictures.store(key, SENT)
    assert pictures.original(key, etag_of(SENT)) == SENT


def test_a_replaced_original_is_gone(pictures: Pictures, key: str) -> None:
    pictures.store(key, b"foto lain")
    assert pictures.original(key, etag_of(SENT)) is None


def test_a_missing_original_is_gone(pictures: Pictures, key: str) -> None:
    assert pictures.original(key, etag_of(SENT)) is None


def test_an_original_sent_again_is_the_same(pictures: Pictures, key: str) -> None:
    pictures.store(key, SENT)
    pictures.store(key, SENT)
    assert pictures.original(key, etag_of(SENT)) == SENT


def test_a_variant_may_be_written_again(pictures: Pictures, number: str) -> None:
    for _ in range(2):
        pictures.store(f"photos/{number}/A/0-small.webp", b"RIFF")


def test_a_variant_is_served_as_a_picture_and_nothing_else(s3: Any) -> None:
    S3Pictures(bucket=BUCKET, client=s3).store("photos/x/y/z-large.webp", b"RIFF")
    head = s3.head_object(Bucket=BUCKET, Key="photos/x/y/z-large.webp")
    assert (head["ContentType"], head["ContentDisposition"]) == ("image/webp", "inline")
    assert "immutable" in head["CacheControl"]


def test_a_bucket_that_refuses_is_tried_again(s3: Any, key: str) -> None:
    with pytest.raises(UnavailableError):
        S3Pictures(bucket="nobody-has-this-bucket", client=s3).store(key, SENT)
