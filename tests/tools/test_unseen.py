"""`make check` fails on what AWS alone would refuse, or would never say: each is broken here on purpose, and the check
is run as make runs it."""

import copy
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

from tools.deployment import services
from tools.deployment.layer_contents import PACKAGE
from tools.deployment.package import ROOT
from tools.infra import unseen
from tools.infra.unseen import Looked

Json = dict[str, Any]


@pytest.fixture(scope="module")
def of_today() -> Looked:
    return unseen.of_this_checkout()


def properties(looked: Looked, name: str) -> Json:
    template = looked.template if name in looked.template["Resources"] else looked.abroad
    found: Json = template["Resources"][name]["Properties"]
    return found


def statement(looked: Looked, function: str, sid: str) -> Json:
    (found,) = [said for said in looked.policies[function]["Statement"] if said["Sid"] == sid]
    chosen: Json = found
    return chosen


def without_the_letters_client(looked: Looked) -> None:
    looked.described = services.called(PACKAGE) - {"sesv2"}


BREAKS: dict[str, tuple[Callable[[Looked], Any], str]] = {
    "a client that the layer lacks": (without_the_letters_client, "client: the layer makes none of sesv2"),
    "an action that IAM does not know": (
        lambda looked: statement(looked, "relay", "Stream")["Action"].append("dynamodb:ListShards"),
        "right: relay: nothing needs dynamodb:ListShards (Stream)",
    ),
    "an action that is called and not allowed": (
        lambda looked: statement(looked, "arm", "Table")["Action"].remove("dynamodb:GetItem"),
        "right: arm: its policy lacks dynamodb:GetItem (Table), which it calls",
    ),
    "an action that nothing needs": (
        lambda looked: statement(looked, "arm", "Table")["Action"].append("dynamodb:DeleteItem"),
        "right: arm: nothing needs dynamodb:DeleteItem (Table)",
    ),
    "an alarm on a metric of another service": (
        lambda looked: properties(looked, "ClocksFailed").update(Namespace="AWS/Lambda"),
        "alarm: ClocksFailed: AWS/Lambda writes no ExecutionsFailed",
    ),
    "an alarm by a dimension that the metric has not": (
        lambda looked: properties(looked, "RelayBehind").update(Dimensions=[{"Name": "Function", "Value": "relay"}]),
        "alarm: RelayBehind: IteratorAge is not written by ['Function']",
    ),
    "an alarm by a name that is spelled out": (
        lambda looked: properties(looked, "RelayBehind").update(
            Dimensions=[{"Name": "FunctionName", "Value": "relay"}]
        ),
        "alarm: RelayBehind: FunctionName names no AWS::Serverless::Function",
    ),
    "an alarm without a rule for missing data": (
        lambda looked: properties(looked, "SweeperSilent").pop("TreatMissingData"),
        "alarm: SweeperSilent: without data it must be breaching",
    ),
    "an alarm of us-east-1": (
        lambda looked: properties(looked, "SiteFaults").update(MetricName="5XXError"),
        "alarm: SiteFaults: AWS/CloudFront writes no 5XXError",
    ),
    "a table that is replaced": (
        lambda looked: properties(looked, "ComplaintsTable").update(TableName="cases"),
        "update: ComplaintsTable: another TableName replaces it, and loses its rows",
    ),
    "a queue under another logical name": (
        lambda looked: looked.template["Resources"].update(Arm=looked.template["Resources"].pop("ArmQueue")),
        "update: ArmQueue (AWS::SQS::Queue) is gone: what waits in it",
    ),
}


@pytest.mark.parametrize("kind", BREAKS)
def test_the_check_fails_on_what_only_aws_would_show(
    kind: str, of_today: Looked, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil, told = BREAKS[kind]
    broken = copy.deepcopy(of_today)
    spoil(broken)
    monkeypatch.setattr(unseen, "of_this_checkout", lambda: broken)

    assert unseen.main([]) == 1

    assert told in capsys.readouterr().err


def test_the_check_is_content_with_this_checkout(of_today: Looked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unseen, "of_this_checkout", lambda: of_today)

    assert unseen.main([]) == 0


def test_every_look_is_broken_here_on_purpose() -> None:
    assert {told.partition(":")[0] for _, told in BREAKS.values()} == unseen.LOOKS.keys()


@pytest.mark.parametrize("command", ["unseen", "policies", "scan"])
def test_make_check_runs_it(command: str) -> None:
    done = subprocess.run(["make", "-n", "check"], cwd=ROOT, capture_output=True, text=True, check=True)

    assert f"python -m tools {command}\n" in done.stdout
