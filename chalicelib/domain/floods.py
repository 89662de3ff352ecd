"""Flood mode: many reports of one category in one kelurahan and one hour become one incident. The first report leads,
the others are merged into it by the system. It is off until a coordinator switches it on."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import UTC, datetime, timedelta

from chalicelib.domain import routing
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.lodging import first_clocks
from chalicelib.domain.case.publicity import is_delicate, is_shielded
from chalicelib.domain.errors import FieldError
from chalicelib.domain.reference import Category, Reference
from chalicelib.domain.rules import Rule
from chalicelib.domain.values import dataclass

LATE = timedelta(minutes=15)  # so long after its end reports are still joined that were received before it
UNTOUCHED = 1  # the version of a case that nobody has decided anything about


@dataclass(frozen=True, slots=True)
class FloodRule:
    """The thresholds of a category: so many `reports` within one `span` make an incident; at most `merged` reports are
    merged into one lead; one switch holds for at most so many `hours`."""

    reports: int
    span: timedelta
    merged: int
    hours: int


@dataclass(frozen=True, slots=True)
class FloodRules:
    """The rule of each category; `usual` where it has none of its own."""

    usual: FloodRule
    own: Mapping[str, FloodRule] = field(default_factory=dict)

    def of(self, category: str) -> FloodRule:
        return self.own.get(category, self.usual)


@dataclass(frozen=True, slots=True)
class Flood:
    """One switch: a category, an area (code of a kelurahan, kecamatan or kota), from when until when (UTC), by whom;
    when and by whom it was switched off before its end."""

    flood_id: str
    category: str
    area: str
    since: datetime
    until: datetime
    switched_by: str
    off_at: datetime | None = None
    off_by: str | None = None

    def is_on(self, now: datetime) -> bool:
        return self.off_at is None and now < self.until

    def is_seen_to(self, now: datetime) -> bool:
        """Whether reports are joined now. Switched off means off; one that ended by itself still gets its last ones."""
        return self.off_at is None and now < self.until + LATE

    def begins(self, rule: FloodRule) -> datetime:
        """Reports count from one span before the switch: who switches sees a flood that has begun."""
        return self.since - rule.span

    def covers(self, area: str) -> bool:
        return area == self.area or area.startswith(f"{self.area}.")


@dataclass(frozen=True, slots=True)
class Incident:
    """The reports of one kelurahan (`area`) from `hour` on, for one span. `lead` is the number of the first. `part`
    counts from 1: where a lead has ended or is full, the next part has another. `merged`: how many reports the lead
    had taken in when it was last looked at."""

    category: str
    area: str
    hour: datetime
    part: int
    lead: str
    merged: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """An untouched report, as a queue shows it."""

    number: str
    area: str
    received_at: datetime


Group = tuple[str, datetime]  # kelurahan, hour


def hour_of(at: datetime, rule: FloodRule) -> datetime:
    """The beginning of the span that this time falls into. Spans are cut by the clock, not by a switch, so that two
    switches over the same kelurahan find the same incident."""
    length = int(rule.span.total_seconds())
    return datetime.fromtimestamp(int(at.timestamp()) // length * length, UTC)


def groups(reports: Iterable[Report], rule: FloodRule) -> dict[Group, list[str]]:
    """The numbers of each kelurahan and hour, the first received first: everybody who sorts finds the same lead."""
    found: dict[Group, list[str]] = {}
    for report in sorted(reports, key=lambda report: (report.received_at, report.number)):
        found.setdefault((report.area, hour_of(report.received_at, rule)), []).append(report.number)
    return found


def may_join(complaint: Complaint, category: Category) -> bool:
    """Only what nobody has decided about: so one that was taken out again, or objected, is never merged again. Nothing
    that is shielded, and nothing that others were merged into."""
    untouched = complaint.status == "waiting" and complaint.version == UNTOUCHED
    return untouched and complaint.located and not complaint.merged and not is_shielded(complaint, category)


def may_lead(complaint: Complaint, category: Category, rule: FloodRule) -> bool:
    """Open, public, not full, and still of the category that it was reported under."""
    is_same = complaint.category == category.code and not is_shielded(complaint, category)
    return complaint.is_open and len(complaint.merged) < rule.merged and is_same


def areas_in(code: str, reference: Reference) -> tuple[str, ...]:
    """The kelurahan of a kelurahan's, kecamatan's or kota's code; none for what is no such code."""
    found = (area.code for area in reference.areas.values() if code in (area.code, area.kecamatan_code, area.kota_code))
    return tuple(found)


def receivers(category: str, areas: Iterable[str], rules: Iterable[Rule], reference: Reference) -> tuple[str, ...]:
    """The units that may have received a report of this category in one of these kelurahan: by the category, or by a
    routing rule that may fit it."""
    by_rule = [rule.receiver for rule in rules if not rule.when.categories or category in rule.when.categories]
    units = (
        unit
        for area in areas
        for unit in (
            routing.first_receiver(reference, category=category, area=area),
            *(routing.unit_at(reference, receiver, area) for receiver in by_rule),
        )
    )
    return tuple(dict.fromkeys(unit for unit in units if unit and unit in reference.units))


def first_due(category: Category, received_at: datetime, reference: Reference) -> int:
    """When a report is due first (epoch seconds), by its receipt: what sorts it in its queue while it is untouched.
    Later receipts are never due earlier."""
    clocks = first_clocks(category, reference, received_at, awaits_place=False)
    return int(clocks["coordination"].due_at.timestamp())


def switch_faults(category: str, area: str, hours: int, reference: Reference, rules: FloodRules) -> list[FieldError]:
    """What is wrong with a switch that somebody asks for."""
    known, faults = reference.categories.get(category), []
    if known is None or is_delicate(known):
        faults.append(FieldError("category", "value", "Name a category whose cases everybody may see"))
    if not areas_in(area, reference):
        faults.append(FieldError("area", "value", "Name a kelurahan, kecamatan or kota by its code"))
    most = rules.of(category).hours
    if not 1 <= hours <= most:
        faults.append(FieldError("hours", "value", f"A number from 1 to {most}"))
    return faults
