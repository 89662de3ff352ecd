"""CloudFormation as it answers a real client, waiters and paginators included: which call it takes in which state, and
the states that a stack goes through afterwards. Source: the API reference and the user guide's "Stack status codes"."""

import json
from dataclasses import dataclass, field
from typing import Any

import boto3
import botocore.session
from botocore.awsrequest import AWSResponse

UPDATABLE = {
    "CREATE_COMPLETE",
    "UPDATE_COMPLETE",
    "UPDATE_ROLLBACK_COMPLETE",
    "IMPORT_COMPLETE",
    "IMPORT_ROLLBACK_COMPLETE",
}
TAKES = {
    "CreateStack": ["CREATE_IN_PROGRESS", "CREATE_COMPLETE"],
    "UpdateStack": ["UPDATE_IN_PROGRESS", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_COMPLETE"],
    "DeleteStack": ["DELETE_IN_PROGRESS", "DELETE_COMPLETE"],
    "ImportStack": ["IMPORT_IN_PROGRESS", "IMPORT_COMPLETE"],
}


class RefusedError(Exception):
    """Answered to the client with this code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass
class PlayedStack:
    """A stack, the states that it will go through, and the resources that fail on the way."""

    id: str
    status: str
    parameters: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)
    ahead: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)  # logical id → status
    events: list[dict[str, Any]] = field(default_factory=list)  # newest first
    policy: str = ""
    protected: bool = False


class PlayedCloudFormation:
    """One account and region. `calls`: the changes that it took, by name of the operation. `breaks`: the states that
    the next operation of this name goes through instead, and the resource that fails."""

    def __init__(self) -> None:
        self.stacks: dict[str, PlayedStack] = {}
        self.calls: list[str] = []
        self.breaks: dict[str, tuple[list[str], str]] = {}
        self.outputs: dict[str, str] = {}  # of the stacks that are created
        self.declared: tuple[str, ...] = ()  # parameters of the templates that stand at an address
        self.planned: list[dict[str, str]] = []  # what every change set says, beside its parameters
        self.refuses = ""  # why no change set can be made
        self.unavailable = ""  # why none that is made can be carried out
        self.templates: list[dict[str, Any]] = []  # of imports
        self.change_sets: dict[str, dict[str, Any]] = {}
        self.policies: list[str] = []  # of stacks, as an update met them
        self.imported: dict[str, dict[str, Any]] = {}  # what identifies each resource that was imported
        self.tags: dict[str, Any] = {}  # by operation, what the last call of it gave
        self.client = _client()
        events = self.client.meta.events
        events.register("before-parameter-build.cloudformation", lambda params, **_: self._note(params))
        events.register("before-call.cloudformation", lambda model, **_: self._answer(model.name))

    def stand(self, name: str, status: str, **parameters: str) -> PlayedStack:
        """A stack that is there already."""
        self.stacks[name] = PlayedStack(f"arn:aws:cloudformation:x:1:stack/{name}/0", status, dict(parameters))
        return self.stacks[name]

    def _note(self, params: dict[str, Any]) -> None:
        self._params = dict(params)

    def _answer(self, operation: str) -> tuple[AWSResponse, dict[str, Any]]:
        self.tags[operation] = self._params.get("Tags")
        try:
            return _http(200), getattr(self, operation)(**self._params)
        except RefusedError as error:
            return _http(400), {"Error": {"Code": error.code, "Message": str(error)}, "ResponseMetadata": {}}

    def _found(self, name: str) -> PlayedStack:
        known = {stack.id: stack for stack in self.stacks.values()} | {
            n: stack for n, stack in self.stacks.items() if stack.status != "DELETE_COMPLETE"
        }
        if name not in known:
            raise RefusedError("ValidationError", f"Stack with id {name} does not exist")
        return known[name]

    def _change(self, operation: str, stack: PlayedStack, token: str) -> dict[str, Any]:
        self.calls.append(operation)
        ahead, broken = self.breaks.pop(operation, (TAKES[operation], ""))
        stack.status, *stack.ahead = ahead
        if broken:
            status = f"{operation.removesuffix('Stack').upper()}_FAILED"
            stack.failed[broken] = status
            event = {"LogicalResourceId": broken, "ResourceStatus": status, "ResourceStatusReason": f"{broken} says no"}
            stack.events.insert(0, {**event, "ClientRequestToken": token})
        return {"StackId": stack.id}

    def DescribeStacks(self, StackName: str = "") -> dict[str, Any]:  # noqa: N802, N803  # AWS's names, here and below
        if not StackName:
            there = [name for name, stack in self.stacks.items() if stack.status != "DELETE_COMPLETE"]
            return {"Stacks": [{"StackName": name} for name in there]}
        stack = self._found(StackName)
        answer = {
            "StackId": stack.id,
            "StackStatus": stack.status,
            "Parameters": [{"ParameterKey": k, "ParameterValue": v} for k, v in stack.parameters.items()],
            "Outputs": [{"OutputKey": k, "OutputValue": v} for k, v in stack.outputs.items()],
        }
        if stack.ahead:
            stack.status = stack.ahead.pop(0)
        return {"Stacks": [answer]}

    def CreateStack(self, StackName: str, Parameters: Any, ClientRequestToken: str, **_: Any) -> Any:  # noqa: N802, N803
        if StackName in self.stacks and self.stacks[StackName].status != "DELETE_COMPLETE":
            raise RefusedError("AlreadyExistsException", f"Stack [{StackName}] already exists")
        stack = self.stand(StackName, "CREATE_IN_PROGRESS", **_values(Parameters, {}))
        stack.outputs = dict(self.outputs)
        return self._change("CreateStack", stack, ClientRequestToken)

    def UpdateStack(self, StackName: str, Parameters: Any, ClientRequestToken: str, **_: Any) -> Any:  # noqa: N802, N803
        stack = self._found(StackName)
        if stack.status not in UPDATABLE:
            raise RefusedError(
                "ValidationError", f"Stack:{stack.id} is in {stack.status} state and can not be updated."
            )
        values = _values(Parameters, stack.parameters)
        if values == stack.parameters and "UpdateStack" not in self.breaks:
            raise RefusedError("ValidationError", "No updates are to be performed.")
        if "UpdateStack" not in self.breaks:
            stack.parameters = values
        return self._change("UpdateStack", stack, ClientRequestToken)

    def CreateChangeSet(self, StackName: str, Parameters: Any, ChangeSetName: str, **more: Any) -> Any:  # noqa: N802, N803
        if more["ChangeSetType"] == "IMPORT":
            if more.get("Tags"):
                raise RefusedError(
                    "ValidationError", "As part of the import operation, you cannot modify or add [Tags]"
                )
            self.stand(StackName, "REVIEW_IN_PROGRESS")
            self.imported = {r["LogicalResourceId"]: r["ResourceIdentifier"] for r in more["ResourcesToImport"]}
            self.templates.append(json.loads(more["TemplateBody"]))
        before = self._found(StackName).parameters
        changed = _values(Parameters, before) != before or bool(self.planned)
        reason = self.refuses or ("" if changed else "The submitted information didn't contain changes.")
        status = "FAILED" if reason else "CREATE_COMPLETE"
        self.change_sets[ChangeSetName] = {"StackName": StackName, "Parameters": Parameters, "is": (status, reason)}
        return {"Id": ChangeSetName, "StackId": StackName}

    def DescribeChangeSet(self, ChangeSetName: str, **_: Any) -> dict[str, Any]:  # noqa: N802, N803
        status, reason = self.change_sets[ChangeSetName]["is"]
        changes = [{"Type": "Resource", "ResourceChange": change} for change in self.planned]
        executable = {"ExecutionStatus": "UNAVAILABLE" if self.unavailable else "AVAILABLE"}
        return {"Status": status, "StatusReason": reason or self.unavailable, "Changes": changes, **executable}

    def ExecuteChangeSet(self, ChangeSetName: str, ClientRequestToken: str) -> dict[str, Any]:  # noqa: N802, N803
        made = self.change_sets.pop(ChangeSetName)
        stack = self._found(made["StackName"])
        self.policies.append(stack.policy)
        operation = "ImportStack" if stack.status == "REVIEW_IN_PROGRESS" else "UpdateStack"
        if operation not in self.breaks:
            stack.parameters = _values(made["Parameters"], stack.parameters)
        return self._change(operation, stack, ClientRequestToken)

    def DeleteChangeSet(self, ChangeSetName: str) -> dict[str, Any]:  # noqa: N802, N803
        del self.change_sets[ChangeSetName]
        return {}

    def GetStackPolicy(self, StackName: str) -> dict[str, Any]:  # noqa: N802, N803
        policy = self._found(StackName).policy
        return {"StackPolicyBody": policy} if policy else {}

    def SetStackPolicy(self, StackName: str, StackPolicyBody: str) -> dict[str, Any]:  # noqa: N802, N803
        self._found(StackName).policy = StackPolicyBody
        return {}

    def UpdateTerminationProtection(self, StackName: str, EnableTerminationProtection: bool) -> Any:  # noqa: N802, N803
        self._found(StackName).protected = EnableTerminationProtection
        return {"StackId": StackName}

    def DeleteStack(self, StackName: str) -> dict[str, Any]:  # noqa: N802, N803
        self._change("DeleteStack", self._found(StackName), "")
        return {}

    def DescribeStackEvents(self, StackName: str) -> dict[str, Any]:  # noqa: N802, N803
        return {"StackEvents": self._found(StackName).events}

    def ListStackResources(self, StackName: str) -> dict[str, Any]:  # noqa: N802, N803
        found = self._found(StackName).failed
        return {"StackResourceSummaries": [{"LogicalResourceId": k, "ResourceStatus": v} for k, v in found.items()]}

    def GetTemplateSummary(self, TemplateBody: str = "", TemplateURL: str = "", StackName: str = "") -> dict[str, Any]:  # noqa: N802, N803
        declared = self.declared if TemplateURL or StackName else json.loads(TemplateBody)["Parameters"]
        return {"Parameters": [{"ParameterKey": name} for name in declared]}


def _values(given: list[dict[str, Any]], before: dict[str, str]) -> dict[str, str]:
    """Values by name. What is to stay as it was must have been something."""
    values = {}
    for parameter in given:
        key = parameter["ParameterKey"]
        if parameter.get("UsePreviousValue") and key not in before:
            raise RefusedError(
                "ValidationError", f"Invalid input for parameter key {key}. Cannot specify usePreviousValue"
            )
        values[key] = before[key] if parameter.get("UsePreviousValue") else parameter["ParameterValue"]
    return values


def _client() -> Any:
    keys = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
    return boto3.client("cloudformation", region_name="ap-southeast-3", **keys)


def _http(status: int) -> AWSResponse:
    return AWSResponse("https://cloudformation", status, {}, None)


def statuses() -> set[str]:
    """Every status of a stack that the API knows."""
    model = botocore.session.get_session().get_service_model("cloudformation")
    return set(model.shape_for("StackStatus").enum)


def words_of_the_cli() -> set[str]:
    """What may follow `aws cloudformation`: the operations, and the waiters after `wait`."""
    client = _client()
    operations = {name.replace("_", "-") for name in client.meta.method_to_api_mapping}
    return operations | {f"wait {name.replace('_', '-')}" for name in client.waiter_names}
