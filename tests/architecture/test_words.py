"""The repository speaks for itself: whole links, no work left in comments, no path of somebody's machine."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.__main__ import COMMANDS
from tools.deployment.package import ROOT

TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split("\n")
TEXTS = [
    name
    for name in TRACKED
    if name.endswith((".py", ".md", ".js", ".css", ".html", ".json", ".yaml", ".toml", ".txt", ".mk", ".csv", "file"))
    and (ROOT / name).exists()
]
PAGES = [name for name in TEXTS if name.endswith(".md")]
LEFT_OVER = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")) + r")\b")
ELSEWHERE = re.compile("|".join((r"(?<![\w.])/" + "work/", r"\.\./" + "shared", "/root" + "/")))
TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)
MADE = re.compile(r"(?:^|`|=\S+ )make (?:-k )?([a-z][a-z-]*)", re.MULTILINE)
RUN = re.compile(r"python -m tools ([a-z][a-z-]*)")
CODE = [
    name for name in TEXTS if name.endswith(".py") and name.split("/")[0] in ("chalicelib", "tools", "local", "bench")
]
ELLIPTIC = re.compile(r"(?:Of|Those|None (?:for|where)|As for|Again is)\b")
LINK = re.compile(r"""(?:\]\(|src=")(?!https?:|mailto:|#)([^)"#\s]+)""")


@pytest.mark.parametrize("pattern", [LEFT_OVER, ELSEWHERE], ids=["left-over work", "somebody's machine"])
def test_no_file_speaks_of(pattern: re.Pattern[str]) -> None:
    assert [name for name in TEXTS if pattern.search((ROOT / name).read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_link_of_a_page_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert [link for link in LINK.findall(text) if not ((ROOT / page).parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_command_that_a_page_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = set(TARGET.findall((ROOT / "Makefile").read_text() + (ROOT / "infra/targets.mk").read_text()))

    assert set(MADE.findall(text)) <= targets
    assert set(RUN.findall(text)) <= set(COMMANDS)


def test_the_licence_and_the_first_pages_are_there() -> None:
    for name in ("LICENSE", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md", "docs/glossary.md"):
        assert Path(ROOT / name).stat().st_size > 500, name


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(path.name[:4] for path in (ROOT / "docs/decisions").glob("*.md"))
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


@pytest.mark.parametrize("path", sorted((ROOT / "docs/decisions").glob("*.md")), ids=lambda path: path.stem)
def test_a_decision_says_when_why_and_how_to_undo_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.search(r"\b20\d\d-\d\d-\d\d\b", text)
    for part in ("ontext", "hoice", "onsequence", "o undo"):
        assert part in text, part


def docstrings(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""


@pytest.mark.parametrize(
    ("said", "elliptic"),
    [
        ('"""Of one stack."""', True),
        ('"""None where there is none."""', True),
        ('"""Those that were not erased."""', True),
        ('"""The releases of one stack."""', False),
        ('"""None if there is none."""', False),
        ('"""Offers what there is."""', False),
    ],
)
def test_the_test_of_docstrings_knows_an_elliptic_one(said: str, elliptic: bool) -> None:
    assert [bool(ELLIPTIC.match(text)) for text in docstrings(said)] == [elliptic]


@pytest.mark.parametrize("name", CODE)
def test_a_docstring_names_what_it_speaks_of(name: str) -> None:
    assert [text for text in docstrings((ROOT / name).read_text(encoding="utf-8")) if ELLIPTIC.match(text)] == []
