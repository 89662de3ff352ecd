"""What is over is forgotten; what somebody still waits for is not."""

import importlib
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from local.emulator import histories

PLACE = ("000000000000", "ap-southeast-3", "cases")
ACCOUNT, REGION, TABLE = PLACE
ARN = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{TABLE}/stream/2026"
LISTS = [("ses", "_sent_emails"), ("eventbridge", "_events_log"), ("cloudwatch", "_metrics")]
OTHER = ARN.replace(TABLE, "others")


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch) -> Callable[[ModuleType, str], dict[Any, Any]]:
    """A store of the emulator without what others left in it."""
    from ministack.core.responses import AccountRegionScopedDict

    def made(module: ModuleType, name: str) -> dict[Any, Any]:
        store = AccountRegionScopedDict()
        monkeypatch.setattr(module, name, store)
        data: dict[Any, Any] = store._data
        return data

    return made


class Stream:
    """Of one table: ten records, and consumers by how far they have read."""

    def __init__(self, empty: Callable[[ModuleType, str], dict[Any, Any]]) -> None:
        from ministack.services import dynamodb, lambda_svc

        self._consumers = empty(lambda_svc, "_esms")
        self._read = empty(lambda_svc, "_dynamodb_stream_positions")
        self._trimmed = empty(dynamodb, "_stream_trimmed")
        self.records = list(range(10))
        empty(dynamodb, "_stream_records")[PLACE] = self.records

    def consumer(self, name: str, read: int | None, arn: str = ARN) -> None:
        self._consumers[ACCOUNT, REGION, name] = {"UUID": name, "EventSourceArn": arn}
        if read is not None:
            self._read[ACCOUNT, REGION, name] = read

    def since(self, position: int) -> list[int]:
        """As the emulator reads for a consumer."""
        return self.records[max(0, position - self._trimmed.get(PLACE, 0)) :]


@pytest.fixture
def stream(empty: Callable[[ModuleType, str], dict[Any, Any]]) -> Stream:
    return Stream(empty)


@pytest.mark.parametrize(
    ("consumers", "left"),
    [
        ([(4, ARN)], [4, 5, 6, 7, 8, 9]),
        ([(10, ARN)], []),
        ([(0, ARN)], list(range(10))),
        ([(None, ARN)], list(range(10))),
        ([(10, ARN), (7, ARN)], [7, 8, 9]),
        ([(10, ARN), (None, ARN)], list(range(10))),
        ([(10, ARN), (2, OTHER)], []),
        ([(10, OTHER)], list(range(10))),
        ([], list(range(10))),
        ([(99, ARN)], []),
    ],
    ids=[
        "one, in the middle",
        "one, at the end",
        "one, at the start",
        "one that has not begun",
        "the slower of two",
        "one of two has not begun",
        "another table's is slower",
        "another table's only",
        "none",
        "one of a stream that was there before",
    ],
)
def test_a_record_goes_when_all_its_consumers_are_done_with_it(
    stream: Stream, consumers: list[tuple[int | None, str]], left: list[int]
) -> None:
    for number, (read, arn) in enumerate(consumers):
        stream.consumer(str(number), read, arn)

    histories.forget_read()

    assert stream.records == left


def test_a_consumer_goes_on_where_it_was_and_nothing_unread_is_missed(stream: Stream) -> None:
    stream.consumer("relay", 4)
    before = histories.unread(PLACE)

    histories.forget_read()
    histories.forget_read()

    assert histories.unread(PLACE) == before == [4, 5, 6, 7, 8, 9]
    stream.records.append(10)
    assert stream.since(4) == [4, 5, 6, 7, 8, 9, 10]


@pytest.mark.parametrize(("service", "store"), LISTS)
def test_of_what_the_emulator_notes_beside_its_work_the_last_stays(
    empty: Callable[[ModuleType, str], dict[Any, Any]], service: str, store: str
) -> None:
    kept = empty(importlib.import_module(f"ministack.services.{service}"), store)
    kept["entries"] = list(range(histories.KEPT + 5))

    histories.shorten()

    assert kept["entries"] == list(range(5, histories.KEPT + 5))


def test_of_sms_the_last_numbers_stay(empty: Callable[[ModuleType, str], dict[Any, Any]]) -> None:
    kept = empty(importlib.import_module("ministack.services.sns"), "_sms_messages")
    kept.update({number: ["a message"] for number in range(histories.KEPT + 5)})

    histories.shorten()

    assert list(kept) == list(range(5, histories.KEPT + 5))


def test_timers_that_ended_are_forgotten_the_oldest_first_and_those_that_run_never(
    empty: Callable[[ModuleType, str], dict[Any, Any]],
) -> None:
    from ministack.services import stepfunctions

    executions = empty(stepfunctions, "_executions")
    for number in range(3 * histories.KEPT_EXECUTIONS):
        executions[number] = {"status": "SUCCEEDED", "stopDate": f"{number:05}"}
    executions["running"] = {"status": "RUNNING", "stopDate": None}

    histories.shorten()

    assert set(executions) == {"running", *range(2 * histories.KEPT_EXECUTIONS, 3 * histories.KEPT_EXECUTIONS)}
