"""AWS's bill can be read stage by stage: whatever a command makes carries its stage."""

import json
from collections.abc import Callable
from typing import Any

import boto3
import pytest
from moto import mock_aws

from tests.tools.conftest import STACK
from tests.tools.played_cloudformation import PlayedCloudFormation
from tests.tools.test_lost_table import Mappings, complaints, mappings  # noqa: F401  # fixtures
from tools.accounts import units
from tools.deployment import artifacts
from tools.recovery import lost_table
from tools.stack import stacks, tags
from tools.stack.stage import Stage

NAME, REGION = "tanggap-trial", "ap-southeast-3"
BODY = json.dumps({"Parameters": {"CodeKey": {}}})
OURS = [{"Key": "system", "Value": "tanggap"}, {"Key": "stage", "Value": "trial"}]


def an_update(cloud: PlayedCloudFormation) -> None:
    cloud.stand(NAME, "CREATE_COMPLETE")
    stacks.apply(NAME, REGION, parameters={"CodeKey": "new"}, body=BODY, patience={"Delay": 0})


def a_reviewed_update(cloud: PlayedCloudFormation) -> None:
    cloud.stand(NAME, "CREATE_COMPLETE")
    review = lambda name, changes: False  # noqa: E731
    stacks.apply(NAME, REGION, parameters={"CodeKey": "new"}, body=BODY, patience={"Delay": 0}, review=review)


CHANGES: dict[str, Callable[[PlayedCloudFormation], None]] = {
    "CreateStack": lambda _: stacks.apply(NAME, REGION, parameters={}, body=BODY, patience={"Delay": 0}) and None,
    "UpdateStack": an_update,
    "CreateChangeSet": a_reviewed_update,
}


@pytest.mark.parametrize("operation", CHANGES)
def test_every_change_of_a_stack_names_its_stage(operation: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cloud = PlayedCloudFormation()
    monkeypatch.setattr(stacks.boto3, "client", lambda service, region_name: cloud.client)

    CHANGES[operation](cloud)

    assert cloud.tags[operation] == OURS


def test_an_import_names_none_since_cloudformation_refuses_it_then(monkeypatch: pytest.MonkeyPatch) -> None:
    """The deployment after it brings them."""
    cloud = PlayedCloudFormation()
    monkeypatch.setattr(stacks.boto3, "client", lambda service, region_name: cloud.client)

    stacks.import_resources(NAME, REGION, body=BODY, resources=[], parameters={"CodeKey": "new"})

    assert cloud.tags["CreateChangeSet"] is None


def test_the_stack_abroad_is_of_the_same_stage() -> None:
    assert tags.of(f"{NAME}-edge") == tags.of(NAME)


def test_a_units_topic_is_of_its_stage(stage: Stage) -> None:
    assert units.main(["provision", "--stack", STACK]) == 0

    sns = stage.client("sns")
    topic = stage.outputs["UnitTopicPrefix"] + "BIRO_PEM"
    assert sns.list_tags_for_resource(ResourceArn=topic)["Tags"] == tags.listed(tags.of(STACK))


def test_a_table_that_was_made_again_is_of_its_stage(stage: Stage, complaints: Any, mappings: Mappings) -> None:  # noqa: F811
    lost_table.main(["--stack", STACK])

    client = stage.client("dynamodb")
    arn = client.describe_table(TableName=f"{STACK}-complaints")["Table"]["TableArn"]
    assert client.list_tags_of_resource(ResourceArn=arn)["Tags"] == tags.listed(tags.of(STACK))
    assert [mapping.get("Tags") for mapping in mappings.there] == [tags.of(STACK)]


@mock_aws
def test_what_all_stages_share_is_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")

    name = artifacts.bucket(REGION)

    found = boto3.client("s3", region_name=REGION).get_bucket_tagging(Bucket=name)["TagSet"]
    assert found == tags.listed(tags.SYSTEM)
