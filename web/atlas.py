"""What maps and look-up know of the city's geography, small enough to come with a page: `atlas.json` (kota, kecamatan,
kelurahan with their centres, neighbouring cities) and `kinds.json` (names of the categories in both languages).

The whole reference data is ten times as large, and is asked for only where somebody chooses from it."""

import json
from typing import Any

from chalicelib.data import reference
from chalicelib.domain.reference import Area, Reference


def atlas() -> str:
    """Lists instead of objects: `areas` are [code, name, lat, lon, islands?]; the codes of kota and kecamatan are the
    first five and eight signs of a kelurahan's."""
    city = reference()
    return _compact(
        {
            "kota": {area.kota_code: area.kota for area in city.areas.values()},
            "kecamatan": {area.kecamatan_code: area.kecamatan for area in city.areas.values()},
            "areas": [_area(area) for area in city.areas.values()],
            "neighbours": [[place.name, place.lat, place.lon] for place in city.neighbours],
        }
    )


def kinds() -> str:
    """`{code: [Indonesian, English]}`."""
    return _compact(_names(reference()))


def _names(city: Reference) -> dict[str, list[str]]:
    return {code: [category.name_id, category.name_en] for code, category in city.categories.items()}


def _area(area: Area) -> list[Any]:
    place = [area.code, area.name, area.lat, area.lon]
    return [*place, [[lat, lon] for lat, lon in area.islands]] if area.islands else place


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
