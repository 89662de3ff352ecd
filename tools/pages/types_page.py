"""docs/types.md: every public type of domain and application, with the first sentence of its docstring."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAYERS = ("domain", "application")
MARK = "<!-- Generated from the docstrings by `python -m tools generate`. Do not edit. -->"
INTRODUCTION = """# Types

Every public type of the domain and the application, and what it is. Words are in the [glossary](glossary.md)."""


@dataclass(frozen=True, slots=True)
class PublicType:
    name: str
    module: str
    meaning: str


def public_types() -> list[PublicType]:
    """In the order of their modules."""
    return [found for layer in LAYERS for path in sorted(_modules(layer)) for found in _types(path)]


def _modules(layer: str) -> Iterator[Path]:
    return (ROOT / "chalicelib" / layer).rglob("*.py")


def _types(path: Path) -> Iterator[PublicType]:
    module = str(path.relative_to(ROOT / "chalicelib"))
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield PublicType(node.name, module, _first_sentence(ast.get_docstring(node) or ""))


def _first_sentence(docstring: str) -> str:
    paragraph = " ".join(docstring.partition("\n\n")[0].split())
    sentence, stop, _ = paragraph.partition(". ")
    return (sentence + stop).strip().removesuffix(".").replace("|", "\\|")


def page() -> str:
    lines = [f"| `{found.name}` | `{found.module}` | {found.meaning} |" for found in public_types()]
    return (
        "\n\n".join((MARK, INTRODUCTION, "\n".join(("| type | module | what it is |", "|---|---|---|", *lines)))) + "\n"
    )
