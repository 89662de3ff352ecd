"""The site's files in their bucket."""

from pathlib import Path

import boto3
import pytest
from moto import mock_aws

from tools.deployment.deploy import REGION
from tools.deployment.site_upload import upload

BUCKET = "site"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        made = boto3.client("s3", region_name=REGION)
        made.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        yield made


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    for name in ("index.html", "index.html.br", "index.html.gz", "assets/a.0123456789.js", "assets/a.0123456789.js.gz"):
        (tmp_path / name).write_text(name)
    return tmp_path


def kept(client) -> dict[str, str]:
    return {
        entry["Key"]: client.head_object(Bucket=BUCKET, Key=entry["Key"])["CacheControl"]
        for entry in client.list_objects_v2(Bucket=BUCKET)["Contents"]
    }


def test_the_compressed_copies_stay_at_home_because_the_edge_compresses(client, site: Path) -> None:
    upload(site, bucket=BUCKET, region=REGION, config={})

    assert kept(client) == {
        "assets/a.0123456789.js": "public, max-age=31536000, immutable",
        "config.json": "no-cache",
        "index.html": "no-cache",
    }


def test_a_page_that_is_gone_is_removed_and_old_assets_stay(client, site: Path) -> None:
    for key in ("former.html", "assets/a.old.js"):
        client.put_object(Bucket=BUCKET, Key=key, Body=b"", CacheControl="")

    upload(site, bucket=BUCKET, region=REGION, config={})

    assert {"former.html", "assets/a.old.js"} & kept(client).keys() == {"assets/a.old.js"}
