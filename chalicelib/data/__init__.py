"""The reference city, as files, and the ways to read them: `reference()`, `places()`."""

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.domain.places import Places
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


@cache
def places() -> "Places":
    """Where a point lies: by the boundary polygons when the city brought them, else by the nearest centroid."""
    from chalicelib.data import outlines
    from chalicelib.domain.boundaries import Boundaries
    from chalicelib.domain.places import Centroids

    rings = outlines.read()
    return Centroids(reference()) if rings is None else Boundaries(reference(), rings)
