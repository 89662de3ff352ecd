"""One contract for the cases by date, the clients' keys and their rates: the fakes in memory, DynamoDB played here, and
the city. On the city `project` writes them, the API reads them, and the operator writes the keys."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.adapters.dynamodb.people.clients import DynamoClientKeys, DynamoRates
from chalicelib.adapters.dynamodb.public.dated import DynamoDatedCases
from chalicelib.adapters.dynamodb.public.lists import DynamoPublicLists
from chalicelib.application.ports.cases import CaseFile
from chalicelib.application.ports.clients import ClientKey
from chalicelib.application.ports.dated import DatedLine
from chalicelib.application.reading.projection import projection_of
from chalicelib.domain.case import numbers
from chalicelib.domain.case.complaint import Hidden
from tests.adapters.conftest import EVERYWHERE, DynamoCity
from tests.adapters.roles import OPERATOR, By, CityRows
from tests.builders import CITY, LURAH, Life, a_life
from tests.fakes import MemoryCity, MemoryPublicLists
from tests.fakes_open311 import MemoryClientKeys, MemoryDatedCases, MemoryRates

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


@dataclass
class Parts:
    """The cases, the lists that are kept of them, and what is read by date."""

    complaints: Any
    lists: Any
    dated: Any

    def keep(self, life: Life) -> None:
        """Stores the case with its whole history, and projects it."""
        for decision in life.decisions:
            if decision.event.sequence == 1:
                self.complaints.lodge(decision, None)
            else:
                self.complaints.commit(decision)
        self.project(life)

    def project(self, life: Life) -> None:
        file = CaseFile(life.complaint, list(life.events), [], None)
        self.lists.keep(projection_of(file, CITY.categories[life.complaint.category]))


@pytest.fixture(params=EVERYWHERE)
def parts(request: pytest.FixtureRequest) -> Parts:
    if request.param == "memory":
        city, lists = MemoryCity(), MemoryPublicLists()
        return Parts(city.complaints, lists, MemoryDatedCases(lists, city.complaints))
    if request.param == "city":
        become = request.getfixturevalue("become")
        lists = By(become, "lists", "api", keep="project")
        return Parts(CityRows(become).complaints, lists, By(become, "dated", "api"))
    request.getfixturevalue("table")
    return Parts(DynamoCity().complaints, DynamoPublicLists(), DynamoDatedCases())


def coordinated(life: Life) -> Life:
    life.passes(seconds=60)
    return life.does(LURAH, "coordinate", unit="DBM", text="Kewenangan Dinas Bina Marga") or life


def found(parts: Parts, since: datetime, until: datetime) -> list[str]:
    return [case.number for case in parts.dated.newest(since, until)]


def test_a_listed_case_is_found_by_the_second_of_its_receipt(parts: Parts, life: Life, now: datetime) -> None:
    parts.keep(life)

    assert found(parts, now, now) == found(parts, now - MINUTE, now + MINUTE) == [life.complaint.number]
    assert found(parts, now + SECOND, now + MINUTE) == found(parts, now - MINUTE, now - SECOND) == []


def test_cases_come_newest_first_over_the_edges_of_months(parts: Parts, now: datetime) -> None:
    times = [now, now + timedelta(days=31), now + timedelta(days=62)]
    lives = [a_life(number=numbers.from_bits(secrets.randbits(40)), now=at) for at in times]
    for life in lives:
        parts.keep(life)

    ours = [life.complaint.number for life in lives]
    assert [number for number in found(parts, times[0], times[2]) if number in ours] == ours[::-1]
    assert [number for number in found(parts, times[0], times[1]) if number in ours] == ours[1::-1]


def test_a_row_says_when_the_case_changed(parts: Parts, life: Life, now: datetime) -> None:
    parts.keep(coordinated(life))

    (case,) = parts.dated.newest(now, now)
    assert (case.is_open, case.received_at, case.changed_at) == (True, now, now + MINUTE)
    assert (case.place, case.category) == (life.complaint.place, life.complaint.category)


def test_the_lines_of_a_case_come_with_their_events(parts: Parts, life: Life, now: datetime) -> None:
    parts.keep(coordinated(life))

    lines = list(parts.dated.lines(now, now + MINUTE))
    assert lines == [DatedLine(life.complaint.number, 2, now + MINUTE)]
    ((complaint, event),) = parts.dated.told(lines)
    assert (complaint.status, event.action) == ("coordinated", "coordinate")
    assert list(parts.dated.lines(now, now + MINUTE - SECOND)) == []


def test_a_case_that_is_listed_no_more_is_found_no_more(parts: Parts, life: Life, now: datetime) -> None:
    parts.keep(coordinated(life))
    life.complaint = replace(life.complaint, hidden=Hidden("personal_data", now), sequence=life.complaint.sequence + 1)
    parts.project(life)

    assert found(parts, now, now) == list(parts.dated.lines(now, now + MINUTE)) == []


def test_briefs_are_the_case_and_its_first_event(parts: Parts, life: Life) -> None:
    parts.keep(coordinated(life))
    number = life.complaint.number

    briefs = parts.dated.briefs([number, "JKT-0000-0000-0", number])

    assert list(briefs) == [number]
    assert briefs[number].complaint == life.complaint
    assert [event.digest for event in briefs[number].events] == [life.events[0].digest]
    assert parts.dated.briefs([]) == {}
    assert list(parts.dated.told([])) == []


@pytest.fixture(params=EVERYWHERE)
def client_keys(request: pytest.FixtureRequest) -> Any:
    if request.param == "memory":
        return MemoryClientKeys()
    if request.param == "city":
        return By(request.getfixturevalue("become"), "client_keys", "api", put=OPERATOR)
    request.getfixturevalue("table")
    return DynamoClientKeys()


def test_a_key_is_found_by_its_digest_and_by_its_client(client_keys: Any, number: str, now: datetime) -> None:
    client = f"mitra-{number}".lower()
    first = ClientKey(client, f"a{number}", 60, now)
    second = ClientKey(client, f"b{number}", 90, now + MINUTE, now + timedelta(days=7))
    for key in (second, first):
        client_keys.put(key)

    assert (client_keys.find(first.digest), client_keys.find(f"c{number}")) == (first, None)
    assert list(client_keys.of(client)) == [first, second]
    assert list(client_keys.of(client[:-1])) == []


def test_the_end_of_a_key_counts_at_once(client_keys: Any, number: str, now: datetime) -> None:
    key = ClientKey(f"mitra-{number}".lower(), number, 60, now)
    client_keys.put(key)
    client_keys.put(replace(key, ends_at=now + MINUTE))

    assert client_keys.find(number).ends_at == now + MINUTE


@pytest.fixture(params=EVERYWHERE)
def rates(request: pytest.FixtureRequest) -> Any:
    if request.param == "memory":
        return MemoryRates()
    if request.param == "city":
        return By(request.getfixturevalue("become"), "rates", "api")
    request.getfixturevalue("table")
    return DynamoRates()


def test_a_minute_has_as_many_requests_as_it_is_given(rates: Any, number: str, now: datetime) -> None:
    at = now + timedelta(seconds=15)

    assert [rates.take(number, 2, at) for _ in range(3)] == [0, 0, 45]
    assert rates.take(f"{number}-2", 2, at) == 0
    assert [rates.take(number, 2, at + MINUTE) for _ in range(3)] == [0, 0, 45]
