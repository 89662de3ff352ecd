"""AWS inside this process (moto), with everything that the application's environment names, and a clock that only moves
when told: counts come out the same every time. The adapters and use cases are the real ones."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

from bench.played import played
from bench.table import definition

REGION, ACCOUNT = "ap-southeast-3", "123456789012"
TABLE, PEOPLE = "bench-complaints", "bench-people"
BUCKET, SENDER = "bench-photos", "aduan@example.go.id"
MORNING = datetime(2026, 3, 2, 1, 0, 0, 123000, tzinfo=UTC)  # Monday, eight o'clock in Jakarta
UNITS = f"arn:aws:sns:{REGION}:{ACCOUNT}:bench-unit-"
PLAIN = {
    "AWS_ACCESS_KEY_ID": "bench",
    "AWS_SECRET_ACCESS_KEY": "bench",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_REGION": REGION,
    "TABLE_NAME": TABLE,
    "PEOPLE_TABLE_NAME": PEOPLE,
    "PHOTO_BUCKET": BUCKET,
    "SITE_URL": "https://tanggap.example.go.id",
    "MAIL_SENDER": SENDER,
    "MAIL_PER_DAY": "1000",  # so that each is counted; bench/recorder.py gives the count its weight
    "SMS_PER_DAY": "1000",
    "CHATS_PER_DAY": "1000",
    "CHAT_KEYS_ID": "bench",
    "UNIT_TOPIC_PREFIX": UNITS,
    "USER_POOL_ID": f"{REGION}_bench",
    "USER_POOL_CLIENT_ID": "bench",
}


class Clock:
    def __init__(self) -> None:
        self.at = MORNING

    def now(self) -> datetime:
        return self.at

    def sleep(self, until: datetime) -> None:
        self.at = max(self.at, until + timedelta(milliseconds=5))


class Names:
    """Stands for Cognito, whose token needs no AWS call: here the token is the username."""

    def username(self, token: str) -> str:
        return token


@contextmanager
def city(clock: Clock) -> Iterator[Any]:
    """The application's composition root, over emulated services."""
    from moto import mock_aws

    with mock.patch.dict(os.environ, PLAIN), mock_aws(), played():
        _provision()
        boot = _fresh_bootstrap()
        boot.machine_now = clock.now
        boot.tokens = Names()
        yield boot


def _fresh_bootstrap() -> Any:
    """As in a new container."""
    from chalicelib import bootstrap, settings

    settings.settings.cache_clear()
    bootstrap.bootstrap.cache_clear()
    return bootstrap.bootstrap()


def _provision() -> None:
    import boto3

    def client(service: str) -> Any:
        return boto3.client(service, region_name=REGION)

    properties = definition()
    names = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")
    client("dynamodb").create_table(TableName=TABLE, **{name: properties[name] for name in names})
    people = definition("PeopleTable")
    client("dynamodb").create_table(TableName=PEOPLE, **{name: people[name] for name in names if name in people})
    client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    client("sesv2").create_email_identity(EmailIdentity=SENDER)
    secret = client("secretsmanager").create_secret(Name="bench-intake", SecretString="bench" * 12)
    queues = {
        name: client("sqs").create_queue(QueueName=f"bench-{name}")["QueueUrl"] for name in ("dead", "n", "a", "c")
    }
    os.environ |= {
        "INTAKE_SECRET_ID": secret["ARN"],
        "CONTACT_KEY_ID": client("kms").create_key()["KeyMetadata"]["Arn"],
        "EVENTS_TOPIC_ARN": client("sns").create_topic(Name="bench-events")["TopicArn"],
        "STATE_MACHINE_ARN": _machine(client("stepfunctions")),
        "RELAY_RETRY_URL": queues["dead"],
        "NOTIFY_QUEUE_URL": queues["n"],
        "ALERT_QUEUE_URL": queues["a"],
        "CALL_BACK_QUEUE_URL": queues["c"],
    }
    _unit_topics(client("sns"))


def _machine(functions: Any) -> str:
    role = f"arn:aws:iam::{ACCOUNT}:role/bench"
    definition = '{"StartAt":"Done","States":{"Done":{"Type":"Succeed"}}}'
    made: str = functions.create_state_machine(name="bench", definition=definition, roleArn=role)["stateMachineArn"]
    return made


def _unit_topics(topics: Any) -> None:
    from chalicelib.data import reference

    for unit in reference().units.values():
        if not unit.external:
            topics.create_topic(Name=f"bench-unit-{unit.code.replace('.', '-')}")
