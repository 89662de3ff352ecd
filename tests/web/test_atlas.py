"""What the maps know of the city is what the city's reference data says, and small."""

import gzip
import json

from chalicelib.data import reference
from web import atlas


def test_every_area_has_its_name_and_place_and_the_units_above_it() -> None:
    made = json.loads(atlas.atlas())

    for code, name, lat, lon, *_ in made["areas"]:
        area = reference().areas[code]
        assert (area.name, area.lat, area.lon) == (name, lat, lon)
        assert (area.kecamatan, area.kota) == (made["kecamatan"][code[:8]], made["kota"][code[:5]])
    assert len(made["areas"]) == len(reference().areas)


def test_islands_and_neighbours_come_along() -> None:
    made = json.loads(atlas.atlas())

    islands = {row[0]: row[4] for row in made["areas"] if len(row) > 4}
    assert islands == {a.code: [list(at) for at in a.islands] for a in reference().areas.values() if a.islands}
    assert ["Kota Depok", -6.4025, 106.7942] in made["neighbours"]


def test_every_category_is_named_in_both_languages() -> None:
    made = {language: json.loads(names) for language, names in atlas.kinds().items()}

    categories = reference().categories.values()
    assert made["id"] == {category.code: category.name_id for category in categories}
    assert made["en"] == {category.code: category.name_en for category in categories}


def test_a_map_pays_little_for_it() -> None:
    weights = [len(gzip.compress(part.encode(), 9, mtime=0)) for part in (atlas.atlas(), atlas.kinds()["id"])]

    assert sum(weights) <= 8 * 1024
