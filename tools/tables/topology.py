"""Polygons → TopoJSON, without gaps or overlaps: the areas are mended and simplified together as one coverage (GEOS, by
shapely), then a border that two areas share becomes one arc. Points are whole steps of `STEP` degrees (x east, y
north)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from shapely import Geometry, MultiPolygon, Polygon

from chalicelib.domain.place.earth import DEGREE

STEP = 1e-5  # degrees: 1.1 m
METRES = DEGREE * STEP  # of one step
GAP = 5.0  # metres: a narrower gap between two areas is a fault of the drawing, and is given to one of them
ROUNDS = 5  # of rounding and mending: one is enough for every real file so far

Point = tuple[int, int]
Line = tuple[Point, ...]
Rings = Sequence[Sequence[tuple[float, float]]]  # (lon, lat): the outer ring, then its holes
Shape = list[list[list[int]]]  # polygons of rings of arc numbers; ~n is arc n backwards


def coverage(areas: Mapping[str, Iterable[Rings]], tolerance: float) -> dict[str, list[list[list[Point]]]]:
    """The areas as polygons of open rings in whole steps, borders simplified: a corner is left out while its triangle
    is smaller than `tolerance` metres squared. An area that nothing is left of has no polygon. Raises ValueError when
    overlaps or gaps cannot be mended."""
    drawn = [_in_steps(polygons) for polygons in areas.values()]
    mended = shapely.coverage_clean(drawn, gap_width=GAP / METRES)
    whole = _whole(shapely.coverage_simplify(mended, tolerance / METRES))
    return {code: _polygons(shape) for code, shape in zip(areas, whole, strict=True)}


def _in_steps(polygons: Iterable[Rings]) -> Geometry:
    return _solid(shapely.transform(MultiPolygon([Polygon(ring, holes) for ring, *holes in polygons]), _to_steps))


def _to_steps(degrees: Any) -> Any:
    return degrees / STEP


def _solid(shape: Geometry) -> Geometry:
    """The same as valid polygons, without the lines and points that mending them leaves behind."""
    parts = shapely.get_parts(shapely.make_valid(shape, method="structure", keep_collapsed=False))
    return shapely.union_all([MultiPolygon(), *(part for part in parts if part.geom_type.endswith("Polygon"))])


def _whole(shapes: Iterable[Geometry]) -> list[Geometry]:
    """Every corner at a whole step. Rounding may fold a narrow piece, and mending that may make a corner between two
    steps; so both are done until neither changes anything."""
    for _ in range(ROUNDS):
        rounded = [shapely.transform(shape, np.rint) for shape in shapes]
        if all(shapely.is_valid(rounded)) and shapely.coverage_is_valid(rounded):
            return rounded
        shapes = shapely.coverage_clean([_solid(shape) for shape in rounded])
    raise ValueError("the areas overlap in a way that cannot be mended")


def _polygons(shape: Geometry) -> list[list[list[Point]]]:
    return [[_open(ring) for ring in (part.exterior, *part.interiors)] for part in shapely.get_parts(shape) if part]


def _open(ring: Geometry) -> list[Point]:
    return [(int(x), int(y)) for x, y in shapely.get_coordinates(ring)[:-1]]


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
