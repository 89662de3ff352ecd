"""Flood mode in DynamoDB: all switches in one partition, by time; the incidents of a category in one, by hour."""

from datetime import datetime

from pynamodb.exceptions import DoesNotExist

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.compact import instant, millis
from chalicelib.adapters.dynamodb.faults import store_answers
from chalicelib.adapters.dynamodb.once import written
from chalicelib.adapters.dynamodb.rows import FloodRow, IncidentRow, Row
from chalicelib.domain.floods import Flood, Incident

MOST_INCIDENTS = 500  # of one category that are read at once


class DynamoFloods:
    """Implements Floods."""

    def put(self, flood: Flood) -> None:
        row = FloodRow(
            keys.FLOODS,
            flood.flood_id,
            category=flood.category,
            area=flood.area,
            since=millis(flood.since),
            until=millis(flood.until),
            switched_by=flood.switched_by,
            off_at=millis(flood.off_at) if flood.off_at else None,
            off_by=flood.off_by,
        )
        with store_answers():
            row.save()

    def find(self, flood_id: str) -> Flood | None:
        with store_answers():
            try:
                return _flood_of(FloodRow.get(keys.FLOODS, flood_id, consistent_read=True))
            except DoesNotExist:
                return None

    def since(self, earliest: datetime, limit: int) -> list[Flood]:
        from_then = FloodRow.sk >= keys.due_bound(int(earliest.timestamp()))
        with store_answers():
            found = FloodRow.query(keys.FLOODS, from_then, consistent_read=True, scan_index_forward=False, limit=limit)
            return [_flood_of(row) for row in found]

    def incidents(self, category: str, earliest: datetime) -> list[Incident]:
        from_then = IncidentRow.sk >= keys.due_bound(int(earliest.timestamp()))
        partition = keys.incidents(category)
        with store_answers():
            found = IncidentRow.query(partition, from_then, consistent_read=True, limit=MOST_INCIDENTS)
            return [_incident_of(row, category) for row in found]

    def open_incident(self, incident: Incident) -> Incident:
        if written(_row(incident), Row.pk.does_not_exist()):
            return incident
        with store_answers():
            standing = IncidentRow.get(keys.incidents(incident.category), _place(incident), consistent_read=True)
        return _incident_of(standing, incident.category)

    def count(self, incident: Incident) -> None:
        with store_answers():
            _row(incident).save()


def _row(incident: Incident) -> IncidentRow:
    return IncidentRow(keys.incidents(incident.category), _place(incident), lead=incident.lead, merged=incident.merged)


def _place(incident: Incident) -> str:
    return keys.incident(incident.hour, incident.area, incident.part)


def _incident_of(row: IncidentRow, category: str) -> Incident:
    hour, area, part = row.sk.split("#")
    return Incident(category, area, instant(int(hour) * 1000), int(part), row.lead, int(row.merged))


def _flood_of(row: FloodRow) -> Flood:
    return Flood(
        flood_id=row.sk,
        category=row.category,
        area=row.area,
        since=instant(row.since),
        until=instant(row.until),
        switched_by=row.switched_by,
        off_at=instant(row.off_at) if row.off_at else None,
        off_by=row.off_by,
    )
