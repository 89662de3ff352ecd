"""A point → the kelurahan that contains it. Without boundary polygons the nearest centroid, which is a guess; with
them (boundaries.py) the polygon. Points are WGS84 degrees, distances metres."""

from typing import Protocol

from chalicelib.domain.place.earth import distance
from chalicelib.domain.reference import Area, Reference
from chalicelib.domain.values import dataclass

MAINLAND_REACH = 3_600.0  # a mainland point farther than this from every centroid is outside
ISLAND_REACH = 12_000.0  # the same around every point of Kepulauan Seribu, whose islands lie far apart
ISLANDS = "31.01."
NAMED_WITHIN = 30_000.0  # of a neighbouring city's point: farther away we name nobody rather than the wrong one


@dataclass(frozen=True, slots=True)
class AreaFound:
    """The kelurahan (code); `sure` when its boundary contains the point, else to be confirmed ("perkiraan")."""

    area: str
    sure: bool


@dataclass(frozen=True, slots=True)
class OutsideCity:
    """Not in Jakarta; the neighbouring city's name where one is near."""

    neighbour: str | None


class Places(Protocol):
    """Finds the area of a point."""

    def find(self, lat: float, lon: float) -> AreaFound | OutsideCity: ...


@dataclass(frozen=True, slots=True)
class Centroids:
    """The fallback: right for four points in five."""

    reference: Reference

    def find(self, lat: float, lon: float) -> AreaFound | OutsideCity:
        area = self._nearest_in_reach(lat, lon)
        return AreaFound(area, sure=False) if area else outside(self.reference, lat, lon)

    def _nearest_in_reach(self, lat: float, lon: float) -> str | None:
        points = ((at, area) for area in self.reference.areas.values() for at in area.points)
        away = ((distance(lat, lon, *at), area) for at, area in points)
        reached = ((metres, area.code) for metres, area in away if metres <= _reach(area))
        return min(reached, default=(0.0, None))[1]


def _reach(area: Area) -> float:
    return ISLAND_REACH if area.code.startswith(ISLANDS) else MAINLAND_REACH


def outside(reference: Reference, lat: float, lon: float) -> OutsideCity:
    """The refusal, with the nearest neighbour's name."""
    away = ((distance(lat, lon, city.lat, city.lon), city.name) for city in reference.neighbours)
    return OutsideCity(min((near for near in away if near[0] <= NAMED_WITHIN), default=(0.0, None))[1])
