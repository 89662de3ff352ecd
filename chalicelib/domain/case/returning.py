""" "Muncul lagi": a report that says of a closed case at the same spot that its repair did not hold."""

from datetime import datetime, timedelta

from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.publicity import publicity
from chalicelib.domain.place.earth import distance
from chalicelib.domain.reference import Reference

RETURNS_WITHIN = timedelta(days=90)  # after it was closed
Point = tuple[float, float]


def has_returned(
    earlier: Complaint, *, area: str | None, place: Point | None, reference: Reference, now: datetime
) -> bool:
    """Whether a report at this spot may be linked to the earlier case."""
    closed_at = _closed_at(earlier)
    recent = closed_at is not None and now - closed_at < RETURNS_WITHIN
    return recent and _is_same_spot(earlier, area, place, reference)


def _closed_at(case: Complaint) -> datetime | None:
    window = case.clocks.get("confirmation")
    return window.stopped_at if case.status == "closed" and window else None


def _is_same_spot(earlier: Complaint, area: str | None, place: Point | None, reference: Reference) -> bool:
    """Within the radius of its category; of a case whose place is nobody's to know the kelurahan alone counts: else its
    point could be found by trying."""
    category = reference.categories[earlier.category]
    if earlier.place is None or place is None or not publicity(earlier, category).placed:
        return area is not None and area == earlier.area
    return distance(*earlier.place, *place) <= category.nearby_radius
