"""A command of the AWS CLI, read as the CLI reads it: by AWS's own description of the service (botocore's)."""

import json
import subprocess
from dataclasses import dataclass
from functools import cache
from typing import Any

import botocore.session
import jmespath
from botocore import xform_name
from botocore.model import OperationModel, Shape
from botocore.validate import ParamValidator

from tools.deployment.package import ROOT

RENAMED = {"--endpoint": "--notification-endpoint"}  # by the AWS CLI, whose own word it is
GLOBAL = {"--region", "--query", "--output", "--profile"}  # of the AWS CLI, on every command
EVERYWHERE = {"iam"}  # services of no region
NUMBERS = {"integer": int, "long": int, "float": float, "double": float}


class TypedError(Exception):
    """What AWS or its CLI would not take."""


@dataclass(frozen=True)
class Typed:
    """One command. `parameters`: as a client of botocore takes them."""

    service: str
    operation: str
    parameters: dict[str, Any]
    region: str
    query: str


def read(words: list[str]) -> Typed:
    """Those after `aws`. Raises TypedError for what the CLI, or AWS by its own description, would refuse at once."""
    service, operation, given = words[0], words[1], _options(words[2:])
    shape = model(service, operation).input_shape
    members = {_option(name): (name, member) for name, member in (shape.members if shape else {}).items()}
    parameters = dict(_parameter(option, value, members) for option, value in given.items() if option not in GLOBAL)
    if "--region" not in given and service not in EVERYWHERE:
        raise TypedError("no --region: another one may stand in the reader's configuration")
    if shape and (report := ParamValidator().validate(parameters, shape)).has_errors():
        raise TypedError(f"{service} {operation}: {report.generate_report()}")
    query = given.get("--query") or ""
    _parsed(query)
    return Typed(service, operation, parameters, given.get("--region") or "", query)


@cache
def _operations(service: str) -> dict[str, OperationModel]:
    session = botocore.session.get_session()
    if service not in session.get_available_services():
        raise TypedError(f"no service {service}")
    model = session.get_service_model(service)
    return {xform_name(name, "-"): model.operation_model(name) for name in model.operation_names}


def model(service: str, operation: str) -> OperationModel:
    """Raises TypedError for what there is not."""
    if operation not in _operations(service):
        raise TypedError(f"{service} has no {operation}")
    return _operations(service)[operation]


def _option(member: str) -> str:
    name = "--" + xform_name(member, "-")
    return RENAMED.get(name, name)


def _options(words: list[str]) -> dict[str, str | None]:
    """Each option with its value; None where it stands alone."""
    found: dict[str, str | None] = {}
    option = ""
    for word in words:
        if word.startswith("--"):
            option = word
            found[option] = None
        elif not option or found[option] is not None:
            raise TypedError(f"{word} belongs to no option")
        else:
            found[option] = word
    return found


def _parameter(option: str, value: str | None, members: dict[str, tuple[str, Shape]]) -> tuple[str, Any]:
    if value is None:
        plain = option.removeprefix("--no-") if option.startswith("--no-") else option.removeprefix("--")
        name, shape = members.get(f"--{plain}", ("", None))
        if shape is None or shape.type_name != "boolean":
            raise TypedError(f"{option} without a value")
        return name, not option.startswith("--no-")
    if option not in members:
        raise TypedError(f"no option {option}")
    name, shape = members[option]
    return name, _value(shape, value, option)


def _value(shape: Shape, text: str, option: str) -> Any:
    if text.startswith("$("):
        text = _by_the_shell(text)
    if shape.type_name in NUMBERS:
        return NUMBERS[shape.type_name](text)
    if shape.type_name in ("structure", "map", "list"):
        return _from_json(text, option) if text[:1] in "{[" else _shorthand(shape, text)
    if (allowed := getattr(shape, "enum", [])) and text not in allowed:
        raise TypedError(f"{option} is none of {', '.join(allowed)}: {text}")
    return text


def _by_the_shell(text: str) -> str:
    """What a `$(…)` of the reader's own shell says, in the environment that the page has them enter."""
    command = f'. "{ROOT}/.venv/bin/activate"; echo "{text}"'
    return subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True).stdout.strip()


def _from_json(text: str, option: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise TypedError(f"{option} is no JSON: {error}") from error


def _shorthand(shape: Shape, text: str) -> Any:
    """`name=value,name=value`, or a list's one entry."""
    if shape.type_name == "list":
        return text.split(",")
    members = getattr(shape, "members", {})
    pairs = dict(part.split("=", 1) for part in text.split(","))
    return {name: value == "true" if _is_flag(members.get(name)) else value for name, value in pairs.items()}


def _is_flag(shape: Shape | None) -> bool:
    return shape is not None and shape.type_name == "boolean"


def _parsed(query: str) -> None:
    try:
        jmespath.compile(query or "@")
    except jmespath.exceptions.JMESPathError as error:
        raise TypedError(f"--query: {error}") from error
