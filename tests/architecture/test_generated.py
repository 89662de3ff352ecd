"""What is generated is fresh, and what is approved is what the code says."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from chalicelib.data import reference
from chalicelib.domain import actor, labels, lifecycle
from chalicelib.domain.case.complaint import STATUSES
from tools import generate
from tools.pages import lifecycle_page, matrix


@pytest.mark.parametrize("name", generate.FILES)
def test_a_generated_file_is_fresh(name: str) -> None:
    assert generate.FILES[name]() == (generate.ROOT / name).read_text(encoding="utf-8"), "python -m tools generate"


def test_a_missing_file_is_stale_until_it_is_written(tmp_path: Path) -> None:
    assert generate.stale(tmp_path) == list(generate.FILES)
    generate.write(tmp_path)
    assert generate.stale(tmp_path) == []


def test_the_check_names_a_stale_file_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate, "stale", lambda: ["docs/lifecycle.md"])
    assert generate.main(["--check"]) == 1
    assert "docs/lifecycle.md" in capsys.readouterr().out


def test_the_page_says_in_its_first_line_that_it_is_generated() -> None:
    assert "Generated" in generate.lifecycle_page().splitlines()[0]


def test_the_pages_know_every_status_and_action_of_the_table() -> None:
    known = json.loads((generate.ROOT / "web/generated/lifecycle.json").read_text(encoding="utf-8"))
    assert list(known["statuses"]) == list(STATUSES) == list(labels.STATUS)
    assert list(known["actions"]) == [row.action for row in lifecycle.TABLE] == list(labels.ACTION)


def test_the_diagram_shows_every_built_change_of_status() -> None:
    diagram = lifecycle_page.page().partition("stateDiagram-v2")[2]
    for row in lifecycle.TABLE:
        assert not (row.built and row.to) or row.action in diagram


def test_the_rights_are_the_approved_ones() -> None:
    approved = matrix.APPROVED.read_text(encoding="utf-8")
    assert matrix.difference(approved, matrix.render(reference())) == "", "read it, then make approve-matrix"


def test_the_matrix_asks_every_role() -> None:
    assert {person.actor.role for person in matrix.people()} == {*actor.ROLES, "public"}


def test_a_changed_right_is_a_line_of_the_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    bolder = [replace(row, who=("reporter",)) if row.action == "validate" else row for row in lifecycle.TABLE]
    monkeypatch.setattr(matrix, "TABLE", tuple(bolder))

    changed = matrix.difference(matrix.APPROVED.read_text(encoding="utf-8"), matrix.render(reference()))

    assert "-  validator " in changed
    assert "+  reporter " in changed
