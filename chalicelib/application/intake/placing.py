"""A location as people give it, a point or a kelurahan → the spot where it lies, or why not."""

from chalicelib.domain.errors import FieldError
from chalicelib.domain.place.grid import Place
from chalicelib.domain.place.places import AreaFound, OutsideCity, Places
from chalicelib.domain.place.spots import Location, Spot
from chalicelib.domain.reference import Reference

DECIMALS = 4  # of a degree: about 10 m


def rounded(place: Place) -> Place:
    """Rounded to 10 m: the precision shown to anyone outside the case."""
    return round(place[0], DECIMALS), round(place[1], DECIMALS)


def find_spot(location: Location, *, places: Places, reference: Reference) -> Spot | FieldError:
    """Where it lies; a fault for an unknown kelurahan, a point outside the city, or neither of both."""
    if location.kelurahan is not None:
        known = location.kelurahan in reference.areas
        unknown = FieldError("location.kelurahan", "value", "No kelurahan has this code")
        return Spot(location.kelurahan) if known else unknown
    if location.lat is None or location.lon is None:
        return FieldError("location", "required", "A point (lat and lon) or a kelurahan is needed")
    match places.find(location.lat, location.lon):
        case AreaFound(area):
            return Spot(area, rounded((location.lat, location.lon)))
        case OutsideCity(neighbour):
            return _outside(neighbour)


def _outside(neighbour: str | None) -> FieldError:
    beside = f"; please tell the government of {neighbour}" if neighbour else ""
    return FieldError("location", "outside", f"This place is outside Jakarta{beside}")
