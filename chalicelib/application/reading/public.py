"""What everybody may ask of the city: what is known nearby, and where the open cases are. Read from rows that hold no
words and no person."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from chalicelib.application.ports.public import Cluster, ListedCase, PublicLists
from chalicelib.domain.errors import invalid
from chalicelib.domain.labels import STATUS
from chalicelib.domain.place import earth, grid
from chalicelib.domain.place.grid import Box, Place
from chalicelib.domain.reference import Category

POINTS = 0.015  # degrees: up to this span the map reads the cases themselves, from at most 16 cells
MANY = 200  # points in one answer; more are joined per 0.001°
JOINED = 10  # ten-thousandths of a degree: about 110 m
WIDEST = 1.0 + 1e-9  # degrees: 107.4 − 106.4 is a little more than 1 in floats


class PublicReads:
    """`link` signs a picture's object key."""

    def __init__(
        self,
        *,
        lists: PublicLists,
        categories: Mapping[str, Category],
        link: Callable[[str], str],
    ) -> None:
        self._lists = lists
        self._categories = categories
        self._link = link

    def check(self, category: str | None) -> None:
        """Raises InvalidError for a code that no category has; a missing one is left to the caller."""
        if category is not None and category not in self._categories:
            raise invalid("category", "value", "No category has this code")

    def nearby(self, place: Place, category: str) -> dict[str, Any]:
        """Open public cases of the category within its radius, nearest first. Raises InvalidError."""
        self.check(category)
        known = self._categories[category]
        found = self._lists.nearby(grid.around(place, known.nearby_radius), category)
        measured = sorted((earth.distance(*place, *case.place), case.number, case) for case in found)
        return {"items": [self._near(case, away) for away, _, case in measured if away <= known.nearby_radius]}

    def _near(self, case: ListedCase, away: float) -> dict[str, Any]:
        return {
            "number": case.number,
            "distance_m": round(away),
            "category": case.category,
            "status": case.status,
            "label": STATUS[case.status].official,
            "received_at": case.received_at.isoformat(),
            "followers": case.followers,
        } | ({"photo": self._link(case.photo)} if case.photo else {})

    def map(self, box: Box) -> dict[str, Any]:
        """The open public cases of a box: one by one where it is small, counted together where it is not."""
        if box.span > POINTS:
            return {"items": [_dot(cluster) for cluster in self._lists.clusters(box)]}
        return {"items": _dots(self._lists.cases(box))}


def proper_box(edges: Sequence[float]) -> Box:
    """West, south, east, north. Raises InvalidError for anything but a box on the earth, inside 1°."""
    if len(edges) != 4:
        raise _improper("Four numbers are expected: west,south,east,north")
    box = Box(*edges)
    if not (-180 <= box.west < box.east <= 180 and -90 <= box.south < box.north <= 90):
        raise _improper("West and south come first, in degrees of WGS84")
    if box.span > WIDEST:
        raise _improper("The box is larger than 1°")
    return box


def _improper(message: str) -> Exception:
    return invalid("bbox", "value", message)


def _dots(cases: Sequence[ListedCase]) -> list[dict[str, Any]]:
    if len(cases) <= MANY:
        return [_point(case) for case in cases]
    heaps: dict[grid.Square, list[ListedCase]] = {}
    for case in cases:
        heaps.setdefault(grid.square(case.place, JOINED), []).append(case)
    return [dot for heap in heaps.values() for dot in (_dots(heap) if len(heap) == 1 else [_dot(_joined(heap))])]


def _point(case: ListedCase) -> dict[str, Any]:
    lat, lon = case.place
    about = {"number": case.number, "category": case.category, "status": case.status}
    return {"lat": lat, "lon": lon, "count": 1, **about}


def _joined(cases: Sequence[ListedCase]) -> Cluster:
    lat, lon = (sum(case.place[axis] for case in cases) / len(cases) for axis in (0, 1))
    return Cluster((lat, lon), len(cases))


def _dot(cluster: Cluster) -> dict[str, Any]:
    lat, lon = cluster.place
    return {"lat": round(lat, 4), "lon": round(lon, 4), "count": cluster.count}
