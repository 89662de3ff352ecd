"""Where the day's reports lie: inside the polygons of AREAS_FILE, else close to the centroids, so that the kelurahan is
certain and the city's answer can be judged. A city is to be asked with the file that it was started with."""

import json
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from tools.tables.areas import read

MARGIN = 0.0006  # degrees, some 65 m inside: a simplified border moves by less than 40 m
AROUND = 0.001  # degrees around a centroid, some 110 m
TRIES = 60
Place = tuple[float, float]  # latitude, longitude


class Places(Protocol):
    def draw(self, area: str) -> Place: ...


class InPolygons:
    """Evenly within a kelurahan, away from its border; in one too narrow for that, at a point inside it."""

    def __init__(self, file: Path, chance: random.Random) -> None:
        from shapely.geometry import MultiPolygon, Polygon

        self._chance = chance
        outlines = read(json.loads(file.read_text(encoding="utf-8")))
        shapes = {o.code: MultiPolygon([Polygon(p[0], p[1:]) for p in o.polygons]).buffer(0) for o in outlines}
        self._shapes: dict[str, Any] = {code: shape.buffer(-MARGIN) or shape for code, shape in shapes.items()}

    def draw(self, area: str) -> Place:
        from shapely.geometry import Point

        shape = self._shapes[area]
        west, south, east, north = shape.bounds
        for _ in range(TRIES):
            point = Point(self._chance.uniform(west, east), self._chance.uniform(south, north))
            if shape.contains(point):
                return round(point.y, 6), round(point.x, 6)
        inside = shape.representative_point()
        return round(inside.y, 6), round(inside.x, 6)


class NearCentroids:
    """`areas` as `GET /reference` has them. Two centroids are never so close that another kelurahan's is nearer."""

    def __init__(self, areas: Mapping[str, Mapping[str, Any]], chance: random.Random) -> None:
        self._areas = areas
        self._chance = chance

    def draw(self, area: str) -> Place:
        centre = self._areas[area]
        lat, lon = (centre[axis] + self._chance.uniform(-AROUND, AROUND) for axis in ("lat", "lon"))
        return round(lat, 6), round(lon, 6)
