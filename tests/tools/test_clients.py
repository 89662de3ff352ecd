"""Keys of the programs that send requests: shown once, kept by their digest, ended at once or after an overlap."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.adapters.dynamodb.people.clients import DynamoClientKeys
from chalicelib.application.people.clients import digest_of_key
from tests.fakes_open311 import MemoryClientKeys
from tests.tools.conftest import STACK
from tools.accounts.clients import ClientError, Operator, main
from tools.stack.stage import Stage

NAMED = ["--stack", STACK]
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def keys() -> MemoryClientKeys:
    return MemoryClientKeys()


@pytest.fixture
def operator(keys: MemoryClientKeys) -> Operator:
    return Operator(keys, NOW)


def counts(keys: MemoryClientKeys, key: str, at: datetime = NOW) -> bool:
    found = keys.find(digest_of_key(key))
    return found is not None and found.counts_at(at)


def test_an_issued_key_counts_and_stands_nowhere(operator: Operator, keys: MemoryClientKeys) -> None:
    key = operator.issue("mitra", 60)

    assert counts(keys, key)
    assert key not in repr(keys.rows)


def test_after_a_rotation_both_keys_count_for_a_while(operator: Operator, keys: MemoryClientKeys) -> None:
    first = operator.issue("mitra", 90)
    second = operator.rotate("mitra", timedelta(days=7))

    week = NOW + timedelta(days=7)
    assert counts(keys, first)
    assert counts(keys, second, week)
    assert not counts(keys, first, week)
    assert [key.per_minute for key in keys.of("mitra")] == [90, 90]


def test_a_revoked_key_counts_no_more_and_others_do(operator: Operator, keys: MemoryClientKeys) -> None:
    first, second, other = operator.issue("mitra", 60), operator.issue("mitra", 60), operator.issue("lain", 60)

    assert operator.revoke("mitra", digest_of_key(first)[:12]) == 1
    assert [counts(keys, key) for key in (first, second, other)] == [False, True, True]
    assert operator.revoke("mitra") == 1
    assert [counts(keys, key) for key in (first, second, other)] == [False, False, True]


@pytest.mark.parametrize("client", ["", "M", "mitra:x", "mitra x", "#", "a" * 60])
def test_a_client_has_a_plain_name(operator: Operator, client: str) -> None:
    with pytest.raises(ClientError):
        operator.issue(client, 60)


def test_who_has_no_key_that_counts_is_not_rotated_or_revoked(operator: Operator) -> None:
    for wrong in (lambda: operator.rotate("mitra", timedelta(days=1)), lambda: operator.revoke("mitra")):
        with pytest.raises(ClientError, match="no key that counts"):
            wrong()


def test_the_command_prints_the_key_once(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["issue", "Mitra", "--per-minute", "30", *NAMED]) == 0
    key = capsys.readouterr().out.strip()

    found = DynamoClientKeys().find(digest_of_key(key))
    assert found
    assert (found.client, found.per_minute) == ("mitra", 30)
    assert main(["list", *NAMED]) == 0
    listed = capsys.readouterr().out
    assert found.digest[:12] in listed
    assert key not in listed


def test_the_command_revokes_and_says_what_is_wrong(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    main(["issue", "mitra", *NAMED])
    assert main(["rotate", "mitra", "--days", "1", *NAMED]) == 0
    assert main(["revoke", "mitra", *NAMED]) == 0
    assert "2 keys ended" in capsys.readouterr().out
    assert main(["revoke", "mitra", *NAMED]) == 1
    assert main(["issue", "mitra", "--per-minute", "0", *NAMED]) == 1
