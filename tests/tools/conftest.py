"""A small stack in this process, with the parts that operator commands look for, under the template's names."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from moto import mock_aws

from tools.deployment.package import ROOT
from tools.infra import cfn_yaml
from tools.stack import stacks
from tools.stack.stage import Stage

STACK = "tanggap-test"
POOL = "ap-southeast-3_POOL"


class MemoryPool:
    """What operator commands ask of the user pool, as Cognito answers it."""

    class exceptions:  # noqa: N801  # as botocore's clients have it
        class UsernameExistsException(Exception): ...

        class UserNotFoundException(Exception): ...

    def __init__(self) -> None:
        self.users: dict[str, dict[str, Any]] = {}

    def admin_create_user(self, **call: Any) -> None:
        assert (call["UserPoolId"], call["MessageAction"]) == (POOL, "SUPPRESS")
        if call["Username"] in self.users:
            raise self.exceptions.UsernameExistsException
        made = {"Enabled": True, "UserStatus": "FORCE_CHANGE_PASSWORD", "password": call["TemporaryPassword"]}
        self.users[call["Username"]] = made

    def admin_set_user_password(self, **call: Any) -> None:
        status = "CONFIRMED" if call["Permanent"] else "FORCE_CHANGE_PASSWORD"
        self._user(call["Username"]).update(UserStatus=status, password=call["Password"])

    def admin_enable_user(self, **call: Any) -> None:
        self._user(call["Username"])["Enabled"] = True

    def admin_disable_user(self, **call: Any) -> None:
        self._user(call["Username"])["Enabled"] = False

    def admin_user_global_sign_out(self, **call: Any) -> None:
        self._user(call["Username"])["signed_out"] = True

    def _user(self, username: str) -> dict[str, Any]:
        if username not in self.users:
            raise self.exceptions.UserNotFoundException
        return self.users[username]


def _queues(stage: Stage) -> dict[str, str]:
    """Addresses by logical id: two queues with their dead letters, and one that stands alone."""
    sqs = stage.client("sqs")
    named = {"ArmDead": "arm-dead", "RelayDead": "relay-dead", "SweepDead": "sweep-dead"}
    urls = {logical: sqs.create_queue(QueueName=f"{STACK}-{name}")["QueueUrl"] for logical, name in named.items()}
    for logical, name, dead in (("ArmQueue", "arm", "ArmDead"), ("RelayRetryQueue", "relay-retry", "RelayDead")):
        attributes = sqs.get_queue_attributes(QueueUrl=urls[dead], AttributeNames=["QueueArn"])["Attributes"]
        policy = json.dumps({"deadLetterTargetArn": attributes["QueueArn"], "maxReceiveCount": 5})
        urls[logical] = sqs.create_queue(QueueName=f"{STACK}-{name}", Attributes={"RedrivePolicy": policy})["QueueUrl"]
    return urls


def _table(stage: Stage, resource: str, name: str) -> str:
    asked = cfn_yaml.read(ROOT / "infra" / "data.yaml")["Resources"][resource]["Properties"]
    kept = ("BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
    given = {part: asked[part] for part in kept if part in asked}
    stage.client("dynamodb").create_table(TableName=f"{STACK}-{name}", **given)
    return f"{STACK}-{name}"


def _outputs(stage: Stage) -> dict[str, str]:
    named = {"TableName": ("ComplaintsTable", "complaints"), "PeopleTableName": ("PeopleTable", "people")}
    buckets = {"PhotoBucketName": "photos", "RawBucketName": "raw", "ErasureBucketName": "erasures"}
    for name in buckets.values():
        where = {"LocationConstraint": stage.region}
        stage.client("s3").create_bucket(Bucket=f"{STACK}-{name}", CreateBucketConfiguration=where)
    return {
        **{output: f"{STACK}-{name}" for output, name in buckets.items()},
        **{output: _table(stage, *which) for output, which in named.items()},
        "EventsTopicArn": stage.client("sns").create_topic(Name=f"{STACK}-complaint-events")["TopicArn"],
        "UnitTopicPrefix": f"arn:aws:sns:{stage.region}:123456789012:{STACK}-unit-",
        "AlertUnitRoleArn": f"arn:aws:iam::123456789012:role/{STACK}-AlertUnitRole-1",
        "UserPoolId": POOL,
    }


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """The parts are real to this process's AWS; what CloudFormation would say of them is said here."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    for name in ("AWS_ENDPOINT_URL", "AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    with mock_aws():
        standing = Stage(STACK)
        outputs, queues = _outputs(standing), _queues(standing)
        monkeypatch.setattr(stacks, "outputs", lambda stack, region: outputs if stack == STACK else {})
        usual, pool = Stage.client, MemoryPool()
        monkeypatch.setattr(Stage, "client", lambda stage, name: pool if name == "cognito-idp" else usual(stage, name))
        monkeypatch.setattr(Stage, "resources", lambda stage, kind: iter(queues.items()))
        yield standing


@pytest.fixture
def heard(stage: Stage) -> "Heard":
    return Heard(stage)


class Heard:
    """A queue that listens to the topic of events."""

    def __init__(self, stage: Stage) -> None:
        self._sqs = stage.client("sqs")
        self._url = self._sqs.create_queue(QueueName="listener")["QueueUrl"]
        arn = self._sqs.get_queue_attributes(QueueUrl=self._url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        stage.client("sns").subscribe(
            TopicArn=stage.outputs["EventsTopicArn"],
            Protocol="sqs",
            Endpoint=arn,
            Attributes={"RawMessageDelivery": "true"},
        )

    def events(self) -> list[tuple[str, int]]:
        """Number and sequence of everything that was published, sorted."""
        return sorted((body["number"], body["sequence"]) for body in map(json.loads, bodies(self._sqs, self._url)))


def bodies(sqs: Any, url: str) -> list[str]:
    """Everything in a queue, taken out."""
    found: list[str] = []
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        found += [message["Body"] for message in messages]
    return found
