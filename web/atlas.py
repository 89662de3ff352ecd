"""What maps and look-up know of the city's geography, small enough to come with a page: `atlas.json` (kota, kecamatan,
kelurahan with their centres, neighbouring cities) and `kinds.<language>.json` (names of the categories).

The whole reference data is ten times as large, and is asked for only where somebody chooses from it."""

import json
from typing import Any

from chalicelib.data import reference
from chalicelib.domain.reference import Area


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


def kinds() -> dict[str, str]:
    """`{code: name}`, by language."""
    found = reference().categories.items()
    return {
        "id": _compact({code: category.name_id for code, category in found}),
        "en": _compact({code: category.name_en for code, category in found}),
    }


def _area(area: Area) -> list[Any]:
    place = [area.code, area.name, area.lat, area.lon]
    return [*place, [[lat, lon] for lat, lon in area.islands]] if area.islands else place


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
