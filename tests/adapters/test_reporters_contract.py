"""One contract of what joins the cases of a person, in memory, for DynamoDB, and on the city (by the API and by the
function that sends)."""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.application.ports.reporters import Ask, Pass


@pytest.fixture
def name() -> str:
    """The pseudonym of an address of nobody else."""
    return secrets.token_hex(16)


@pytest.fixture
def ask(name: str, now: datetime) -> Ask:
    return Ask((name, name[::-1]), "sms", "id", now)


def waits(rows: Any, until: datetime, name: str) -> bool:
    return any(alarm.kind == "ask" and alarm.id == name for alarm in rows.queues.alarms(until, 1000))


def test_a_case_is_noted_once_with_its_time(rows: Any, name: str, number: str, now: datetime) -> None:
    assert rows.own_cases.of(name) == []

    rows.own_cases.note(name, number, now)
    rows.own_cases.note(name, number, now)

    assert rows.own_cases.of(name) == [(now, number)]


def test_addresses_are_joined_from_either_side(rows: Any, name: str) -> None:
    other = secrets.token_hex(16)

    rows.own_cases.join(name, other)
    rows.own_cases.join(other, name)

    assert (rows.own_cases.joined(name), rows.own_cases.joined(other)) == ([other], [name])


def test_an_ask_waits_until_it_is_settled_once(rows: Any, ask: Ask, now: datetime) -> None:
    assert rows.asks.waiting(ask.names[0]) is None
    rows.asks.ask(ask)
    assert rows.asks.waiting(ask.names[0]) == ask
    assert waits(rows, now, ask.names[0])

    assert rows.asks.settle(ask, (now,))

    assert not rows.asks.settle(ask, (now,))
    assert rows.asks.waiting(ask.names[0]) is None
    assert not waits(rows, now + timedelta(days=1), ask.names[0])


def test_the_next_ask_knows_what_was_sent(rows: Any, ask: Ask, now: datetime) -> None:
    rows.asks.ask(ask)
    rows.asks.settle(ask, (now,))
    later = replace(ask, asked_at=now + timedelta(minutes=1))

    rows.asks.ask(later)

    assert rows.asks.waiting(ask.names[0]) == replace(later, sent=(now,))
    assert not rows.asks.settle(ask, ())  # asked anew since


def test_what_is_put_off_waits_until_then(rows: Any, ask: Ask, now: datetime) -> None:
    rows.asks.ask(ask)
    rows.asks.settle(ask, (now,))

    rows.asks.put_off(ask, now + timedelta(minutes=5))

    assert rows.asks.waiting(ask.names[0]) == ask
    assert not waits(rows, now + timedelta(minutes=4), ask.names[0])
    assert waits(rows, now + timedelta(minutes=5), ask.names[0])


def test_a_pass_is_found_by_its_hash_alone(rows: Any, name: str, now: datetime) -> None:
    given, digest = Pass((name,), now + timedelta(hours=24)), secrets.token_hex(32)

    rows.passes.give(digest, given)

    assert rows.passes.find(digest) == given
    assert rows.passes.find(secrets.token_hex(32)) is None
