"""`python -m tools areas import FILE`: the city's boundary polygons (GeoJSON or TopoJSON, WGS84, each with `code` and
`name`) → the one compact file that point look-up, form and map share. Checks first, writes only what is right."""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from chalicelib.data import outlines, reference
from chalicelib.domain.place.boundaries import Boundaries
from chalicelib.domain.place.places import AreaFound, OutsideCity
from chalicelib.domain.reference import Reference
from tools.tables.topology import Shape, Topology, coverage, encoded

TOLERANCE = 45.0  # metres: nothing deeper than 40 m inside an area changes hands, and the file is 90 KB
SOUTH, NORTH, WEST, EAST = -7.0, -4.5, 106.0, 107.5  # the province with its islands, generously

Position = tuple[float, float]  # lon, lat
Polygon = list[list[Position]]


@dataclass(frozen=True)
class Outline:
    """One area as the file has it."""

    code: str
    name: str
    polygons: list[Polygon]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools areas", description=__doc__)
    parser.add_argument("action", choices=["import"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--out", type=Path, default=outlines.FILE)
    parser.add_argument(
        "--tolerance",
        type=float,
        default=TOLERANCE,
        help="corners smaller than a square of so many metres are left out",
    )
    given = parser.parse_args(arguments)
    return run_import(given.file, given.out, given.tolerance)


def run_import(file: Path, out: Path, tolerance: float) -> int:
    """0 when written; 1 with every fault on standard error, and nothing written."""
    outlines_found = read(json.loads(file.read_text(encoding="utf-8")))
    found = faults(outlines_found, reference())
    if found:
        return _refused(found)
    written = compact(outlines_found, tolerance)
    lost = [shape["id"] for shape in written["objects"][outlines.OBJECT]["geometries"] if not shape["arcs"]]
    if lost:
        return _refused(f"{code}: nothing is left of it; another area covers it, or it is a line" for code in lost)
    out.write_text(json.dumps(written, separators=(",", ":")) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(outlines_found)} areas, {out.stat().st_size:,} bytes, {off_centre(out)} → {out}\n")
    return 0


def _refused(found: Iterable[str]) -> int:
    told = list(found)
    sys.stderr.write("\n".join(told) + f"\n{len(told)} faults; nothing written\n")
    return 1


def read(document: Mapping[str, Any]) -> list[Outline]:
    """Both formats, as polygons of rings in degrees."""
    if document.get("type") == "Topology":
        return _of_topology(document)
    return [_outline(f, f.get("properties") or {}, f["geometry"]) for f in document.get("features", ())]


def _of_topology(document: Mapping[str, Any]) -> list[Outline]:
    arcs = _degrees(document)
    shapes = [shape for collection in document["objects"].values() for shape in collection["geometries"]]

    def rings(polygon: list[list[int]]) -> Polygon:
        return [outlines.joined(ring, arcs) for ring in polygon]

    def polygons(shape: Mapping[str, Any]) -> list[Polygon]:
        return [rings(p) for p in (shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]])]

    return [_named(shape, shape.get("properties") or {}, polygons(shape)) for shape in shapes]


def _degrees(document: Mapping[str, Any]) -> list[list[Position]]:
    """Arcs with and without a transform, as (lon, lat)."""
    if "transform" not in document:
        return [[(x, y) for x, y, *_ in arc] for arc in document["arcs"]]
    (by_x, by_y), (left, bottom) = document["transform"]["scale"], document["transform"]["translate"]
    walked = ([*accumulate(map(tuple, arc), lambda a, b: (a[0] + b[0], a[1] + b[1]))] for arc in document["arcs"])
    return [[(left + x * by_x, bottom + y * by_y) for x, y in arc] for arc in walked]


def _outline(feature: Mapping[str, Any], properties: Mapping[str, Any], geometry: Mapping[str, Any]) -> Outline:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return _named(feature, properties, [[[(p[0], p[1]) for p in ring] for ring in polygon] for polygon in polygons])


def _named(shape: Mapping[str, Any], properties: Mapping[str, Any], polygons: list[Polygon]) -> Outline:
    return Outline(str(properties.get("code") or shape.get("id")), str(properties.get("name", "")), polygons)


def faults(found: Iterable[Outline], known: Reference) -> list[str]:
    """All that is wrong with the file, as sentences."""
    by_code = {outline.code: outline for outline in found}
    strange = [f"{code}: no kelurahan has this code" for code in sorted(by_code.keys() - known.areas.keys())]
    missing = [f"{code}: missing ({known.areas[code].name})" for code in sorted(known.areas.keys() - by_code.keys())]
    return strange + missing + [fault for outline in by_code.values() for fault in _shape_faults(outline)]


def _shape_faults(outline: Outline) -> list[str]:
    rings = [ring for polygon in outline.polygons for ring in polygon]
    if not rings:
        return [f"{outline.code}: no polygon"]
    open_rings = sum(len(ring) < 4 or ring[0] != ring[-1] for ring in rings)
    beyond = sum(not (WEST < lon < EAST and SOUTH < lat < NORTH) for ring in rings for lon, lat in ring)
    said = [(open_rings, "rings are not closed"), (beyond, "points are not near Jakarta (degrees, longitude first?)")]
    return [f"{outline.code}: {count} {what}" for count, what in said if count]


def compact(found: Iterable[Outline], tolerance: float) -> dict[str, Any]:
    """TopoJSON in steps of a metre; islands smaller than a step vanish. Raises ValueError for areas that overlap beyond
    mending."""
    drawn = coverage({outline.code: outline.polygons for outline in found}, tolerance)
    topology = Topology([ring for polygons in drawn.values() for polygon in polygons for ring in polygon])
    shapes: dict[str, Shape] = {
        code: [[topology.ring(ring) for ring in polygon] for polygon in polygons] for code, polygons in drawn.items()
    }
    return encoded(shapes, topology.arcs, outlines.OBJECT)


def off_centre(file: Path) -> str:
    """How many known centroids their polygon does not contain: a few (islands, crescents), or codes were mixed up."""
    known, rings = reference(), outlines.read(file) or {}
    places = Boundaries(known, rings)
    elsewhere = sum(_code(places.find(a.lat, a.lon)) != a.code for a in known.areas.values())
    return f"{elsewhere} centroids outside their polygon"


def _code(answer: AreaFound | OutsideCity) -> str | None:
    return answer.area if isinstance(answer, AreaFound) else None
