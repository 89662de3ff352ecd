"""One contract of the queues and alarms, for those in memory and for DynamoDB: the index entries answer, over every
shard of every queue, least time left first."""

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.application.ports import Alarm, Notice
from chalicelib.domain import clocks, numbers
from chalicelib.domain.complaint import Complaint
from chalicelib.domain.errors import UnavailableError
from tests.builders import CITY, DBM, KEL_GAMBIR, NOW, a_complaint, a_life, a_photo

FLOODED = "DSDA"  # spread over eight shards
FLOOD_UNITS = [code for code, unit in CITY.units.items() if unit.flood]


def lodged(rows: Any, bits: int, *, unit: str = KEL_GAMBIR, minutes: int = 0, **differences: Any) -> Complaint:
    """A waiting case of this unit, received so many minutes after the others."""
    number, at = numbers.from_bits(bits), NOW + timedelta(minutes=minutes)
    event = replace(a_life().events[0], number=number)
    running = {"coordination": clocks.start("coordination", at, 6 * 3600)}
    complaint = a_complaint("waiting", unit, number=number, received_at=at, clocks=running, **differences)
    rows.complaints.lodge(complaint, event, None)
    return complaint


def page(rows: Any, *names: str, limit: int = 100, **how: Any) -> list[str]:
    return [entry.number for entry in rows.queues.page(names, limit=limit, **{"after": None, **how})]


def test_an_entry_holds_what_a_list_shows(rows: Any) -> None:
    case = lodged(rows, 1)

    (entry,) = rows.queues.page([KEL_GAMBIR], limit=10, after=None)

    shown = (entry.number, entry.status, entry.version, entry.category, entry.area, entry.unit, entry.channel)
    assert shown == (case.number, case.status, case.version, case.category, case.area, case.unit, case.channel)
    assert (entry.received_at, entry.clocks) == (case.received_at, case.clocks)
    assert entry.due == int(case.clocks["coordination"].due_at.timestamp())


def test_a_queue_shows_its_own_cases_alone(rows: Any) -> None:
    mine = lodged(rows, 1)
    lodged(rows, 2, unit=DBM)

    assert page(rows, KEL_GAMBIR) == [mine.number]
    assert page(rows) == []


@pytest.mark.parametrize("units", [[KEL_GAMBIR], [FLOODED], FLOOD_UNITS], ids=["one", "eight shards", "64 shards"])
def test_the_least_time_left_comes_first_over_all_shards(rows: Any, units: list[str]) -> None:
    minutes = random.Random(7).sample(range(100), 24)
    cases = [
        lodged(rows, bits * 7919, unit=units[bits % len(units)], minutes=minute) for bits, minute in enumerate(minutes)
    ]

    expected = [case.number for case in sorted(cases, key=lambda case: case.received_at)]

    assert expected == page(rows, *units)
    assert expected[:5] == page(rows, *units, limit=5)


@pytest.mark.parametrize("limit", [1, 3, 7, 25])
def test_pages_show_every_case_once(rows: Any, limit: int) -> None:
    """Many are due in one second: then the number decides."""
    cases = {lodged(rows, bits * 7919, unit=FLOODED, minutes=bits % 3).number for bits in range(20)}

    shown: list[str] = []
    after = None
    for _ in range(len(cases) + 1):
        entries = rows.queues.page([FLOODED], limit=limit, after=after)
        if not entries:
            break
        shown += [entry.number for entry in entries]
        after = (entries[-1].due, entries[-1].number)

    assert sorted(cases) == sorted(shown)


def test_the_overdue_are_those_due_before_the_second(rows: Any) -> None:
    cases = [lodged(rows, bits, minutes=bits) for bits in range(4)]
    due = int(cases[2].clocks["coordination"].due_at.timestamp())

    assert page(rows, KEL_GAMBIR, before_due=due) == [case.number for case in cases[:2]]
    assert page(rows, KEL_GAMBIR, before_due=due + 1) == [case.number for case in cases[:3]]
    after = (due, cases[2].number)
    assert page(rows, KEL_GAMBIR, after=after, before_due=due) == []


def test_a_case_without_a_place_stands_in_the_pool(rows: Any) -> None:
    case = lodged(rows, 1, unit="BIRO_PEM", area=None, place=None)

    assert page(rows, "POOL_UNLOCATED") == [case.number]
    assert page(rows, "BIRO_PEM") == []


def test_promises_of_every_kind_come_when_they_are_due(rows: Any, a_notice: Notice) -> None:
    case = lodged(rows, 1)  # rings half-way through its six hours
    photo = replace(a_photo(state="pending"), number=case.number)
    rows.photos.announce(photo)
    rows.notices.claim(a_notice, None)

    expected = [
        Alarm("notice", a_notice.number, a_notice.key, NOW + timedelta(minutes=5)),
        Alarm("photo", case.number, photo.photo_id, NOW + timedelta(minutes=65)),
        Alarm("complaint", case.number, None, NOW + timedelta(hours=3)),
    ]
    assert expected == rows.queues.alarms(NOW + timedelta(hours=3), 10)
    assert expected[:2] == rows.queues.alarms(NOW + timedelta(hours=3, seconds=-1), 10)
    assert expected[:1] == rows.queues.alarms(NOW + timedelta(hours=3), 1)
    assert rows.queues.alarms(NOW, 10) == []


def test_a_promise_between_two_seconds_is_due_at_the_later_one(rows: Any, a_notice: Notice) -> None:
    rows.notices.claim(replace(a_notice, due_at=NOW + timedelta(milliseconds=1)), None)

    assert rows.queues.alarms(NOW + timedelta(milliseconds=999), 10) == []
    assert len(rows.queues.alarms(NOW + timedelta(seconds=1), 10)) == 1


def test_a_settled_message_is_no_promise_any_more(rows: Any, a_notice: Notice) -> None:
    rows.notices.claim(a_notice, None)
    rows.notices.record(replace(a_notice, state="sent"))

    assert rows.queues.alarms(NOW + timedelta(days=1), 10) == []


def test_alarms_come_earliest_first_over_all_shards(rows: Any) -> None:
    minutes = random.Random(3).sample(range(100), 20)
    cases = [lodged(rows, bits * 7919, minutes=minute) for bits, minute in enumerate(minutes)]

    found = rows.queues.alarms(NOW + timedelta(days=1), 7)

    assert [alarm.number for alarm in found] == [c.number for c in sorted(cases, key=lambda c: c.received_at)][:7]


def test_a_queue_is_read_from_its_index_alone(dynamo: Any, wire: Any) -> None:
    lodged(dynamo, 1)
    wire.calls.clear()

    page(dynamo, KEL_GAMBIR)

    assert wire.calls == ["Query"]


def test_a_store_that_does_not_answer_is_told_as_such(dynamo: Any, wire: Any) -> None:
    wire.is_cut("Query", times=1000)

    for names in ([KEL_GAMBIR], FLOOD_UNITS):
        with pytest.raises(UnavailableError):
            page(dynamo, *names)
    with pytest.raises(UnavailableError):
        dynamo.queues.alarms(NOW, 10)
