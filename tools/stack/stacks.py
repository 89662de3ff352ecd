"""CloudFormation stacks: made or brought up to date, from any state that a stack can be in, and waited for."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore.exceptions import ClientError, WaiterError

from tools.stack import change_sets, protection, tags
from tools.stack.change_sets import Review
from tools.stack.stack_states import RENEW, STOP, UPDATE, sentence, state

CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]  # roles of ours, and the SAM transform
PATIENCE = {"Delay": 5, "MaxAttempts": 360}  # half an hour: a distribution takes its time
SAME = {"UsePreviousTemplate": True}
AFTER = {
    UPDATE: "It stands as it did before.",
    RENEW: "Mend the cause and repeat this command: it takes the remains away and begins anew.",
}


class StackError(Exception):
    """The stack did not get there; what CloudFormation said, and what helps."""


def apply(
    name: str,
    region: str,
    *,
    parameters: dict[str, str],
    url: str | None = None,
    body: str | None = None,
    patience: dict[str, Any] | None = None,
    review: Review | None = None,
) -> dict[str, str]:
    """Outputs of the stack once it is as the template says, the one that it has if none is given. Parameters that are
    not given stay as they were. `patience`: how often a waiter asks, if not as PATIENCE says. `review` sees what an
    update would change, and may refuse it; nothing is asked about a new stack. Raises StackError."""
    source: dict[str, Any] = {"TemplateURL": url} if url else {"TemplateBody": body} if body else SAME
    stack = _Stack(name, region, patience or PATIENCE, review)
    with stack.explained():
        stack.bring(source, parameters)
    return outputs(name, region)


def import_resources(
    name: str, region: str, *, body: str, resources: list[dict[str, Any]], parameters: dict[str, str]
) -> None:
    """Makes a stack of resources that are there already, as CreateChangeSet wants them. Raises StackError."""
    stack = _Stack(name, region, PATIENCE)
    with stack.explained():
        stack.take_in(body, resources, parameters)


def delete(name: str, region: str) -> None:
    """Nothing when there is no such stack. Raises StackError."""
    stack = _Stack(name, region, PATIENCE)
    with stack.explained():
        stack.take_away()


def outputs(name: str, region: str) -> dict[str, str]:
    """Its outputs; nothing when there is no such stack."""
    return _outputs(described(boto3.client("cloudformation", region_name=region), name) or {})


def _outputs(stack: dict[str, Any]) -> dict[str, str]:
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}


@dataclass(frozen=True, slots=True)
class Standing:
    """Parameters that a stack was last given, and its outputs; both empty when it has to be created."""

    parameters: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)


def standing(name: str, region: str) -> Standing:
    """Raises StackError when the stack is in a state in which it cannot be changed."""
    stack = _Stack(name, region, PATIENCE)
    found = stack.changeable()
    if found is None or state(found["StackStatus"]).then != UPDATE:
        return Standing()
    given = {parameter["ParameterKey"]: parameter["ParameterValue"] for parameter in found.get("Parameters", [])}
    return Standing(given, _outputs(found))


def described(client: Any, name: str) -> dict[str, Any] | None:
    """As CloudFormation describes it; None when there is none, or it is deleted."""
    try:
        stack: dict[str, Any] = client.describe_stacks(StackName=name)["Stacks"][0]
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        raise
    return None if stack["StackStatus"] == "DELETE_COMPLETE" else stack


class _Stack:
    """One stack, under one change: `token` marks what CloudFormation does for it."""

    def __init__(self, name: str, region: str, patience: dict[str, Any], review: Review | None = None) -> None:
        self._review = review
        self._name = name
        self._region = region
        self._patience = patience
        self._client = boto3.client("cloudformation", region_name=region)
        self._token = f"tanggap-{secrets.token_hex(8)}"

    def bring(self, source: dict[str, Any], given: dict[str, str]) -> None:
        """Creates or updates it, according to its state. Raises StackError where neither can be done."""
        found = self.changeable()
        if found is None:
            return self._create(source, given)
        if state(found["StackStatus"]).then == UPDATE:
            return self._update(source, given, found)
        self._delete(found["StackId"])
        return self._create(source, given)

    def take_in(self, template: str, resources: list[dict[str, Any]], given: dict[str, str]) -> None:
        """A new stack around resources that are there."""
        request = self._request({"TemplateBody": template}) | {"ResourcesToImport": resources}
        made = self._planned(request | {"Parameters": _parameters(given)}, "IMPORT")
        self._client.execute_change_set(ChangeSetName=made, ClientRequestToken=self._token)
        self._wait("stack_import_complete", self._name)

    def take_away(self) -> None:
        """Whatever state it is in, as far as CloudFormation lets go of it."""
        if found := described(self._client, self._name):
            self._delete(found["StackId"])

    def changeable(self) -> dict[str, Any] | None:
        """As it is described, None when there is none. Raises StackError in a state in which it cannot be changed."""
        found = described(self._client, self._name)
        if found and state(found["StackStatus"]).then == STOP:
            raise StackError(self._sentence(found["StackStatus"]))
        return found

    def _create(self, source: dict[str, Any], given: dict[str, str]) -> None:
        self._client.create_stack(**self._request(source), Parameters=_parameters(given))
        self._wait("stack_create_complete", self._name)

    def _update(self, source: dict[str, Any], given: dict[str, str], found: dict[str, Any]) -> None:
        kept = self._kept(source, found) - set(given)
        as_before = [{"ParameterKey": key, "UsePreviousValue": True} for key in sorted(kept)]
        request = self._request(source) | {"Parameters": _parameters(given) + as_before}
        if self._review:
            return self._reviewed(request, self._review)
        try:
            self._client.update_stack(**request)
        except ClientError as error:
            if change_sets.is_empty(str(error)):
                return None
            raise
        return self._wait("stack_update_complete", self._name)

    def _reviewed(self, request: dict[str, Any], review: Review) -> None:
        """The same update as a change set, which is looked at before it is carried out."""
        made = self._planned(request)
        if made is None:
            return
        try:
            loses = review(self._name, change_sets.changes(self._client, made))
        except BaseException:
            self._client.delete_change_set(ChangeSetName=made)
            raise
        with protection.lifted(self._client, self._name, needed=loses):
            self._client.execute_change_set(ChangeSetName=made, ClientRequestToken=self._token)
            self._wait("stack_update_complete", self._name)

    def _planned(self, request: dict[str, Any], kind: str = "UPDATE") -> str | None:
        """Id of the change set; None when nothing would change."""
        left_out = {"ClientRequestToken", *(["Tags"] if kind == "IMPORT" else [])}  # an import takes no new tags
        words = {key: value for key, value in request.items() if key not in left_out}
        words |= {"ChangeSetName": self._token, "ChangeSetType": kind}
        try:
            return change_sets.planned(self._client, words, self._patience)
        except change_sets.ChangeSetError as error:
            raise StackError(f"{self._name}: CloudFormation refused: {error}") from error

    def _kept(self, source: dict[str, Any], found: dict[str, Any]) -> set[str]:
        """Parameters that the stack has and the template still knows."""
        asked = {"StackName": self._name} if source is SAME else source
        summary = self._client.get_template_summary(**asked)
        declared = {parameter["ParameterKey"] for parameter in summary.get("Parameters", [])}
        return declared & {parameter["ParameterKey"] for parameter in found.get("Parameters", [])}

    def _delete(self, stack_id: str) -> None:
        self._client.delete_stack(StackName=stack_id)
        self._wait("stack_delete_complete", stack_id)

    def _request(self, source: dict[str, Any]) -> dict[str, Any]:
        return {
            "StackName": self._name,
            "Capabilities": CAPABILITIES,
            "ClientRequestToken": self._token,
            "Tags": tags.listed(tags.of(self._name)),
            **source,
        }

    def _wait(self, waiter: str, name: str) -> None:
        self._client.get_waiter(waiter).wait(StackName=name, WaiterConfig=self._patience)

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Raises StackError for whatever CloudFormation refused, or did not bring to its end."""
        try:
            yield
        except WaiterError as error:
            raise StackError("\n".join(self._story())) from error
        except ClientError as error:
            raise StackError(f"{self._name}: CloudFormation refused: {error.response['Error']['Message']}") from error

    def _story(self) -> Iterator[str]:
        """What failed, resource by resource, and how it stands now."""
        yield f"{self._name} could not be brought up to date:"
        for event in reversed(self._failures()):
            yield f"  {event['LogicalResourceId']}: {event.get('ResourceStatusReason', '')}"
        found = described(self._client, self._name)
        status = found["StackStatus"] if found else "DELETE_COMPLETE"
        yield AFTER.get(state(status).then) or self._sentence(status)

    def _failures(self) -> list[dict[str, Any]]:
        """Newest first, of this change only: an older one's would mislead."""
        pages = self._client.get_paginator("describe_stack_events").paginate(StackName=self._name)
        return [
            event
            for event in pages.search("StackEvents")
            if event and event.get("ClientRequestToken") == self._token and event["ResourceStatus"].endswith("FAILED")
        ]

    def _sentence(self, status: str) -> str:
        pages = self._client.get_paginator("list_stack_resources").paginate(StackName=self._name)
        failed = [
            resource["LogicalResourceId"]
            for resource in pages.search("StackResourceSummaries")
            if resource and resource["ResourceStatus"].endswith("FAILED")
        ]
        return sentence(self._name, self._region, status, failed)


def _parameters(given: dict[str, str]) -> list[dict[str, Any]]:
    return [{"ParameterKey": key, "ParameterValue": value} for key, value in given.items()]
