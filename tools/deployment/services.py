"""The AWS services that the functions call, found in their code. The layer keeps the descriptions of these: botocore
makes no client without one."""

import ast
from collections.abc import Iterator
from pathlib import Path

MAKES_A_CLIENT = {"client", "once", "patient", "paged", "make", "described", "resource", "create_client"}
MAKER = Path("adapters/clients.py")  # makes all clients: alone may pass a service's name on in a variable
# What libraries call for us: PynamoDB, and botocore's own chain of credentials.
BY_LIBRARIES = {"dynamodb", "sts"}


class UnnamedServiceError(Exception):
    """A client is made of a service that cannot be read from the code."""


def called(package: Path) -> set[str]:
    """Names of all services that the package's modules or their libraries call. Raises UnnamedServiceError."""
    return BY_LIBRARIES | {name for path in sorted(package.rglob("*.py")) for name in _named(package, path)}


def _named(package: Path, path: Path) -> Iterator[str]:
    for call in _calls(ast.parse(path.read_text(encoding="utf-8"))):
        service = call.args[0] if call.args else None
        if isinstance(service, ast.Constant) and isinstance(service.value, str):
            yield service.value
        elif path.relative_to(package) != MAKER:
            message = f"{path}:{call.lineno} makes a client: name its service as a text, first"
            raise UnnamedServiceError(message)


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MAKES_A_CLIENT:
            yield node
