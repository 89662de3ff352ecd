"""What CloudFormation does with the template before it makes anything: the SAM transform, the order of resources, the
definition of the state machine. The local city accepts nonsense in all three."""

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

from tools.deployment.package import ROOT
from tools.infra import cfn_yaml
from tools.infra.transformed import circles, transformed

Json = dict[str, Any]
# What costs nothing by itself, or is billed with the resource that it belongs to.
UNTAGGED = {
    *("AWS::ApiGateway::Account", "AWS::ApiGateway::Deployment", "AWS::CloudFront::CachePolicy"),
    *("AWS::CloudFront::OriginAccessControl", "AWS::CloudFront::ResponseHeadersPolicy", "AWS::KMS::Alias"),
    *("AWS::Cognito::UserPoolClient", "AWS::Lambda::Alias", "AWS::Lambda::Permission", "AWS::Lambda::Version"),
    *(
        "AWS::Lambda::Url",
        "AWS::Logs::MetricFilter",
        "AWS::S3::BucketPolicy",
        "AWS::SES::ConfigurationSetEventDestination",
    ),
    *("AWS::SNS::Subscription", "AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy", "AWS::WAFv2::WebACLAssociation"),
}


def test_no_resource_waits_for_itself(template: Json) -> None:
    assert circles(transformed(template)) == []


def test_no_resource_of_the_wall_waits_for_itself() -> None:
    assert circles(cfn_yaml.read(ROOT / "infra/edge-us-east-1.yaml")) == []


@pytest.mark.parametrize(
    "reference",
    [
        {"Fn::GetAtt": ["PhotoBucket", "Arn"]},
        {"Fn::GetAtt": "PhotoBucket.Arn"},
        {"Ref": "PhotoBucket"},
        {"Fn::Sub": "arn:aws:s3:::${PhotoBucket}/*"},
        {"Fn::Sub": ["${Bucket}/*", {"Bucket": {"Ref": "PhotoBucket"}}]},
        {"Fn::Join": ["", [{"Fn::If": ["HasEdge", {"Ref": "PhotoBucket"}, ""]}, "/*"]]},
    ],
    ids=json.dumps,
)
def test_a_circle_is_seen_however_it_is_closed(reference: Json, template: Json) -> None:
    """The bucket waits for the policy of the queue that it tells: the policy must not name the bucket."""
    broken = transformed(template)
    policy = broken["Resources"]["PhotosQueuePolicy"]["Properties"]["PolicyDocument"]
    policy["Statement"][0]["Condition"] = {"ArnEquals": {"aws:SourceArn": reference}}

    assert circles(broken) == [["PhotoBucket", "PhotosQueuePolicy"]]


def test_two_resources_of_which_each_depends_on_the_other_are_a_circle() -> None:
    resources = {"A": {"DependsOn": "B"}, "B": {"DependsOn": ["A"]}, "C": {"DependsOn": "A"}}

    assert circles({"Resources": resources}) == [["A", "B"]]


def test_a_name_of_the_substitutions_own_is_no_resource() -> None:
    own = {"Properties": {"Name": {"Fn::Sub": ["${A}", {"A": "word"}]}}}

    assert circles({"Resources": {"A": own}}) == []


def test_the_transform_leaves_no_resource_of_its_own_kind(template: Json) -> None:
    kinds = {resource["Type"] for resource in transformed(template)["Resources"].values()}

    assert not [kind for kind in kinds if kind.startswith("AWS::Serverless")]
    assert {"AWS::Lambda::Function", "AWS::Lambda::EventSourceMapping", "AWS::ApiGateway::Stage"} <= kinds


# The language of the states (ASL)


@pytest.fixture
def definition(resources: Json) -> Json:
    """As the state machine gets it, with an ARN where the template refers to the function."""
    text = resources["Clocks"]["Properties"]["DefinitionString"]["Fn::Sub"]
    read: Json = json.loads(text.replace("${Ring.Arn}", "arn:aws:lambda:ap-southeast-3:123456789012:function:ring"))
    return read


def faults(definition: Json, folder: Path) -> list[str]:
    """What cfn-lint's schema of the language says, and states that nothing leads to."""
    machine = {"RoleArn": "arn:aws:iam::123456789012:role/clocks", "DefinitionString": json.dumps(definition)}
    resource = {"Type": "AWS::StepFunctions::StateMachine", "Properties": machine}
    (folder / "machine.json").write_text(json.dumps({"Resources": {"Clocks": resource}}))
    lint = str(Path(sys.executable).parent / "cfn-lint")
    done = subprocess.run([lint, str(folder / "machine.json"), "--format", "json"], capture_output=True, check=False)
    assert done.stdout, done.stderr
    return [found["Message"] for found in json.loads(done.stdout)] + unknown_states(definition)


def unknown_states(definition: Json) -> list[str]:
    states = definition["States"]
    named = {definition["StartAt"], *(name for state in states.values() for name in followers(state))}
    return [f"no state {name}" for name in named - states.keys()] + [f"{name} unused" for name in states.keys() - named]


def followers(state: Json) -> list[str]:
    branches = [*state.get("Choices", []), *state.get("Catch", []), state]
    return [branch[word] for branch in branches for word in ("Next", "Default") if word in branch]


def test_the_state_machine_speaks_the_language_of_states(definition: Json, tmp_path: Path) -> None:
    assert faults(definition, tmp_path) == []


def unknown_field(states: Json) -> None:
    states["Wait"]["TimestampPaths"] = states["Wait"].pop("TimestampPath")


def nowhere(states: Json) -> None:
    states["Wait"]["Next"] = "Rnig"


def without_end(states: Json) -> None:
    del states["Ring"]["End"]


def unknown_kind(states: Json) -> None:
    states["Wait"]["Type"] = "Sleep"


def wrong_number(states: Json) -> None:
    states["Ring"]["Retry"][0]["MaxAttempts"] = "six"


@pytest.mark.parametrize("broken", [unknown_field, nowhere, without_end, unknown_kind, wrong_number])
def test_a_broken_state_machine_is_refused(broken: Callable[[Json], None], definition: Json, tmp_path: Path) -> None:
    other = copy.deepcopy(definition)
    broken(other["States"])

    assert faults(other, tmp_path)


def test_no_resource_that_costs_is_without_tags_and_none_is_replaced_for_them(template: Json) -> None:
    """CloudFormation's own schemas say what takes a stack's tags, and whether it can take others later."""
    abroad = cfn_yaml.read(ROOT / "infra" / "edge-us-east-1.yaml")
    kinds = {resource["Type"] for made in (transformed(template), abroad) for resource in made["Resources"].values()}

    tagging = {kind: _tagging(kind) for kind in kinds}

    assert {kind for kind, found in tagging.items() if not found.get("taggable")} == UNTAGGED
    assert [kind for kind, found in tagging.items() if found.get("taggable") and not found.get("tagUpdatable")] == []


def _tagging(kind: str) -> dict[str, Any]:
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", kind).schema
    found: dict[str, Any] = schema.get("tagging") or {}
    return found
