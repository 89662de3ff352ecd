"""Every alarm can ring: its metric is one that the service writes, under these dimensions, with a rule for the time in
which there is no data."""

import copy
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from tools.deployment.package import ROOT
from tools.infra import cfn_yaml
from tools.infra.alarms import OWN, alarms, faults, metrics_of, of_our_own
from tools.infra.documented_metrics import DOCUMENTED

Json = dict[str, Any]


@pytest.fixture(scope="session")
def abroad() -> Json:
    """The resources of the stack in us-east-1."""
    found: Json = cfn_yaml.read(ROOT / "infra" / "edge-us-east-1.yaml")["Resources"]
    return found


def test_every_alarm_can_ring(resources: Json, abroad: Json) -> None:
    assert faults(resources) == faults(abroad) == []


def test_what_aws_counts_in_us_east_1_alone_is_watched_there(resources: Json, abroad: Json) -> None:
    here, there = (
        {str(m["Namespace"]) for a in alarms(of).values() for m in metrics_of(a)} for of in (resources, abroad)
    )

    assert there == {"AWS/CloudFront", "AWS/WAFV2", "AWS/Lambda"}  # the last of the function that looks from there
    assert not here & {"AWS/CloudFront", "AWS/WAFV2", "AWS/Billing"}


def test_the_dashboard_shows_metrics_that_are_written(resources: Json) -> None:
    body = json.loads(resources["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"])
    queues = {r["Properties"]["QueueName"]["Fn::Sub"] for r in resources.values() if r["Type"] == "AWS::SQS::Queue"}
    shown = set()
    for graph in (widget["properties"] for widget in body["widgets"]):
        for namespace, name, *given in graph["metrics"]:
            pairs = [value for value in given if isinstance(value, str)]
            dimensions = dict(zip(pairs[::2], pairs[1::2], strict=True))
            if namespace == "${AWS::StackName}":
                assert list(of_our_own({"MetricName": name}, resources)) == []
                continue
            assert dimensions.keys() in DOCUMENTED[namespace, name].dimensions, name
            assert graph["stat"] in DOCUMENTED[namespace, name].statistics, name
            shown |= {dimensions["QueueName"]} if "QueueName" in dimensions else set()
    assert shown == queues


def test_a_metric_of_ours_is_written_when_there_is_something_to_say_and_not_paid_for_otherwise(resources: Json) -> None:
    filters = [r["Properties"] for r in resources.values() if r["Type"] == "AWS::Logs::MetricFilter"]

    assert filters
    assert not [made for found in filters for made in found["MetricTransformations"] if "DefaultValue" in made]


def test_a_budget_is_told_to_the_operator_where_one_is_set(abroad: Json) -> None:
    told = abroad["Budget"]["Properties"]["NotificationsWithSubscribers"]

    assert abroad["Budget"]["Condition"] == "HasBudget"
    assert {n["Notification"]["NotificationType"] for n in told} == {"ACTUAL", "FORECASTED"}
    assert {s["Address"]["Ref"] for n in told for s in n["Subscribers"]} == {"OperatorEmail"}


def test_every_alarm_says_when_it_is_over(resources: Json, abroad: Json) -> None:
    for name, alarm in [*alarms(resources).items(), *alarms(abroad).items()]:
        assert alarm["OKActions"] == alarm["AlarmActions"] == [{"Ref": "Operations"}], name


def test_every_alarm_stands_on_the_operators_page(resources: Json, abroad: Json) -> None:
    page = (ROOT / "docs" / "operations.md").read_text().partition("## An alarm rings")[2].partition("### ")[0]
    families = re.findall(r"`(…?[a-z-]+)`", page)
    for alarm in [*alarms(resources).values(), *alarms(abroad).values()]:
        name = alarm["AlarmName"]["Fn::Sub"].removeprefix("${AWS::StackName}-")
        assert any(name == family or name.endswith(family.strip("…")) for family in families), name


def of_another_service(alarm: Json) -> None:
    alarm["Namespace"] = "AWS/Lambda"


def misspelt(alarm: Json) -> None:
    alarm["MetricName"] = "ApproximateNumberOfMessages"


def by_address(alarm: Json) -> None:
    alarm["Dimensions"] = [{"Name": "QueueName", "Value": {"Ref": "ArmDead"}}]


def of_no_queue(alarm: Json) -> None:
    alarm["Dimensions"] = [{"Name": "QueueName", "Value": {"Fn::GetAtt": ["Clocks", "QueueName"]}}]


def without_dimension(alarm: Json) -> None:
    del alarm["Dimensions"]


def by_too_much(alarm: Json) -> None:
    alarm["Dimensions"] = [*alarm["Dimensions"], {"Name": "Region", "Value": "ap-southeast-3"}]


def quiet_heartbeat(alarm: Json) -> None:
    alarm["ComparisonOperator"] = "LessThanThreshold"


def loud_without_data(alarm: Json) -> None:
    alarm["TreatMissingData"] = "breaching"


def sum_of_ages(alarm: Json) -> None:
    alarm |= {"MetricName": "ApproximateAgeOfOldestMessage", "Statistic": "Sum"}


def of_a_line_that_nobody_writes(alarm: Json) -> None:
    alarm |= {"Namespace": OWN, "MetricName": "Nothing"}


@pytest.mark.parametrize(
    "broken",
    [
        of_another_service,
        misspelt,
        by_address,
        of_no_queue,
        without_dimension,
        by_too_much,
        quiet_heartbeat,
        loud_without_data,
        sum_of_ages,
        of_a_line_that_nobody_writes,
    ],
)
def test_an_alarm_that_cannot_ring_is_seen(broken: Callable[[Json], None], resources: Json) -> None:
    changed = copy.deepcopy(resources)
    broken(changed["ArmDeadDepth"]["Properties"])

    assert [fault for fault in faults(changed) if fault.startswith("ArmDeadDepth")]


def test_a_throttled_start_of_an_execution_is_watched_where_step_functions_counts_it(resources: Json) -> None:
    """ExecutionThrottled counts transitions between states; a clock has few of them."""
    watched = json.dumps(alarms(resources)["ClocksThrottled"])

    assert '"ThrottledEvents"' in watched
    assert '"StartExecution"' in watched
