"""What goes past the emulator's own HTTP is answered as it would be there: right and wrong, allowed and refused."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from botocore import auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from local.emulator import direct, permitted, rights
from local.front.front_door import collect
from tests.loops import in_a_loop

REGION, ACCOUNT = "ap-southeast-3", "000000000000"
HOST = "127.0.0.1:8080"
RANDOM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}|\d{10}\.\d+")
ARN = f"arn:aws:{{}}:{REGION}:{ACCOUNT}:{{}}"
QUEUE = f"http://{HOST}/{ACCOUNT}/letters"
ALLOWED = [
    "dynamodb:*Item*",
    "dynamodb:Query",
    "kms:GenerateDataKey",
    "ses:SendEmail",
    "sns:Publish",
    "sqs:*Message*",
    "states:StartExecution",
    "states:StopExecution",
]
ITEM = {"pk": {"S": "C#1"}, "sk": {"S": "A"}, "hops": {"N": "2"}}
KEY = {"pk": ITEM["pk"], "sk": ITEM["sk"]}
FROM_THE_CITY = {"StringEquals": {"ses:FromAddress": "city@example.com"}}


@dataclass(frozen=True)
class Sent:
    """One call, by the application's role where nothing else is said."""

    service: str
    target: str
    body: dict[str, Any] | str
    path: str = "/"
    made: dict[str, Any] = field(default_factory=dict)  # how it was signed: by whom, when, what was changed afterwards


def table(operation: str, body: dict[str, Any] | str, **made: Any) -> Sent:
    given = {"TableName": "cases", **body} if isinstance(body, dict) and "Items" not in operation else body
    return Sent("dynamodb", f"DynamoDB_20120810.{operation}", given, made=made)


def mail(body: dict[str, Any] | str) -> Sent:
    return Sent("ses", "", body, "/v2/email/outbound-emails")


def publish(action: str, **fields: str) -> Sent:
    return Sent("sns", "", urlencode({"Action": action, "Version": "2010-03-31", **fields}))


LETTER = {
    "FromEmailAddress": "city@example.com",
    "Destination": {"ToAddresses": ["w@example.com"]},
    "Content": {"Simple": {"Subject": {"Data": "Laporan"}, "Body": {"Text": {"Data": "Terima kasih"}}}},
}
ONCE = {"ConditionExpression": "attribute_not_exists(pk)"}
PUT = {"Put": {"TableName": "cases", "Item": ITEM, **ONCE}}
ENTRY = "PublishBatchRequestEntries.member.1."
CALLS: dict[str, list[Sent]] = {
    "a row, read": [table("PutItem", {"Item": ITEM}), table("GetItem", {"Key": KEY})],
    "no row": [table("GetItem", {"Key": KEY})],
    "a condition that does not hold": [
        table("PutItem", {"Item": ITEM, **ONCE}),
        table("PutItem", {"Item": ITEM, **ONCE}),
    ],
    "a key without its half": [table("GetItem", {"Key": {"pk": ITEM["pk"]}})],
    "an expression that says nothing": [table("UpdateItem", {"Key": KEY, "UpdateExpression": "SET"})],
    "an update": [
        table(
            "UpdateItem",
            {
                "Key": KEY,
                "UpdateExpression": "SET hops = :n",
                "ExpressionAttributeValues": {":n": {"N": "3"}},
                "ReturnValues": "ALL_NEW",
            },
        )
    ],
    "a query": [
        table("PutItem", {"Item": ITEM}),
        table("Query", {"KeyConditionExpression": "pk = :p", "ExpressionAttributeValues": {":p": {"S": "C#1"}}}),
    ],
    "several rows": [table("BatchGetItem", {"RequestItems": {"cases": {"Keys": [KEY]}}})],
    "a transaction": [table("TransactWriteItems", {"TransactItems": [PUT]})],
    "a transaction that is refused": [table("TransactWriteItems", {"TransactItems": [PUT]})] * 2,
    "a table that is not there": [table("GetItem", {"Key": KEY, "TableName": "none"})],
    "no JSON": [table("GetItem", "{")],
    "an operation that is not there": [table("Frobnicate", {})],
    "an operation that the role may not": [table("DeleteTable", {})],
    "a table that the role may not": [table("PutItem", {"Item": ITEM, "TableName": "others"})],
    "a key that nobody has": [table("GetItem", {"Key": KEY}, key="ASIA0000000000000000")],
    "a signature of another secret": [table("GetItem", {"Key": KEY}, secret="another")],
    "another session's token": [table("GetItem", {"Key": KEY}, token="another")],
    "signed yesterday": [table("GetItem", {"Key": KEY}, ago=timedelta(days=1))],
    "a body that was changed": [table("GetItem", {"Key": KEY}, changed={"TableName": "cases", "Key": {}})],
    "a message": [publish("Publish", TopicArn=ARN.format("sns", "unit"), Message="Laporan baru")],
    "messages": [
        publish("PublishBatch", TopicArn=ARN.format("sns", "unit"), **{f"{ENTRY}Id": "1", f"{ENTRY}Message": "Baru"})
    ],
    "a topic that is not there": [publish("Publish", TopicArn=ARN.format("sns", "none"), Message="Laporan baru")],
    "a message to nobody": [publish("Publish", Message="Laporan baru")],
    "a topic made by who may not": [publish("CreateTopic", Name="other")],
    "a mail": [mail(LETTER)],
    "a mail of another sender": [mail({**LETTER, "FromEmailAddress": "other@example.com"})],
    "a mail without words": [mail({**LETTER, "Content": {}})],
    "no mail": [mail("{")],
    "a queue's message": [Sent("sqs", "AmazonSQS.SendMessage", {"QueueUrl": QUEUE, "MessageBody": "Halo"})],
    "a queue that is not there": [
        Sent("sqs", "AmazonSQS.SendMessage", {"QueueUrl": f"{QUEUE}-", "MessageBody": "Halo"})
    ],
    "a data key of no key": [Sent("kms", "TrentService.GenerateDataKey", {"KeyId": "none", "KeySpec": "AES_256"})],
    "a clock that is not there": [Sent("states", "AWSStepFunctions.StartExecution", {"stateMachineArn": "none"})],
    "a timer that never was": [
        Sent("states", "AWSStepFunctions.StopExecution", {"executionArn": ARN.format("states", "execution:clocks:1")})
    ],
}


@pytest.fixture
def emulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """With one role, and what it may use."""
    from ministack import app
    from ministack.core import iam_actions, iam_evaluator

    for name in ("extract_resource_arn", "extract_iam_action", "request_tag_context"):
        monkeypatch.setattr(iam_actions, name, getattr(iam_actions, name))  # which `rights` replaces
    monkeypatch.setattr(iam_evaluator, "_resolve_condition_key", iam_evaluator._resolve_condition_key)
    rights.teach()
    monkeypatch.setattr(app, "AUTH", True)
    monkeypatch.setattr(iam_evaluator, "enforce", permitted.Permitted(iam_evaluator.enforce))
    yield app
    app._reset_all_state()


def prepare(app: Any) -> None:
    """The same things, fresh."""
    from ministack.core.responses import request_scope
    from ministack.services import dynamodb, iam, ses, sns, sqs, sts

    app._reset_all_state()
    statement = {"Effect": "Allow", "Action": ALLOWED, "Resource": RESOURCES}
    mailing = {**statement, "Resource": ARN.format("ses", "identity/*"), "Condition": FROM_THE_CITY}
    with request_scope(ACCOUNT, REGION):
        iam._roles["Reporter"] = {
            "RoleName": "Reporter",
            "Arn": f"arn:aws:iam::{ACCOUNT}:role/Reporter",
            "InlinePolicies": {"Own": json.dumps({"Version": "2012-10-17", "Statement": [statement, mailing]})},
            "AttachedPolicies": [],
        }
        dynamodb._create_table({"TableName": "cases", **SHAPE})
        for module, body in (
            (sns, {"Action": "CreateTopic", "Name": "unit"}),
            (sqs, {"Action": "CreateQueue", "QueueName": "letters"}),
        ):
            form = {"content-type": "application/x-www-form-urlencoded", "host": HOST}
            in_a_loop(module.handle_request("POST", "/", form, urlencode(body).encode(), {}))
        ses._identities["city@example.com"] = {"VerificationStatus": "Success", "Type": "EmailAddress"}
        sts._sessions[SESSION.access_key] = {
            "Arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/Reporter/one",
            "AccountId": ACCOUNT,
            "SecretAccessKey": SESSION.secret_key,
            "SessionToken": SESSION.token,
            "UserId": "AROA:one",
        }


SHAPE = {
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
    "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
    "BillingMode": "PAY_PER_REQUEST",
}
SESSION = Credentials("ASIA0123456789ABCDEF", "secret", "token")
RESOURCES = [
    ARN.format("dynamodb", "table/cases"),
    ARN.format("dynamodb", "table/none"),
    ARN.format("sns", "*"),
    ARN.format("sqs", "letters*"),
    ARN.format("kms", "key/*"),
    ARN.format("states", "stateMachine:*"),
    ARN.format("states", "execution:clocks:*"),
]


def signed(sent: Sent) -> tuple[dict[str, str], bytes]:
    made = sent.made
    who = Credentials(made.get("key", SESSION.access_key), made.get("secret", "secret"), made.get("token", "token"))
    body = (sent.body if isinstance(sent.body, str) else json.dumps(sent.body)).encode()
    kind = "application/x-amz-json-1.0" if sent.target else "application/x-www-form-urlencoded"
    heads = {"content-type": kind, **({"x-amz-target": sent.target} if sent.target else {})}
    request = AWSRequest("POST", f"http://{HOST}{sent.path}", heads, body)
    signer = auth.SigV4Auth(who, sent.service, REGION)
    then = datetime.now(UTC) - made.get("ago", timedelta())
    with patch.object(auth, "get_current_datetime", lambda *_: then):
        signer.add_auth(request)
    if "changed" in made:
        body = json.dumps(made["changed"]).encode()
    given = {name.lower(): value for name, value in request.headers.items()}
    return {**given, "host": HOST, "content-length": str(len(body))}, body


async def whole(app: Any, sent: Sent) -> tuple[int, dict[str, str], bytes]:
    headers, body = signed(sent)
    scope = {
        "type": "http",
        "method": "POST",
        "path": sent.path,
        "raw_path": sent.path.encode(),
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
    }
    status, lines, content = await collect(app.app, scope, body)
    return status, dict(direct.said(dict(lines))), content


async def short(app: Any, sent: Sent) -> tuple[int, dict[str, str], bytes]:
    headers, body = signed(sent)
    status, given, content = await direct.answered(sent.path, headers, body)
    return status, dict(direct.said(given)), content


def seen(answer: tuple[int, dict[str, str], bytes]) -> tuple[int, dict[str, str], str]:
    """Without what is another one in each answer."""
    status, headers, body = answer
    kept = {name: value for name, value in headers.items() if not re.search("id|date|crc32|length", name)}
    return status, kept, RANDOM.sub("…", body.decode())


@pytest.mark.parametrize("calls", CALLS.values(), ids=CALLS)
def test_the_short_way_and_the_whole_one_say_the_same(emulator: Any, calls: list[Sent]) -> None:
    told = []
    for way in (whole, short):
        prepare(emulator)
        told.append([seen(in_a_loop(way(emulator, sent))) for sent in calls])

    assert told[1] == told[0]


@pytest.mark.parametrize(("letter", "status"), [("a mail", 200), ("a mail of another sender", 403)])
def test_who_may_write_from_one_address_writes_from_no_other(emulator: Any, letter: str, status: int) -> None:
    prepare(emulator)
    (sent,) = CALLS[letter]

    assert in_a_loop(whole(emulator, sent))[0] == status
