"""The stream's handler hands records on, and fails whole when not even the retry queue took one; the retry queue's
handler answers what shall come again."""

import json
from typing import Any

import pytest

from chalicelib.application.messages.relaying import RelayResult, Retry, RetryResult
from chalicelib.domain.errors import UnavailableError
from chalicelib.entrypoints.stream import relay, relay_retry
from tests.entrypoints.roots import stands_in

RECORD = {"eventID": "1", "eventName": "INSERT", "dynamodb": {"Keys": {"sk": {"S": "EVENT#000001"}}}}


def test_records_are_handed_on_whole_and_nothing_comes_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[Any] = []

    def use_case(records: list[dict[str, Any]]) -> RelayResult:
        seen.extend(records)
        return RelayResult(published=2, left=0, ignored=0)

    stands_in(monkeypatch, relay=use_case)

    assert relay({"Records": [RECORD, RECORD]}, None) == {"batchItemFailures": []}
    assert seen == [RECORD, RECORD]


def test_one_line_is_logged_for_a_call_and_louder_when_records_were_left(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    for left, causes in ((0, frozenset()), (1, frozenset({"UnavailableError from ConnectTimeoutError"}))):
        stands_in(monkeypatch, relay=lambda records, left=left, causes=causes: RelayResult(1, left, 0, causes))
        relay({"Records": [RECORD]}, None)

    assert [(line.levelname, line.message) for line in caplog.records] == [("INFO", "relayed"), ("WARNING", "relayed")]
    assert caplog.records[1].causes == ["UnavailableError from ConnectTimeoutError"]
    assert "EVENT#" not in json.dumps([line.message for line in caplog.records])


def test_when_nothing_takes_a_record_the_call_fails_so_that_the_stream_repeats(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def use_case(records: list[dict[str, Any]]) -> RelayResult:
        raise UnavailableError("sqs")

    stands_in(monkeypatch, relay=use_case)

    with pytest.raises(UnavailableError):
        relay({"Records": [RECORD]}, None)


def received(body: str, tries: int = 1) -> dict[str, Any]:
    attributes = {"ApproximateReceiveCount": str(tries)}
    return {"messageId": f"m{tries}", "receiptHandle": f"r{tries}", "body": body, "attributes": attributes}


def test_messages_of_the_retry_queue_are_handed_on_with_their_tries_and_what_failed_comes_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[Retry] = []

    def use_case(messages: list[Retry]) -> RetryResult:
        seen.extend(messages)
        return RetryResult(published=1, gone=0, failed=("m3",), causes=frozenset({"KeyError"}))

    stands_in(monkeypatch, relay_retry=use_case)

    answer = relay_retry({"Records": [received(json.dumps(RECORD)), received("no JSON", 3), received("[]", 4)]}, None)

    assert answer == {"batchItemFailures": [{"itemIdentifier": "m3"}]}
    assert seen == [Retry("m1", RECORD, 1, "r1"), Retry("m3", None, 3, "r3"), Retry("m4", None, 4, "r4")]
    assert [(line.levelname, line.message) for line in caplog.records] == [("ERROR", "relayed_again")]
