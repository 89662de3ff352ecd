"""Flood mode as a coordinator works it: switched on for a category, an area and some hours, off again, and what it
did."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.application.ports.floods import Floods
from chalicelib.application.reading.view_parts import View, area_view, category_view
from chalicelib.domain.actor import Actor
from chalicelib.domain.errors import ConflictError, FieldError, InvalidError, NotAllowedError, NotFoundError, all_faults
from chalicelib.domain.floods import Flood, FloodRules, Incident, hour_of, switch_faults
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass

SHOWN = timedelta(days=7)  # how far back switches are listed
MOST_SHOWN = 20  # switches
MOST_ON = 50  # that may hold at once
SWITCHES = "coordinator"  # the role that does


@dataclass(frozen=True, slots=True)
class FloodPermit:
    """Somebody who may switch flood mode; made by `FloodMode.permit` only."""

    actor: Actor


@dataclass(frozen=True, slots=True)
class FloodMode:
    """`now` is the domain's time; `random_id` tells switches of one second apart."""

    floods: Floods
    rules: FloodRules
    reference: Reference
    now: Callable[[], datetime]
    random_id: Callable[[], str]

    def permit(self, actor: Actor) -> FloodPermit:
        """Raises NotAllowedError for who is no coordinator."""
        if actor.role != SWITCHES:
            raise NotAllowedError("Only a coordinator switches flood mode")
        return FloodPermit(actor)

    def listed(self, _permit: FloodPermit) -> View:
        """{items}: the switches of the last days, the newest first, each with its incidents."""
        floods = self.floods.since(self.now() - SHOWN, MOST_SHOWN)
        incidents = {category: self._incidents(category, floods) for category in {f.category for f in floods}}
        return {"items": [self._view(flood, incidents[flood.category]) for flood in floods]}

    def switch_on(
        self,
        permit: FloodPermit,
        category: str = "",
        area: str = "",
        hours: int = 0,
        *,
        misformed: Sequence[FieldError] = (),
    ) -> View:
        """The new switch. Raises InvalidError, with the `misformed` fields; ConflictError where one for the same is on,
        or too many are."""
        faults = all_faults(misformed, switch_faults(category, area, hours, self.reference, self.rules))
        if faults:
            raise InvalidError(faults)
        now = self.now()
        on = [flood for flood in self.floods.since(now - timedelta(days=1), MOST_ON) if flood.is_on(now)]
        if len(on) >= MOST_ON or any((flood.category, flood.area) == (category, area) for flood in on):
            raise ConflictError("state_forbids")
        flood_id = f"{int(now.timestamp()):010d}-{self.random_id()}"
        flood = Flood(flood_id, category, area, now, now + timedelta(hours=hours), permit.actor.id)
        self.floods.put(flood)
        return self._view(flood, ())

    def switch_off(self, permit: FloodPermit, flood_id: str) -> View:
        """The switch, off; what was merged stays merged. One that is off stays as it was. Raises NotFoundError."""
        flood, now = self._known(flood_id), self.now()
        if flood.is_on(now):
            flood = replace(flood, off_at=now, off_by=permit.actor.id)
            self.floods.put(flood)
        return self._view(flood, self._incidents(flood.category, [flood]))

    def check(self, _permit: FloodPermit, flood_id: str) -> None:
        """Raises NotFoundError for no switch of ours."""
        self._known(flood_id)

    def _known(self, flood_id: str) -> Flood:
        flood = self.floods.find(flood_id)
        if flood is None:
            raise NotFoundError
        return flood

    def _incidents(self, category: str, floods: Iterable[Flood]) -> list[Incident]:
        rule = self.rules.of(category)
        first = min(flood.begins(rule) for flood in floods if flood.category == category)
        return self.floods.incidents(category, hour_of(first, rule))

    def _view(self, flood: Flood, incidents: Iterable[Incident]) -> View:
        rule = self.rules.of(flood.category)
        first, last = hour_of(flood.begins(rule), rule), flood.off_at or flood.until
        mine = (each for each in incidents if flood.covers(each.area) and first <= each.hour <= last)
        return {
            "id": flood.flood_id,
            "category": category_view(flood.category, self.reference),
            "area": {"code": flood.area, "name": self._name(flood.area)},
            "since": flood.since.isoformat(),
            "until": flood.until.isoformat(),
            "by": flood.switched_by,
            "on": flood.is_on(self.now()),
            "off_at": flood.off_at and flood.off_at.isoformat(),
            "off_by": flood.off_by,
            "least": rule.reports,
            "incidents": [self._incident(each) for each in mine],
        }

    def _incident(self, incident: Incident) -> View:
        area = area_view(incident.area, self.reference)
        return {"area": area, "hour": incident.hour.isoformat(), "lead": incident.lead, "merged": incident.merged}

    def _name(self, code: str) -> str:
        """A kelurahan's, kecamatan's or kota's."""
        names = (
            {area.code: area.name, area.kecamatan_code: area.kecamatan, area.kota_code: area.kota}
            for area in self.reference.areas.values()
        )
        return next(found[code] for found in names if code in found)
