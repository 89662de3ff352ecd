"""Code is deployed from a bucket of this account, and from nobody else's with the same name."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from tools.deployment import artifacts

REGION = "ap-southeast-3"
NAME = f"tanggap-artifacts-123456789012-{REGION}"


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        yield boto3.client("s3", region_name=REGION)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """Operations on S3 with their parameters, as they go out."""
    made: list[tuple[str, dict[str, Any]]] = []
    usual = boto3.client

    def client(service: str, **given: Any) -> Any:
        new = usual(service, **given)
        if service == "s3":
            new.meta.events.register(
                "provide-client-params.s3.*", lambda params, model, **_: made.append((model.name, dict(params)))
            )
        return new

    monkeypatch.setattr(boto3, "client", client)
    return made


@pytest.fixture
def code(tmp_path: Path) -> Path:
    file = tmp_path / "code.zip"
    file.write_bytes(b"code")
    return file


def test_the_bucket_is_made_closed_and_only_once(s3: Any) -> None:
    assert [artifacts.bucket(REGION), artifacts.bucket(REGION)] == [NAME, NAME]

    closed = s3.get_public_access_block(Bucket=NAME)["PublicAccessBlockConfiguration"]
    assert set(closed.values()) == {True}


def test_a_file_is_sent_once_under_its_hash(s3: Any, code: Path, calls: list[Any]) -> None:
    name = artifacts.bucket(REGION)

    keys = {artifacts.send(name, code, REGION), artifacts.send(name, code, REGION)}

    assert len(keys) == 1
    assert [operation for operation, _ in calls].count("PutObject") == 1


def test_every_call_says_whose_bucket_it_must_be(s3: Any, code: Path, calls: list[Any]) -> None:
    artifacts.send(artifacts.bucket(REGION), code, REGION)

    for operation, parameters in calls:
        if operation != "CreateBucket":
            assert parameters["ExpectedBucketOwner"] == "123456789012", operation


@pytest.mark.parametrize("status", [403, 301, 400, 500])
def test_a_bucket_of_somebody_else_is_not_used(
    s3: Any, status: int, calls: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Any, operation: str, params: dict[str, Any]) -> Any:
        if operation == "HeadBucket":
            answer = {"Error": {"Code": str(status)}, "ResponseMetadata": {"HTTPStatusCode": status}}
            raise ClientError(answer, operation)  # type: ignore[arg-type]
        return usual(self, operation, params)

    from botocore.client import BaseClient

    usual = BaseClient._make_api_call
    monkeypatch.setattr(BaseClient, "_make_api_call", refuse)

    with pytest.raises(artifacts.ArtifactsError, match=NAME):
        artifacts.bucket(REGION)
    assert "CreateBucket" not in [operation for operation, _ in calls]
