"""Layers, and what importing does: nothing. No client, no environment, no network, nothing heavy."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from chalicelib.bootstrap.parts import PARTS
from tools.deployment.package import ROOT

CODE = ROOT / "chalicelib"
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in CODE.rglob("*.py")
    if "tests" not in path.parts
)
HEAVY = ("PIL", "pillow_heif", "pydantic", "boto3", "botocore", "pynamodb", "cryptography", "jwt", "phonenumbers")

# In a process of its own: whoever makes a client or opens a socket while importing is told no.
PROBE = """
import importlib, json, socket, sys
import botocore.session
def forbidden(*_, **__): raise AssertionError("at import")
botocore.session.Session.create_client = socket.socket.connect = socket.create_connection = forbidden
for name in json.loads(sys.argv[1]): importlib.import_module(name)
"""
LOADED = """
import sys, app
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


def python(code: str, *arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Runs code with an environment that holds nothing of ours."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=cwd,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_layers_hold() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([str(linter), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def imported(path: Path) -> set[str]:
    """What a module imports, anywhere in it."""
    tree = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {alias.name for node in tree if isinstance(node, ast.Import) for alias in node.names}
    return plain | {str(node.module) for node in tree if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("path", sorted((CODE / "domain").rglob("*.py")), ids=lambda path: path.stem)
def test_the_domain_imports_itself_and_the_standard_library(path: Path) -> None:
    others = {name for name in imported(path) if not name.startswith("chalicelib.domain")}
    assert {name.split(".")[0] for name in others} <= sys.stdlib_module_names


@pytest.mark.parametrize("path", sorted((CODE / "domain").rglob("*.py")), ids=lambda path: path.stem)
def test_the_domain_asks_no_clock_no_chance_and_no_network(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert imported(path).isdisjoint({"os", "time", "random", "secrets", "uuid", "socket", "urllib.request", "pathlib"})
    assert not re.search(r"\b(datetime\.now|utcnow|today)\(", source)


def test_every_module_imports_in_an_empty_environment_without_a_client_or_a_socket() -> None:
    done = python(PROBE, json.dumps([*MODULES, "app"]))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("module", [name for name in MODULES if name != "chalicelib.settings"])
def test_only_the_settings_read_the_environment(module: str) -> None:
    path = ROOT / Path(*module.split("."))
    source = (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text(encoding="utf-8")
    assert not re.search(r"\bos\.(environ|getenv)\b|from os import .*(environ|getenv)", source)


COMPILED = {
    "domain.values": "it is made of the standard library's",
    "application.clocks.sweeping": "its class is not frozen",
    "application.handling.joining": "its class is not frozen",
    "application.handling.reappointing": "its class is not frozen",
}


@pytest.mark.parametrize("module", [name for name in MODULES if name.partition(".")[2] not in COMPILED])
def test_frozen_classes_are_declared_without_compiling_code(module: str) -> None:
    """`from chalicelib.domain.values import dataclass`: the standard library's costs four million instructions for each
    class, at every cold start."""
    path = ROOT / Path(*module.split("."))
    tree = ast.parse((path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text(encoding="utf-8"))
    taken = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if node.module == "dataclasses"
    }
    assert "dataclass" not in taken


def test_the_root_knows_every_name_of_every_part_by_its_module() -> None:
    """What a part declares and the table does not name would not be found at all."""
    names = {
        part: {
            found.name
            for kind in ast.parse((CODE / "bootstrap" / f"{part.partition('.')[0]}.py").read_text("utf-8")).body
            if isinstance(kind, ast.ClassDef)
            for found in kind.body
            if isinstance(found, ast.FunctionDef)
        }
        for part in PARTS
    }
    modules = {path.stem for path in (CODE / "bootstrap").glob("*.py")}
    assert {part: set(listed.split()) for part, listed in PARTS.items()} == names
    assert modules - {part.partition(".")[0] for part in PARTS} == ROOT_ITSELF


ROOT_ITSELF = {"__init__", "adapters", "parts", "preloading", "chance"}


def test_a_root_that_was_only_made_has_imported_no_part() -> None:
    code = "import sys; from chalicelib.bootstrap import bootstrap; bootstrap(); print(*sys.modules)"
    loaded = set(python(code).stdout.split())
    assert "chalicelib.bootstrap" in loaded
    assert loaded.isdisjoint(f"chalicelib.bootstrap.{part.partition('.')[0]}" for part in PARTS)


@pytest.mark.parametrize("package", HEAVY)
def test_the_api_loads_only_what_a_request_asks_for(package: str) -> None:
    assert package not in python(LOADED).stdout.split()
