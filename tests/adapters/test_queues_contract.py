"""One contract of the queues and alarms, for those in memory and for DynamoDB, here and on the city: the index
entries answer, over every shard of every queue, least time left first. The API reads queues, the sweeper promises.
A test looks at its own day of a queue, and at promises about its own cases."""

import random
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.application.ports.cases import LostRaceError
from chalicelib.application.ports.messages import Notice
from chalicelib.application.ports.queues import Alarm, QueueEntry
from chalicelib.domain import clocks
from chalicelib.domain.case import numbers
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.evidence import Photo
from chalicelib.domain.case.queues import APPROVALS
from chalicelib.domain.case.tasks import Task
from chalicelib.domain.errors import UnavailableError
from tests.builders import CITY, DBM, KEL_GAMBIR, LURAH, a_complaint, a_life, acted, as_decision

FLOODED = "DSDA"  # spread over eight shards
FLOOD_UNITS = [code for code, unit in CITY.units.items() if unit.flood]
MANY = 10_000


@dataclass
class Day:
    """The cases of one test."""

    rows: Any
    now: datetime
    numbers: set[str] = field(default_factory=set)

    def lodged(self, *, unit: str = KEL_GAMBIR, minutes: int = 0, **differences: Any) -> Complaint:
        """A waiting case of this unit, received so many minutes after the day's first."""
        number, at = numbers.from_bits(secrets.randbits(40)), self.now + timedelta(minutes=minutes)
        running = {"coordination": clocks.start("coordination", at, 6 * 3600)}
        complaint = a_complaint("waiting", unit, number=number, received_at=at, clocks=running, **differences)
        self.rows.complaints.lodge(as_decision(None, complaint, a_life(number=number, now=at).events[0]), None)
        self.numbers.add(number)
        return complaint

    def entries(self, *names: str, limit: int = 100, **how: Any) -> list[QueueEntry]:
        first, last = (int((self.now + timedelta(hours=hours)).timestamp()) for hours in (0, 12))
        shown: list[QueueEntry] = self.rows.queues.page(
            names, limit=limit, **{"after": f"{first:010d}", "before_due": last, **how}
        )
        return shown

    def page(self, *names: str, **how: Any) -> list[str]:
        return [entry.number for entry in self.entries(*names, **how)]

    def alarms(self, **after: int) -> list[Alarm]:
        """About its cases, due so long after its beginning. The city itself alerts their units: no promise of ours."""
        found = self.rows.queues.alarms(self.now + timedelta(**after), MANY)
        alerts = {f"000001#{unit}" for unit in CITY.units}
        return [alarm for alarm in found if alarm.number in self.numbers and alarm.id not in alerts]


@pytest.fixture
def day(rows: Any, now: datetime) -> Day:
    return Day(rows, now)


@pytest.fixture
def empty_day(empty_rows: Any, now: datetime) -> Day:
    """Nobody else promises anything."""
    return Day(empty_rows, now)


@pytest.fixture
def own_day(dynamo: Any, now: datetime) -> Day:
    return Day(dynamo, now)


def test_a_stretch_between_two_due_times_holds_its_first_second_and_not_its_last(day: Day) -> None:
    first, second, third = (day.lodged(minutes=minutes) for minutes in (0, 1, 2))
    due = [int(case.clocks["coordination"].due_at.timestamp()) for case in (first, second, third)]

    assert day.page(KEL_GAMBIR, from_due=due[1]) == [second.number, third.number]
    assert day.page(KEL_GAMBIR, from_due=due[0], before_due=due[2]) == [first.number, second.number]
    after_first = day.entries(KEL_GAMBIR, limit=1)[0].position
    assert day.page(KEL_GAMBIR, after=after_first, from_due=due[0]) == [second.number, third.number]
    assert day.page(KEL_GAMBIR, from_due=due[2], before_due=due[0]) == []


def test_an_entry_holds_what_a_list_shows(day: Day) -> None:
    case = day.lodged()

    (entry,) = day.entries(KEL_GAMBIR)

    shown = (entry.number, entry.status, entry.version, entry.category, entry.area, entry.unit, entry.channel)
    assert shown == (case.number, case.status, case.version, case.category, case.area, case.unit, case.channel)
    assert (entry.received_at, entry.clocks) == (case.received_at, case.clocks)
    assert entry.due == int(case.clocks["coordination"].due_at.timestamp())


def test_a_queue_shows_its_own_cases_alone(day: Day) -> None:
    mine = day.lodged()
    day.lodged(unit=DBM)

    assert day.page(KEL_GAMBIR) == [mine.number]
    assert day.page() == []


@pytest.mark.parametrize("units", [[KEL_GAMBIR], [FLOODED], FLOOD_UNITS], ids=["one", "eight shards", "64 shards"])
def test_the_least_time_left_comes_first_over_all_shards(day: Day, units: list[str]) -> None:
    minutes = random.Random(7).sample(range(100), 24)
    cases = [day.lodged(unit=units[bits % len(units)], minutes=minute) for bits, minute in enumerate(minutes)]

    expected = [case.number for case in sorted(cases, key=lambda case: case.received_at)]

    assert expected == day.page(*units)
    assert expected[:5] == day.page(*units, limit=5)


@pytest.mark.parametrize("limit", [1, 3, 7, 25])
def test_pages_show_every_case_once(day: Day, limit: int) -> None:
    """Many are due in one second: then the number decides."""
    cases = {day.lodged(unit=FLOODED, minutes=bits % 3).number for bits in range(20)}

    shown: list[str] = []
    how: dict[str, Any] = {}
    for _ in range(len(cases) + 1):
        entries = day.entries(FLOODED, limit=limit, **how)
        if not entries:
            break
        shown += [entry.number for entry in entries]
        how = {"after": entries[-1].position}

    assert sorted(cases) == sorted(shown)


def test_the_overdue_are_those_due_before_the_second(day: Day) -> None:
    cases = [day.lodged(minutes=bits) for bits in range(4)]
    due = int(cases[2].clocks["coordination"].due_at.timestamp())

    assert day.page(KEL_GAMBIR, before_due=due) == [case.number for case in cases[:2]]
    assert day.page(KEL_GAMBIR, before_due=due + 1) == [case.number for case in cases[:3]]
    after = day.entries(KEL_GAMBIR, before_due=due + 1)[-1].position
    assert day.page(KEL_GAMBIR, after=after, before_due=due) == []


def test_a_case_without_a_place_stands_in_the_pool(day: Day) -> None:
    case = day.lodged(unit="BIRO_PEM", area=None, place=None)

    assert day.page("POOL_UNLOCATED") == [case.number]
    assert day.page("BIRO_PEM") == []


def test_promises_of_every_kind_come_when_they_are_due(day: Day, photo: Photo, a_notice: Notice) -> None:
    case, now = day.lodged(), day.now  # rings half-way through its six hours
    waiting = replace(photo, number=case.number, state="pending", variants=None)
    notice = replace(a_notice, number=case.number)
    day.rows.photos.announce(waiting)
    day.rows.notices.claim(notice, None)

    expected = [
        Alarm("notice", case.number, notice.key, now + timedelta(minutes=5)),
        Alarm("photo", case.number, photo.photo_id, now + timedelta(minutes=65)),
        Alarm("complaint", case.number, None, now + timedelta(hours=3)),
    ]
    assert expected == day.alarms(hours=3)
    assert expected[:2] == day.alarms(hours=3, seconds=-1)
    assert day.alarms() == []


def test_a_promise_between_two_seconds_is_due_at_the_later_one(day: Day, a_notice: Notice) -> None:
    day.numbers.add(a_notice.number)
    day.rows.notices.claim(replace(a_notice, due_at=day.now + timedelta(milliseconds=1)), None)

    assert day.alarms(milliseconds=999) == []
    assert len(day.alarms(seconds=1)) == 1


def test_a_settled_message_is_no_promise_any_more(day: Day, a_notice: Notice) -> None:
    day.numbers.add(a_notice.number)
    day.rows.notices.claim(a_notice, None)
    day.rows.notices.record(replace(a_notice, state="sent"))

    assert day.alarms(days=1) == []


def test_promises_come_earliest_first_over_all_shards(day: Day) -> None:
    cases = [day.lodged(minutes=minute) for minute in random.Random(3).sample(range(100), 12)]

    found = day.alarms(days=1)

    assert [alarm.number for alarm in found] == [c.number for c in sorted(cases, key=lambda c: c.received_at)]


def test_the_earliest_promises_are_those_that_a_short_list_holds(empty_day: Day) -> None:
    cases = [empty_day.lodged(minutes=minute) for minute in random.Random(3).sample(range(100), 20)]

    found = empty_day.rows.queues.alarms(empty_day.now + timedelta(days=1), 7)

    assert [alarm.number for alarm in found] == [c.number for c in sorted(cases, key=lambda c: c.received_at)][:7]


def test_a_queue_is_read_from_its_index_alone(own_day: Day, wire: Any) -> None:
    own_day.lodged()
    wire.calls.clear()

    own_day.page(KEL_GAMBIR)

    assert wire.calls == ["Query"]


def test_a_store_that_does_not_answer_is_told_as_such(own_day: Day, wire: Any) -> None:
    wire.is_cut("Query", times=1000)

    for names in ([KEL_GAMBIR], FLOOD_UNITS):
        with pytest.raises(UnavailableError):
            own_day.page(*names)
    with pytest.raises(UnavailableError):
        own_day.alarms()


def a_part(number: str, due: datetime | None, **differences: Any) -> Task:
    return Task("part", "P1", number, DBM, due, **differences)


def commit(day: Day, before: Complaint, *tasks: Task) -> Complaint:
    """A comment on the case, with which the tasks are written."""
    decision = acted(before, "comment", LURAH, text=f"Perlu bantuan {len(tasks)}", now=day.now)
    day.rows.complaints.commit(replace(decision, tasks=tasks))
    return decision.complaint


def test_a_task_stands_in_its_own_queue_beside_the_case(day: Day) -> None:
    case = day.lodged()
    due = case.received_at + timedelta(hours=2)
    commit(day, case, a_part(case.number, due))

    (entry,) = day.entries(DBM)

    assert (entry.kind, entry.task_id, entry.number, entry.due) == ("part", "P1", case.number, int(due.timestamp()))
    assert (entry.category, entry.summary) == (case.category, case.summary)
    assert [entry.kind for entry in day.entries(KEL_GAMBIR)] == ["case"]


def test_a_settled_task_stands_in_no_queue(day: Day) -> None:
    case = day.lodged()
    case = commit(day, case, a_part(case.number, case.received_at))
    commit(day, case, a_part(case.number, None, state="done"))

    assert day.entries(DBM) == []


def test_more_time_stands_in_the_queue_of_its_approvers_until_it_is_decided(day: Day) -> None:
    case = day.lodged()
    name = f"{APPROVALS}{DBM}"
    due = case.received_at + timedelta(hours=2)
    case = commit(day, case, Task("approval", "2", case.number, name, due))
    before = [entry.kind for entry in day.entries(name)]
    commit(day, case, Task("approval", "2", case.number, name, None, state="approved"))

    assert (before, day.entries(name)) == (["approval"], [])


def test_tasks_are_written_with_their_decision_or_not_at_all(day: Day) -> None:
    case = day.lodged()
    commit(day, case)

    with pytest.raises(LostRaceError):
        commit(day, case, a_part(case.number, case.received_at))

    assert day.entries(DBM) == []
