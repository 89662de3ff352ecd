"""Point in polygon over a grid of 0.005° (some 550 m), by ray casting: no dependency, well under 0.1 ms a point."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from chalicelib.domain.places import DEGREE, NARROWED, Found, Outside, outside
from chalicelib.domain.reference import Reference

CELL = 0.005  # degrees
NEARBY = 1_000.0  # metres beyond a boundary (sea, piers) that still count as the nearest kelurahan
AROUND = 2  # cells on each side that hold everything within NEARBY

Ring = Sequence[tuple[float, float]]  # (lat, lon), closed: the last point is the first
Cell = tuple[int, int]


class Boundaries:
    """The kelurahan by their polygons: `rings` by code, outer rings and holes alike, in any direction."""

    def __init__(self, reference: Reference, rings: Mapping[str, Sequence[Ring]]) -> None:
        self._reference = reference
        self._grid: dict[Cell, list[tuple[str, Ring]]] = defaultdict(list)
        for code, of_area in rings.items():
            for ring in of_area:
                for cell in _cells(ring):
                    self._grid[cell].append((code, ring))

    def find(self, lat: float, lon: float) -> Found | Outside:
        """Inside → sure; within a kilometre of a boundary → the nearest, to be confirmed; else outside."""
        if not (math.isfinite(lat) and math.isfinite(lon)):
            return Outside(None)
        if code := self._containing(lat, lon):
            return Found(code, sure=True)
        code = self._nearest(lat, lon)
        return Found(code, sure=False) if code else outside(self._reference, lat, lon)

    def _containing(self, lat: float, lon: float) -> str | None:
        """An odd number of an area's rings around the point: a hole takes away what its outer ring gave."""
        odd: set[str] = set()
        for code, ring in self._grid.get(_cell(lat, lon), ()):
            if _surrounds(ring, lat, lon):
                odd ^= {code}
        return min(odd, default=None)

    def _nearest(self, lat: float, lon: float) -> str | None:
        away = ((_metres_to(ring, lat, lon), code) for code, ring in self._around(lat, lon))
        return min((near for near in away if near[0] <= NEARBY), default=(0.0, None))[1]

    def _around(self, lat: float, lon: float) -> Iterator[tuple[str, Ring]]:
        row, column = _cell(lat, lon)
        steps = range(-AROUND, AROUND + 1)
        found = (self._grid.get((row + down, column + right), ()) for down in steps for right in steps)
        return iter({(code, id(ring)): (code, ring) for cell in found for code, ring in cell}.values())


def _cell(lat: float, lon: float) -> Cell:
    return math.floor(lat / CELL), math.floor(lon / CELL)


def _cells(ring: Ring) -> Iterator[Cell]:
    """Every cell of the ring's bounding box."""
    south, west = _cell(min(lat for lat, _ in ring), min(lon for _, lon in ring))
    north, east = _cell(max(lat for lat, _ in ring), max(lon for _, lon in ring))
    return ((row, column) for row in range(south, north + 1) for column in range(west, east + 1))


def _surrounds(ring: Ring, lat: float, lon: float) -> bool:
    """Whether a ray to the east crosses the ring an odd number of times."""
    inside = False
    previous_lat, previous_lon = ring[-1]
    for next_lat, next_lon in ring:
        if (next_lat > lat) != (previous_lat > lat):
            share = (lat - next_lat) / (previous_lat - next_lat)
            inside ^= lon < next_lon + share * (previous_lon - next_lon)
        previous_lat, previous_lon = next_lat, next_lon
    return inside


def _metres_to(ring: Ring, lat: float, lon: float) -> float:
    """From the point to the nearest stretch of the ring."""
    flat = [((p_lon - lon) * DEGREE * NARROWED, (p_lat - lat) * DEGREE) for p_lat, p_lon in ring]
    return min(_from_origin(*start, *end) for start, end in pairwise(flat))


def _from_origin(x: float, y: float, end_x: float, end_y: float) -> float:
    """From the origin to a stretch of line."""
    dx, dy = end_x - x, end_y - y
    length = dx * dx + dy * dy
    along = min(1.0, max(0.0, -(x * dx + y * dy) / length)) if length else 0.0
    return math.hypot(x + along * dx, y + along * dy)
