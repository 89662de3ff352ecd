"""`python -m tools calls FILE [--accept]` reads the calls that a local city recorded in FILE (RECORD_CALLS=FILE) while
contracts and journeys ran, and says where they differ from tests/approved/calls.txt. Tests compare that list with the
policies both ways: a call that no statement allows, a right that nothing needs."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from tools.infra import cfn_yaml
from tools.infra.template_functions import role_id

ROOT = Path(__file__).resolve().parents[2]
APPROVED = ROOT / "tests" / "approved" / "calls.txt"
HEAD = """Which statement of its policy lets which call of a function through, as a local city recorded it while
contracts and journeys ran. Written by `python -m tools calls FILE --accept`; read the difference before you commit it.

"""
Json = dict[str, Any]
Call = tuple[str, str, str]  # the function by its policy's name, the statement and its resource, the action
# Calls that Lambda makes with the function's role, and that the emulator makes with none.
BY_LAMBDA = {
    "Logs": {"logs:CreateLogStream", "logs:PutLogEvents"},
    "Queue": {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"},
    "Stream": {"dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream"},
    "Streams": {"dynamodb:ListStreams"},
    "DeadLetters": {"sqs:SendMessage"},
}


def main(arguments: list[str]) -> int:
    """Exit status 1 when a call came up that is not approved. What did not come up is named: no run plays all."""
    parser = argparse.ArgumentParser(prog="python -m tools calls")
    parser.add_argument("file", type=Path, help="what a city wrote")
    parser.add_argument("--accept", action="store_true", help="write it to tests/approved/calls.txt")
    options = parser.parse_args(arguments)
    found = recorded(options.file.read_text())
    if options.accept:
        APPROVED.write_text(text(found))
    new, unseen = found - approved(), approved() - found
    for sign, calls in (("+", new), ("not seen:", unseen)):
        print("".join(f"{sign} {' '.join(call)}\n" for call in sorted(calls)), end="", file=sys.stderr)
    return 1 if new else 0


def recorded(lines: str) -> set[Call]:
    """Calls that a statement of the function's own policy let through; resources have policies too."""
    functions = {role_id(name): name for name in cfn_yaml.read(ROOT / "infra" / "functions.yaml")["functions"]}
    calls = {
        (policy_name(functions[role]), place, action) for role, place, action in map(str.split, lines.splitlines())
    }
    return calls & granted(policies())


def policies() -> dict[str, Json]:
    """Policy documents by their names."""
    files = sorted((ROOT / ".chalice").glob("policy-*.json"))
    return {file.stem.removeprefix("policy-"): json.loads(file.read_text()) for file in files}


def policy_name(function: str) -> str:
    return "api_handler" if function == "APIHandler" else function


def granted(documents: dict[str, Json]) -> set[Call]:
    """Everything that the policies allow, statement by statement and resource by resource."""
    return {
        (name, place, action)
        for name, document in documents.items()
        for statement in document["Statement"]
        if statement["Effect"] == "Allow"
        for place in places(statement)
        for action in statement["Action"]
    }


def places(statement: Json) -> list[str]:
    """The statement's name, with a number for each of its resources where it names several."""
    resources = statement["Resource"]
    several = isinstance(resources, list) and len(resources) > 1
    return [f"{statement['Sid']}[{n}]" for n in range(len(resources))] if several else [statement["Sid"]]


def text(calls: set[Call]) -> str:
    """One call to a line."""
    return HEAD + "".join(f"{function:15} {place:24} {action}\n" for function, place, action in sorted(calls))


def approved(file: Path = APPROVED) -> set[Call]:
    """As the file says."""
    lines = file.read_text().removeprefix(HEAD).splitlines()
    return {(function, place, action) for function, place, action in map(str.split, lines)}
