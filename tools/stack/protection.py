"""What guards the stack of production: it is not deleted, and no update replaces or removes what holds data."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3

from tools.stack.change_sets import STATEFUL

ALLOWED = {"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"}
KEPT = {
    "Effect": "Deny",
    "Action": ["Update:Replace", "Update:Delete"],
    "Principal": "*",
    "Resource": "*",
    "Condition": {"StringEquals": {"ResourceType": sorted(STATEFUL)}},
}


def policy(*statements: dict[str, Any]) -> str:
    return json.dumps({"Statement": list(statements)})


def protect(name: str, region: str) -> None:
    """Safe to repeat. It holds for everybody, also for who uses the console."""
    client = boto3.client("cloudformation", region_name=region)
    client.update_termination_protection(StackName=name, EnableTerminationProtection=True)
    client.set_stack_policy(StackName=name, StackPolicyBody=policy(ALLOWED, KEPT))


@contextmanager
def lifted(client: Any, name: str, *, needed: bool) -> Iterator[None]:
    """Takes the stack's policy away for one change whose loss was agreed, and puts it back whatever becomes of that."""
    known = client.get_stack_policy(StackName=name).get("StackPolicyBody") if needed else None
    if not known:
        yield
        return
    client.set_stack_policy(StackName=name, StackPolicyBody=policy(ALLOWED))
    try:
        yield
    finally:
        client.set_stack_policy(StackName=name, StackPolicyBody=known)
