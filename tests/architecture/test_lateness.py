"""Whether a promise is late is decided in one place: no other module compares a clock's due time."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.deployment.package import ROOT

HOME = "domain/clocks.py"
SOURCES = [path for path in sorted((ROOT / "chalicelib").rglob("*.py")) if not str(path).endswith(HOME)]
# due times of no clock, with what they are
OTHERS = dict.fromkeys(("found.due_at", "self.notice.due_at", "notice.due_at"), "of a message: when it is tried again")
ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


def compared(source: str) -> Iterator[str]:
    """The due times whose order a module asks for."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare) and any(isinstance(sign, ORDER) for sign in node.ops):
            for side in (node.left, *node.comparators):
                if isinstance(side, ast.Attribute) and side.attr == "due_at":
                    yield ast.unparse(side)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_decides_by_itself_whether_a_promise_is_late(path: Path) -> None:
    assert [name for name in compared(path.read_text(encoding="utf-8")) if name not in OTHERS] == []


def test_the_look_at_comparisons_sees_one() -> None:
    assert list(compared("late = now > clock.due_at")) == ["clock.due_at"]
