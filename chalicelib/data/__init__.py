"""The reference city, as files, and the ways to read them: `reference()`, `places()`, `words()`,
`dangers()`, `area_names()`, `flood_rules()`. Each reads its files at the first call, once per container."""

import json
import os
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chalicelib.domain.exchange import Exchange
    from chalicelib.domain.floods import FloodRules
    from chalicelib.domain.place.area_names import AreaNames
    from chalicelib.domain.place.places import Places
    from chalicelib.domain.reference import Reference
    from chalicelib.domain.text.dangers import Dangers
    from chalicelib.domain.text.language import Language
    from chalicelib.domain.text.suggestions import Words

HERE = os.path.dirname(__file__)  # pathlib is four modules of a cold start
EXCHANGES = ("LAPOR1708",)  # channels that are another complaint system


def read_file(name: str) -> str:
    """The text of a file, by its path below this folder, or anywhere."""
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return file.read()


@cache
def reference(overlay: str | None = None) -> "Reference":
    """Everything the city brings; read at the first call, once per container.

    `overlay` names a JSON file of a test stack, `{category: {coordination?, resolution?, rework?}}` in seconds, which
    replaces these limits; a coordination limit that it leaves out follows from the new resolution limit."""
    from chalicelib.data import tables
    from chalicelib.domain.reference import Reference

    limits = json.loads(read_file(overlay)) if overlay else {}
    areas = tables.areas()
    return Reference(
        units=tables.units(areas),
        categories=tables.categories(limits),
        areas=areas,
        channels=tables.channels(),
        neighbours=tables.neighbours(),
        holidays=tables.holidays(),
        office_hours=tables.office_hours(),
    )


@cache
def exchange(channel: str) -> "Exchange":
    """The tables of another complaint system, by the channel that it is. Raises KeyError for one without."""
    from chalicelib.data import tables

    return {"LAPOR1708": tables.lapor}[channel]()


@cache
def places() -> "Places":
    """Where a point lies: by the boundary polygons when the city brought them, else by the nearest centroid."""
    from chalicelib.data import outlines
    from chalicelib.domain.place.boundaries import Boundaries
    from chalicelib.domain.place.places import Centroids

    rings = outlines.read()
    return Centroids(reference()) if rings is None else Boundaries(reference(), rings)


@cache
def flood_rules() -> "FloodRules":
    """The thresholds of flood mode, by category."""
    from chalicelib.domain.floods import FloodRule, FloodRules

    def rule(row: Any) -> FloodRule:
        return FloodRule(row["reports"], timedelta(minutes=row["minutes"]), row["merged"], row["hours"])

    rules = {name: rule(row) for name, row in _table("floods").items()}
    return FloodRules(rules.pop("usual"), rules)


@cache
def words() -> "Words":
    """What people call the problems, for `suggest`."""
    from chalicelib.domain.text.suggestions import Words

    return Words(_table("words"), _language(), _table("area_names")["no_problems"].split(";"))


@cache
def dangers() -> "Dangers":
    """What means danger to life now, for `danger`."""
    from chalicelib.domain.text.dangers import Dangers

    return Dangers.of(_table("dangers"), _language())


@cache
def area_names() -> "AreaNames":
    """How people write the kelurahan, for `find_areas`."""
    from chalicelib.domain.place.area_names import AreaNames

    return AreaNames(_table("area_names"), _language(), reference().areas.values())


@cache
def _language() -> "Language":
    from chalicelib.domain.text.language import Language

    return Language.of(_table("language"))


def _table(name: str) -> Any:
    return json.loads(read_file(f"{name}.json"))
