"""A stage goes back to its former release, with CloudFormation played and S3 in this process."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from moto import mock_aws

from tests.tools.played_cloudformation import PlayedCloudFormation
from tools.deployment import deploy, rollback, site_archive
from tools.deployment.releases import Release, Releases
from tools.deployment.reviewing import Account
from tools.stack import stacks

NAME, BUCKET, REGION = "tanggap-trial", "tanggap-artifacts-123456789012-ap-southeast-3", "ap-southeast-3"
OUTPUTS = {"SiteBucketName": "site", "DistributionId": "E1", "UserPoolId": "pool", "UserPoolClientId": "client"}
BEFORE = {"SiteUrl": "https://aduan.example.go.id", "Canary": "true"}


class Put:
    """The sites that were put behind the distribution, by the text of their first page."""

    def __init__(self, cloud: PlayedCloudFormation) -> None:
        self.cloud = cloud
        self.sites: list[str] = []
        self.notes: Releases

    def put(self, site: Path, outputs: dict[str, str]) -> None:
        self.sites.append(f"{(site / 'index.html').read_text()} at {outputs['SiteUrl']}")

    @property
    def parameters(self) -> dict[str, str]:
        return self.cloud.stacks[NAME].parameters


@pytest.fixture
def put(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Put]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        cloud, usual = PlayedCloudFormation(), stacks.boto3.client
        cloud.declared = ("CodeKey", "Version", "Release", "SiteUrl", "Canary")

        def client(service: str, **words: Any) -> Any:
            return cloud.client if service == "cloudformation" else usual(service, **words)

        made = Put(cloud)
        for place, name, stand_in in (
            (stacks.boto3, "client", client),
            (stacks, "PATIENCE", {"Delay": 0, "MaxAttempts": 5}),
            (deploy, "put_site", made.put),
            (deploy.reviewing, "account", lambda region: Account("123456789012", "wati")),
            (deploy.reviewing, "at_the_terminal", lambda: None),
            (rollback.versions, "forget_uncalled", lambda name, region: []),
        ):
            monkeypatch.setattr(place, name, stand_in)
        s3 = usual("s3", region_name=REGION)
        s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        made.notes = Releases(BUCKET, NAME, REGION)
        for version in ("first", "second", "third"):
            (tmp_path / version).mkdir()
            (tmp_path / version / "index.html").write_text(version)
            file = site_archive.packed(tmp_path / version, tmp_path / f"{version}.zip")
            s3.upload_file(str(file), BUCKET, f"site/{version}.zip")
            made.notes.note(release(version))
        cloud.stand(NAME, "UPDATE_COMPLETE", **BEFORE, **release("third").parameters).outputs = OUTPUTS
        yield made


def release(version: str) -> Release:
    parameters = {"CodeKey": f"code/{version}.zip", "Version": version, "Release": version}
    return Release(version, f"released/{version}.json", parameters, f"site/{version}.zip")


def test_the_release_before_the_last_stands_again_with_its_site(put: Put) -> None:
    assert rollback.main(["trial"]) == 0

    assert put.parameters == {**BEFORE, "Canary": "false", **release("second").parameters}
    assert put.sites == ["second at https://aduan.example.go.id"]


def test_going_back_again_goes_one_release_further(put: Put) -> None:
    assert [rollback.main(["trial"]), rollback.main(["trial"]), rollback.main(["trial"])] == [0, 0, 1]

    assert put.parameters["Version"] == "first"
    assert put.sites[-1].startswith("first")


def test_a_release_that_could_not_be_put_back_is_still_the_one_before(put: Put) -> None:
    put.cloud.breaks["UpdateStack"] = (["UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE"], "Relay")

    assert rollback.main(["trial"]) == 1

    assert [found.version for found in put.notes.all()] == ["first", "second", "third"]
    assert put.sites == []


def test_a_settings_change_since_is_kept(put: Put) -> None:
    put.cloud.stacks[NAME].parameters["SiteUrl"] = "https://lapor.example.go.id"

    rollback.main(["trial"])

    assert put.parameters["SiteUrl"] == "https://lapor.example.go.id"


def test_going_back_loses_nothing_without_a_word(put: Put, capsys: pytest.CaptureFixture[str]) -> None:
    put.cloud.planned = [{"Action": "Remove", "LogicalResourceId": "New", "ResourceType": "AWS::DynamoDB::Table"}]

    assert rollback.main(["trial"]) == 1

    assert "--lose New" in capsys.readouterr().err
    assert put.parameters["Version"] == "third"


def test_the_same_release_twice_is_noted_once(put: Put) -> None:
    put.notes.note(release("third"))

    assert len(put.notes.all()) == 3


def test_a_stage_without_a_former_release_says_what_to_do(put: Put, capsys: pytest.CaptureFixture[str]) -> None:
    put.notes.forget_last()
    put.notes.forget_last()

    assert rollback.main(["trial"]) == 1

    assert "check out the commit" in capsys.readouterr().err


def test_a_site_is_packed_into_the_same_bytes_and_without_compressed_copies(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    for name in ("index.html", "index.html.br", "index.html.gz"):
        (site / name).write_text(json.dumps(name))

    once, twice = (site_archive.packed(site, tmp_path / f"{n}.zip").read_bytes() for n in (1, 2))

    assert once == twice
    assert b"index.html.br" not in once
