"""The stream's handler hands whole records on, and fails whole when not even the dead letters took one."""

import json
from typing import Any

import pytest

from chalicelib.application.messages.relaying import Relayed
from chalicelib.domain.errors import UnavailableError
from chalicelib.entrypoints.stream import relay
from tests.entrypoints.roots import stands_in

RECORD = {"eventID": "1", "eventName": "INSERT", "dynamodb": {"Keys": {"sk": {"S": "EVENT#000001"}}}}


def test_records_are_handed_on_whole_and_nothing_comes_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[Any] = []

    def use_case(records: list[dict[str, Any]]) -> Relayed:
        seen.extend(records)
        return Relayed(published=2, dead=0, ignored=0)

    stands_in(monkeypatch, relay=use_case)

    assert relay({"Records": [RECORD, RECORD]}, None) == {"batchItemFailures": []}
    assert seen == [RECORD, RECORD]


def test_one_line_is_logged_for_a_call_and_louder_when_records_died(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    for dead, causes in ((0, frozenset()), (1, frozenset({"UnavailableError from ConnectTimeoutError"}))):
        stands_in(monkeypatch, relay=lambda records, dead=dead, causes=causes: Relayed(1, dead, 0, causes))
        relay({"Records": [RECORD]}, None)

    assert [(line.levelname, line.message) for line in caplog.records] == [("INFO", "relayed"), ("ERROR", "relayed")]
    assert caplog.records[1].causes == ["UnavailableError from ConnectTimeoutError"]
    assert "EVENT#" not in json.dumps([line.message for line in caplog.records])


def test_when_nothing_takes_a_record_the_call_fails_so_that_the_stream_repeats(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def use_case(records: list[dict[str, Any]]) -> Relayed:
        raise UnavailableError("sqs")

    stands_in(monkeypatch, relay=use_case)

    with pytest.raises(UnavailableError):
        relay({"Records": [RECORD]}, None)
