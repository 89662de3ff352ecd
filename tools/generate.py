"""`python -m tools generate [--check]`: writes what is made from the code. With `--check` it writes nothing, names what
is stale and ends with 1."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from chalicelib.domain import actor, clocks, labels, lifecycle, reasons
from chalicelib.domain.case import evidence
from chalicelib.domain.case.complaint import ENDED, STATUSES
from chalicelib.domain.lifecycle import Row
from tools.command_line import flag

ROOT = Path(__file__).parent.parent


def lifecycle_for_pages() -> dict[str, Any]:
    """The table's codes and words as the pages need them."""
    return {
        "generated": "from chalicelib/domain by `python -m tools generate`; do not edit",
        "statuses": {code: _status(code) for code in STATUSES},
        "actions": {row.action: _action(row) for row in lifecycle.TABLE},
        "actions_in": {
            status: {action: asdict(words) for action, words in actions.items()}
            for status, actions in labels.ACTION_IN.items()
        },
        "outcomes": list(reasons.OUTCOMES),
        "roles": list(actor.ROLES),
        "clocks": {kind: asdict(labels.CLOCK[kind]) for kind in clocks.KINDS},
        "reasons": {code: asdict(words) for code, words in labels.REASON.items()},
        "photo_reasons": {code: asdict(words) for code, words in evidence.REASONS.items()},
    }


def _status(code: str) -> dict[str, Any]:
    label = labels.STATUS[code]
    return {
        "label": label.official,
        "public": asdict(label.public),
        "icon": label.icon,
        "open": code not in ENDED,
    }


def _action(row: Row) -> dict[str, Any]:
    return {
        "label": asdict(labels.ACTION[row.action]),
        "to": row.to,
        "fields": list(row.fields),
        "required": list(row.required),
        "quiet": row.quiet,
        "built": row.built,
        "reasons": list(reasons.REASONS.get(row.action, ())),
        "outcomes": list(reasons.OUTCOMES) if "outcome" in row.fields else [],
    }


def as_json(value: Mapping[str, Any]) -> str:
    """Readable in a diff, and the same on every machine."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def types_page() -> str:
    """docs/types.md: every public type, and what it is."""
    from tools.pages.types_page import page

    return page()


def lifecycle_page() -> str:
    """docs/lifecycle.md: the table, and who goes where as a diagram."""
    from tools.pages.lifecycle_page import page

    return page()


def interface() -> str:
    """docs/api/openapi.json."""
    from tools.api.openapi import document

    return as_json(document())


def words() -> str:
    """What people call the problems."""
    from tools.tables.words import word_table

    return as_json(word_table())


def dangers() -> str:
    """What means danger to life now."""
    from tools.tables.words import danger_table

    return as_json(danger_table())


def area_names() -> str:
    """How people write the kelurahan."""
    from tools.tables.area_table import area_table

    return as_json(area_table())


def personal_data_tables() -> str:
    """web/static/js/personal_data/tables.js."""
    from tools.tables.personal_data_tables import module

    return module()


def telephone_ranges() -> str:
    """web/static/js/telephone_ranges.js."""
    from tools.tables.telephone_ranges import module

    return module()


def where_it_goes() -> str:
    """docs/where-time-and-money-go.md, with fresh tables."""
    from tools.pages import where_it_goes as where

    return where.page(where.PAGE.read_text(encoding="utf-8"), where.current())


def picture_of_where_it_goes() -> str:
    """docs/images/where-it-goes.svg."""
    from tools.pages import where_it_goes as where

    return where.picture(where.current())


# file → what it must hold
FILES: Mapping[str, Callable[[], str]] = {
    "chalicelib/data/area_names.json": area_names,
    "chalicelib/data/dangers.json": dangers,
    "chalicelib/data/words.json": words,
    "docs/api/openapi.json": interface,
    "docs/images/where-it-goes.svg": picture_of_where_it_goes,
    "docs/lifecycle.md": lifecycle_page,
    "docs/types.md": types_page,
    "docs/where-time-and-money-go.md": where_it_goes,
    "web/static/js/telephone_ranges.js": telephone_ranges,
    "web/generated/lifecycle.json": lambda: as_json(lifecycle_for_pages()),
    "web/static/js/personal_data/tables.js": personal_data_tables,
}


def stale(root: Path = ROOT) -> list[str]:
    """The files that are not there or not what the code says."""
    return [name for name, text in FILES.items() if _read(root / name) != text()]


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def write(root: Path = ROOT) -> list[str]:
    """Writes what is stale; answers its names."""
    names = stale(root)
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(FILES[name](), encoding="utf-8")
    return names


def main(arguments: Sequence[str]) -> int:
    if not flag("generate", __doc__, "--check", arguments):
        sys.stdout.write("".join(f"written: {name}\n" for name in write()))
        return 0
    names = stale()
    sys.stdout.write("".join(f"stale: {name} (python -m tools generate)\n" for name in names))
    return int(bool(names))
