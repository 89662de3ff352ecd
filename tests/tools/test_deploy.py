"""A deployment, from the stage's file to the stack, with CloudFormation played and everything else left out."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.tools.played_cloudformation import PlayedCloudFormation, PlayedStack
from tools.deployment import deploy, stage_settings
from tools.deployment.package import Package
from tools.deployment.releases import Release
from tools.deployment.reviewing import Account, Reviewer
from tools.infra.cfn_yaml import read
from tools.stack import stacks

OF_THE_EDGE = deploy._edge_acl  # tests of the whole command play it
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

    def __init__(self, template: Path) -> None:
        self.template = template
        self.cloud = PlayedCloudFormation()
        self.cloud.outputs = OUTPUTS
        self.cloud.declared = tuple(read(deploy.ROOT / "infra" / "parameters.yaml")["Parameters"])
        self.sites: list[str] = []
        self.notes: list[Release] = []
        self.sent: list[str] = []
        self.asked: list[str] = []
        self.tiles: list[str] = []
        self.built = 0
        self.forgotten: list[str] = []  # whose uncalled versions were deleted
        self.watched: list[dict[str, str]] = []  # what the stack in us-east-1 was told

        self.ask: Callable[[str], str] | None = None

    def send(self, bucket: str, file: Path, region: str) -> str:
        self.sent.append(file.read_text() if file.suffix == ".json" else file.name)
        return f"{file.stem}/new{file.suffix}"

    def run(self, words: list[str], environment: Mapping[str, str] | None = None) -> None:
        if "web.build" in words and environment:
            self.tiles.append(environment["MAP_TILES"])

    def edge_acl(self, _name: str, watched: dict[str, str], _review: object) -> dict[str, str]:
        self.watched.append(watched)
        return {"EdgeAclArn": "arn:acl"}

    @property
    def parameters(self) -> dict[str, str]:
        return self.cloud.stacks["tanggap-trial"].parameters

    def package(self) -> Package:
        self.built += 1
        return Package(self.template, Path("code.zip"))


@pytest.fixture
def stood(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Stood:
    made = Stood(tmp_path / "template.json")
    made.template.write_text(json.dumps({"Parameters": {}, "Resources": {"ApiVersion": {}}}))
    parts: list[tuple[Any, str, Any]] = [
        (stacks.boto3, "client", lambda service, region_name: made.cloud.client),
        (stacks, "PATIENCE", {"Delay": 0, "MaxAttempts": 5}),
        (stage_settings, "FOLDER", tmp_path),
        (deploy.artifacts, "bucket", lambda region: "bucket"),
        (deploy.artifacts, "send", made.send),
        (deploy.artifacts, "address", lambda bucket, key, region: f"https://{bucket}/{key}"),
        (deploy.artifacts, "publish_layers", lambda *_: {"dependencies": "arn:new", "photo": "arn:new"}),
        (deploy.layers, "build", dict),
        (deploy, "package", made.package),
        (deploy, "_edge_acl", made.edge_acl),
        (deploy, "_run", made.run),
        (deploy.reviewing, "account", lambda region: Account("123456789012", "arn:aws:iam::123456789012:user/wati")),
        (deploy.reviewing, "at_the_terminal", lambda: made.ask),
        (deploy.account_quotas, "tell", lambda region, parameters: made.asked.append(parameters["MailSender"])),
        (deploy.checkout, "version", lambda: "0123456789ab"),
        (deploy.site_archive, "packed", lambda site, target: target),
        (deploy.Releases, "__init__", lambda *_: None),
        (deploy.Releases, "note", lambda _, release: made.notes.append(release)),
        (
            deploy.site_upload,
            "upload",
            lambda *_, config, **__: made.sites.append(config["apiUrl"].removesuffix("/api")),
        ),
        (deploy.site_upload, "invalidate", lambda distribution: None),
        (deploy.versions, "forget_uncalled", lambda name, _region: made.forgotten.append(name)),
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
    assert stood.forgotten == ["tanggap-trial"]


def test_the_edge_is_watched_from_the_first_deployment_on(stood: Stood, tmp_path: Path) -> None:
    (tmp_path / "trial.toml").write_text(
        'mail_sender = "a@example.go.id"\noperator_email = "op@example.go.id"\nusd_per_month = 90'
    )

    assert [deploy.main(["trial"]), deploy.main(["trial"])] == [0, 0]

    said = {"OperatorEmail": "op@example.go.id", "UsdPerMonth": "90"}
    stands = {"DistributionId": "E1", "SiteUrl": "https://d1.cloudfront.net"}
    assert stood.watched == [said | {"DistributionId": "", "SiteUrl": ""}, *[said | stands] * 3]


def test_deploying_again_with_nothing_said_keeps_everything_that_was_chosen(stood: Stood, tmp_path: Path) -> None:
    stood.cloud.stand("tanggap-trial", "UPDATE_COMPLETE", **OWN).outputs = OUTPUTS
    (tmp_path / "trial.toml").write_text("")

    assert deploy.main(["trial"]) == 0

    new = {"CodeKey": "code/new.zip", "DependencyLayers": "arn:new", "PhotoLayers": "arn:new"}
    chosen = {name: stood.parameters[name] for name in OWN}
    assert chosen == OWN | new
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


def test_a_deployment_says_whose_account_it_is_before_anything_else(
    stood: Stood, capsys: pytest.CaptureFixture[str]
) -> None:
    deploy.main(["trial"])

    first = capsys.readouterr().out.splitlines()[0]
    assert first == "tanggap-trial in account 123456789012, ap-southeast-3, as arn:aws:iam::123456789012:user/wati"


def test_the_accounts_quotas_are_read_before_anything_is_built(
    stood: Stood, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(region: str, parameters: Mapping[str, str]) -> None:
        raise stacks.StackError("api_at_once = 900 is refused")

    deploy.main(["trial"])
    monkeypatch.setattr(deploy.account_quotas, "tell", refuse)
    built = stood.built

    assert deploy.main(["trial"]) == 1

    assert stood.asked == ["aduan@example.go.id"]
    assert stood.built == built
    assert "api_at_once = 900" in capsys.readouterr().err


def test_health_tells_the_commit_that_was_deployed(stood: Stood) -> None:
    deploy.main(["trial"])

    assert stood.parameters["Version"] == "0123456789ab"


def test_new_code_is_a_new_version_of_the_function_and_the_same_is_none(stood: Stood, tmp_path: Path) -> None:
    stood.cloud.stand("tanggap-trial", "UPDATE_COMPLETE", **OWN).outputs = OUTPUTS

    deploy.main(["trial"])
    deploy.main(["trial"])
    stood.template.write_text(stood.template.read_text().replace("{}}", '{"Type": "x"}}'))
    deploy.main(["trial"])

    versions = [list(json.loads(text)["Resources"]) for text in stood.sent if "Resources" in text]
    assert versions[0] == versions[1] != versions[2]
    assert stood.cloud.calls == ["UpdateStack", "UpdateStack"]


def test_a_mending_version_goes_past_the_alarms_that_ring(stood: Stood) -> None:
    deploy.main(["trial", "--at-once"])

    assert stood.parameters["Canary"] == "false"


def test_the_next_one_begins_with_a_share_again(stood: Stood) -> None:
    stood.cloud.stand("tanggap-trial", "UPDATE_COMPLETE", **OWN, Canary="false").outputs = OUTPUTS

    deploy.main(["trial"])

    assert stood.parameters["Canary"] == "true"


def replaced(kind: str) -> list[dict[str, str]]:
    named = {"LogicalResourceId": "Thing", "ResourceType": kind}
    return [{"Action": "Modify", "Replacement": "True", **named}]


@pytest.mark.parametrize("words", [[], ["--lose", "Another"]])
def test_nobody_at_the_terminal_loses_nothing(
    stood: Stood, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    stood.cloud.stand("tanggap-trial", "UPDATE_COMPLETE", **OWN).outputs = OUTPUTS
    stood.cloud.planned = replaced("AWS::DynamoDB::Table")

    assert deploy.main(["trial", *words]) == 1

    assert "Thing would lose its rows" in capsys.readouterr().err
    assert stood.cloud.calls == []
    assert stood.cloud.change_sets == {}


def test_a_loss_in_us_east_1_is_asked_about_too(stood: Stood, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deploy.abroad, "text", lambda: json.dumps({"Parameters": {"SiteUrl": {"Type": "String"}}}))
    stood.cloud.stand("tanggap-trial-edge", "UPDATE_COMPLETE", SiteUrl="")
    stood.cloud.planned = replaced("AWS::SNS::Topic")

    with pytest.raises(stacks.StackError, match="Thing would lose who listens to it"):
        OF_THE_EDGE("tanggap-trial", {"SiteUrl": "https://tanggap.example.go.id"}, Reviewer())

    assert stood.cloud.calls == []


def test_a_loss_that_the_command_names_is_taken(stood: Stood) -> None:
    stood.cloud.stand("tanggap-trial", "UPDATE_COMPLETE", **OWN).outputs = OUTPUTS
    stood.cloud.planned = replaced("AWS::DynamoDB::Table")

    assert deploy.main(["trial", "--lose", "Thing"]) == 0


@pytest.mark.parametrize(("answer", "status"), [("tanggap-trial", 0), ("yes", 1), ("", 1)])
def test_somebody_at_the_terminal_types_the_stacks_name(stood: Stood, answer: str, status: int) -> None:
    stood.cloud.stand("tanggap-trial", "UPDATE_COMPLETE", **OWN).outputs = OUTPUTS
    stood.cloud.planned = replaced("AWS::S3::Bucket")
    stood.ask = lambda _: answer

    assert deploy.main(["trial"]) == status


def test_every_change_is_shown(stood: Stood, capsys: pytest.CaptureFixture[str]) -> None:
    stood.cloud.stand("tanggap-trial", "UPDATE_COMPLETE", **OWN).outputs = OUTPUTS
    stood.cloud.planned = replaced("AWS::Lambda::Permission")

    assert deploy.main(["trial"]) == 0

    assert "modify  Thing (AWS::Lambda::Permission, replaced)" in capsys.readouterr().out


def production(stood: Stood, tmp_path: Path) -> PlayedStack:
    (tmp_path / "production.toml").write_text("")
    standing = stood.cloud.stand("tanggap-production", "UPDATE_COMPLETE", **OWN)
    standing.outputs = OUTPUTS
    return standing


def test_production_is_neither_deleted_nor_emptied_by_an_update(stood: Stood, tmp_path: Path) -> None:
    standing = production(stood, tmp_path)

    deploy.main(["production"])

    kept = json.loads(standing.policy)["Statement"][-1]
    assert standing.protected
    assert (kept["Effect"], kept["Action"]) == ("Deny", ["Update:Replace", "Update:Delete"])
    assert "AWS::DynamoDB::Table" in kept["Condition"]["StringEquals"]["ResourceType"]


@pytest.mark.parametrize("ahead", [["UPDATE_COMPLETE"], ["UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE"]])
def test_the_policy_of_production_gives_way_to_an_agreed_loss_and_comes_back(
    stood: Stood, tmp_path: Path, ahead: list[str]
) -> None:
    standing = production(stood, tmp_path)
    deploy.main(["production"])
    guarded, stood.cloud.policies = standing.policy, []
    stood.cloud.planned = replaced("AWS::SQS::Queue")
    stood.cloud.breaks["UpdateStack"] = (ahead, "")

    deploy.main(["production", "--lose", "Thing"])

    assert "Deny" not in stood.cloud.policies[0]
    assert standing.policy == guarded


def test_without_an_agreed_loss_the_policy_stands_during_the_change(stood: Stood, tmp_path: Path) -> None:
    production(stood, tmp_path)
    deploy.main(["production"])
    stood.cloud.policies, stood.cloud.planned = [], replaced("AWS::Lambda::Permission")

    deploy.main(["production"])

    assert "Deny" in stood.cloud.policies[0]
