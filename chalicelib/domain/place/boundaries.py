"""Point in polygon over a grid of 0.005° (some 550 m), by ray casting: no dependency, well under 0.1 ms a point."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from chalicelib.domain.place.earth import flat
from chalicelib.domain.place.places import AreaFound, OutsideCity, outside
from chalicelib.domain.reference import Reference

MESH = 0.005  # degrees; of this look-up in memory alone, not of the stored grid (grid.py)
NEARBY = 1_000.0  # metres beyond a boundary (sea, piers) that still count as the nearest kelurahan
AROUND = 2  # cells on each side that hold everything within NEARBY

Ring = Sequence[tuple[float, float]]  # (lat, lon), closed: the last point is the first
Stretch = tuple[float, float, float, float]  # lat, lon → lat, lon
Band = list[Stretch]  # the stretches of one ring that pass through one row of cells
Cell = tuple[int, int]


class Boundaries:
    """The kelurahan by their polygons: `rings` by code, outer rings and holes alike, in any direction."""

    def __init__(self, reference: Reference, rings: Mapping[str, Sequence[Ring]]) -> None:
        self._reference = reference
        self._grid: dict[Cell, list[tuple[str, Band]]] = defaultdict(list)
        for code, ring in ((code, ring) for code, of_area in rings.items() for ring in of_area):
            for row, band in _bands(ring).items():
                for column in _columns(band):
                    self._grid[row, column].append((code, band))

    def find(self, lat: float, lon: float) -> AreaFound | OutsideCity:
        """Inside → sure; within a kilometre of a boundary → the nearest, to be confirmed; else outside."""
        if not (math.isfinite(lat) and math.isfinite(lon)):
            return OutsideCity(None)
        if code := self._containing(lat, lon):
            return AreaFound(code, sure=True)
        code = self._nearest(lat, lon)
        return AreaFound(code, sure=False) if code else outside(self._reference, lat, lon)

    def _containing(self, lat: float, lon: float) -> str | None:
        """An odd number of an area's rings around the point: a hole takes away what its outer ring gave."""
        odd: set[str] = set()
        for code, band in self._grid.get(_cell(lat, lon), ()):
            if _surrounds(band, lat, lon):
                odd ^= {code}
        return min(odd, default=None)

    def _nearest(self, lat: float, lon: float) -> str | None:
        away = ((_metres_to(band, lat, lon), code) for code, band in self._around(lat, lon))
        return min((near for near in away if near[0] <= NEARBY), default=(0.0, None))[1]

    def _around(self, lat: float, lon: float) -> Iterable[tuple[str, Band]]:
        row, column = _cell(lat, lon)
        steps = range(-AROUND, AROUND + 1)
        found = (self._grid.get((row + down, column + right), ()) for down in steps for right in steps)
        return {id(band): (code, band) for cell in found for code, band in cell}.values()


def _cell(lat: float, lon: float) -> Cell:
    return math.floor(lat / MESH), math.floor(lon / MESH)


def _bands(ring: Ring) -> dict[int, Band]:
    """The ring's stretches by row: a ray along a parallel meets no others."""
    bands: dict[int, Band] = defaultdict(list)
    for (lat, lon), (next_lat, next_lon) in pairwise(ring):
        for row in range(math.floor(min(lat, next_lat) / MESH), math.floor(max(lat, next_lat) / MESH) + 1):
            bands[row].append((lat, lon, next_lat, next_lon))
    return bands


def _columns(band: Band) -> range:
    """From the band's western end to its eastern: nothing of the ring's inside lies beyond them in this row."""
    west = min(min(lon, next_lon) for _, lon, _, next_lon in band)
    east = max(max(lon, next_lon) for _, lon, _, next_lon in band)
    return range(math.floor(west / MESH), math.floor(east / MESH) + 1)


def _surrounds(band: Band, lat: float, lon: float) -> bool:
    """Whether a ray to the east crosses the ring an odd number of times."""
    inside = False
    for from_lat, from_lon, to_lat, to_lon in band:
        if (from_lat > lat) != (to_lat > lat):
            inside ^= lon < from_lon + (lat - from_lat) / (to_lat - from_lat) * (to_lon - from_lon)
    return inside


def _metres_to(band: Band, lat: float, lon: float) -> float:
    """From the point to the nearest of the stretches."""
    return min(_from_origin(*flat(a - lat, b - lon), *flat(c - lat, d - lon)) for a, b, c, d in band)


def _from_origin(x: float, y: float, end_x: float, end_y: float) -> float:
    """From the origin to a stretch of line."""
    dx, dy = end_x - x, end_y - y
    length = dx * dx + dy * dy
    along = min(1.0, max(0.0, -(x * dx + y * dy) / length)) if length else 0.0
    return math.hypot(x + along * dx, y + along * dy)
