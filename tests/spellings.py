"""How people write numbers, telephones and addresses, and what each is read as: tables for the city and the pages."""

import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


def table(of: str) -> dict[str, Any]:
    """`tests/data/spellings_of_<of>.json`."""
    found: dict[str, Any] = json.loads((DATA / f"spellings_of_{of}.json").read_text())
    return found


def rows(groups: dict[str, dict[str, list[str]]]) -> list[tuple[str, str]]:
    """(typed, read as) of `{read as: {kind of spelling: [typed, …]}}`."""
    return [(typed, value) for value, kinds in groups.items() for spelled in kinds.values() for typed in spelled]
