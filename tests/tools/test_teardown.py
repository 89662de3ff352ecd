"""A trial stage goes with all that its stack leaves behind; nothing goes without a person who types its name."""

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from tests.tools.played_cloudformation import PlayedCloudFormation
from tools.deployment import teardown
from tools.deployment.package import ROOT, Package, package
from tools.deployment.reviewing import Account
from tools.recovery.lost_stack import LOOKS
from tools.stack import stacks

NAME, REGION, ACCOUNT = "tanggap-trial", "ap-southeast-3", "123456789012"
ARTIFACTS = f"tanggap-artifacts-{ACCOUNT}-{REGION}"


class Pools:
    """Cognito, as far as it is asked: one pool."""

    def __init__(self) -> None:
        self.there = [{"Id": "p1", "Name": f"{NAME}-staff"}, {"Id": "p2", "Name": "tanggap-production-staff"}]

    def get_paginator(self, _operation: str) -> "Pools":
        return self

    def paginate(self, **_: Any) -> "Pools":
        return self

    def search(self, _expression: str) -> list[dict[str, str]]:
        return self.there

    def delete_user_pool(self, UserPoolId: str) -> None:  # noqa: N803
        self.there = [pool for pool in self.there if pool["Id"] != UserPoolId]


@pytest.fixture(scope="session")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return package(ROOT, tmp_path_factory.mktemp("package"))


class Trial:
    """A stage as it stands in an account, beside another one's parts."""

    def __init__(self, cloud: PlayedCloudFormation, pools: Pools) -> None:
        self.cloud, self.pools = cloud, pools
        self.answer: Any = lambda _: NAME
        for stack in (NAME, f"{NAME}-edge"):
            cloud.stand(stack, "CREATE_COMPLETE")
        for table in ("complaints", "people", "restored"):
            self._table(f"{NAME}-{table}")
        self._table("tanggap-production-complaints")
        for table in (f"{NAME}-complaints", "tanggap-production-complaints"):
            boto3.client("dynamodb", region_name=REGION).create_backup(TableName=table, BackupName=table)
        for bucket in ("photos", "raw", "erasures", "site"):
            self._bucket(f"{NAME}-{bucket}-{ACCOUNT}")
        self._bucket(ARTIFACTS)
        for secret in ("intake", "channels", "chat-keys"):
            boto3.client("secretsmanager", region_name=REGION).create_secret(Name=f"{NAME}-{secret}", SecretString="{}")
        kms = boto3.client("kms", region_name=REGION)
        self.key = kms.create_key()["KeyMetadata"]["KeyId"]
        kms.create_alias(AliasName=f"alias/{NAME}-contacts", TargetKeyId=self.key)
        for topic in (f"{NAME}-unit-DBM", "tanggap-production-unit-DBM"):
            boto3.client("sns", region_name=REGION).create_topic(Name=topic)

    def _table(self, name: str) -> None:
        boto3.client("dynamodb", region_name=REGION).create_table(
            TableName=name,
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
        )

    def _bucket(self, name: str) -> None:
        s3 = boto3.client("s3", region_name=REGION)
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        for key in ("code/a.zip", f"releases/{NAME}/1.json"):
            s3.put_object(Bucket=name, Key=key, Body=b"once")
            s3.put_object(Bucket=name, Key=key, Body=b"twice")
        s3.delete_object(Bucket=name, Key="code/a.zip")

    @property
    def left(self) -> list[str]:
        """Everything in the account that costs something, by name."""
        dynamodb = boto3.client("dynamodb", region_name=REGION)
        topics = boto3.client("sns", region_name=REGION).list_topics()["Topics"]
        secrets = boto3.client("secretsmanager", region_name=REGION).list_secrets()["SecretList"]
        return sorted(
            [
                *dynamodb.list_tables()["TableNames"],
                *(f"backup of {backup['TableName']}" for backup in dynamodb.list_backups()["BackupSummaries"]),
                *(bucket["Name"] for bucket in boto3.client("s3", region_name=REGION).list_buckets()["Buckets"]),
                *(secret["Name"] for secret in secrets),
                *(topic["TopicArn"].rpartition(":")[2] for topic in topics),
                *(pool["Name"] for pool in self.pools.there),
                *(name for name, stack in self.cloud.stacks.items() if stack.status != "DELETE_COMPLETE"),
            ]
        )


@pytest.fixture
def trial(monkeypatch: pytest.MonkeyPatch, packed: Package) -> Iterator[Trial]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    played, pools, usual = PlayedCloudFormation(), Pools(), boto3.client
    services = {"cloudformation": played.client, "cognito-idp": pools}

    def client(service: str, **words: Any) -> Any:
        return services.get(service) or usual(service, **words)

    with mock_aws():
        made = Trial(played, pools)
        for place, name, stand_in in (
            (stacks.boto3, "client", client),
            (stacks, "PATIENCE", {"Delay": 0, "MaxAttempts": 5}),
            (teardown, "package", lambda: packed),
            (teardown.reviewing, "account", lambda region: Account(ACCOUNT, "wati")),
            (teardown.reviewing, "at_the_terminal", lambda: made.answer),
        ):
            monkeypatch.setattr(place, name, stand_in)
        yield made


OF_PRODUCTION = [
    *("backup of tanggap-production-complaints", "tanggap-production-complaints"),
    *("tanggap-production-staff", "tanggap-production-unit-DBM"),
]


def test_nothing_that_costs_is_left_of_a_trial_stage(trial: Trial) -> None:
    assert teardown.main(["trial"]) == 0

    assert trial.left == OF_PRODUCTION
    state = boto3.client("kms", region_name=REGION).describe_key(KeyId=trial.key)["KeyMetadata"]["KeyState"]
    assert state == "PendingDeletion"


def test_beside_another_stage_the_artifacts_stay_and_its_own_notes_go(trial: Trial) -> None:
    trial.cloud.stand("tanggap-production", "UPDATE_COMPLETE")

    assert teardown.main(["trial"]) == 0

    assert trial.left == sorted([*OF_PRODUCTION, "tanggap-production", ARTIFACTS])
    kept = boto3.client("s3", region_name=REGION).list_object_versions(Bucket=ARTIFACTS)
    assert {version["Key"] for version in kept["Versions"]} == {"code/a.zip"}


def test_repeating_it_finds_nothing_and_is_content(trial: Trial) -> None:
    assert [teardown.main(["trial"]), teardown.main(["trial"])] == [0, 0]


@pytest.mark.parametrize("answer", [None, lambda _: "yes", lambda _: ""], ids=["nobody", "yes", "nothing"])
def test_without_its_name_nothing_goes(trial: Trial, answer: Any) -> None:
    before, trial.answer = trial.left, answer

    assert teardown.main(["trial"]) == 1

    assert trial.left == before


@pytest.mark.parametrize("stage", ["production", "Production", "trial-*", ""])
def test_production_and_what_is_no_stage_are_refused(trial: Trial, stage: str) -> None:
    before = trial.left

    assert teardown.main([stage]) == 1

    assert trial.left == before


def test_after_a_deletion_that_got_stuck_it_says_what_holds_it_up(
    trial: Trial, capsys: pytest.CaptureFixture[str]
) -> None:
    trial.cloud.breaks["DeleteStack"] = (["DELETE_IN_PROGRESS", "DELETE_FAILED"], "SiteBucket")

    assert teardown.main(["trial"]) == 1

    assert "delete-stack --retain-resources SiteBucket" in capsys.readouterr().err
    assert f"{NAME}-complaints" in trial.left


def test_whatever_stays_of_a_stack_can_be_deleted() -> None:
    assert teardown.DELETE.keys() == LOOKS.keys()


def test_the_buckets_that_hinder_a_deletion_are_emptied_first(packed: Package) -> None:
    resources = json.loads(packed.template.read_text())["Resources"]
    goes = [n for n, r in resources.items() if r["Type"] == "AWS::S3::Bucket" and "DeletionPolicy" not in r]

    assert goes == ["SiteBucket"]


def test_what_stays_for_ever_costs_nothing(packed: Package) -> None:
    """Of the account's logs of API Gateway, which other stages use too; a version goes with its function."""
    resources = json.loads(packed.template.read_text())["Resources"]
    kept = {name: r for name, r in resources.items() if "Retain" in r.get("DeletionPolicy", "")}

    free = {name for name, r in kept.items() if r["Type"] not in teardown.DELETE}

    assert free == {"ApiAccount", "ApiLogs", "ApiVersion"}
    assert [name for name in kept.keys() - free if "Condition" in kept[name]] == []  # such ones are not looked for
