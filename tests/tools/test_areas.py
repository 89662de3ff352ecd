"""`tools areas import`: the boundary file that a city brings is checked whole, and becomes what look-up reads."""

import json
from pathlib import Path
from typing import Any

import pytest

from chalicelib.data import outlines, reference
from chalicelib.domain.boundaries import Boundaries
from chalicelib.domain.places import Found
from tools import areas

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
        answers[code] = answer.area if isinstance(answer, Found) and answer.sure else None
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

    assert all(isinstance(answer, Found) and answer.sure for answer in across)


def test_topojson_is_taken_as_well(tmp_path: Path) -> None:
    _, out = imported(tmp_path, geojson())
    document = json.loads(out.read_text(encoding="utf-8"))

    status, again = imported(tmp_path, document)

    assert status == 0
    assert found_at_the_middle(again) == {code: code for code in CITY.areas}


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
