"""The deployment command meets a stack in any state: it goes on, begins anew, or says in one sentence what helps."""

import json
import re

import pytest

from tests.tools.played_cloudformation import PlayedCloudFormation, statuses, words_of_the_cli
from tools.stack import stacks
from tools.stack.stack_states import STATES, STOP
from tools.stack.stacks import StackError

NAME, REGION = "tanggap-trial", "ap-southeast-3"
AT_ONCE = {"Delay": 0, "MaxAttempts": 5}
TEMPLATE = json.dumps({"Parameters": {"Stage": {}, "SiteUrl": {}, "CodeKey": {}}})
# By the state in which the stack is found: the changes that are made, or the words after `aws cloudformation`.
ANSWERS = {
    "CREATE_COMPLETE": ["UpdateStack"],
    "UPDATE_COMPLETE": ["UpdateStack"],
    "UPDATE_ROLLBACK_COMPLETE": ["UpdateStack"],
    "IMPORT_COMPLETE": ["UpdateStack"],
    "IMPORT_ROLLBACK_COMPLETE": ["UpdateStack"],
    "DELETE_COMPLETE": ["CreateStack"],
    "ROLLBACK_COMPLETE": ["DeleteStack", "CreateStack"],
    "REVIEW_IN_PROGRESS": ["DeleteStack", "CreateStack"],
    "CREATE_IN_PROGRESS": "wait stack-create-complete",
    "ROLLBACK_IN_PROGRESS": "describe-stacks --query Stacks[0].StackStatus",
    "DELETE_IN_PROGRESS": "wait stack-delete-complete",
    "UPDATE_IN_PROGRESS": "wait stack-update-complete",
    "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS": "wait stack-update-complete",
    "UPDATE_ROLLBACK_IN_PROGRESS": "wait stack-rollback-complete",
    "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS": "wait stack-rollback-complete",
    "IMPORT_IN_PROGRESS": "wait stack-import-complete",
    "IMPORT_ROLLBACK_IN_PROGRESS": "describe-stacks --query Stacks[0].StackStatus",
    "CREATE_FAILED": "delete-stack",
    "ROLLBACK_FAILED": "delete-stack",
    "DELETE_FAILED": "delete-stack --retain-resources Bucket",
    "UPDATE_FAILED": "rollback-stack",
    "UPDATE_ROLLBACK_FAILED": "continue-update-rollback",
    "IMPORT_ROLLBACK_FAILED": "describe-stack-events",
}


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> PlayedCloudFormation:
    played = PlayedCloudFormation()
    monkeypatch.setattr(stacks.boto3, "client", lambda service, region_name: played.client)
    return played


def apply(**parameters: str) -> dict[str, str]:
    return stacks.apply(NAME, REGION, parameters=parameters, body=TEMPLATE, patience=AT_ONCE)


def test_every_state_of_the_api_has_its_answer() -> None:
    assert set(ANSWERS) == statuses()
    assert set(STATES) == statuses() - {"DELETE_COMPLETE"}


@pytest.mark.parametrize("status", [status for status, answer in ANSWERS.items() if isinstance(answer, list)])
def test_a_stack_is_made_brought_up_to_date_or_begun_anew(cloud: PlayedCloudFormation, status: str) -> None:
    cloud.stand(NAME, status, Stage="trial")

    apply(CodeKey="new")

    assert cloud.calls == ANSWERS[status]
    assert cloud.stacks[NAME].status in ("CREATE_COMPLETE", "UPDATE_COMPLETE")


@pytest.mark.parametrize("status", [status for status, answer in ANSWERS.items() if isinstance(answer, str)])
def test_a_stack_that_cannot_be_changed_is_told_with_the_command_that_helps(
    cloud: PlayedCloudFormation, status: str
) -> None:
    cloud.stand(NAME, status).failed = {"Bucket": "DELETE_FAILED", "Table": "UPDATE_COMPLETE"}

    with pytest.raises(StackError) as told:
        apply(CodeKey="new")

    command = f"aws cloudformation {ANSWERS[status]} --stack-name {NAME} --region {REGION}"
    assert str(told.value).startswith(f"{NAME} is {status}: ")
    assert str(told.value).endswith(command)
    assert len(str(told.value).splitlines()) == 1
    assert cloud.calls == []


@pytest.mark.parametrize("status", [status for status, found in STATES.items() if found.then == STOP])
def test_the_command_that_helps_is_one_that_aws_has(status: str) -> None:
    words = re.match(r"(wait )?[a-z-]+", STATES[status].command)
    assert words
    assert words[0] in words_of_the_cli()


def test_a_state_that_aws_adds_later_stops_the_deployment(cloud: PlayedCloudFormation) -> None:
    cloud.stand(NAME, "SOMETHING_NEW")

    with pytest.raises(StackError, match="SOMETHING_NEW: this command does not know that state"):
        apply(CodeKey="new")


def test_a_first_deployment_that_failed_is_told_and_may_be_repeated(cloud: PlayedCloudFormation) -> None:
    cloud.breaks["CreateStack"] = (["CREATE_IN_PROGRESS", "ROLLBACK_IN_PROGRESS", "ROLLBACK_COMPLETE"], "Relay")

    with pytest.raises(StackError) as told:
        apply(Stage="trial")
    apply(Stage="trial")

    assert "Relay: Relay says no" in str(told.value)
    assert "begins anew" in str(told.value)
    assert cloud.calls == ["CreateStack", "DeleteStack", "CreateStack"]
    assert cloud.stacks[NAME].status == "CREATE_COMPLETE"


def test_a_failed_update_is_told_without_the_failures_of_former_ones(cloud: PlayedCloudFormation) -> None:
    rolled_back = ["UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE"]
    cloud.stand(NAME, "CREATE_COMPLETE", Stage="trial")
    for broken in ("Relay", "Bucket"):
        cloud.breaks["UpdateStack"] = (rolled_back, broken)
        with pytest.raises(StackError) as told:
            apply(CodeKey=broken)

    assert "Bucket says no" in str(told.value)
    assert "Relay" not in str(told.value)
    assert "stands as it did before" in str(told.value)


def test_an_update_that_cannot_even_be_rolled_back_names_the_way_out(cloud: PlayedCloudFormation) -> None:
    cloud.stand(NAME, "UPDATE_COMPLETE", Stage="trial")
    cloud.breaks["UpdateStack"] = (["UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_FAILED"], "Table")

    with pytest.raises(StackError, match="continue-update-rollback --stack-name tanggap-trial"):
        apply(CodeKey="new")


def test_remains_that_cannot_be_deleted_are_named(cloud: PlayedCloudFormation) -> None:
    cloud.stand(NAME, "ROLLBACK_COMPLETE")
    cloud.breaks["DeleteStack"] = (["DELETE_IN_PROGRESS", "DELETE_FAILED"], "Bucket")

    with pytest.raises(StackError, match="delete-stack --retain-resources Bucket"):
        apply(Stage="trial")
    assert cloud.calls == ["DeleteStack"]


def test_a_change_that_outlasts_our_patience_is_told_with_how_to_wait_on(cloud: PlayedCloudFormation) -> None:
    cloud.stand(NAME, "UPDATE_COMPLETE", Stage="trial")
    cloud.breaks["UpdateStack"] = (["UPDATE_IN_PROGRESS"] * 20, "")

    with pytest.raises(StackError, match="aws cloudformation wait stack-update-complete"):
        apply(CodeKey="new")


def test_when_nothing_changes_nothing_is_done(cloud: PlayedCloudFormation) -> None:
    cloud.stand(NAME, "UPDATE_COMPLETE", Stage="trial").outputs = {"TableName": "t"}

    assert apply(Stage="trial") == {"TableName": "t"}
    assert cloud.calls == []


def test_what_cloudformation_refuses_is_told_in_its_own_words(cloud: PlayedCloudFormation) -> None:
    cloud.stand(NAME, "UPDATE_COMPLETE")
    cloud.stacks[NAME].ahead = ["UPDATE_IN_PROGRESS"]  # somebody else begins between our look and our call

    with pytest.raises(StackError, match=r"CloudFormation refused: .*is in UPDATE_IN_PROGRESS state"):
        apply(CodeKey="new")


def test_a_parameter_that_is_not_given_stays_as_it_was(cloud: PlayedCloudFormation) -> None:
    cloud.stand(NAME, "UPDATE_COMPLETE", Stage="trial", SiteUrl="https://aduan.example.go.id", CodeKey="old")

    apply(CodeKey="new")

    assert cloud.stacks[NAME].parameters == {
        "Stage": "trial",
        "SiteUrl": "https://aduan.example.go.id",
        "CodeKey": "new",
    }


def test_a_parameter_that_the_template_no_longer_knows_is_let_go(cloud: PlayedCloudFormation) -> None:
    cloud.stand(NAME, "UPDATE_COMPLETE", Stage="trial", Forgotten="x")

    apply(CodeKey="new")

    assert cloud.stacks[NAME].parameters == {"Stage": "trial", "CodeKey": "new"}


def test_a_change_set_that_cannot_be_carried_out_says_why_and_is_not_left_behind(cloud: PlayedCloudFormation) -> None:
    cloud.stand(NAME, "REVIEW_IN_PROGRESS")
    cloud.unavailable = "Resource import is not supported for AWS::Wall"

    with pytest.raises(StackError, match="import is not supported for AWS::Wall"):
        stacks.import_resources(NAME, REGION, body=TEMPLATE, resources=[], parameters={"CodeKey": "new"})

    assert cloud.change_sets == {}


def test_a_change_set_that_cloudformation_refuses_is_told_and_not_left_behind(cloud: PlayedCloudFormation) -> None:
    cloud.stand(NAME, "UPDATE_COMPLETE", Stage="trial")
    cloud.refuses = "Template error: no such resource"

    with pytest.raises(StackError, match="CloudFormation refused: Template error"):
        stacks.apply(
            NAME, REGION, parameters={"CodeKey": "b"}, body=TEMPLATE, patience=AT_ONCE, review=lambda *_: False
        )

    assert (cloud.calls, cloud.change_sets) == ([], {})
