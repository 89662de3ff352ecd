"""The words of the messages, as data: one file per language of the citizens, one for the units, and the page around an
e-mail. Placeholders stand in braces; both languages have the same."""

import json
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("id", "en")
FOLDER = Path(__file__).parent


@cache
def words(name: str) -> Any:
    """The words of `id`, `en` or `unit`; read once per container."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@cache
def shell() -> str:
    """The HTML page around an e-mail, with $placeholders."""
    return (FOLDER / "shell.html").read_text(encoding="utf-8")
