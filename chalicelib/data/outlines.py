"""The city's boundary polygons, where it brought them: TopoJSON, so that a shared border is stored, drawn and
simplified once. Written by `python -m tools areas import`; no file is a normal case."""

import json
from collections.abc import Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any

from chalicelib.domain.place.boundaries import Ring

FILE = Path(__file__).with_name("areas.json")
OBJECT = "kelurahan"
Arc = list[tuple[float, float]]


def read(path: Path = FILE) -> dict[str, list[Ring]] | None:
    """Rings (lat, lon) by kelurahan; None without a file."""
    if not path.exists():
        return None
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = decode(topology)
    return {shape["id"]: _rings(shape, arcs) for shape in topology["objects"][OBJECT]["geometries"]}


def decode(topology: Mapping[str, Any]) -> list[Arc]:
    """The arcs in degrees (lat, lon): each point is stored as its step from the one before."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    return [
        [(bottom + y * scale_y, left + x * scale_x) for x, y in accumulate(map(tuple, arc), _step)]
        for arc in topology["arcs"]
    ]


def _step(point: tuple[int, int], step: tuple[int, int]) -> tuple[int, int]:
    return point[0] + step[0], point[1] + step[1]


def _rings(shape: Mapping[str, Any], arcs: list[Arc]) -> list[Ring]:
    return [joined(ring, arcs) for polygon in shape["arcs"] for ring in polygon]


def joined(ring: list[int], arcs: list[Arc]) -> Arc:
    """One closed ring from its arcs; `~i` is arc `i` backwards. Neighbouring arcs share their end point."""
    points: Arc = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc[1:] if points else arc)
    return points
