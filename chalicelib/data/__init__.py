"""The reference city, as files, and the one way to read them: `reference()`."""

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.domain.reference import Reference


@cache
def reference(overlay: str | None = None) -> "Reference":
    """Everything the city brings; read at the first call, once per container.

    `overlay` names a JSON file of a test stack, `{category: {coordination?, resolution?, rework?}}` in seconds, which
    replaces these limits; a coordination limit that it leaves out follows from the new resolution limit."""
    from chalicelib.data import tables
    from chalicelib.domain.reference import Reference

    limits = json.loads(Path(overlay).read_text(encoding="utf-8")) if overlay else {}
    areas = tables.areas()
    return Reference(
        units=tables.units(areas),
        categories=tables.categories(limits),
        areas=areas,
        channels=tables.channels(),
        neighbours=tables.neighbours(),
        holidays=tables.holidays(),
    )
