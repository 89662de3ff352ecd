"""A stage is brought to an account by one command, again without harm, back to the release before, and once more around
what a deleted stack left.
The account is the local cloud, which knows no distribution and no web ACL: so without the edge, and without the layers,
which the interpreter here has."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.city import City
from tests.conftest import OwnCity

STAGE, REGION = "coba", "ap-southeast-3"
STACK = f"tanggap-{STAGE}"
# What the local cloud cannot say: that a bucket stays when it is told whom to notify. AWS says so.
BUCKETS = ("--lose", "PhotoBucket", "--lose", "RawBucket")
# The local cloud names the distribution in each change, though without the edge there is none.
NO_EDGE = ("--lose", "Distribution")
SETTINGS = 'mail_sender = "tanggap@example.go.id"\nsite_url = "https://a.example"\nedge = false\n'
HEALTH = {  # as API Gateway hands it on
    **{"resource": "/health", "path": "/health", "httpMethod": "GET", "headers": {}, "multiValueHeaders": {}},
    **{"queryStringParameters": None, "multiValueQueryStringParameters": None, "pathParameters": None},
    **{"body": None, "isBase64Encoded": False, "stageVariables": None},
    "requestContext": {"resourcePath": "/health", "httpMethod": "GET", "requestId": "r", "identity": {}},
}
# A command, with the settings of stages in a folder of the test's own, from a checkout of a commit that the test names.
PROGRAM = """
import os, pathlib, sys
from tools import __main__
from tools.recovery import lost_stack
from tools.deployment import checkout, stage_settings
stage_settings.FOLDER = pathlib.Path(sys.argv[1])
checkout.version = lambda: os.environ["COMMIT"]
del lost_stack.LOOKS["AWS::SecretsManager::Secret"]  # the local cloud imports no secret
sys.exit(__main__.main(sys.argv[2:]))
"""


class Account:
    """Of the local cloud, with the operator's credentials."""

    def __init__(self, city: City, folder: Path) -> None:
        self.city = city
        self._folder = folder
        (folder / f"{STAGE}.toml").write_text(SETTINGS)
        named = {"AWS_ENDPOINT_URL": city.origin, "AWS_DEFAULT_REGION": REGION}
        self._environment = {**os.environ, **city.operator(), **named}

    def run(self, *words: str, commit: str = "v1") -> str:
        """What the command printed; `-s` shows how long it took."""
        ended = self.tried(*words, commit=commit)
        assert ended.returncode == 0, ended.stderr[-2000:]
        return ended.stdout

    def tried(self, *words: str, commit: str = "v1") -> "subprocess.CompletedProcess[str]":
        """However it ends."""
        began = time.monotonic()
        ended = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(self._folder), *words],
            env={**self._environment, "COMMIT": commit},
            capture_output=True,
            text=True,
            check=False,
        )
        print(f"\n{' '.join(words)}: {time.monotonic() - began:.1f} s")
        return ended

    def deploy(self, *words: str, commit: str = "v1") -> None:
        assert f"{STACK} stands" in self.run("deploy", STAGE, "--no-layers", *words, commit=commit)

    def health(self) -> str:
        """The version that runs, as `/health` tells it."""
        called = self.city.aws("lambda").invoke(FunctionName=f"{STACK}-api", Payload=json.dumps(HEALTH))
        answer = json.loads(called["Payload"].read())
        version: str = json.loads(answer["body"])["version"]
        return version


@pytest.fixture
def account(own_city: OwnCity, tmp_path: Path) -> Account:
    _, city = own_city()
    return Account(city, tmp_path)


def test_a_stage_is_deployed_twice_and_answers(account: Account) -> None:
    account.deploy()
    account.deploy()

    api = account.city.aws("lambda").get_function(FunctionName=f"{STACK}-api")["Configuration"]
    assert api["Environment"]["Variables"]["STAGE"] == STAGE
    assert "CLOCK_OFFSET_SECONDS" not in api["Environment"]["Variables"]


def test_a_stage_goes_back_to_the_release_before_and_says_when_there_is_none(account: Account) -> None:
    account.deploy(commit="v1")
    account.deploy(*NO_EDGE, commit="v2")
    assert account.health() == "v2"

    assert f"{STACK} stands as v1" in account.run("rollback", STAGE, *NO_EDGE, commit="v2")

    assert account.health() == "v1"
    nothing_before = account.tried("rollback", STAGE, commit="v2")
    assert nothing_before.returncode == 1
    (sentence,) = nothing_before.stderr.splitlines()
    assert sentence.startswith(f"{STACK} has no former release: ")
    assert account.health() == "v1"


def test_a_deleted_stack_stands_again_around_what_it_held(account: Account) -> None:
    account.deploy()
    s3, picture = account.city.aws("s3"), {"Bucket": f"{STACK}-photos-000000000000", "Key": "photos/a.webp"}
    s3.put_object(**picture, Body=b"a")
    dynamodb, cloudformation = account.city.aws("dynamodb"), account.city.aws("cloudformation")
    row = {"pk": {"S": "CASE#1"}, "sk": {"S": "CASE"}}
    dynamodb.put_item(TableName=f"{STACK}-complaints", Item=row)
    cloudformation.delete_stack(StackName=STACK)
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=STACK, WaiterConfig={"Delay": 1})

    for secret in account.city.aws("secretsmanager").list_secrets()["SecretList"]:
        if secret["Name"].startswith(f"{STACK}-"):
            account.city.aws("secretsmanager").delete_secret(SecretId=secret["ARN"], ForceDeleteWithoutRecovery=True)

    account.run("lost-stack", STAGE)
    account.deploy(*BUCKETS)

    assert dynamodb.get_item(TableName=f"{STACK}-complaints", Key=row)["Item"] == row
    assert s3.get_object(**picture)["Body"].read() == b"a"
