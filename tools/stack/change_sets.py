"""What an update of a stack would do, as CloudFormation plans it, and which of it loses something."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import WaiterError

# What is lost when a resource of this type is replaced or removed: the new one is empty, or has another name.
STATEFUL = {
    "AWS::DynamoDB::Table": "its rows",
    "AWS::S3::Bucket": "its objects",
    "AWS::Cognito::UserPool": "everybody's password",
    "AWS::KMS::Key": "all that it seals",
    "AWS::SecretsManager::Secret": "its value",
    "AWS::SQS::Queue": "what waits in it",
    "AWS::SNS::Topic": "who listens to it",
    "AWS::StepFunctions::StateMachine": "the clocks that run",
    "AWS::Logs::LogGroup": "its lines",
    "AWS::CloudFront::Distribution": "the address that the site's name leads to",
}


@dataclass(frozen=True, slots=True)
class Change:
    """`action`: Add, Modify, Remove, Import or Dynamic. `replacement`: True, False, Conditional or nothing."""

    action: str
    resource: str
    kind: str
    replacement: str = ""

    @property
    def lost(self) -> str:
        """What it may lose, or nothing. Where CloudFormation cannot say (Conditional), we expect the loss."""
        replaced = self.action in ("Modify", "Dynamic") and self.replacement not in ("False", "")
        return STATEFUL.get(self.kind, "") if replaced or self.action == "Remove" else ""

    def __str__(self) -> str:
        replaced = {"True": ", replaced", "Conditional": ", perhaps replaced"}.get(self.replacement, "")
        return f"{self.action.lower():8}{self.resource} ({self.kind}{replaced})"


# Looks at what would happen to a stack; raises StackError when it must not. Answers whether something is lost.
Review = Callable[[str, list[Change]], bool]


class ChangeSetError(Exception):
    """CloudFormation's reason for not making a change set."""


def planned(client: Any, request: dict[str, Any], patience: dict[str, Any]) -> str | None:
    """Id of a change set that can be carried out; None when nothing would change. Raises ChangeSetError."""
    made: str = client.create_change_set(**request)["Id"]
    try:
        client.get_waiter("change_set_create_complete").wait(ChangeSetName=made, WaiterConfig=patience)
    except WaiterError as error:
        reason = str(error.last_response.get("StatusReason", error))
        client.delete_change_set(ChangeSetName=made)
        if is_empty(reason):
            return None
        raise ChangeSetError(reason) from error
    found = client.describe_change_set(ChangeSetName=made)
    if found.get("ExecutionStatus") == "UNAVAILABLE":  # made, and cannot be carried out
        client.delete_change_set(ChangeSetName=made)
        raise ChangeSetError(str(found.get("StatusReason", "it cannot be carried out")))
    return made


def changes(client: Any, change_set: str) -> list[Change]:
    """In the order of CloudFormation."""
    pages = client.get_paginator("describe_change_set").paginate(ChangeSetName=change_set)
    return [
        _change(found["ResourceChange"]) for found in pages.search("Changes") if found and "ResourceChange" in found
    ]


def _change(found: dict[str, Any]) -> Change:
    return Change(found["Action"], found["LogicalResourceId"], found["ResourceType"], found.get("Replacement", ""))


def is_empty(reason: str) -> bool:
    """Whether CloudFormation failed to make a change set only because nothing would change."""
    return "didn't contain changes" in reason or "No updates are to be performed" in reason


def losses(found: Iterable[Change]) -> list[Change]:
    return [change for change in found if change.lost]
