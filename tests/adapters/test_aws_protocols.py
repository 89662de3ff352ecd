"""The small client says and hears the same as botocore: each call of our adapters is written by both, each answer and
each refusal is read by both."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from unittest import mock
from urllib.parse import parse_qsl, urlsplit

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.aws.connections import Connections
from chalicelib.adapters.aws.known_services import SERVICES
from chalicelib.adapters.aws.protocols import Message
from chalicelib.adapters.aws.signature import AccessKeys
from chalicelib.adapters.aws.wire import Reply
from chalicelib.adapters.clients import Clients

KEYS = AccessKeys("AKIDEXAMPLE", "secret", "token")
REGION = "ap-southeast-3"
SAID = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
ABOUT = {
    "event": {"DataType": "String", "StringValue": "baru & lama"},
    "nomor": {"DataType": "Number", "StringValue": "7"},
}
SIMPLE = {"Subject": {"Data": "Ë ☂", "Charset": "UTF-8"}, "Headers": [{"Name": "Precedence", "Value": "bulk"}]}
Call = tuple[str, str, dict[str, Any]]
CALLS: list[Call] = [
    ("dynamodb", "get_item", {"TableName": "t", "Key": {"pk": {"S": "a"}}, "ConsistentRead": True}),
    ("dynamodb", "put_item", {"TableName": "t", "Item": {"pk": {"S": "a"}, "b": {"B": b"\0\1"}, "n": {"N": "1"}}}),
    ("kms", "generate_data_key", {"KeyId": "k", "KeySpec": "AES_256", "EncryptionContext": {"number": "JKT"}}),
    ("kms", "decrypt", {"KeyId": "k", "CiphertextBlob": b"\0\xff", "EncryptionContext": {"number": "JKT"}}),
    ("secretsmanager", "get_secret_value", {"SecretId": "s", "VersionStage": "AWSCURRENT"}),
    ("stepfunctions", "start_execution", {"stateMachineArn": "arn", "name": "JKT-1", "input": '{"v": 1}'}),
    ("sqs", "send_message", {"QueueUrl": "https://sqs/q", "MessageBody": "ë", "DelaySeconds": 10}),
    ("sqs", "send_message", {"QueueUrl": "https://sqs/q", "MessageBody": "x", "MessageAttributes": ABOUT}),
    ("sqs", "change_message_visibility", {"QueueUrl": "u", "ReceiptHandle": "r", "VisibilityTimeout": 3}),
    ("sns", "publish", {"PhoneNumber": "+62 812", "Message": "a=b&c ë ☂\n~*", "MessageAttributes": ABOUT}),
    ("sns", "publish", {"TopicArn": "arn:aws:sns:x:1:t", "Subject": "s", "Message": "m"}),
    (
        "sns",
        "publish_batch",
        {
            "TopicArn": "arn",
            "PublishBatchRequestEntries": [
                {"Id": str(n), "Subject": "s", "Message": f"m{n}", "MessageAttributes": ABOUT} for n in range(3)
            ],
        },
    ),
    (
        "sesv2",
        "send_email",
        {
            "FromEmailAddress": "a@example.id",
            "Destination": {"ToAddresses": ["b@example.id"]},
            "Content": {"Simple": {**SIMPLE, "Body": {"Text": {"Data": "x"}, "Html": {"Data": "<p>x</p>"}}}},
            "EmailTags": [{"Name": "Tanggap-Event", "Value": "new"}],
        },
    ),
    (
        "pinpoint-sms-voice-v2",
        "send_text_message",
        {
            "DestinationPhoneNumber": "+6281234567890",
            "OriginationIdentity": "TANGGAP",
            "MessageBody": "Laporan diterima ë",
            "MessageType": "TRANSACTIONAL",
            "TimeToLive": 86_400,
            "Context": {"notice": "JKT-7F3K-9QXM-4_000001_reporter", "event": "waiting"},
            "ConfigurationSetName": "tanggap-test",
        },
    ),
    ("stepfunctions", "stop_execution", {"executionArn": "arn:aws:states:x:1:execution:clocks:JKT-1"}),
]  # fmt: skip
ONE_OF_EACH = list({(service, method): (service, method, asked) for service, method, asked in CALLS}.values())
EVERY_CALL = pytest.mark.parametrize(
    ("service", "method", "asked"), CALLS, ids=lambda part: part if isinstance(part, str) else ""
)
EACH_CALL = pytest.mark.parametrize(
    ("service", "method", "asked"), ONE_OF_EACH, ids=lambda part: part if isinstance(part, str) else ""
)


def clients() -> Clients:
    return Clients(region=REGION, keys=KEYS)


def by_botocore(call: Call, reply: Reply) -> tuple[Any, Any]:
    """What it sends, and what it makes of the reply."""
    service, method, asked = call
    client, sent = clients().described(service, 1), []

    def answered(request: Any, **_: Any) -> AWSResponse:
        sent.append(request)
        return AWSResponse(request.url, reply.status, dict(reply.headers), Raw(reply.body))

    client.meta.events.register(f"before-send.{service}", answered)
    return sent, outcome(lambda: getattr(client, method)(**asked))


def by_the_small_client(call: Call, reply: Reply) -> tuple[Any, Any]:
    service, method, asked = call
    sent: list[Any] = []

    def exchange(connections: Connections, headers: dict[str, str], body: bytes, path: str) -> Reply:
        sent.append((connections.url, Message(path, headers, body)))
        return reply

    with mock.patch.object(Connections, "exchange", exchange):
        return sent, outcome(lambda: getattr(clients().make(service, 1), method)(**asked))


class Raw:
    """The body of an answer as botocore reads it from its connection."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, **_: Any) -> Any:
        yield self._body


def outcome(call: Callable[[], Any]) -> Any:
    """The answer, or how it was refused."""
    try:
        return {name: value for name, value in call().items() if name != "ResponseMetadata"}
    except ClientError as error:
        told: Any = error.response
        return told["Error"]["Code"], told["Error"].get("Message", ""), told["ResponseMetadata"]["HTTPStatusCode"]


def read_body(headers: dict[str, str], body: Any) -> Any:
    text = body.decode() if isinstance(body, bytes) else body
    if "x-www-form-urlencoded" in headers["content-type"]:
        return sorted(text.items() if isinstance(text, dict) else parse_qsl(text, keep_blank_values=True))
    return json.loads(text)


def lower(headers: Any) -> dict[str, str]:
    return {
        name.lower(): value.decode() if isinstance(value, bytes) else str(value)
        for name, value in dict(headers).items()
    }


def same_request(call: Call) -> None:
    """One call by both; raises AssertionError at the first difference."""
    empty = Reply(200, {}, answer_of(call))
    ((url, small),), _ = by_the_small_client(call, empty)
    (theirs,), _ = by_botocore(call, empty)
    headers = lower(theirs.headers)

    assert f"{url}{small.path}" == theirs.url
    assert small.headers.get("x-amz-target") == headers.get("x-amz-target")
    assert read_body(dict(small.headers), small.body) == read_body(headers, theirs.body)
    assert kind(small.headers["content-type"]) == kind(headers.get("content-type", "application/json"))
    assert scope_of(small.headers["authorization"]) == scope_of(headers["authorization"])


def kind(content_type: str) -> str:
    return content_type.partition(";")[0]


def scope_of(authorization: str) -> str:
    """Region and service."""
    return authorization.partition("/")[2].partition(",")[0].partition("/")[2]


def answer_of(call: Call) -> bytes:
    service, method, _ = call
    if service == "sns":
        operation = method.title().replace("_", "")
        return f"<{operation}Response><{operation}Result/></{operation}Response>".encode()
    return b"{}"


@EVERY_CALL
def test_a_call_is_written_as_botocore_writes_it(service: str, method: str, asked: dict[str, Any]) -> None:
    same_request((service, method, asked))


@given(words=SAID, name=SAID, value=SAID)
def test_any_words_of_a_message_are_written_as_botocore_writes_them(words: str, name: str, value: str) -> None:
    """Serializers alone: a client of botocore for each example takes a second."""
    from botocore.serialize import create_serializer

    attributes = {name: {"DataType": "String", "StringValue": value}}
    asked = {"TopicArn": "arn", "Message": words, "MessageAttributes": attributes}
    model = MODEL.operation_model("Publish")

    ours = SERVICES["sns"].dialect.write("Publish", asked)
    theirs = create_serializer("query").serialize_to_request(asked, model)

    assert dict(parse_qsl(ours.body.decode(), keep_blank_values=True)) == theirs["body"]


MODEL = clients().described("sns", 1).meta.service_model
KEY = b'{"KeyId": "k", "CiphertextBlob": "AP8=", "Plaintext": "AAE="}'
SECRET = b'{"ARN": "a", "SecretString": "s", "VersionStages": ["AWSCURRENT"], "CreatedDate": 1772413200.123}'
FAILED = b"<member><Id>1</Id><Code>Throttled</Code><Message>m</Message><SenderFault>false</SenderFault></member>"
DONE = b"<member><Id>0</Id><MessageId>m</MessageId></member>"
NAMESPACE = b' xmlns="http://sns.amazonaws.com/doc/2010-03-31/"'


def in_xml(operation: bytes, inside: bytes) -> bytes:
    told = b"<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>"
    return b"<%bResponse%b><%bResult>%b</%bResult>%b</%bResponse>" % (
        *(operation, NAMESPACE, operation, inside, operation, told, operation),
    )


ANSWERS: dict[str, tuple[Call, bytes]] = {
    "a data key": (CALLS[2], KEY),
    "an opened data key": (CALLS[3], b'{"KeyId": "k", "Plaintext": "AAE="}'),
    "a secret": (CALLS[4], SECRET),
    "a secret of bytes": (CALLS[4], b'{"SecretBinary": "AAE=", "CreatedDate": 1772413200}'),
    "an execution": (CALLS[5], b'{"executionArn": "arn", "startDate": 1772413200.5}'),
    "a stopped execution": (CALLS[-1], b'{"stopDate": 1772413200.5}'),
    "a message in a queue": (CALLS[6], b'{"MessageId": "m"}'),
    "nothing to say": (CALLS[8], b""),
    "a message to a telephone": (CALLS[9], in_xml(b"Publish", b"<MessageId>m &amp; n</MessageId>")),
    "all published": (CALLS[11], in_xml(b"PublishBatch", b"<Failed/><Successful>%b</Successful>" % DONE)),
    "some published": (CALLS[11], in_xml(b"PublishBatch", b"<Failed>%b%b</Failed><Successful/>" % (FAILED, FAILED))),
    "a letter": (CALLS[12], b'{"MessageId": "m"}'),
    "an SMS": (CALLS[13], b'{"MessageId": "m"}'),
}  # fmt: skip


@pytest.mark.parametrize(("call", "body"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_is_read_as_botocore_reads_it(call: Call, body: bytes) -> None:
    reply = Reply(200, {}, body)

    _, ours = by_the_small_client(call, reply)
    _, theirs = by_botocore(call, reply)

    assert ours == theirs


def refused_in(service: str, code: str) -> tuple[dict[str, str], bytes]:
    """As the service says it."""
    if service == "sns":
        inside = f"<Error><Type>Sender</Type><Code>{code}</Code><Message>mengapa</Message></Error>"
        return {}, f"<ErrorResponse{NAMESPACE.decode()}>{inside}<RequestId>r</RequestId></ErrorResponse>".encode()
    if service == "sesv2":
        return {"x-amzn-errortype": f"{code}:http://internal.amazon.com/"}, b'{"message": "mengapa"}'
    return {}, json.dumps({"__type": f"com.amazonaws#{code}", "message": "mengapa"}).encode()


@pytest.mark.parametrize(("code", "status"), [("AccessDenied", 403), ("ThrottlingException", 400), ("Internal", 500)])
@EACH_CALL
def test_a_refusal_is_read_as_botocore_reads_it(
    service: str, method: str, asked: dict[str, Any], code: str, status: int
) -> None:
    reply = Reply(status, *refused_in(service, code))

    _, ours = by_the_small_client((service, method, asked), reply)
    _, theirs = by_botocore((service, method, asked), reply)

    assert ours == theirs == (code, "mengapa", status)


def test_the_reason_of_a_refusal_stands_where_botocore_has_it() -> None:
    said = b'{"__type": "ConflictException", "Message": "no", "Reason": "DESTINATION_PHONE_NUMBER_OPTED_OUT"}'

    def reason(client: Any) -> str:
        with pytest.raises(ClientError) as told:
            client.send_text_message(**CALLS[13][2])
        found: Any = told.value.response
        return str(found["Reason"])

    theirs = clients().described("pinpoint-sms-voice-v2", 1)
    theirs.meta.events.register(
        "before-send.pinpoint-sms-voice-v2", lambda request, **_: AWSResponse(request.url, 400, {}, Raw(said))
    )
    with mock.patch.object(Connections, "exchange", return_value=Reply(400, {}, said)):
        ours = reason(clients().make("pinpoint-sms-voice-v2", 1))

    assert ours == reason(theirs) == "DESTINATION_PHONE_NUMBER_OPTED_OUT"


def test_a_queue_that_is_not_there_has_the_code_that_botocore_gives_it() -> None:
    headers = {"x-amzn-query-error": "AWS.SimpleQueueService.NonExistentQueue;Sender"}
    reply = Reply(400, headers, b'{"__type": "com.amazonaws.sqs#QueueDoesNotExist", "message": "no"}')

    _, ours = by_the_small_client(CALLS[6], reply)
    _, theirs = by_botocore(CALLS[6], reply)

    assert ours == theirs


@EACH_CALL
@pytest.mark.parametrize(("status", "code"), [(503, "503"), (403, "403"), (502, "502")])
def test_an_answer_from_before_the_service_is_told_by_its_status(
    service: str, method: str, asked: dict[str, Any], status: int, code: str
) -> None:
    _, ours = by_the_small_client((service, method, asked), Reply(status, {}, b"<html><p>Bad gateway"))

    assert ours == (code, "", status)


def test_times_of_answers_know_their_zone() -> None:
    _, found = by_the_small_client(CALLS[4], Reply(200, {}, SECRET))

    assert found["CreatedDate"] == datetime(2026, 3, 2, 1, 0, 0, 123000, tzinfo=UTC)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_asked_at_its_own_address(service: str) -> None:
    url = clients().make(service, 1).connections.url

    assert urlsplit(url) == urlsplit(clients().described(service, 1).meta.endpoint_url)
