"""CloudFormation stacks: made or brought up to date, and waited for."""

from typing import Any

import boto3
from botocore.exceptions import ClientError, WaiterError

CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]  # roles of ours, and the SAM transform
PATIENCE = {"Delay": 5, "MaxAttempts": 360}  # half an hour: a distribution takes its time


class StackError(Exception):
    """The stack did not get there; what CloudFormation said of each resource."""


def apply(
    name: str,
    region: str,
    *,
    parameters: dict[str, str],
    url: str | None = None,
    body: str | None = None,
    patience: dict[str, Any] = PATIENCE,
) -> dict[str, str]:
    """Outputs of the stack once it is as the template says. Parameters that are not given stay as they were.
    `patience`: how often a waiter asks."""
    client = boto3.client("cloudformation", region_name=region)
    source: dict[str, Any] = {"TemplateURL": url} if url else {"TemplateBody": body}
    exists = _described(client, name) is not None
    given = [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()]
    request = {"StackName": name, "Capabilities": CAPABILITIES, "Parameters": given, **source}
    try:
        _change(client, name, request, exists=exists, patience=patience)
    except WaiterError as error:
        raise StackError(_reasons(client, name)) from error
    return outputs(name, region)


def _change(client: Any, name: str, request: dict[str, Any], *, exists: bool, patience: dict[str, Any]) -> None:
    if not exists:
        client.create_stack(**request)
        client.get_waiter("stack_create_complete").wait(StackName=name, WaiterConfig=patience)
        return
    try:
        client.update_stack(**request | {"Parameters": request["Parameters"] + _as_it_was(client, name, request)})
    except ClientError as error:
        if "No updates are to be performed" in str(error):
            return
        raise
    client.get_waiter("stack_update_complete").wait(StackName=name, WaiterConfig=patience)


def _as_it_was(client: Any, name: str, request: dict[str, Any]) -> list[dict[str, Any]]:
    given = {parameter["ParameterKey"] for parameter in request["Parameters"]}
    stack = _described(client, name) or {}
    known = (parameter["ParameterKey"] for parameter in stack.get("Parameters", []))
    return [{"ParameterKey": key, "UsePreviousValue": True} for key in known if key not in given]


def outputs(name: str, region: str) -> dict[str, str]:
    """Its outputs; nothing when there is no such stack."""
    stack = _described(boto3.client("cloudformation", region_name=region), name) or {}
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}


def _described(client: Any, name: str) -> dict[str, Any] | None:
    try:
        stack: dict[str, Any] = client.describe_stacks(StackName=name)["Stacks"][0]
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        raise
    return stack


def _reasons(client: Any, name: str) -> str:
    events = client.describe_stack_events(StackName=name)["StackEvents"]
    failed = [event for event in events if event["ResourceStatus"].endswith("FAILED")]
    lines = [f"  {event['LogicalResourceId']}: {event.get('ResourceStatusReason', '')}" for event in reversed(failed)]
    return "\n".join([f"{name} could not be brought up to date:", *lines])
