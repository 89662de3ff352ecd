"""What free words say of the category and the place: enough to begin with. A person can always correct it; nothing
sensitive is chosen by words alone, and only a position sets a place."""

import re
from collections.abc import Callable

from chalicelib.domain.place.spots import Location
from chalicelib.domain.text.suggestions import Words, suggest
from chalicelib.domain.values import dataclass

UNSORTED = "LAIN"  # the category of what nobody has sorted yet
LOOKED_AT = 4_000  # characters
MOST_REASONS = 3
_NUMBER = r"-?\d{1,3}\.\d{1,12}"
_FINE = r"-?\d{1,3}\.\d{4,12}"  # in free words a point has four decimals: prices and hours have fewer
_BETWEEN = r"\s*(?:,|%2C|;|\s)\s*"
# A point as people copy it from a map, and as the map services write it into their links.
_PAIR = re.compile(
    rf"[@=:](?P<lat>{_NUMBER}){_BETWEEN}(?P<lon>{_NUMBER})(?![\d.])"
    rf"|(?<![\d.])(?P<lat2>{_FINE}){_BETWEEN}(?P<lon2>{_FINE})(?![\d.])",
    re.IGNORECASE,
)
_LINK = re.compile(
    rf"!3d(?P<lat>{_NUMBER})!4d(?P<lon>{_NUMBER})|[#&?]mlat=(?P<lat2>{_NUMBER})&mlon=(?P<lon2>{_NUMBER})"
)


@dataclass(frozen=True, slots=True)
class Sorted:
    """`category` is chosen; `reasons` are the sender's own words that speak for it, empty where none was sure.
    `suggested`: the likeliest, for the person who sorts."""

    category: str
    reasons: tuple[str, ...]
    suggested: str = ""


@dataclass(frozen=True, slots=True)
class Sorting:
    """`words` answers the city's word table."""

    words: Callable[[], Words]

    def __call__(self, text: str) -> Sorted:
        found = suggest(text[:LOOKED_AT], self.words())
        if not found:
            return Sorted(UNSORTED, ())
        best = found[0]
        chosen = best.category if best.sure else UNSORTED
        return Sorted(chosen, best.reasons[:MOST_REASONS] if best.sure else (), suggested=best.category)


def point_in(text: str) -> Location | None:
    """The first point in the text: a pair of decimal degrees, or a map's link. None without one; whether it lies in
    Jakarta is asked later."""
    found = _LINK.search(text[:LOOKED_AT]) or _PAIR.search(text[:LOOKED_AT])
    if found is None:
        return None
    named = found.groupdict()
    lat, lon = (float(named[name] or named.get(f"{name}2") or "nan") for name in ("lat", "lon"))
    return Location(lat=lat, lon=lon) if abs(lat) <= 90 and abs(lon) <= 180 else None
