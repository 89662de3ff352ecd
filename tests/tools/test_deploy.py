"""A deployment, from the stage's file to the stack, with CloudFormation played and everything else left out."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.tools.played_cloudformation import PlayedCloudFormation
from tools import deploy, stacks, stage_settings
from tools.cfn_yaml import read
from tools.package import Package

OUTPUTS = {
    "DistributionDomain": "d1.cloudfront.net",
    "DistributionId": "E1",
    "SiteBucketName": "site",
    "UserPoolId": "pool",
    "UserPoolClientId": "client",
}
TILES = "https://tiles.example.go.id/{z}/{x}/{y}.png"
OWN = {
    "Stage": "trial",
    "CodeBucket": "bucket",
    "CodeKey": "code/old.zip",
    "MailSender": "aduan@example.go.id",
    "SiteUrl": "https://aduan.example.go.id",
    "CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/a",
    "StaffMfa": "ON",
    "Edge": "true",
    "EdgeAclArn": "arn:acl",
    "DependencyLayers": "arn:old",
    "PhotoLayers": "arn:old",
    "MapTiles": TILES,
    "MapAttribution": "Peta",
    "MapImages": "https://tiles.example.go.id",
    "MapArchive": "",
}


class Stood:
    """What a deployment did, beside the stack."""

    def __init__(self) -> None:
        self.cloud = PlayedCloudFormation()
        self.cloud.outputs = OUTPUTS
        self.cloud.declared = tuple(read(deploy.ROOT / "infra" / "parameters.yaml")["Parameters"])
        self.sites: list[str] = []
        self.tiles: list[str] = []
        self.built = 0
        self.watched: list[dict[str, str]] = []  # what the stack in us-east-1 was told

    def run(self, words: list[str], environment: Mapping[str, str] | None = None) -> None:
        if "web.build" in words and environment:
            self.tiles.append(environment["MAP_TILES"])

    def edge_acl(self, _name: str, watched: dict[str, str]) -> dict[str, str]:
        self.watched.append(watched)
        return {"EdgeAclArn": "arn:acl"}

    @property
    def parameters(self) -> dict[str, str]:
        return self.cloud.stacks["tanggap-trial"].parameters

    def package(self) -> Package:
        self.built += 1
        return Package(Path("template.json"), Path("code.zip"))


@pytest.fixture
def stood(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Stood:
    made = Stood()
    parts: list[tuple[Any, str, Any]] = [
        (stacks.boto3, "client", lambda service, region_name: made.cloud.client),
        (stacks, "PATIENCE", {"Delay": 0, "MaxAttempts": 5}),
        (stage_settings, "FOLDER", tmp_path),
        (deploy.artifacts, "bucket", lambda region: "bucket"),
        (deploy.artifacts, "send", lambda bucket, file, region: f"{file.stem}/new{file.suffix}"),
        (deploy.artifacts, "address", lambda bucket, key, region: f"https://{bucket}/{key}"),
        (deploy.artifacts, "publish_layers", lambda *_: {"dependencies": "arn:new", "photo": "arn:new"}),
        (deploy.layers, "build", dict),
        (deploy, "package", made.package),
        (deploy, "_edge_acl", made.edge_acl),
        (deploy, "_run", made.run),
        (
            deploy.site_upload,
            "upload",
            lambda *_, config, **__: made.sites.append(config["apiUrl"].removesuffix("/api")),
        ),
        (deploy.site_upload, "invalidate", lambda distribution: None),
    ]
    for place, name, stand_in in parts:
        monkeypatch.setattr(place, name, stand_in)
    (tmp_path / "trial.toml").write_text('mail_sender = "aduan@example.go.id"\n')
    return made


def test_a_new_stage_stands_under_the_distributions_name(stood: Stood) -> None:
    assert deploy.main(["trial"]) == 0

    assert stood.cloud.calls == ["CreateStack", "UpdateStack"]
    assert stood.parameters["SiteUrl"] == "https://d1.cloudfront.net"
    assert stood.sites == ["https://d1.cloudfront.net"]


def test_the_edge_is_watched_from_the_first_deployment_on(stood: Stood, tmp_path: Path) -> None:
    (tmp_path / "trial.toml").write_text(
        'mail_sender = "a@example.go.id"\noperator_email = "op@example.go.id"\nusd_per_month = 90'
    )

    assert [deploy.main(["trial"]), deploy.main(["trial"])] == [0, 0]

    said = {"OperatorEmail": "op@example.go.id", "UsdPerMonth": "90"}
    assert stood.watched == [said | {"DistributionId": known} for known in ("", "E1", "E1", "E1")]


def test_deploying_again_with_nothing_said_keeps_everything_that_was_chosen(stood: Stood, tmp_path: Path) -> None:
    stood.cloud.stand("tanggap-trial", "UPDATE_COMPLETE", **OWN).outputs = OUTPUTS
    (tmp_path / "trial.toml").write_text("")

    assert deploy.main(["trial"]) == 0

    new = {"CodeKey": "code/new.zip", "DependencyLayers": "arn:new", "PhotoLayers": "arn:new"}
    assert stood.parameters == OWN | new
    assert stood.sites == ["https://aduan.example.go.id"]
    assert stood.tiles == [TILES]


def test_without_new_layers_the_old_ones_stay(stood: Stood) -> None:
    stood.cloud.stand("tanggap-trial", "UPDATE_COMPLETE", **OWN).outputs = OUTPUTS

    assert deploy.main(["trial", "--no-layers"]) == 0

    assert stood.parameters["DependencyLayers"] == "arn:old"


def test_after_a_failed_first_deployment_it_may_be_repeated(stood: Stood, capsys: pytest.CaptureFixture[str]) -> None:
    stood.cloud.breaks["CreateStack"] = (["CREATE_IN_PROGRESS", "ROLLBACK_COMPLETE"], "Relay")

    assert [deploy.main(["trial"]), deploy.main(["trial"])] == [1, 0]

    assert "Relay says no" in capsys.readouterr().err
    assert stood.cloud.calls == ["CreateStack", "DeleteStack", "CreateStack", "UpdateStack"]


def test_when_only_the_second_application_failed_the_next_deployment_finds_the_site(stood: Stood) -> None:
    stood.cloud.breaks["UpdateStack"] = (["UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE"], "Distribution")

    assert [deploy.main(["trial"]), deploy.main(["trial"])] == [1, 0]

    assert stood.parameters["SiteUrl"] == "https://d1.cloudfront.net"


@pytest.mark.parametrize(
    ("status", "text"),
    [("UPDATE_IN_PROGRESS", ""), ("UPDATE_COMPLETE", "mail = 1"), ("UPDATE_COMPLETE", 'certificate = ""')],
)
def test_what_cannot_be_is_told_before_anything_is_built(
    stood: Stood, tmp_path: Path, status: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stood.cloud.stand("tanggap-trial", status, **OWN)
    (tmp_path / "trial.toml").write_text(text)

    assert deploy.main(["trial"]) == 1

    assert (stood.built, stood.cloud.calls) == (0, [])
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_stage_without_edge_has_no_site(stood: Stood, tmp_path: Path) -> None:
    stood.cloud.stand("tanggap-trial", "UPDATE_COMPLETE", **OWN).outputs = OUTPUTS
    (tmp_path / "trial.toml").write_text("edge = false")

    assert deploy.main(["trial"]) == 0

    assert stood.parameters["Edge"] == "false"
    assert stood.sites == []


@pytest.mark.parametrize("said", ["", 'mfa = "OPTIONAL"'])
@pytest.mark.parametrize("before", [{}, OWN | {"StaffMfa": "OPTIONAL"}], ids=["new", "standing"])
def test_production_is_not_deployed_without_a_second_factor(
    stood: Stood, tmp_path: Path, said: str, before: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    if before:
        stood.cloud.stand("tanggap-production", "UPDATE_COMPLETE", **before)
    (tmp_path / "production.toml").write_text(f'mail_sender = "aduan@example.go.id"\n{said}\n')

    assert deploy.main(["production"]) == 1

    assert (stood.built, stood.cloud.calls) == (0, [])
    assert 'mfa = "ON"' in capsys.readouterr().err


@pytest.mark.parametrize(("said", "before"), [('mfa = "ON"', "OPTIONAL"), ("", "ON")])
def test_production_with_a_second_factor_is(stood: Stood, tmp_path: Path, said: str, before: str) -> None:
    stood.cloud.stand("tanggap-production", "UPDATE_COMPLETE", **OWN | {"StaffMfa": before}).outputs = OUTPUTS
    (tmp_path / "production.toml").write_text(said)

    assert deploy.main(["production"]) == 0
