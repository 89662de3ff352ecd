"""Secrets are changed while everything goes on: rehearsed with the template's own references, at every moment of every
step, and stopped at each of them."""

import itertools
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from tests.tools.conftest import STACK
from tests.tools.played_cloudformation import PlayedCloudFormation
from tools.accounts import rotation
from tools.deployment.package import ROOT
from tools.infra import cfn_yaml
from tools.stack import stacks
from tools.stack.stage import Stage

Json = dict[str, Any]
REGION = "ap-southeast-3"
NAMED = ["--stack", STACK]
EDGE = cfn_yaml.read(ROOT / "infra" / "edge.yaml")["Resources"]
CONDITIONS = {"HasEdgeVersion": rotation.SENT, "HasEdgeAlsoTaken": rotation.ALSO}


class Edge:
    """A stage with an edge: its stack, its secret, and each state of its parameters that was reached."""

    def __init__(self) -> None:
        self.cloud = PlayedCloudFormation()
        self.cloud.declared = (rotation.SENT, rotation.ALSO, "SiteUrl")
        self.store = boto3.client("secretsmanager", REGION)
        made = self.store.create_secret(Name=f"{STACK}-edge", SecretString="first")
        self.arn, self.first = made["ARN"], made["VersionId"]
        self.intake = self.store.create_secret(Name=f"{STACK}-intake", SecretString="first")["ARN"]
        stand = self.cloud.stand(
            STACK, "UPDATE_COMPLETE", SiteUrl="https://x", **{rotation.SENT: "", rotation.ALSO: ""}
        )
        stand.outputs = {"EdgeSecretId": self.arn, "IntakeSecretId": self.intake}
        self.states = [self.parameters]
        usual = self.cloud.UpdateStack
        self.cloud.UpdateStack = lambda **call: self._kept(usual(**call))  # type: ignore[method-assign]

    def _kept(self, answer: Any) -> Any:
        self.states.append(self.parameters)
        return answer

    @property
    def parameters(self) -> dict[str, str]:
        return dict(self.cloud.stacks[STACK].parameters)

    @property
    def current(self) -> str:
        versions = self.store.describe_secret(SecretId=self.arn)["VersionIdsToStages"]
        return next(version for version, labels in versions.items() if "AWSCURRENT" in labels)

    def sends(self, parameters: dict[str, str]) -> str:
        """The version that the distribution sends; the first one where none is named."""
        origin = EDGE["Distribution"]["Properties"]["DistributionConfig"]["Origins"][1]
        return self._version(origin["OriginCustomHeaders"][0]["HeaderValue"], parameters)

    def takes(self, parameters: dict[str, str]) -> set[str]:
        """The versions that the wall takes."""
        statement = chosen(EDGE["ApiAcl"]["Properties"]["Rules"][0]["Statement"], parameters)
        parts = statement["OrStatement"]["Statements"] if "OrStatement" in statement else [statement]
        return {self._version(part["ByteMatchStatement"]["SearchString"], parameters) for part in parts}

    def _version(self, value: Json, parameters: dict[str, str]) -> str:
        reference = chosen(value, parameters)["Fn::Sub"]
        name = reference.removesuffix("}}}").rpartition("${")[2] if ":SecretString:::" in reference else ""
        return parameters[name] if name else self.first


def chosen(value: Json, parameters: dict[str, str]) -> Json:
    """As CloudFormation resolves Fn::If."""
    while "Fn::If" in value:
        condition, then, other = value["Fn::If"]
        value = then if parameters[CONDITIONS[condition]] else other
    return value


@pytest.fixture
def edge(monkeypatch: pytest.MonkeyPatch) -> Iterator[Edge]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    for name in ("AWS_ENDPOINT_URL", "AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    with mock_aws():
        made = Edge()
        monkeypatch.setattr(stacks.boto3, "client", lambda service, region_name: made.cloud.client)
        monkeypatch.setattr(stacks, "PATIENCE", {"Delay": 0, "MaxAttempts": 5})
        monkeypatch.setattr(Stage, "client", lambda stage, service: made.store)
        yield made


def refused(edge: Edge) -> list[tuple[dict[str, str], dict[str, str]]]:
    """Changes of the stack during which the wall may refuse what the distribution sends: each of the two may have
    changed already, or not yet."""
    return [
        (before, after)
        for before, after in itertools.pairwise(edge.states)
        for sender, wall in itertools.product((before, after), repeat=2)
        if edge.sends(sender) not in edge.takes(wall)
    ]


def rotate(*words: str) -> int:
    return rotation.main(["rotate", *words, *NAMED])


def test_the_edges_secret_changes_without_one_refused_call(edge: Edge) -> None:
    assert rotate("edge") == 0

    assert refused(edge) == []
    assert edge.current != edge.first
    assert (edge.sends(edge.parameters), edge.takes(edge.parameters)) == (edge.current, {edge.current})
    assert len(edge.states) == 1 + 4  # the version gets its name, the wall, the distribution, the wall


def test_it_changes_again_and_again(edge: Edge) -> None:
    for _ in range(3):
        assert rotate("edge") == 0

    assert refused(edge) == []
    assert edge.takes(edge.parameters) == {edge.current}
    assert edge.parameters["SiteUrl"] == "https://x"


@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_a_change_that_failed_at_any_step_goes_on_when_it_is_repeated(edge: Edge, step: int) -> None:
    usual = edge.cloud.UpdateStack
    calls = itertools.count(1)

    def breaks(**call: Any) -> Any:
        if next(calls) == step:
            edge.cloud.breaks["UpdateStack"] = (["UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE"], "Distribution")
        return usual(**call)

    edge.cloud.UpdateStack = breaks  # type: ignore[method-assign]

    assert [rotate("edge"), rotate("edge")] == [1, 0]

    assert refused(edge) == []
    assert edge.takes(edge.parameters) == {edge.current} == {edge.sends(edge.parameters)}


def test_a_value_that_was_left_before_the_first_step_is_not_lost(edge: Edge) -> None:
    assert rotate("edge") == 0
    former = edge.current
    left = edge.store.put_secret_value(SecretId=edge.arn, SecretString=rotation.fresh("edge"))["VersionId"]

    assert rotate("edge") == 0

    assert edge.takes(edge.parameters) == {left} != {former}
    assert refused(edge) == []


def test_the_rehearsal_sees_a_change_in_one_step(edge: Edge) -> None:
    edge.states += [{**edge.parameters, rotation.SENT: "b" * 36}]

    assert refused(edge)


def test_a_stage_without_edge_is_told_so(edge: Edge, capsys: pytest.CaptureFixture[str]) -> None:
    del edge.cloud.stacks[STACK].outputs["EdgeSecretId"]

    assert rotate("edge") == 1
    assert "no edge" in capsys.readouterr().err


@pytest.mark.parametrize("name", sorted(rotation.LENGTH))
def test_a_new_value_is_as_long_as_the_templates_and_needs_no_quotes(name: str) -> None:
    file = {"edge": "edge", "intake": "data"}[name]
    made = cfn_yaml.read(ROOT / "infra" / f"{file}.yaml")["Resources"][f"{name.capitalize()}Secret"]["Properties"]

    assert len(rotation.fresh(name)) == made["GenerateSecretString"]["PasswordLength"]
    assert rotation.fresh(name).isalnum()
    assert rotation.fresh(name) != rotation.fresh(name)


def test_the_intake_secret_changes_and_the_former_one_is_kept_for_repeated_reports(edge: Edge) -> None:
    assert rotate("intake", "--again") == 0

    former = edge.store.get_secret_value(SecretId=edge.intake, VersionStage="AWSPREVIOUS")
    assert former["SecretString"] == "first"
    assert edge.store.get_secret_value(SecretId=edge.intake)["SecretString"] != "first"


def test_a_second_change_within_a_day_has_to_be_meant(edge: Edge, capsys: pytest.CaptureFixture[str]) -> None:
    assert rotate("intake") == 1

    assert "--again" in capsys.readouterr().err
    assert edge.store.get_secret_value(SecretId=edge.intake)["SecretString"] == "first"
