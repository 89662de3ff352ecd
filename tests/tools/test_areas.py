"""`tools areas import`: the boundary file that a city brings is checked whole, and becomes what look-up reads."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
import shapely

from chalicelib.data import outlines, reference
from chalicelib.domain.place.boundaries import Boundaries
from chalicelib.domain.place.places import AreaFound
from tools.tables import areas

CITY = reference()
COLUMNS, SIDE = 20, 0.01  # a chessboard of squares, one per kelurahan
Document = dict[str, Any]


def corner(index: int) -> tuple[float, float]:
    """South-western corner of a square: longitude, latitude."""
    return 106.7 + index % COLUMNS * SIDE, -6.3 + index // COLUMNS * SIDE


def square(index: int) -> list[list[float]]:
    west, south = corner(index)
    east, north = west + SIDE, south + SIDE
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def geojson() -> Document:
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": area.name},
            "geometry": {"type": "Polygon", "coordinates": [square(index)]},
        }
        for index, (code, area) in enumerate(CITY.areas.items())
    ]
    return {"type": "FeatureCollection", "features": features}


def imported(tmp_path: Path, document: Document) -> tuple[int, Path]:
    """Exit status, and the file that was to be written."""
    brought, out = tmp_path / "brought.json", tmp_path / "written.json"
    brought.write_text(json.dumps(document), encoding="utf-8")
    return areas.main(["import", str(brought), "--out", str(out)]), out


def found_at_the_middle(out: Path) -> dict[str, str | None]:
    """What look-up answers in the middle of each kelurahan's square."""
    places = Boundaries(CITY, outlines.read(out) or {})
    answers = {}
    for index, code in enumerate(CITY.areas):
        west, south = corner(index)
        answer = places.find(south + SIDE / 2, west + SIDE / 2)
        answers[code] = answer.area if isinstance(answer, AreaFound) and answer.sure else None
    return answers


def test_every_kelurahan_is_found_inside_its_boundary(tmp_path: Path) -> None:
    status, out = imported(tmp_path, geojson())

    assert status == 0
    assert found_at_the_middle(out) == {code: code for code in CITY.areas}


def test_a_border_of_two_opens_no_gap(tmp_path: Path) -> None:
    _, out = imported(tmp_path, geojson())

    places = Boundaries(CITY, outlines.read(out) or {})
    border, south = corner(1)
    across = [places.find(south + SIDE / 2, border + step * 1e-5) for step in range(-20, 21)]

    assert all(isinstance(answer, AreaFound) and answer.sure for answer in across)


def test_topojson_is_taken_as_well(tmp_path: Path) -> None:
    _, out = imported(tmp_path, geojson())
    document = json.loads(out.read_text(encoding="utf-8"))

    status, again = imported(tmp_path, document)

    assert status == 0
    assert found_at_the_middle(again) == {code: code for code in CITY.areas}


def _ring(document: Document, index: int) -> list[list[float]]:
    ring: list[list[float]] = document["features"][index]["geometry"]["coordinates"][0]
    return ring


METRE = 1e-5  # degrees, roughly


def _overlapping(document: Document) -> None:
    for corner_of_one in _ring(document, 1)[1:3]:
        corner_of_one[0] += 3 * METRE


def _with_a_sliver_between(document: Document) -> None:
    for corner_of_one in _ring(document, 1)[1:3]:
        corner_of_one[0] -= 3 * METRE


def _not_matched_on_the_border(document: Document) -> None:
    west, south = corner(1)
    _ring(document, 1).insert(2, [west + SIDE, south + SIDE / 3])


def _crossing_itself(document: Document) -> None:
    west, south = corner(0)
    _ring(document, 0)[2:2] = [[west, south + SIDE / 1000], [west + SIDE, south + SIDE / 500]]


def _with_a_spike(document: Document) -> None:
    west, south = corner(0)
    _ring(document, 0).insert(1, [west - SIDE, south])


def _saying_points_twice(document: Document) -> None:
    ring = _ring(document, 0)
    ring[:] = [point for point in ring for _ in range(2)]


def _drawn_the_other_way(document: Document) -> None:
    _ring(document, 0).reverse()


def _with_an_island_of_a_decimetre(document: Document) -> None:
    west, south = 106.5, -5.9
    speck = [[west, south], [west + METRE / 10, south], [west, south + METRE / 10], [west, south]]
    geometry = document["features"][0]["geometry"]
    geometry["type"], geometry["coordinates"] = "MultiPolygon", [geometry["coordinates"], [speck]]


SLOPPY = (
    _overlapping,
    _with_a_sliver_between,
    _not_matched_on_the_border,
    _crossing_itself,
    _with_a_spike,
    _saying_points_twice,
    _drawn_the_other_way,
    _with_an_island_of_a_decimetre,
)


@pytest.mark.parametrize("draw", SLOPPY, ids=lambda draw: draw.__name__.strip("_"))
def test_a_sloppily_drawn_border_is_mended_before_it_is_written(tmp_path: Path, draw: Any) -> None:
    document = geojson()
    draw(document)

    status, out = imported(tmp_path, document)

    assert status == 0
    assert found_at_the_middle(out) == {code: code for code in CITY.areas}
    assert_without_gap_or_overlap(out)


def test_many_small_corners_become_few_and_the_areas_still_meet(tmp_path: Path) -> None:
    document = geojson()
    chance = random.Random(7)
    for index in range(len(CITY.areas) - 1):  # a wavy border to the east, the same for both who share it
        if (index + 1) % COLUMNS == 0:
            continue
        west, south = corner(index + 1)
        waves = [[west + chance.uniform(-5, 5) * METRE, south + SIDE * part / 50] for part in range(1, 50)]
        _ring(document, index)[2:2] = waves
        _ring(document, index + 1)[4:4] = waves[::-1]

    _, out = imported(tmp_path, document)

    assert_without_gap_or_overlap(out)
    assert sum(len(ring) for rings in (outlines.read(out) or {}).values() for ring in rings) < 20 * len(CITY.areas)


def assert_without_gap_or_overlap(out: Path) -> None:
    """By GEOS, an implementation of its own: every border is the same line for both who share it, the chessboard has
    no hole, and no two areas share ground."""
    written = [
        shapely.union_all([shapely.Polygon(ring) for ring in rings]) for rings in (outlines.read(out) or {}).values()
    ]

    assert all(shapely.is_valid(written))
    assert shapely.coverage_is_valid(written)
    assert not [hole for part in shapely.get_parts(shapely.union_all(written)) for hole in part.interiors]


def test_an_area_that_another_covers_is_refused_by_its_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = geojson()
    document["features"][1]["geometry"] = document["features"][0]["geometry"]

    status, out = imported(tmp_path, document)

    told = capsys.readouterr().err
    assert (status, out.exists()) == (1, False)
    assert "nothing is left of it" in told
    assert any(code in told for code in list(CITY.areas)[:2])


def _without_one(document: Document) -> None:
    document["features"].pop(0)


def _with_a_stranger(document: Document) -> None:
    document["features"].append({**document["features"][0], "properties": {"code": "99.99.99.9999", "name": "?"}})


def _with_an_open_ring(document: Document) -> None:
    document["features"][0]["geometry"]["coordinates"][0].pop()


def _latitude_first(document: Document) -> None:
    ring = document["features"][0]["geometry"]["coordinates"][0]
    ring[:] = [[lat, lon] for lon, lat in ring]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_without_one, "missing"),
        (_with_a_stranger, "no kelurahan has this code"),
        (_with_an_open_ring, "rings are not closed"),
        (_latitude_first, "longitude first?"),
    ],
)
def test_a_wrong_file_is_refused_with_its_fault_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], spoil: Any, told: str
) -> None:
    document = geojson()
    spoil(document)

    status, out = imported(tmp_path, document)

    assert status == 1
    assert not out.exists()
    assert told in capsys.readouterr().err
