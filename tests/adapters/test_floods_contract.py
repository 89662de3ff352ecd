"""One contract of the switches and incidents of flood mode, for those in memory and for DynamoDB, here and on the city.
The API switches; the sweeper reads the switches and opens incidents."""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.floods import Flood, Incident
from tests.builders import COORDINATOR, GAMBIR, POTHOLE


@pytest.fixture
def floods(rows: Any) -> Any:
    return rows.floods


@pytest.fixture
def flood(now: datetime) -> Flood:
    flood_id = f"{int(now.timestamp()):010d}-{secrets.token_urlsafe(9)}"
    return Flood(flood_id, POTHOLE, GAMBIR, now, now + timedelta(hours=2), COORDINATOR.id)


@pytest.fixture
def incident(now: datetime) -> Incident:
    return Incident(f"CONTRACT_{secrets.token_hex(4)}", GAMBIR, now.replace(microsecond=0), 1, "JKT-7K3M-9QXR-B")


def test_a_switch_is_read_as_it_was_written(floods: Any, flood: Flood) -> None:
    floods.put(flood)

    assert floods.find(flood.flood_id) == flood
    assert flood in floods.since(flood.since, 100)


def test_a_switch_that_was_switched_off_says_by_whom(floods: Any, flood: Flood) -> None:
    floods.put(flood)
    off = replace(flood, off_at=flood.since + timedelta(minutes=5), off_by=COORDINATOR.id)

    floods.put(off)

    assert floods.find(flood.flood_id) == off


def test_older_switches_are_not_read(floods: Any, flood: Flood) -> None:
    floods.put(flood)

    assert flood not in floods.since(flood.since + timedelta(seconds=1), 100)


def test_there_is_no_switch_that_nobody_made(floods: Any) -> None:
    assert floods.find("0000000001-none") is None


def test_of_two_that_open_one_incident_the_first_decides_the_lead(floods: Any, incident: Incident) -> None:
    assert floods.open_incident(incident) == incident

    assert floods.open_incident(replace(incident, lead="JKT-0000-0002-4")) == incident


def test_incidents_come_by_hour_and_part_with_what_their_leads_took_in(floods: Any, incident: Incident) -> None:
    later = replace(incident, hour=incident.hour + timedelta(hours=1))
    second = replace(incident, part=2)
    for each in (later, second, incident):
        floods.open_incident(each)
    floods.count(replace(incident, merged=7))

    assert floods.incidents(incident.category, incident.hour) == [replace(incident, merged=7), second, later]
    assert floods.incidents(incident.category, later.hour) == [later]
