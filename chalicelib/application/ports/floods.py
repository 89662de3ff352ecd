"""The switches of flood mode and the incidents that came of them."""

from datetime import datetime
from typing import Protocol

from chalicelib.domain.floods import Flood, Incident


class Floods(Protocol):
    """Rows of their own, beside the cases."""

    def put(self, flood: Flood) -> None:
        """Writes the switch as it is now."""

    def find(self, flood_id: str) -> Flood | None: ...

    def since(self, earliest: datetime, limit: int) -> list[Flood]:
        """The switches from this time on (consistent), the newest first."""

    def incidents(self, category: str, earliest: datetime) -> list[Incident]:
        """The incidents of a category whose hour is not before `earliest` (consistent), by hour, kelurahan, part."""

    def open_incident(self, incident: Incident) -> Incident:
        """The incident that stands under this category, hour, kelurahan and part: this one, or one that somebody else
        opened first."""

    def count(self, incident: Incident) -> None:
        """Notes how many reports its lead has taken in."""
