"""Polygons → TopoJSON. A border that two areas share becomes one arc, is simplified once, and so never opens a gap.
Points are whole steps of `STEP` degrees (x east, y north)."""

import math
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

STEP = 1e-5  # degrees: 1.1 m
METRES = 111_195 * STEP  # of one step
NARROWED = math.cos(math.radians(6.2))  # of a step to the east, at Jakarta

Point = tuple[int, int]
Line = tuple[Point, ...]
Shape = list[list[list[int]]]  # polygons of rings of arc numbers; ~n is arc n backwards


def quantized(ring: Iterable[tuple[float, float]]) -> list[Point]:
    """A ring (lon, lat) in steps, open, without points said twice in a row."""
    points = [(round(lon / STEP), round(lat / STEP)) for lon, lat in ring]
    return [point for before, point in zip([points[-1], *points], points, strict=False) if point != before]


class Topology:
    """Arcs cut where borders meet, each kept once, whichever way it was drawn."""

    def __init__(self, rings: list[list[Point]]) -> None:
        self._junctions = _junctions(rings)
        self.arcs: list[Line] = []
        self._numbers: dict[Line, int] = {}

    def ring(self, points: list[Point]) -> list[int]:
        """The ring as arc numbers."""
        cuts = [i for i, point in enumerate(points) if point in self._junctions]
        start = cuts[0] if cuts else points.index(min(points))
        turned = [*points[start:], *points[: start + 1]]
        ends = [i for i, point in enumerate(turned) if point in self._junctions and i] if cuts else [len(points)]
        return [self._arc(tuple(turned[a : b + 1])) for a, b in zip([0, *ends], ends, strict=False)]

    def _arc(self, line: Line) -> int:
        backwards = line[::-1]
        kept = min(line, backwards)
        number = self._numbers.setdefault(kept, len(self.arcs))
        if number == len(self.arcs):
            self.arcs.append(kept)
        return number if kept == line else ~number

    def simplified(self, shapes: Iterable[Shape], tolerance: float) -> list[Line]:
        """The arcs within `tolerance` metres of what they were; one that would flatten a whole ring stays as it was."""
        drawn = [_simplified(arc, tolerance / METRES) for arc in self.arcs]
        for ring in (ring for shape in shapes for polygon in shape for ring in polygon):
            numbers = [number if number >= 0 else ~number for number in ring]
            if len({point for number in numbers for point in drawn[number]}) < 3:
                for number in numbers:
                    drawn[number] = self.arcs[number]
        return drawn


def _junctions(rings: list[list[Point]]) -> set[Point]:
    """Points whose neighbours differ from ring to ring: there borders part."""
    beside: dict[Point, frozenset[Point]] = {}
    found = set()
    for ring in rings:
        for before, point, after in zip([ring[-1], *ring], ring, [*ring[1:], ring[0]], strict=False):
            pair = frozenset((before, after))
            if beside.setdefault(point, pair) != pair:
                found.add(point)
    return found


def _simplified(line: Line, tolerance: float) -> Line:
    """Douglas and Peucker; a closed line is cut at its farthest point first, so that it stays a ring."""
    kept = {0, len(line) - 1}
    if line[0] == line[-1]:
        kept.add(max(range(len(line)), key=lambda i: _span(line[0], line[i])))
    corners = sorted(kept)
    waiting = list(pairwise(corners))
    while waiting:
        first, last = waiting.pop()
        far, away = _farthest(line, first, last)
        if away > tolerance:
            kept.add(far)
            waiting += [(first, far), (far, last)]
    return tuple(line[i] for i in sorted(kept))


def _farthest(line: Line, first: int, last: int) -> tuple[int, float]:
    between = range(first + 1, last)
    away = ((_offset(line[i], line[first], line[last]), i) for i in between)
    metres, far = max(away, default=(0.0, first))
    return far, metres


def _span(a: Point, b: Point) -> float:
    return math.hypot((a[0] - b[0]) * NARROWED, a[1] - b[1])


def _offset(point: Point, a: Point, b: Point) -> float:
    """Steps from the point to the stretch a–b."""
    dx, dy = (b[0] - a[0]) * NARROWED, b[1] - a[1]
    x, y = (point[0] - a[0]) * NARROWED, point[1] - a[1]
    length = dx * dx + dy * dy
    along = min(1.0, max(0.0, (x * dx + y * dy) / length)) if length else 0.0
    return math.hypot(x - along * dx, y - along * dy)


def encoded(shapes: Mapping[str, Shape], arcs: list[Line], name: str) -> dict[str, Any]:
    """TopoJSON: every point as its step from the one before, counted from the south-western corner."""
    left, bottom = (min(point[axis] for arc in arcs for point in arc) for axis in (0, 1))
    geometries = [{"type": "MultiPolygon", "id": code, "arcs": shape} for code, shape in sorted(shapes.items())]
    return {
        "type": "Topology",
        "transform": {"scale": [STEP, STEP], "translate": [round(left * STEP, 5), round(bottom * STEP, 5)]},
        "objects": {name: {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": [_steps(arc, (left, bottom)) for arc in arcs],
    }


def _steps(arc: Line, corner: Point) -> list[list[int]]:
    pairs = zip([corner, *arc], arc, strict=False)
    return [[x - before_x, y - before_y] for (before_x, before_y), (x, y) in pairs]
