"""One contract of conversations, for those in memory and for DynamoDB, here and on the city (by who reads messages)."""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.application.ports.talks import Talk

LEASE = timedelta(seconds=20)


@pytest.fixture
def talk() -> Talk:
    """With an address of nobody else."""
    return Talk(secrets.token_hex(16))


def full(talk: Talk, number: str, now: datetime) -> Talk:
    return replace(
        talk,
        heard_at=now,
        number=number,
        asks=("place", "category"),
        misunderstood=1,
        place="-6.1754,106.8272",
        pictures=("0123456789abcdef01234567",),
        seen={"0123456789abcdef": number, "fedcba9876543210": "task"},
        replies=3,
        day="2026-11-23",
    )


def test_nobody_has_talked_at_first(rows: Any, talk: Talk) -> None:
    assert rows.talks.find(talk.pseudonym) == talk


def test_what_is_saved_is_found_with_the_next_version(rows: Any, talk: Talk, number: str, now: datetime) -> None:
    known = full(talk, number, now)
    assert rows.talks.take(talk, now, now + LEASE)

    rows.talks.save(known)

    assert rows.talks.find(talk.pseudonym) == replace(known, version=1)


def test_when_they_wrote_is_known_while_it_is_looked_at_and_after(rows: Any, talk: Talk, now: datetime) -> None:
    now = now.replace(microsecond=0)
    mine = replace(talk, wrote_at=now)
    assert rows.talks.take(mine, now, now + LEASE)
    before = rows.talks.find(talk.pseudonym)

    rows.talks.save(replace(mine, number="JKT-0000-0000-0"))

    assert (before.last_written_at, before.version, before.number) == (now, 0, "")
    assert rows.talks.find(talk.pseudonym).last_written_at == now


def test_one_at_a_time_has_it(rows: Any, talk: Talk, now: datetime) -> None:
    assert rows.talks.take(talk, now, now + LEASE)
    assert not rows.talks.take(talk, now + LEASE / 2, now + LEASE * 2)

    assert rows.talks.take(talk, now + LEASE * 1.1, now + LEASE * 2)


def test_after_it_was_saved_the_next_one_may_have_it(rows: Any, talk: Talk, now: datetime) -> None:
    assert rows.talks.take(talk, now, now + LEASE)
    rows.talks.save(replace(talk, heard_at=now))

    found = rows.talks.find(talk.pseudonym)
    assert rows.talks.take(found, now, now + LEASE)


def test_who_read_it_before_it_changed_cannot_have_it(rows: Any, talk: Talk, now: datetime) -> None:
    assert rows.talks.take(talk, now, now + LEASE)
    rows.talks.save(replace(talk, heard_at=now))

    assert not rows.talks.take(talk, now, now + LEASE)


def test_whose_lease_ended_overwrites_nothing(rows: Any, talk: Talk, number: str, now: datetime) -> None:
    assert rows.talks.take(talk, now, now + LEASE)
    assert rows.talks.take(talk, now + LEASE * 1.1, now + LEASE * 2)
    rows.talks.save(replace(talk, heard_at=now, number=number))

    rows.talks.save(replace(talk, heard_at=now, asks=("place",)))

    found = rows.talks.find(talk.pseudonym)
    assert (found.number, found.asks, found.version) == (number, (), 1)
