"""The words of the messages, as data: one file per language of the citizens, one for the units, and the page around an
e-mail. Placeholders stand in braces; both languages have the same."""

import json
from functools import cache
from typing import Any

from chalicelib.data import read_file

LANGUAGES = ("id", "en")


@cache
def words(name: str) -> Any:
    """The words of `id`, `en` or `unit`; read once per container."""
    return json.loads(read_file(f"messages/{name}.json"))


@cache
def shell() -> str:
    """The HTML page around an e-mail, with $placeholders."""
    return read_file("messages/shell.html")
