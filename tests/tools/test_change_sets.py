"""Which changes of a change set lose something."""

import pytest

from tools.stack.change_sets import Change

TABLE, ROLE = "AWS::DynamoDB::Table", "AWS::IAM::Role"
LOSES = {
    "a table that is removed": Change("Remove", "T", TABLE),
    "a table that is replaced": Change("Modify", "T", TABLE, "True"),
    "a table that may be replaced": Change("Modify", "T", TABLE, "Conditional"),
    "a table of which nobody can say": Change("Dynamic", "T", TABLE, "Conditional"),
    "a queue that is removed": Change("Remove", "Q", "AWS::SQS::Queue"),
    "a topic that is replaced": Change("Modify", "T", "AWS::SNS::Topic", "True"),
    "a pool that is replaced": Change("Modify", "P", "AWS::Cognito::UserPool", "True"),
}
KEEPS = {
    "a table that is made": Change("Add", "T", TABLE),
    "a table that changes in its place": Change("Modify", "T", TABLE, "False"),
    "a table that comes back under the stack": Change("Import", "T", TABLE),
    "a role that is replaced": Change("Modify", "R", ROLE, "True"),
    "a role that is removed": Change("Remove", "R", ROLE),
    "a former version of the function": Change("Remove", "ApiVersion1", "AWS::Lambda::Version"),
}


@pytest.mark.parametrize("kind", LOSES)
def test_a_loss_is_seen(kind: str) -> None:
    assert LOSES[kind].lost


@pytest.mark.parametrize("kind", KEEPS)
def test_what_loses_nothing_is_not_asked_about(kind: str) -> None:
    assert not KEEPS[kind].lost
