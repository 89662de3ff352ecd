"""A place as people give it, a point or a kelurahan → the area that it lies in, or why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.domain.errors import FieldError
from chalicelib.domain.grid import Place
from chalicelib.domain.places import Found, Outside, Places
from chalicelib.domain.reference import Reference

DECIMALS = 4  # of a degree: about 10 m


@dataclass(frozen=True, slots=True)
class Placed:
    """The kelurahan's code, and the point rounded to 10 m where one was given."""

    area: str
    place: Place | None = None


def rounded(place: Place) -> Place:
    """As exactly as anybody but the case's own people may know it."""
    return round(place[0], DECIMALS), round(place[1], DECIMALS)


def placed(location: Mapping[str, Any], *, places: Places, reference: Reference) -> Placed | FieldError:
    """`location` is {lat, lon, accuracy_m?} or {kelurahan}."""
    kelurahan = location.get("kelurahan")
    if kelurahan is not None:
        known = kelurahan in reference.areas
        return Placed(kelurahan) if known else FieldError("location.kelurahan", "value", "No kelurahan has this code")
    lat, lon = location["lat"], location["lon"]
    match places.find(lat, lon):
        case Found(area):
            return Placed(area, rounded((lat, lon)))
        case Outside(neighbour):
            return _outside(neighbour)


def _outside(neighbour: str | None) -> FieldError:
    beside = f"; please tell the government of {neighbour}" if neighbour else ""
    return FieldError("location", "outside", f"This place is outside Jakarta{beside}")
