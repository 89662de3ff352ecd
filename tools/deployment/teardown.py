"""`python -m tools teardown STAGE`: deletes a trial stage with all that a deleted stack leaves behind: tables,
pictures, people, the key of contacts. After that nothing of it costs anything. Production is refused.

With the last stage of an account goes the bucket of artifacts. Safe to repeat: it deletes what is still there."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from tools.deployment import reviewing
from tools.deployment.deploy import EDGE_REGION, REGION
from tools.deployment.package import package
from tools.deployment.stage_settings import PRODUCTION, STAGE
from tools.recovery import lost_stack
from tools.stack import stacks

PENDING_DAYS = 7  # the fewest that KMS takes; a key that is to be deleted costs nothing
RESTORED = "restored"  # as the page names a table that was restored beside
Ask = Callable[[str], str]


def main(arguments: list[str]) -> int:
    """Exit status 0 when nothing of the stage is left."""
    made = argparse.ArgumentParser(prog="python -m tools teardown", description=__doc__.splitlines()[0])
    made.add_argument("stage")
    stage = made.parse_args(arguments).stage
    try:
        _refuse(stage)
        Teardown(f"tanggap-{stage}", reviewing.account(REGION)).run(reviewing.at_the_terminal())
    except (stacks.StackError, BotoCoreError, ClientError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Nothing of tanggap-{stage} is left")
    return 0


def _refuse(stage: str) -> None:
    if stage == PRODUCTION:
        raise stacks.StackError("production is never torn down by a command")
    if not STAGE.fullmatch(stage):
        raise stacks.StackError(f"{stage} is no name of a stage")


class Teardown:
    """Deletes whatever is still there of one stage."""

    def __init__(self, name: str, account: reviewing.Account) -> None:
        self._name = name
        self._account = account
        self._site = f"{name}-site-{account.number}"

    def run(self, ask: Ask | None) -> None:
        """Raises StackError when nobody at a terminal types the stack's name."""
        print(f"{self._name} in account {self._account.number}, {REGION}: every case, picture and person goes for ever")
        if ask is None or ask(f"Type {self._name} to go on: ").strip() != self._name:
            raise stacks.StackError(f"{self._name} is not touched: a person types its name at a terminal")
        self._topics()
        self._empty(self._site)
        stacks.delete(self._name, REGION)
        stacks.delete(f"{self._name}-edge", EDGE_REGION)
        self._rest()
        self._artifacts()

    def _topics(self) -> None:
        """Deletes the topics of units, which stand outside the stack."""
        sns = _client("sns")
        pages = sns.get_paginator("list_topics").paginate().search("Topics")
        for arn in [topic["TopicArn"] for topic in pages if topic]:
            if f":{self._name}-unit-" in arn:
                sns.delete_topic(TopicArn=arn)

    def _rest(self) -> None:
        template = json.loads(Path(package().template).read_text())
        left = lost_stack.stayed(template, self._name, self._account.number, _client)
        for logical, identifier in left.items():
            DELETE[template["Resources"][logical]["Type"]](self, *identifier.values())
        self.bucket(self._site)  # CloudFormation deletes it, unless it was told to retain it
        self._made_by_hand()

    def _made_by_hand(self) -> None:
        """What docs/operations.md lets an operator make beside the stack: a restored table, backups. Those that AWS
        makes of a deleted table cost nothing, and end after 35 days."""
        dynamodb, tables = _client("dynamodb"), [f"{self._name}-{name}" for name in ("complaints", "people", RESTORED)]
        _gone("ResourceNotFoundException", lambda: self.table(tables[-1]))
        for table in tables:
            pages = dynamodb.get_paginator("list_backups").paginate(TableName=table, BackupType="USER")
            for arn in [found["BackupArn"] for found in pages.search("BackupSummaries") if found]:
                dynamodb.delete_backup(BackupArn=arn)

    def _artifacts(self) -> None:
        bucket, others = f"tanggap-artifacts-{self._account.number}-{REGION}", _stages()
        self._empty(bucket, "" if not others else f"releases/{self._name}/")
        if not others:
            self.bucket(bucket)

    def table(self, name: str) -> None:
        _client("dynamodb").delete_table(TableName=name)

    def bucket(self, name: str) -> None:
        self._empty(name)
        _gone("NoSuchBucket", lambda: _client("s3").delete_bucket(Bucket=name))

    def _empty(self, bucket: str, prefix: str = "") -> None:
        """Every version of every object; nothing when there is no such bucket."""
        s3 = _client("s3")
        pages = s3.get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=prefix)

        def delete() -> None:
            for page in pages:
                found = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
                objects = [{"Key": version["Key"], "VersionId": version["VersionId"]} for version in found]
                if objects:
                    s3.delete_objects(Bucket=bucket, Delete={"Objects": objects, "Quiet": True})

        _gone("NoSuchBucket", delete)

    def secret(self, arn: str) -> None:
        _client("secretsmanager").delete_secret(SecretId=arn, ForceDeleteWithoutRecovery=True)

    def pool(self, pool_id: str) -> None:
        _client("cognito-idp").delete_user_pool(UserPoolId=pool_id)

    def key(self, key_id: str) -> None:
        _client("kms").schedule_key_deletion(KeyId=key_id, PendingWindowInDays=PENDING_DAYS)

    def alias(self, name: str) -> None:
        _client("kms").delete_alias(AliasName=name)


DELETE: dict[str, Callable[..., None]] = {
    "AWS::DynamoDB::Table": Teardown.table,
    "AWS::S3::Bucket": Teardown.bucket,
    "AWS::SecretsManager::Secret": Teardown.secret,
    "AWS::Cognito::UserPool": Teardown.pool,
    "AWS::KMS::Key": Teardown.key,
    "AWS::KMS::Alias": Teardown.alias,
}


def _stages() -> list[str]:
    """Stacks of ours that stand."""
    pages = _client("cloudformation").get_paginator("describe_stacks").paginate()
    return [stack["StackName"] for stack in pages.search("Stacks") if stack["StackName"].startswith("tanggap-")]


def _client(service: str) -> Any:
    return boto3.client(service, region_name=REGION)


def _gone(code: str, call: Callable[[], Any]) -> None:
    try:
        call()
    except ClientError as error:
        if error.response["Error"]["Code"] != code:
            raise
