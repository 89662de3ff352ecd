"""web/static/js/personal_data/tables.js: the signs and words of the privacy check, for the pages."""

import json
from types import ModuleType
from typing import Any

from chalicelib.domain.text.personal_data import signs, vocabulary

HEAD = "// Generated from chalicelib/domain/personal_data by `python -m tools generate`; do not edit.\n\n"


def module() -> str:
    """Every table of the two modules under its own name: sets sorted, so that the file is the same on every machine."""
    tables = {**_tables(signs), **_tables(vocabulary)}
    return HEAD + "".join(f"export const {name} = {_literal(table)};\n" for name, table in tables.items())


def _tables(source: ModuleType) -> dict[str, Any]:
    return {name: value for name, value in vars(source).items() if name.isupper()}


def _literal(table: Any) -> str:
    if isinstance(table, frozenset):
        return f'new Set("{" ".join(sorted(table))}".split(" "))'
    return json.dumps(table, ensure_ascii=False)
