"""Where a case lies: as people say it, and as the city understood it."""

from typing import Any

from chalicelib.domain.place.grid import Place
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Location:
    """As it was sent: a point (WGS84 degrees, accuracy in metres), or a kelurahan by its code."""

    lat: float | None = None
    lon: float | None = None
    accuracy_m: float | None = None
    kelurahan: str | None = None

    def as_words(self) -> dict[str, Any]:
        """What was sent, in the form of an event's words."""
        named = {"lat": self.lat, "lon": self.lon, "accuracy_m": self.accuracy_m, "kelurahan": self.kelurahan}
        return {name: value for name, value in named.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Spot:
    """The kelurahan's code, and the point rounded to 10 m where one was given."""

    area: str
    place: Place | None = None
