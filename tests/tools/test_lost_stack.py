"""A deleted stack stands again around what stayed of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from tests.tools.played_cloudformation import PlayedCloudFormation
from tools.deployment import stage_settings
from tools.deployment.package import ROOT, Package, package
from tools.deployment.reviewing import Account
from tools.infra.transformed import needed
from tools.recovery import lost_stack
from tools.stack import stacks

NAME, REGION, ACCOUNT = "tanggap-trial", "ap-southeast-3", "123456789012"
STAYED = {
    "ComplaintsTable": {"TableName": f"{NAME}-complaints"},
    "PeopleTable": {"TableName": f"{NAME}-people"},
    "PhotoBucket": {"BucketName": f"{NAME}-photos-{ACCOUNT}"},
    "RawBucket": {"BucketName": f"{NAME}-raw-{ACCOUNT}"},
    "ErasureBucket": {"BucketName": f"{NAME}-erasures-{ACCOUNT}"},
    "ContactKeyAlias": {"AliasName": f"alias/{NAME}-contacts"},
}
FOUND_BY_ID = {"ContactKey", "StaffPool", "IntakeSecret", "ChannelSecrets", "ChatKeys"}


class Pools:
    """Cognito, as far as it is asked for pools by name."""

    def __init__(self) -> None:
        self.named = ["tanggap-another-staff"]

    def get_paginator(self, operation: str) -> "Pools":
        assert operation == "list_user_pools"
        return self

    def paginate(self, **_: Any) -> "Pools":
        return self

    def search(self, _expression: str) -> list[dict[str, str]]:
        return [{"Id": f"{REGION}_{at}", "Name": name} for at, name in enumerate(self.named)]


@pytest.fixture
def pools() -> Pools:
    return Pools()


@pytest.fixture(scope="session")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return package(ROOT, tmp_path_factory.mktemp("package"))


@pytest.fixture
def cloud(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, packed: Package, pools: Pools
) -> Iterator[PlayedCloudFormation]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    (tmp_path / "trial.toml").write_text('mail_sender = "aduan@example.go.id"\n')
    played, usual = PlayedCloudFormation(), boto3.client
    played_services = {"cloudformation": played.client, "cognito-idp": pools}

    def client(service: str, **words: Any) -> Any:
        return played_services.get(service) or usual(service, **words)

    with mock_aws():
        for place, name, stand_in in (
            (stacks.boto3, "client", client),
            (stacks, "PATIENCE", {"Delay": 0, "MaxAttempts": 5}),
            (stage_settings, "FOLDER", tmp_path),
            (lost_stack, "package", lambda: packed),
            (lost_stack.reviewing, "account", lambda region: Account(ACCOUNT, "wati")),
        ):
            monkeypatch.setattr(place, name, stand_in)
        yield played


def leave(*names: str) -> None:
    """Makes what a deleted stack leaves behind."""
    client = {service: boto3.client(service, region_name=REGION) for service in ("dynamodb", "s3", "kms")}
    keys: Any = {
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "BillingMode": "PAY_PER_REQUEST",
    }
    for name in names:
        for kind, value in STAYED[name].items():
            if kind == "TableName":
                client["dynamodb"].create_table(TableName=value, **keys)
            elif kind == "BucketName":
                where = {"LocationConstraint": REGION}
                client["s3"].create_bucket(Bucket=value, CreateBucketConfiguration=where)
            else:
                key = client["kms"].create_key()["KeyMetadata"]["KeyId"]
                client["kms"].create_alias(AliasName=value, TargetKeyId=key)


def leave_secrets_and_pool(pools: Pools) -> None:
    pools.named.append(f"{NAME}-staff")
    for name in ("intake", "channels", "chat-keys"):
        boto3.client("secretsmanager", region_name=REGION).create_secret(Name=f"{NAME}-{name}", SecretString="{}")


def test_all_that_stays_of_a_stack_is_taken_into_a_new_one(cloud: PlayedCloudFormation, pools: Pools) -> None:
    leave(*STAYED)
    leave_secrets_and_pool(pools)

    assert lost_stack.main(["trial"]) == 0

    assert cloud.imported.keys() == STAYED.keys() | FOUND_BY_ID
    assert {name: cloud.imported[name] for name in STAYED} == STAYED
    assert cloud.stacks[NAME].status == "IMPORT_COMPLETE"
    assert cloud.stacks[NAME].parameters["MailSender"] == "aduan@example.go.id"


def test_whatever_the_template_keeps_is_looked_for(packed: Package) -> None:
    """But for what the edge or the account has, which a new stack makes again beside it."""
    template = json.loads(packed.template.read_text())["Resources"]
    kept = {n for n, r in template.items() if "Retain" in r.get("DeletionPolicy", "") and "Condition" not in r}

    assert kept == STAYED.keys() | FOUND_BY_ID


def test_each_is_identified_as_cloudformation_asks(cloud: PlayedCloudFormation, pools: Pools) -> None:
    from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

    leave(*STAYED)
    leave_secrets_and_pool(pools)

    lost_stack.main(["trial"])

    (template,) = cloud.templates
    for name, identifier in cloud.imported.items():
        schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema(REGION, template["Resources"][name]["Type"]).schema
        asked = {path.removeprefix("/properties/") for path in schema["primaryIdentifier"]}
        assert identifier.keys() == asked, name


def test_nothing_in_it_waits_for_what_is_not_there(cloud: PlayedCloudFormation) -> None:
    leave(*STAYED)

    lost_stack.main(["trial"])

    (template,) = cloud.templates
    known = template["Resources"].keys() | template["Parameters"].keys()
    for name, resource in template["Resources"].items():
        assert {word for word in needed(resource) if "::" not in word and word != "AWS"} <= known, name
        assert resource["DeletionPolicy"] == "Retain"
    assert "Transform" not in template


def test_two_pools_of_one_name_are_told(
    cloud: PlayedCloudFormation, pools: Pools, capsys: pytest.CaptureFixture[str]
) -> None:
    pools.named += [f"{NAME}-staff"] * 2

    assert lost_stack.main(["trial"]) == 1

    assert "2 pools are named" in capsys.readouterr().err


def test_what_did_not_stay_is_left_to_the_deployment(cloud: PlayedCloudFormation) -> None:
    leave("ComplaintsTable", "ContactKeyAlias")

    assert lost_stack.main(["trial"]) == 0

    assert cloud.imported.keys() == {"ComplaintsTable", "ContactKeyAlias", "ContactKey"}


@pytest.mark.parametrize(
    ("status", "words"),
    [("UPDATE_COMPLETE", "stands"), ("", "Nothing of tanggap-trial stayed"), ("DELETE_FAILED", "delete-stack")],
)
def test_where_there_is_nothing_to_import_it_says_so(
    cloud: PlayedCloudFormation, status: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if status:
        cloud.stand(NAME, status, Stage="trial")

    assert lost_stack.main(["trial"]) == 1

    assert words in capsys.readouterr().err
    assert cloud.calls == []
