"""The place that a message of a conversation names: a shared position, a map's link, or a kelurahan by its name. It is
told to those who work the case as a sentence; only they move a case to its place."""

from collections.abc import Callable

from chalicelib.application.intake.placing import find_spot
from chalicelib.application.intake.sorting import point_in
from chalicelib.application.wording import Phrases
from chalicelib.domain.errors import FieldError
from chalicelib.domain.place.area_names import AreaNames, find_areas
from chalicelib.domain.place.places import Places
from chalicelib.domain.place.spots import Location
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass

LONGEST = 200  # characters: a name stands in a short message


@dataclass(frozen=True, slots=True)
class Found:
    """`sentence` says the place, "" for none; `is_inside`: it lies in the city."""

    sentence: str = ""
    is_inside: bool = False
    is_outside: bool = False


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`words` are those of officers: the city's language."""

    reference: Reference
    places: Callable[[], Places]
    names: Callable[[], AreaNames]
    words: Callable[[], Phrases]

    def __call__(self, text: str, shared: Location | None) -> Found:
        point = shared or point_in(text)
        return self._at(point) if point else self._named(text)

    def _at(self, point: Location) -> Found:
        spot = find_spot(point, places=self.places(), reference=self.reference)
        if isinstance(spot, FieldError):
            return Found(is_outside=True)
        return Found(self._sentence("point", spot.area, lat=f"{point.lat:.6f}", lon=f"{point.lon:.6f}"), True)

    def _named(self, text: str) -> Found:
        matches = find_areas(text, self.names()) if 0 < len(text) <= LONGEST else ()
        return Found(self._sentence("named", matches[0].area), True) if matches and matches[0].sure else Found()

    def _sentence(self, form: str, code: str, **values: str) -> str:
        area = self.reference.areas[code]
        phrase = self.words()["talks"]["place_found"][form]
        return str(phrase.format(area=area.name, kecamatan=area.kecamatan, **values))
