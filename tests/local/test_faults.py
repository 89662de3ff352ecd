"""Faults look like the service's own, or clients would not behave as they do in the cloud."""

from typing import Any

import botocore.parsers
import botocore.session
import pytest

from local.emulator.faults import Call, Faults, InvalidFault, answer, call_of

NAMES = {
    **{name: name for name in ("dynamodb", "s3", "sns", "sqs")},
    "sesv2": "ses",
    "stepfunctions": "states",
    "pinpoint-sms-voice-v2": "sms-voice",
}
OPERATIONS = {
    "dynamodb": "PutItem",
    "s3": "GetObject",
    "sns": "Publish",
    "sqs": "SendMessage",
    "sesv2": "SendEmail",
    "stepfunctions": "StartExecution",
    "pinpoint-sms-voice-v2": "SendTextMessage",
}
APPLICATION = b"AWS4-HMAC-SHA256 Credential=ASIA0123456789ABCDEF/20260101/ap-southeast-3/%s/aws4_request, Signature=x"
ROOT = b"AWS4-HMAC-SHA256 Credential=test/20260101/ap-southeast-3/dynamodb/aws4_request, Signature=x"


def a_call(service: str = "dynamodb", operation: str = "PutItem", key: bytes = b"ASIA01") -> Call:
    return Call(key, service, operation)


@pytest.mark.parametrize("service", NAMES)
def test_a_fault_is_read_by_the_client_of_its_service_as_a_failure_of_the_server(service: str) -> None:
    model = botocore.session.get_session().get_service_model(service)
    parser = botocore.parsers.create_parser(model.metadata["protocol"])
    status, headers, body = answer(NAMES[service])

    read = parser.parse(
        {"status_code": status, "headers": dict(headers), "body": body},
        model.operation_model(OPERATIONS[service]).output_shape,
    )

    assert read["ResponseMetadata"]["HTTPStatusCode"] == 500
    assert read["Error"]["Code"] in {"InternalFailure", "InternalServerError", "InternalError"}
    assert "fault was switched on" in read["Error"]["Message"]


def test_only_the_application_is_hit_not_the_operator() -> None:
    faults = Faults()
    faults.switch({"service": "dynamodb", "probability": 1})

    assert faults.hits(a_call())
    assert not faults.hits(a_call(key=b"test"))


def test_a_fault_of_one_operation_leaves_the_others_alone() -> None:
    faults = Faults()
    faults.switch({"service": "dynamodb", "operation": "PutItem", "probability": 1})

    assert faults.hits(a_call(operation="PutItem"))
    assert not faults.hits(a_call(operation="Query"))


@pytest.mark.parametrize(("chance", "hit"), [(0.29, True), (0.3, False)])
def test_the_probability_decides(chance: float, hit: bool) -> None:
    faults = Faults(lambda: chance)
    faults.switch({"service": "sns", "probability": 0.3})

    assert bool(faults.hits(a_call("sns", "Publish"))) is hit


def test_probability_zero_ends_every_fault_of_the_service() -> None:
    faults = Faults()
    faults.switch({"service": "ses", "operation": "SendEmail", "probability": 1})
    faults.switch({"service": "ses", "probability": 0})

    assert not faults


def test_by_default_nothing_was_done_when_the_fault_is_answered() -> None:
    faults = Faults()
    faults.switch({"service": "stepfunctions", "probability": 1})

    fault = faults.hits(a_call("states", "StartExecution"))

    assert fault
    assert fault.when == "before"


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({"probability": 1}, "service"),
        ({"service": "ec2", "probability": 1}, "service"),
        ({"service": ["s3"], "probability": 1}, "service"),
        ({"service": "s3"}, "probability"),
        ({"service": "s3", "probability": 1.5}, "probability"),
        ({"service": "s3", "probability": True}, "probability"),
        ({"service": "s3", "probability": float("nan")}, "probability"),
        ({"service": "s3", "probability": 1, "when": "never"}, "when"),
        ({"service": "s3", "probability": 1, "when": []}, "when"),
        ({"service": "s3", "probability": 1, "operation": 7}, "operation"),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused_by_field(document: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidFault, match=field):
        Faults().switch(document)


@pytest.mark.parametrize(
    ("service", "target", "body", "path", "operation"),
    [
        (b"dynamodb", b"DynamoDB_20120810.TransactWriteItems", b"{}", "/", "TransactWriteItems"),
        (b"sns", b"", b"Action=PublishBatch&Version=1", "/", "PublishBatch"),
        (b"ses", b"", b"{}", "/v2/email/outbound-emails", "SendEmail"),
        (b"s3", b"", b"", "/bucket/incoming/a.jpg", "GetObject"),
    ],
)
def test_a_call_is_known_by_its_signature_and_operation(
    service: bytes, target: bytes, body: bytes, path: str, operation: str
) -> None:
    headers = {b"authorization": APPLICATION % service, b"x-amz-target": target}
    method = "GET" if service == b"s3" else "POST"

    call = call_of(method, path, b"", headers, body)

    assert call
    assert (call.of_application, call.service, call.operation) == (True, service.decode(), operation)


def test_a_call_of_root_is_not_the_applications() -> None:
    call = call_of("POST", "/", b"", {b"authorization": ROOT}, b"")

    assert call
    assert not call.of_application
