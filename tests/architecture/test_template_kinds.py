"""Rules for each kind of resource, in the stack and in that of us-east-1: whatever is added later keeps them too."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tools.deployment.package import ROOT
from tools.infra import cfn_yaml
from tools.infra.transformed import transformed

Json = dict[str, Any]
# What a deleted stack leaves, since nothing brings back what it holds.
HOLDS = {
    *("AWS::Cognito::UserPool", "AWS::DynamoDB::Table", "AWS::KMS::Alias", "AWS::KMS::Key", "AWS::S3::Bucket"),
    "AWS::SecretsManager::Secret",
}
MADE_ANEW = {"SiteBucket", "EdgeSecret"}  # by every deployment, and by the next stack
# Services that act for whoever asks them, so that a stranger could name our role: the account must stand beside them.
# Lambda and API Gateway take only roles that the caller may pass.
FOR_OTHERS = {"codedeploy.amazonaws.com", "ses.amazonaws.com", "states.amazonaws.com"}
WHOSE = {"aws:SourceAccount", "aws:SourceArn"}


@pytest.fixture(scope="session")
def here(template: Json) -> Json:
    """Its resources as CloudFormation makes them."""
    found: Json = transformed(template)["Resources"]
    return found


@pytest.fixture(scope="session")
def abroad() -> Json:
    found: Json = cfn_yaml.read(ROOT / "infra" / "edge-us-east-1.yaml")["Resources"]
    return found


@pytest.fixture(scope="session")
def both(here: Json, abroad: Json) -> list[tuple[str, Json]]:
    return [*here.items(), *abroad.items()]


def of_kind(resources: list[tuple[str, Json]], *kinds: str) -> list[tuple[str, Json]]:
    found = [(name, resource) for name, resource in resources if resource["Type"] in kinds]
    assert found, kinds
    return found


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def statements(resource: Json) -> Iterator[Json]:
    properties = resource["Properties"]
    document = properties.get("PolicyDocument") or properties["AssumeRolePolicyDocument"]
    yield from document["Statement"]


def service(statement: Json) -> str:
    """Whom it lets in, where that is a service."""
    principal = statement["Principal"]
    return str(principal.get("Service", "")) if isinstance(principal, dict) else ""


def asked(statement: Json) -> set[str]:
    """The keys of its conditions."""
    return {key for named in statement.get("Condition", {}).values() for key in named}


def test_every_log_forgets(both: list[tuple[str, Json]]) -> None:
    kept = {name: group["Properties"].get("RetentionInDays") for name, group in of_kind(both, "AWS::Logs::LogGroup")}

    assert {name: days for name, days in kept.items() if not days or days > 90} == {}


def test_every_function_writes_to_a_log_that_is_made_before_it(both: list[tuple[str, Json]]) -> None:
    """Else Lambda makes one that never forgets; and no role may make logs."""
    for name, function in of_kind(both, "AWS::Lambda::Function"):
        (log,) = [dependency for dependency in as_list(function["DependsOn"]) if dependency.endswith("Logs")]
        written = dict(both)[log]["Properties"]["LogGroupName"]["Fn::Sub"]
        assert written == f"/aws/lambda/{function['Properties']['FunctionName']['Fn::Sub']}", name
    roles = json.dumps([role for _, role in of_kind(both, "AWS::IAM::Role")])
    assert "logs:CreateLogGroup" not in roles


def test_what_holds_something_stays_when_it_is_replaced_or_its_stack_deleted(both: list[tuple[str, Json]]) -> None:
    for name, resource in of_kind(both, *HOLDS):
        if name not in MADE_ANEW:
            kept = resource.get("DeletionPolicy"), resource.get("UpdateReplacePolicy")
            assert kept == ("RetainExceptOnCreate", "Retain"), name


def test_a_role_is_taken_by_one_service_and_where_strangers_use_it_too_for_this_account(
    both: list[tuple[str, Json]],
) -> None:
    for name, role in of_kind(both, "AWS::IAM::Role"):
        (statement,) = statements(role)
        assert service(statement), name
        assert service(statement) not in FOR_OTHERS or asked(statement) >= {"aws:SourceAccount"}, name


def test_a_service_comes_into_a_queue_a_topic_or_a_bucket_for_this_account_or_one_thing_of_it(
    both: list[tuple[str, Json]],
) -> None:
    kinds = ("AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy", "AWS::S3::BucketPolicy")
    for name, policy in of_kind(both, *kinds):
        for statement in statements(policy):
            assert not service(statement) or asked(statement) & WHOSE, name


def test_a_name_of_a_bucket_says_no_account_so_the_account_stands_beside_it(both: list[tuple[str, Json]]) -> None:
    """Somebody else may own that name after the bucket is gone."""
    for name, policy in of_kind(both, "AWS::SQS::QueuePolicy"):
        for statement in statements(policy):
            assert service(statement) != "s3.amazonaws.com" or asked(statement) == WHOSE, name


def test_who_calls_a_function_is_one_thing_of_a_service(both: list[tuple[str, Json]]) -> None:
    for name, permission in of_kind(both, "AWS::Lambda::Permission"):
        assert {"Principal", "SourceArn"} <= permission["Properties"].keys(), name


def test_what_a_topic_cannot_deliver_gets_into_its_dead_letters(here: Json) -> None:
    let_in = {
        (json.dumps(source), json.dumps(statement["Resource"]))
        for resource in here.values()
        if resource["Type"] == "AWS::SQS::QueuePolicy"
        for statement in statements(resource)
        for source in as_list(statement["Condition"]["ArnEquals"]["aws:SourceArn"])
    }

    for name, subscription in of_kind([*here.items()], "AWS::SNS::Subscription"):
        properties = subscription["Properties"]
        if properties["Protocol"] == "sqs":
            dead = properties["RedrivePolicy"]["deadLetterTargetArn"]
            ways = {(json.dumps(properties["TopicArn"]), json.dumps(end)) for end in (properties["Endpoint"], dead)}
            assert ways <= let_in, name


def test_a_bucket_that_tells_a_queue_waits_for_its_policy(both: list[tuple[str, Json]]) -> None:
    """S3 tries the queue when it is told of it."""
    policies = {
        json.dumps(queue): name
        for name, policy in of_kind(both, "AWS::SQS::QueuePolicy")
        for queue in (statement["Resource"] for statement in statements(policy))
    }
    telling = [(n, b) for n, b in of_kind(both, "AWS::S3::Bucket") if "NotificationConfiguration" in b["Properties"]]

    assert telling
    for name, bucket in telling:
        for told in bucket["Properties"]["NotificationConfiguration"]["QueueConfigurations"]:
            assert policies[json.dumps(told["Queue"])] in as_list(bucket["DependsOn"]), name


def test_the_wall_of_the_distribution_stands_in_us_east_1_and_that_of_the_api_at_home(here: Json, abroad: Json) -> None:
    for resources, scope in ((here, "REGIONAL"), (abroad, "CLOUDFRONT")):
        walls = of_kind([*resources.items()], "AWS::WAFv2::WebACL")
        assert [wall["Properties"]["Scope"] for _, wall in walls] == [scope]


def test_a_topic_that_a_service_publishes_to_has_no_key_that_the_service_may_not_use(
    both: list[tuple[str, Json]],
) -> None:
    """The account's own key of SNS opens to no alarm and to no report of SES."""
    assert [name for name, topic in of_kind(both, "AWS::SNS::Topic") if "KmsMasterKeyId" in topic["Properties"]] == []
