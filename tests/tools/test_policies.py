"""Policies are shown to a linter as AWS would see them, and what it finds is accepted with a reason or not at all."""

import json
from typing import Any

import pytest

from tools.infra import policies
from tools.infra.findings import Accepted, Finding, accepted_findings, judged
from tools.infra.policies import ACCEPTED, Sample

KINDS = {
    "Rows": "AWS::DynamoDB::Table",
    "Letters": "AWS::SQS::Queue",
    "Told": "AWS::SNS::Topic",
    "Reader": "AWS::IAM::Role",
    "Pictures": "AWS::S3::Bucket",
}
AT = "ap-southeast-3:123456789012"
STAR = Accepted("Reader/Sms", "RESOURCE_STAR", "a telephone number is no resource")


def a_role(*statements: dict[str, Any]) -> dict[str, Any]:
    document = {"Version": "2012-10-17", "Statement": list(statements)}
    trust = {"Statement": [{"Sid": "", "Effect": "Allow", "Action": "sts:AssumeRole"}]}
    inline = [{"PolicyName": "p", "PolicyDocument": document}]
    return {
        "Resources": {
            "Reader": {
                "Type": "AWS::IAM::Role",
                "Properties": {"AssumeRolePolicyDocument": trust, "Policies": inline},
            },
            "Rows": {"Type": "AWS::DynamoDB::Table", "Properties": {}},
        }
    }


def allow(action: str, resource: Any, **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": [action], "Resource": resource, **more}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ({"Ref": "AWS::AccountId"}, "123456789012"),
        ({"Ref": "Told"}, f"arn:aws:sns:{AT}:tanggap-x-told"),
        ({"Ref": "Pictures"}, "pictures-id"),
        ({"Fn::GetAtt": ["Rows", "Arn"]}, f"arn:aws:dynamodb:{AT}:table/tanggap-x-rows"),
        ({"Fn::GetAtt": ["Rows", "StreamArn"]}, f"arn:aws:dynamodb:{AT}:table/tanggap-x-rows/stream/label"),
        ({"Fn::Sub": "${Rows.Arn}/index/queue"}, f"arn:aws:dynamodb:{AT}:table/tanggap-x-rows/index/queue"),
        ({"Fn::Sub": "arn:${AWS::Partition}:s3:::${AWS::StackName}-photos/*"}, "arn:aws:s3:::tanggap-x-photos/*"),
        ({"Fn::Sub": ["x/${Domain}", {"Domain": {"Ref": "MailSender"}}]}, "x/aduan@example.go.id"),
        ({"Fn::Select": [1, {"Fn::Split": ["@", {"Ref": "MailSender"}]}]}, "example.go.id"),
        ({"Ref": "AWS::Region", "beside": 1}, {"Ref": "AWS::Region", "beside": 1}),
        ([{"Ref": "AWS::Region"}, "*"], ["ap-southeast-3", "*"]),
    ],
)
def test_what_a_template_refers_to_stands_as_aws_would_put_it(written: Any, meant: Any) -> None:
    assert Sample(KINDS).of(written) == meant


@pytest.mark.parametrize("written", [{"Ref": "Nobody"}, {"Fn::GetAtt": ["Nobody", "Arn"]}])
def test_what_nobody_knows_is_not_guessed(written: Any) -> None:
    with pytest.raises(KeyError):
        Sample(KINDS).of(written)


def test_every_statement_is_looked_at_by_itself_who_may_assume_the_role_too() -> None:
    template = a_role(
        allow("sns:Publish", "*", Sid="Sms"), allow("sqs:SendMessage", "*"), allow("sqs:SendMessage", "*")
    )

    found = policies.statements(template)

    assert list(found) == ["Reader/trust", "Reader/Sms", "Reader/1", "Reader/2"]
    assert found["Reader/trust"]["Statement"][0]["Resource"] == "arn:aws:iam::123456789012:role/tanggap-x-reader"


def test_two_policies_of_a_resource_with_one_sid_are_both_looked_at() -> None:
    template = a_role(allow("sns:Publish", "*", Sid="A"), allow("sqs:SendMessage", "*", Sid="A"))

    assert list(policies.statements(template)) == ["Reader/trust", "Reader/A", "Reader/A+"]


@pytest.mark.parametrize(
    ("found", "accepted", "said"),
    [
        ([], [], []),
        ([Finding("Reader/Sms", "RESOURCE_STAR")], [STAR], []),
        ([Finding("A/trust", "X"), Finding("B/trust", "X")], [Accepted("*/trust", "X", "why")], []),
        ([Finding("Reader/Sms", "UNKNOWN_ACTION", "sns:Send")], [], ["Reader/Sms: UNKNOWN_ACTION sns:Send"]),
        ([Finding("Reader/Sms", "RESOURCE_STAR"), Finding("Reader/Sms", "X")], [STAR], ["Reader/Sms: X"]),
        (
            [],
            [STAR],
            ["Reader/Sms: RESOURCE_STAR is accepted in accepted_findings.json and not found: take it out there"],
        ),
    ],
)
def test_a_finding_is_accepted_by_place_and_kind_and_an_acceptance_that_is_not_needed_is_refused(
    found: list[Finding], accepted: list[Accepted], said: list[str]
) -> None:
    assert list(judged(found, accepted, ACCEPTED)) == said


def test_every_accepted_finding_has_its_reason() -> None:
    assert all(len(entry.reason) > 20 for entry in accepted_findings(ACCEPTED))


@pytest.mark.skipif(not policies.LINTER.exists(), reason="the linter is not here (make check-policies brings it)")
@pytest.mark.parametrize(
    ("action", "resource", "issue"),
    [
        ("dynamodb:ListShards", {"Fn::GetAtt": ["Rows", "StreamArn"]}, "UNKNOWN_ACTION"),
        ("sqs:SendMessage", {"Fn::GetAtt": ["Rows", "Arn"]}, "RESOURCE_MISMATCH"),
        ("dynamodb:ListStreams", {"Fn::GetAtt": ["Rows", "StreamArn"]}, "RESOURCE_MISMATCH"),
        ("dynamodb:GetItem", "*", "RESOURCE_STAR"),
    ],
)
def test_the_linter_finds_what_aws_would_refuse_or_nobody_needs(action: str, resource: Any, issue: str) -> None:
    found = policies.lint(policies.statements(a_role(allow(action, resource, Sid="It"))))
    assert issue in {finding.issue for finding in found if finding.place == "Reader/It"}, json.dumps(str(found))


def test_the_policies_of_both_stacks_are_looked_at_and_none_hides_another() -> None:
    looked = policies.of_both_stacks()

    assert {"RelayRole/trust", "us-east-1 ProbeRole/Logs"} <= looked.keys()
    assert {"OperationsPolicy/AlarmsPublish", "us-east-1 OperationsPolicy/AlarmsPublish"} <= looked.keys()
