"""A verb stands in the table and in `domain/actions`, and nowhere else; what an action brought is typed."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain import conditions, labels, lifecycle
from chalicelib.domain.actions import verbs
from chalicelib.domain.actions.verb import Verb
from chalicelib.domain.case.tasks import Task
from chalicelib.domain.conditions import Condition
from chalicelib.domain.lifecycle import BEFORE, ROWS, Row
from chalicelib.domain.needs import WithText
from chalicelib.domain.values import dataclass
from tests.builders import ENGINEER, HOUR, NOW, Life, a_complaint, offered
from tools.deployment.package import ROOT

HOMES = ("domain/actions", "domain/lifecycle.py", "domain/labels.py", "domain/reasons.py")
SOURCES = [
    path
    for path in sorted((ROOT / "chalicelib").rglob("*.py"))
    if not str(path.relative_to(ROOT / "chalicelib")).startswith(HOMES)
]
BROUGHT = ("needs", "given", "particulars")


def compared(tree: ast.AST) -> Iterator[str]:
    """The texts that a module compares something with, looks for in a tuple, or matches."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            for side in (node.left, *node.comparators):
                yield from (n.value for n in ast.walk(side) if isinstance(n, ast.Constant) and isinstance(n.value, str))
        if isinstance(node, ast.MatchValue) and isinstance(node.value, ast.Constant):
            yield str(node.value.value)


def looked_up(tree: ast.AST) -> Iterator[str]:
    """Look-ups by a string key in what an action brought."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            owner, key = node.value, node.slice.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
            owner, key = node.func.value, getattr(node.args[0], "value", None) if node.args else None
        else:
            continue
        if isinstance(key, str) and _last_name(owner) in BROUGHT:
            yield ast.unparse(node)


def _last_name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_compares_an_actions_name(path: Path) -> None:
    assert set(compared(ast.parse(path.read_text(encoding="utf-8")))).isdisjoint(ROWS)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_an_action_brought_is_not_looked_up_by_a_string(path: Path) -> None:
    assert list(looked_up(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "source", ['event.action == "refuse"', 'action in ("withdraw", "merge")', 'match action:\n    case "ask": pass']
)
def test_the_look_at_names_sees_a_comparison(source: str) -> None:
    assert set(compared(ast.parse(source))) & set(ROWS)


@pytest.mark.parametrize("source", ['situation.needs["unit"]', 'given.get("unit")'])
def test_the_look_at_keys_sees_a_look_up(source: str) -> None:
    assert list(looked_up(ast.parse(source)))


def test_every_action_has_its_verb_its_label_and_known_conditions() -> None:
    assert set(verbs.VERBS) == set(ROWS) - {"lodge"}
    assert set(labels.ACTION) == set(ROWS)
    assert {name for row in ROWS.values() for name in row.when} <= set(conditions.CONDITIONS)


# A toy action: paint a case that waits for its paint, with a condition, a task and a pause.


@dataclass(frozen=True)
class Paint(WithText):
    colour: str = ""


def _paint_task(changed: Any, situation: Any) -> tuple[Task, ...]:
    return (Task("look", "P1", changed.number, "DBM", situation.now + HOUR, facts={"colour": situation.needs.colour}),)


PAINT = Row(
    "paint", ("in_progress",), "needs_info", ("holder",), ("colour", "text?"),
    when=("not_painted",), pauses=("resolution", "rework"), starts=("answer",), built=True,
)  # fmt: skip
DRY = Row("dry", ("needs_info",), BEFORE, ("holder",), stops=("answer",), resumes=("resolution", "rework"), built=True)


@pytest.fixture
def paint(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table, one module of verbs, one condition and one line of texts: nothing else is touched."""
    rows = {"paint": PAINT, "dry": DRY}
    for name, value in rows.items():
        monkeypatch.setitem(lifecycle.ROWS, name, value)
    monkeypatch.setattr(conditions, "TABLE", (*lifecycle.TABLE, *rows.values()))
    monkeypatch.setitem(verbs.VERBS, "paint", Verb(Paint, tasks=_paint_task))
    monkeypatch.setitem(verbs.VERBS, "dry", Verb(WithText))
    unpainted = Condition(lambda complaint, _held, _now: "painted" not in complaint.summary.flags, "not painted yet")
    monkeypatch.setitem(conditions.CONDITIONS, "not_painted", unpainted)


@pytest.mark.usefixtures("paint")
def test_a_new_action_with_a_condition_a_task_and_a_pause_needs_no_other_module() -> None:
    life = Life(a_complaint("in_progress"), [], NOW + HOUR)
    due = life.complaint.clocks["resolution"].due_at

    life.does(ENGINEER, "paint", colour="hijau")
    (task,) = life.decisions[-1].tasks

    assert (life.complaint.status, life.states()["resolution"]) == ("needs_info", "paused")
    assert (task.queue, task.facts) == ("DBM", {"colour": "hijau"})

    life.passes(hours=5).does(ENGINEER, "dry")

    assert life.complaint.status == "in_progress"
    assert life.complaint.clocks["resolution"].due_at == due + timedelta(hours=5)


@pytest.mark.usefixtures("paint")
def test_a_new_action_is_offered_while_its_condition_holds() -> None:
    case = a_complaint("in_progress")
    painted = replace(case, summary=replace(case.summary, flags=("painted",)))

    assert "paint" in offered(case, ENGINEER)
    assert "paint" not in offered(painted, ENGINEER)
