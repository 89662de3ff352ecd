"""One contract of long messages, in memory and in DynamoDB; and how their rows stand on the alarm index."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.adapters.dynamodb.cases.queues import DynamoQueues
from chalicelib.adapters.dynamodb.messages.long_messages import DynamoLongMessages
from chalicelib.application.ports.queues import Alarm
from chalicelib.application.ports.talks import LongMessage
from tests.fakes import MemoryLongMessages

NUMBER = "JKT-1Y22-Y0DB-3"
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
LONG = LongMessage(NUMBER, "SMS", 3, NOW, {"a" * 24: 1})


@pytest.fixture(params=["memory", "dynamodb"])
def rows(request: pytest.FixtureRequest) -> Any:
    if request.param == "memory":
        return MemoryLongMessages()
    request.getfixturevalue("table")
    return DynamoLongMessages()


def test_what_was_kept_is_found_by_its_case_and_its_parts(rows: Any) -> None:
    rows.save(LONG)

    assert (rows.find(NUMBER, 3), rows.find(NUMBER, 2), rows.find("JKT-0000-0000-0", 3)) == (LONG, None, None)


def test_the_last_word_counts(rows: Any) -> None:
    later = replace(LONG, came={**LONG.came, "b" * 24: 2}, is_missed=True, until=NOW + timedelta(minutes=1))
    rows.save(LONG)
    rows.save(later)

    assert rows.find(NUMBER, 3) == later


KEPT = {
    "parts are missing": (LONG, True),
    "they were missed": (replace(LONG, is_missed=True), False),
    "it is whole": (replace(LONG, came={str(part): part for part in (1, 2, 3)}), False),
}


@pytest.mark.parametrize(("long", "is_promised"), KEPT.values(), ids=KEPT)
def test_it_is_a_promise_while_parts_are_missing(table: Any, long: LongMessage, is_promised: bool) -> None:
    DynamoLongMessages().save(long)

    queues = DynamoQueues(shards=lambda _: 1)
    assert queues.alarms(NOW - timedelta(seconds=1), 9) == []
    assert queues.alarms(NOW, 9) == ([Alarm("parts", NUMBER, "003", NOW)] if is_promised else [])
