"""What a stack that stands cannot take is found before it is deployed, against the facts of the last release."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tools.deployment.package import ROOT, package
from tools.infra import abroad, cfn_yaml, upgrades

Json = dict[str, Any]
INDEX = {
    "IndexName": "one",
    "KeySchema": [{"AttributeName": "unit", "KeyType": "HASH"}],
    "Projection": {"ProjectionType": "KEYS_ONLY"},
}


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Json:
    read: Json = json.loads(Path(package(ROOT, tmp_path_factory.mktemp("package")).template).read_text())
    return read


def test_a_stack_of_the_last_release_can_be_brought_up_to_this_one(template: Json) -> None:
    now = upgrades.of_both(template, cfn_yaml.read(abroad.FILE))

    assert list(upgrades.faults(upgrades.released(), now)) == []


ABROAD: dict[str, tuple[Callable[[Json], Any], str]] = {
    "a topic with another name": (
        lambda t: properties(t, "Operations").update(TopicName="alarms"),
        "us-east-1: Operations: another TopicName replaces it, and loses who listens to it",
    ),
    "a topic that is gone": (
        lambda t: t["Resources"].pop("Operations"),
        "us-east-1: Operations (AWS::SNS::Topic) is gone: who listens to it with it",
    ),
    "lines under another name": (
        lambda t: properties(t, "EdgeCalls").update(LogGroupName="calls"),
        "us-east-1: EdgeCalls: another LogGroupName replaces it, and loses its lines",
    ),
}


@pytest.mark.parametrize("kind", ABROAD)
def test_what_the_stack_in_us_east_1_cannot_take_is_seen(kind: str, template: Json) -> None:
    spoil, told = ABROAD[kind]
    elsewhere = cfn_yaml.read(abroad.FILE)

    spoil(elsewhere)

    assert list(upgrades.faults(upgrades.released(), upgrades.of_both(template, elsewhere))) == [told]


def properties(template: Json, name: str = "ComplaintsTable") -> Json:
    found: Json = template["Resources"][name]["Properties"]
    return found


def queue_index(template: Json) -> Json:
    found: Json = properties(template)["GlobalSecondaryIndexes"][0]
    return found


def two_more_indexes(template: Json) -> None:
    properties(template)["GlobalSecondaryIndexes"] += [INDEX, INDEX | {"IndexName": "two"}]


def one_for_another(template: Json) -> None:
    properties(template)["GlobalSecondaryIndexes"][1] = INDEX


BREAKS: dict[str, tuple[Callable[[Json], Any], str]] = {
    "a table with another name": (
        lambda t: properties(t).update(TableName="cases"),
        "ComplaintsTable: another TableName replaces it, and loses its rows",
    ),
    "a table that leaves its name to AWS": (lambda t: properties(t).pop("TableName"), "another TableName"),
    "another key schema": (
        lambda t: properties(t)["KeySchema"].pop(),
        "ComplaintsTable: another KeySchema replaces it",
    ),
    "a key of another type": (
        lambda t: properties(t)["AttributeDefinitions"][0].update(AttributeType="B"),
        "the key pk was of the type S and is B",
    ),
    "one more attribute in an index": (
        lambda t: queue_index(t)["Projection"]["NonKeyAttributes"].append("place"),
        "the index queue cannot change",
    ),
    "another projection": (
        lambda t: queue_index(t).update(Projection={"ProjectionType": "ALL"}),
        "the index queue cannot change",
    ),
    "another key of an index": (
        lambda t: queue_index(t)["KeySchema"][1].update(AttributeName="alarm"),
        "the index queue cannot change",
    ),
    "two indexes at once": (two_more_indexes, "one index is made or deleted in an update, not 2"),
    "one index in the place of another": (one_for_another, "one index is made or deleted in an update, not 2"),
    "a table that is gone": (lambda t: t["Resources"].pop("PeopleTable"), "PeopleTable (AWS::DynamoDB::Table) is gone"),
    "a queue under another logical name": (
        lambda t: t["Resources"].update(Arm=t["Resources"].pop("ArmQueue")),
        "ArmQueue (AWS::SQS::Queue) is gone: what waits in it",
    ),
    "a resource of another type": (
        lambda t: t["Resources"]["PhotoBucket"].update(Type="AWS::SQS::Queue"),
        "it is replaced",
    ),
    "a bucket that is no longer kept": (
        lambda t: t["Resources"]["PhotoBucket"].pop("DeletionPolicy"),
        "PhotoBucket is no longer kept",
    ),
    "people whose names count capitals": (
        lambda t: properties(t, "StaffPool").pop("UsernameConfiguration"),
        "StaffPool: another UsernameConfiguration replaces it, and loses everybody's password",
    ),
    "a key for signing": (
        lambda t: properties(t, "ContactKey").update(KeyUsage="SIGN_VERIFY"),
        "ContactKey: another KeyUsage",
    ),
    "a secret with another name": (lambda t: properties(t, "IntakeSecret").update(Name="x"), "loses its value"),
    "a queue with another name": (lambda t: properties(t, "ArmQueue").update(QueueName="x"), "loses what waits in it"),
}


@pytest.mark.parametrize("kind", BREAKS)
def test_what_a_standing_stack_cannot_take_is_seen(kind: str, template: Json) -> None:
    spoil, told = BREAKS[kind]
    now = copy.deepcopy(template)

    spoil(now)

    found = "\n".join(upgrades.faults(upgrades.facts(template), upgrades.facts(now)))
    assert told in found


TAKEN: dict[str, Callable[[Json], Any]] = {
    "one more index": lambda t: properties(t)["GlobalSecondaryIndexes"].append(INDEX),
    "one index less": lambda t: properties(t)["GlobalSecondaryIndexes"].pop(),
    "one more table": lambda t: t["Resources"].update(More=t["Resources"]["PeopleTable"]),
    "the order of an index's attributes": lambda t: queue_index(t)["Projection"]["NonKeyAttributes"].reverse(),
    "more time to wait in a queue": lambda t: properties(t, "ArmQueue").update(VisibilityTimeout=600),
    "a rule of the bucket": lambda t: properties(t, "PhotoBucket").update(LifecycleConfiguration={"Rules": []}),
}


@pytest.mark.parametrize("kind", TAKEN)
def test_what_a_standing_stack_takes_is_no_fault(kind: str, template: Json) -> None:
    now = copy.deepcopy(template)

    TAKEN[kind](now)

    assert list(upgrades.faults(upgrades.facts(template), upgrades.facts(now))) == []


def test_whatever_is_kept_when_the_stack_goes_counts_as_holding_something(template: Json) -> None:
    kept = {name for name, resource in template["Resources"].items() if "Retain" in resource.get("DeletionPolicy", "")}
    nothing_inside = {"ApiAccount", "ApiLogs", "ApiVersion", "ContactKeyAlias"}

    assert kept - nothing_inside <= upgrades.facts(template).keys()
