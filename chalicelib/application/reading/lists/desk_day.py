"""What a desk took in today, the newest first: read from the cases of the day as they are counted, so that a second or
two may pass until a new one stands there."""

from collections.abc import Callable, Iterator
from datetime import datetime

from chalicelib.application.people.desks import DeskPermit
from chalicelib.application.ports.public import CASE_SHARDS, CityFigures, CountedCase
from chalicelib.application.reading.view_parts import View, area_view, category_view
from chalicelib.domain.calendar import WIB
from chalicelib.domain.case.figures import Tally
from chalicelib.domain.case.publicity import is_delicate
from chalicelib.domain.labels import STATUS
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass

MOST = 200  # cases that the list shows
LOOKED_THROUGH = 1_000  # rows of one part of the day


@dataclass(frozen=True, slots=True)
class DeskDay:
    """`now` is the domain's time; its day is Jakarta's."""

    figures: CityFigures
    reference: Reference
    now: Callable[[], datetime]

    def today(self, permit: DeskPermit) -> View:
        """{items: [{number, status, label, category, area, channel, received_at}]}, of the reader's own channels. Who
        sits in a kelurahan sees what lies there. What is shown to few, or is delicate in a kelurahan, is left out."""
        found = [case for case in self._of_today() if self._is_of(permit, case.tally)]
        newest = sorted(found, key=lambda case: case.tally.received_at, reverse=True)[:MOST]
        return {"items": [self._item(case) for case in newest]}

    def _of_today(self) -> Iterator[CountedCase]:
        day = f"{self.now().astimezone(WIB):%Y-%m-%d}"
        for shard in range(CASE_SHARDS):
            yield from self.figures.cases_of(day, shard, None, LOOKED_THROUGH)

    def _is_of(self, permit: DeskPermit, tally: Tally) -> bool:
        if tally.channel not in permit.channels or tally.restricted:
            return False
        if permit.actor.role != "kelurahan_officer":
            return True
        near = permit.actor.unit == f"KEL_{tally.area}"
        return near and not is_delicate(self.reference.categories[tally.category])

    def _item(self, case: CountedCase) -> View:
        tally = case.tally
        return {
            "number": case.number,
            "status": tally.status,
            "label": STATUS[tally.status].official,
            "category": category_view(tally.category, self.reference),
            "area": area_view(tally.area, self.reference),
            "channel": tally.channel,
            "received_at": tally.received_at.isoformat(),
        }
