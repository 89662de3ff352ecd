"""Whose matter it is: owners, authorities, first receiver, the right to close, whom a late case goes to.
Rules over the city's reference data; categories, areas and units are named by code. An external unit never holds a
case."""

from chalicelib.domain import ladder
from chalicelib.domain.reference import Category, Reference
from chalicelib.domain.rules import RouteRecord

OF_THE_PLACE = ("KEL", "KEC", "KOTA")  # in a category: the unit that contains the place
GOVERNMENT_BUREAU = "BIRO_PEM"  # validates, coordinates, holds what has no place yet
INSPECTORATE = "INSPEKTORAT"  # holds what is about officers; the coordinator sees none of its cases
REGIONAL_SECRETARY = "SEKDA"
SUB_AGENCY = "suku_dinas"


def opd_of(unit: str, reference: Reference) -> str:
    """A suku dinas belongs to its dinas; every other unit is its own OPD."""
    found = reference.units[unit]
    return found.parent or unit if found.kind == SUB_AGENCY else unit


def units_of_opd(opd: str, reference: Reference) -> tuple[str, ...]:
    """The OPD and its suku dinas."""
    below = (u.code for u in reference.units.values() if u.kind == SUB_AGENCY and u.parent == opd)
    return (opd, *below)


def unit_at(reference: Reference, owner: str, area: str | None) -> str | None:
    """The unit that a category's owner means at this place; None when only a place could tell."""
    if owner not in OF_THE_PLACE:
        return owner
    if area is None:
        return None
    place = reference.areas[area]
    codes = {"KEL": place.code, "KEC": place.kecamatan_code, "KOTA": place.kota_code}
    return f"{owner}_{codes[owner]}"


def owners(
    reference: Reference, *, category: str, area: str | None, route: RouteRecord | None = None
) -> tuple[str, ...]:
    """Lead and co-owners at this place, lead first, external ones included; without a place only the named ones.
    `route` is what the case has on record of a rule: the owners that it named stand in the place of the category's."""
    units = (unit_at(reference, owner, area) for owner in _named(reference, category, route))
    return tuple(dict.fromkeys(unit for unit in units if unit))


def _named(reference: Reference, category: str, route: RouteRecord | None) -> tuple[str, ...]:
    """The owners as they are written: units, or KEL, KEC, KOTA."""
    found = reference.categories[category]
    return route.owners if route and route.owners else (found.lead, *found.co_owners)


def lead_at(reference: Reference, *, category: str, area: str | None, route: RouteRecord | None = None) -> str | None:
    """Whose matter it is here before all others; None when only a place could tell."""
    return unit_at(reference, _named(reference, category, route)[0], area)


def place_decides(reference: Reference, *, category: str) -> bool:
    """Whether nobody can receive it before its place is known; then the location clock runs."""
    return _receiver(reference, category) in OF_THE_PLACE


def first_receiver(reference: Reference, *, category: str, area: str | None) -> str:
    """Who gets the alert. One about officers never goes to the kelurahan; one led from outside the city goes to the
    kelurahan where the category begins there, else to the government bureau, which refers it. Without a place the
    bureau holds what depends on one."""
    return unit_at(reference, _receiver(reference, category), area) or GOVERNMENT_BUREAU


def _receiver(reference: Reference, category: str) -> str:
    found = reference.categories[category]
    if found.first_receiver == "KEL" and not found.about_officer:
        return "KEL"
    return GOVERNMENT_BUREAU if _external(reference, found.lead) else found.lead


def _external(reference: Reference, owner: str) -> bool:
    return owner not in OF_THE_PLACE and reference.units[owner].external


def can_hold(reference: Reference, unit: str) -> bool:
    """Whether a case may be placed there at all: a unit that we know, inside the province."""
    return unit in reference.units and not reference.units[unit].external


def authorities(
    reference: Reference, *, category: str, area: str | None, route: RouteRecord | None = None
) -> tuple[str, ...]:
    """Every unit with authority over the category at this place: its owners, then any suku dinas of one. To these a
    case may be coordinated; the coordinator alone may name any that `can_hold` it."""
    named = owners(reference, category=category, area=area, route=route)
    inside = [unit for unit in named if can_hold(reference, unit)]
    below = [unit for owner in inside for unit in units_of_opd(owner, reference)]
    return tuple(dict.fromkeys((*inside, *below)))


def has_closing_right(
    reference: Reference,
    *,
    category: str,
    area: str | None,
    unit: str,
    owner: str | None,
    status: str,
    route: RouteRecord | None = None,
) -> bool:
    """Whether the holder `unit` may accept, or say it is done. `owner` is where the coordinator placed the case: that
    unit, and its suku dinas when it hands the case down."""
    return (
        status == "referred"
        or unit in authorities(reference, category=category, area=area, route=route)
        or (owner is not None and unit in units_of_opd(owner, reference))
        or (_led_from_outside(reference, category, route) and unit == _received_by(reference, category, area, route))
    )


def owner_unit(
    reference: Reference,
    *,
    category: str,
    area: str | None,
    owner: str | None = None,
    route: RouteRecord | None = None,
) -> str:
    """The one unit to name to a holder without the closing right: where it was placed, else the lead, else (led from
    outside the city, or nobody knows yet) the first receiver."""
    lead = lead_at(reference, category=category, area=area, route=route)
    inside = lead if lead and can_hold(reference, lead) else None
    return owner or inside or _received_by(reference, category, area, route)


def _received_by(reference: Reference, category: str, area: str | None, route: RouteRecord | None) -> str:
    """The first receiver, as the case has it on record."""
    return route.receiver if route else first_receiver(reference, category=category, area=area)


def _led_from_outside(reference: Reference, category: str, route: RouteRecord | None) -> bool:
    return _external(reference, _named(reference, category, route)[0])


def judge(category: Category) -> str:
    """The unit that judges proofs: a case about officers is the inspectorate's own."""
    return INSPECTORATE if category.about_officer else GOVERNMENT_BUREAU


def escalation_target(reference: Reference, unit: str, rung: str) -> str:
    """The unit whose topic is told of a rung: the holder for reminders and the breach, then its superior, the
    government bureau, and the regional secretary."""
    hears = ladder.STEPS[rung].hears
    if hears == ladder.SUPERIOR:
        return _superior(reference, unit)
    return {ladder.BUREAU: GOVERNMENT_BUREAU, ladder.SECRETARY: REGIONAL_SECRETARY}.get(hears, unit)


def _superior(reference: Reference, unit: str) -> str:
    """The dinas of a suku dinas, the kota of a kelurahan or kecamatan, else the government bureau."""
    found = reference.units[unit]
    if found.kind == "kelurahan" and found.parent:
        return _superior(reference, found.parent)
    reports = found.kind in (SUB_AGENCY, "kecamatan") and found.parent
    return reports or GOVERNMENT_BUREAU
