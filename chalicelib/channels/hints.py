"""What the words of a message may mean, each with its reason: for the person who makes a case of it."""

import re
from collections.abc import Callable
from typing import Any

from chalicelib.application.intake.sorting import LOOKED_AT, point_in
from chalicelib.application.reading.view_parts import View, area_view, category_view
from chalicelib.channels.incoming import Incoming
from chalicelib.domain.place.area_names import AreaNames, find_areas
from chalicelib.domain.place.places import AreaFound, Places
from chalicelib.domain.place.spots import Location
from chalicelib.domain.reference import Reference
from chalicelib.domain.text.privacy import shown
from chalicelib.domain.text.suggestions import Words, suggest
from chalicelib.domain.values import dataclass

MOST = 3  # of each kind
RT_RW = re.compile(r"\bRT\b\D{0,3}(?P<rt>\d{1,3})\b\D{0,6}\bRW\b\D{0,3}(?P<rw>\d{1,3})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hints:
    """`words`, `area_names` and `places` answer the city's tables."""

    reference: Reference
    words: Callable[[], Words]
    area_names: Callable[[], AreaNames]
    places: Callable[[], Places]

    def __call__(self, incoming: Incoming) -> View:
        """{categories: [{category, reasons, sure}], point: {lat, lon, area}|null, areas, landmark: text|null}. None of
        it is chosen."""
        text = incoming.text[:LOOKED_AT]
        report = incoming.report
        place = incoming.location or (report.location if report else None) or point_in(text)
        return {
            "categories": self._categories(text, report.category if report else ""),
            "point": self._point(place),
            "areas": self._areas(text),
            "landmark": (report.landmark if report else "") or _neighbourhood(text),
        }

    def _categories(self, text: str, named: str) -> list[View]:
        """The one that the sender named, with no other reason than that, comes first."""
        found = [(each.category, each.reasons, each.sure) for each in suggest(text, self.words())]
        given = [(named, (), True)] if named in self.reference.categories else []
        rest = [each for each in found if each[0] != named]
        return [self._category(*each) for each in [*given, *rest][:MOST]]

    def _category(self, code: str, reasons: tuple[str, ...], sure: bool) -> View:
        named = category_view(code, self.reference)
        return {"category": named, "reasons": [shown(reason) for reason in reasons[:MOST]], "sure": sure}

    def _point(self, place: Location | None) -> View | None:
        """Only a point inside the city is one."""
        if place is None or place.lat is None or place.lon is None:
            return None
        found: Any = self.places().find(place.lat, place.lon)
        if not isinstance(found, AreaFound):
            return None
        return {"lat": place.lat, "lon": place.lon, "area": area_view(found.area, self.reference)}

    def _areas(self, text: str) -> list[View | None]:
        """Kelurahan that the words may name; too many to choose from are none."""
        found = find_areas(text, self.area_names()) if text else ()
        sure = [match for match in found if match.sure] or list(found)
        return [area_view(match.area, self.reference) for match in sure[:MOST]]


def _neighbourhood(text: str) -> str | None:
    """RT and RW, the city's smallest areas, as people write them: `RT 05/RW 03`."""
    found = RT_RW.search(text)
    return f"RT {int(found['rt']):02d}/RW {int(found['rw']):02d}" if found else None
