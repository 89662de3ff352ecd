"""Pictures come back as they stood at a time, but for those that were erased."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.adapters.erasures import S3PersonalObjects
from tests.tools.conftest import STACK
from tools.recovery import photos
from tools.recovery.photos import Photos, _lost
from tools.stack.stage import Stage

KEY = "photos/JKT-7K3M-9QXR-B/a/large.jpg"
AFTER = datetime.now(UTC) + timedelta(hours=1)


@pytest.fixture
def s3(stage: Stage) -> Any:
    client, bucket = stage.client("s3"), stage.outputs["PhotoBucketName"]
    client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    client.put_object(Bucket=bucket, Key=KEY, Body=b"street")
    return client


def body(stage: Stage, s3: Any) -> bytes:
    read: bytes = s3.get_object(Bucket=stage.outputs["PhotoBucketName"], Key=KEY)["Body"].read()
    return read


def version(name: str, hour: int, *, latest: bool = False, tag: str | None = None) -> dict[str, Any]:
    at = datetime(2026, 3, 2, hour, tzinfo=UTC)
    return {"VersionId": name, "LastModified": at, "IsLatest": latest, "ETag": tag}


NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
STOOD = {
    "deleted since": ([version("a", 9, tag="x"), version("gone", 13, latest=True)], "a"),
    "overwritten since": ([version("a", 9, tag="x"), version("b", 13, latest=True, tag="y")], "a"),
    "overwritten twice": (
        [version("a", 9, tag="x"), version("b", 11, tag="y"), version("c", 13, latest=True, tag="z")],
        "b",
    ),
    "overwritten and deleted": (
        [version("a", 9, tag="x"), version("b", 13, tag="y"), version("gone", 14, latest=True)],
        "a",
    ),
    "as it was": ([version("a", 9, latest=True, tag="x")], None),
    "put back already": (
        [version("a", 9, tag="x"), version("gone", 13), version("b", 14, latest=True, tag="x")],
        None,
    ),
    "new since": ([version("a", 13, latest=True, tag="x")], None),
    "deleted before": ([version("a", 9, tag="x"), version("gone", 11, latest=True)], None),
}


@pytest.mark.parametrize("kind", STOOD)
def test_the_version_that_stood_then_is_found(kind: str) -> None:
    found, wanted = STOOD[kind]
    assert _lost(found, NOON) == wanted


LOSSES: dict[str, Callable[[Any, str], Any]] = {
    "deleted": lambda s3, bucket: s3.delete_object(Bucket=bucket, Key=KEY),
    "overwritten": lambda s3, bucket: s3.put_object(Bucket=bucket, Key=KEY, Body=b"noise"),
}


@pytest.mark.parametrize("kind", LOSSES)
def test_a_lost_picture_comes_back(kind: str, stage: Stage, s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    bucket = stage.outputs["PhotoBucketName"]
    first = s3.list_object_versions(Bucket=bucket)["Versions"][0]["VersionId"]
    LOSSES[kind](s3, bucket)
    # The times of versions are whole seconds: which one stood then is asked above.
    monkeypatch.setattr(photos, "_lost", lambda found, at: first)

    assert photos.main(["restore", "--stack", STACK, "--before", NOON.isoformat()]) == 0

    assert body(stage, s3) == b"street"


def test_an_erased_picture_does_not_come_back(stage: Stage, s3: Any) -> None:
    bucket = stage.outputs["PhotoBucketName"]
    s3.put_object(Bucket=bucket, Key=KEY, Body=b"again")
    s3.delete_object(Bucket=bucket, Key=KEY)
    s3.put_object(Bucket=bucket, Key=f"{KEY}.other", Body=b"of another")

    S3PersonalObjects(photos=bucket, messages="none", client=s3).remove_photos([KEY])

    left = s3.list_object_versions(Bucket=bucket)
    assert [found["Key"] for found in left["Versions"]] == [f"{KEY}.other"]
    assert "DeleteMarkers" not in left
    assert Photos(stage).restore(AFTER) == 0


def test_without_the_stack_it_says_so(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["restore", "--stack", "tanggap-nowhere", "--before", NOON.isoformat()]
    assert photos.main(words) == 1
    assert "tanggap-nowhere" in capsys.readouterr().err
