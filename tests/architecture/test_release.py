"""How a new version of the API takes over: nothing of it runs on one machine, so what it promises is asked here."""

import json
from typing import Any

import pytest

from tools.infra import template_live

Json = dict[str, Any]


def uris(resources: Json) -> list[Json]:
    paths = resources["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    methods = [method for path in paths.values() for method in path.values()]
    integrations = [method["x-amazon-apigateway-integration"] for method in methods]
    return [found["uri"] for found in integrations if found["type"] == "aws_proxy"]


def test_every_route_leads_to_the_alias_and_may_call_it(resources: Json) -> None:
    target = {"Fn::If": ["HasEdge", {"Ref": "ApiLive"}, {"Fn::GetAtt": ["APIHandler", "Arn"]}]}

    found = uris(resources)

    assert len(found) > 40
    assert all(uri["Fn::Sub"][1] == {"Target": target} for uri in found)
    assert resources["APIHandlerInvokePermission"]["Properties"]["FunctionName"] == target
    assert resources["ApiLive"]["Properties"]["FunctionVersion"] == {"Fn::GetAtt": ["ApiVersion", "Version"]}


def test_a_release_has_a_version_of_its_own_that_stays(template: Json) -> None:
    text = json.dumps(template)

    released, name = template_live.released(text, {"CodeKey": "a"})

    made = json.loads(released)["Resources"]
    assert template_live.VERSION not in made
    assert made[f"ApiVersion{name}"]["DeletionPolicy"] == "Retain"
    assert made["ApiLive"]["Properties"]["FunctionVersion"] == {"Fn::GetAtt": [f"ApiVersion{name}", "Version"]}


ANOTHER = {
    "new code": {"CodeKey": "b"},
    "new layers": {"DependencyLayers": "b"},
    "a setting that functions read": {"MailSender": "b"},
    "another commit": {"Version": "b"},
}
THE_SAME = {
    "a parameter as the template has it": {"Edge": "true"},
    "the way in which calls move": {"Canary": "false"},
    "the name of the last release": {"Release": "b"},
}


@pytest.mark.parametrize("kind", ANOTHER)
def test_whatever_a_function_is_made_of_makes_a_release(kind: str, template: Json) -> None:
    text, given = json.dumps(template), {"CodeKey": "a"}
    assert template_live.released(text, given)[1] != template_live.released(text, given | ANOTHER[kind])[1]


@pytest.mark.parametrize("kind", THE_SAME)
def test_what_changes_no_function_makes_none(kind: str, template: Json) -> None:
    text, given = json.dumps(template), {"CodeKey": "a"}
    assert template_live.released(text, given)[1] == template_live.released(text, given | THE_SAME[kind])[1]


def test_a_function_knows_its_release_since_lambda_makes_no_version_of_what_is_the_same(functions: Json) -> None:
    assert functions["APIHandler"]["Environment"]["Variables"]["RELEASE"] == {"Ref": "Release"}


def test_a_new_version_gets_a_share_first_and_goes_back_when_an_alarm_rings(resources: Json) -> None:
    group, moves = resources["ApiCanary"]["Properties"], resources["ApiLive"]["UpdatePolicy"]
    asked = group["AlarmConfiguration"]

    assert moves == {
        "CodeDeployLambdaAliasUpdate": {
            "ApplicationName": {"Ref": "ApiReleases"},
            "DeploymentGroupName": {"Ref": "ApiCanary"},
        }
    }
    share, at_once = group["DeploymentConfigName"]["Fn::If"][1:]
    assert (share, at_once) == (
        "CodeDeployDefault.LambdaCanary10Percent10Minutes",
        "CodeDeployDefault.LambdaAllAtOnce",
    )
    assert asked["Enabled"] == {"Fn::If": ["HasCanary", True, False]}
    assert "DEPLOYMENT_STOP_ON_ALARM" in group["AutoRollbackConfiguration"]["Events"]
    assert resources["ApiReleases"]["Properties"]["ComputePlatform"] == "Lambda"


def test_alarms_ring_within_the_share_that_a_faulty_version_gets(resources: Json) -> None:
    named = [alarm["Name"]["Ref"] for alarm in resources["ApiCanary"]["Properties"]["AlarmConfiguration"]["Alarms"]]
    alarms = [resources[name]["Properties"] for name in named]

    assert all(alarm["Period"] * alarm["EvaluationPeriods"] <= 600 for alarm in alarms)  # seconds of the share
    (errors,) = (alarm for alarm in alarms if alarm["MetricName"] == "Errors")
    assert errors["Threshold"] < 0.1  # a tenth of the calls


def test_who_moves_calls_may_move_this_alias_alone(resources: Json) -> None:
    role = resources["ApiReleaseRole"]["Properties"]
    (policy,) = role["Policies"]
    by_action = {
        action: statement["Resource"]
        for statement in policy["PolicyDocument"]["Statement"]
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
    }

    assert by_action.pop("cloudwatch:DescribeAlarms") == "*"
    assert set(map(json.dumps, by_action.values())) == {
        json.dumps([{"Fn::GetAtt": ["APIHandler", "Arn"]}, {"Fn::Sub": "${APIHandler.Arn}:live"}])
    }
    assert "ManagedPolicyArns" not in role
