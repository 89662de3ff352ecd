"""One contract of the followers' rows, for those in memory and for DynamoDB, here and on the city (added by the API,
read by who tells them)."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.application.ports.cases import SealedContact
from chalicelib.application.ports.followers import MOST_TOLD, Follower, KeyReusedError
from tests.builders import Life, as_decision

CONTACT = SealedContact({}, b"sealed", b"data key")


@pytest.fixture
def lodged(rows: Any, life: Life) -> str:
    rows.complaints.lodge(as_decision(None, life.complaint, life.events[0]), None)
    return life.complaint.number


def count(rows: Any, number: str) -> int:
    followers: int = rows.complaints.case_file(number).followers
    return followers


def test_whoever_follows_is_counted_once(rows: Any, lodged: str) -> None:
    follower = Follower(lodged, "a1", 1)

    assert [rows.followers.add(follower) for _ in range(3)] == [True] * 3
    assert rows.followers.add(replace(follower, follower_id="a2"))
    assert count(rows, lodged) == 2


def test_only_who_left_a_contact_is_told(rows: Any, lodged: str) -> None:
    rows.followers.add(Follower(lodged, "a1", 1))
    rows.followers.add(Follower(lodged, "b2", 7, CONTACT))

    (told,) = rows.followers.told(lodged)

    assert (told.follower_id, told.since) == ("b2", 7)
    assert (told.contact.sealed, told.contact.data_key) == (b"sealed", b"data key")


def test_a_key_is_one_request(rows: Any, lodged: str) -> None:
    first = Follower(lodged, "a1", 1, key="k1", body_hash="b1")
    other = Follower(lodged, "b2", 1, CONTACT, key="k1", body_hash="b2")

    assert [rows.followers.add(first) for _ in range(2)] == [True, True]
    with pytest.raises(KeyReusedError):
        rows.followers.add(other)
    assert rows.followers.add(replace(other, key="k2"))
    assert rows.followers.add(replace(other, key="k3"))  # the same address under another key
    with pytest.raises(KeyReusedError):
        rows.followers.add(replace(first, key="k2", follower_id="c3"))
    assert count(rows, lodged) == 2
    assert len(rows.followers.told(lodged)) == 1


def test_a_case_that_nobody_follows_has_none(rows: Any, lodged: str) -> None:
    assert (rows.followers.told(lodged), count(rows, lodged)) == ([], 0)


def test_so_many_are_told_and_the_next_is_not_taken(dynamo: Any, life: Life) -> None:
    number = life.complaint.number
    dynamo.complaints.lodge(as_decision(None, life.complaint, life.events[0]), None)
    for index in range(MOST_TOLD):
        assert dynamo.followers.add(Follower(number, f"{index:03}", 1, CONTACT))

    assert not dynamo.followers.add(Follower(number, "one more", 1, CONTACT))
    assert dynamo.followers.add(Follower(number, "000", 1, CONTACT))
    assert dynamo.followers.add(Follower(number, "without a contact", 1))
    assert count(dynamo, number) == MOST_TOLD + 1
