"""The city as a grid, so that "what is near" and "what is in this box" read a bounded number of rows. Places are
rounded to 10 m and counted in whole ten-thousandths of a degree: no cell edge depends on a float. Cells are keys of
stored rows: they are cut by degrees alone, and no value of earth.py may move their edges."""

from chalicelib.domain.place.earth import DEGREE, NARROWED
from chalicelib.domain.values import dataclass

UNITS = 10_000  # per degree
CELL = 50  # 0.005°: about 550 m; holds the cases themselves
CLUSTERS = (100, 500)  # 0.01° and 0.05°: hold counts, for boxes too large to read case by case
BLOCK = 10  # clusters of one block (10 × 10) are read together
WIDER = 1.001  # a box is a thousandth wider than its radius, so that no rounding leaves out a place on its edge

Place = tuple[float, float]  # WGS84 latitude and longitude
Square = tuple[int, int]  # indexes of a cell, cluster or block: south edge, west edge


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees; `west < east`, `south < north`."""

    west: float
    south: float
    east: float
    north: float

    @property
    def span(self) -> float:
        return max(self.east - self.west, self.north - self.south)

    def holds(self, place: Place) -> bool:
        return self.south <= place[0] <= self.north and self.west <= place[1] <= self.east


def units(degrees: float) -> int:
    return round(degrees * UNITS)


def square(place: Place, step: int) -> Square:
    """The square of `step` ten-thousandths of a degree that the place lies in."""
    return units(place[0]) // step, units(place[1]) // step


def covering(box: Box, step: int) -> list[Square]:
    """Every square of that step which touches the box."""
    low, high = square((box.south, box.west), step), square((box.north, box.east), step)
    return [(lat, lon) for lat in range(low[0], high[0] + 1) for lon in range(low[1], high[1] + 1)]


def around(place: Place, radius: float) -> Box:
    """A box that holds every place within `radius` metres, as `earth.distance` measures."""
    lat, lon = place
    tall = radius * WIDER / DEGREE
    wide = tall / NARROWED
    return Box(lon - wide, lat - tall, lon + wide, lat + tall)
