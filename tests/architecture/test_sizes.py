"""Short functions, short modules: what a person can hold in mind."""

import ast
import statistics
from collections import Counter
from pathlib import Path

import pytest

from tools.deployment.package import ROOT

MODULES = sorted((ROOT / "chalicelib").rglob("*.py"))
LINES, ADAPTER_LINES = 250, 300  # an adapter translates field by field
LONGER = {  # with the reason
    "chalicelib/domain/lifecycle.py": 320,  # the one table: cutting it would make two
}
FUNCTION, MEDIAN = 40, 8
SOURCES = ("chalicelib", "tools", "local", "bench", "web")
NOT_OURS = {"vendor", "build", "generated", "__pycache__"}
ROOM = 20  # modules that a reader finds their way among
FULLER = {  # what these folders hold; they may shrink, never grow
    "chalicelib/domain": 29,
    "chalicelib/entrypoints": 27,
    "web/static/js": 76,
    "web/static/js/console": 63,
}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> list[tuple[str, int]]:
    """Name and lines of every function, its docstring left out."""
    found = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return [(f"{name_of(path)}:{node.name}", _lines(node)) for node in found]


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    whole = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is None:
        return whole
    return whole - ((first.end_lineno or first.lineno) - first.lineno + 1)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    most = LONGER.get(name_of(path), ADAPTER_LINES if "adapters" in path.parts else LINES)
    assert len(path.read_text(encoding="utf-8").splitlines()) <= most


def test_the_application_only_composes() -> None:
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) <= 40


def test_no_function_is_long() -> None:
    assert [named for path in MODULES for named in functions(path) if named[1] > FUNCTION] == []


def test_half_of_all_functions_are_very_short() -> None:
    assert statistics.median(lines for path in MODULES for _, lines in functions(path)) <= MEDIAN


def modules_by_folder() -> dict[str, int]:
    """How many modules of Python or JavaScript each folder holds, those below it left out."""
    found = (path for top in SOURCES for path in (ROOT / top).rglob("*") if path.suffix in (".py", ".js"))
    ours = (path for path in found if path.name != "__init__.py" and not NOT_OURS & set(path.parts))
    return Counter(name_of(path.parent) for path in ours)


def test_no_folder_holds_more_modules_than_a_reader_can_overlook() -> None:
    held = modules_by_folder()
    assert {name: count for name, count in held.items() if count > FULLER.get(name, ROOM)} == {}


def test_a_folder_that_has_room_again_leaves_the_table_of_fuller_ones() -> None:
    held = modules_by_folder()
    assert [name for name in FULLER if held.get(name, 0) <= ROOM] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_what_it_promises(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not source.strip() or ast.get_docstring(ast.parse(source))


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "services", "models", "manager"])
def test_no_module_is_named_for_nothing(name: str) -> None:
    assert [path for path in MODULES if name in (path.stem, path.parent.name)] == []
