"""Records of the stream reach the topic, or by their keys relay's retry queue, and never hold up those behind them.
What waits there is published from its rows, later with every try."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from chalicelib.adapters.sqs import FIRST_DELAY
from chalicelib.application.messages.relaying import (
    TRIES,
    Relay,
    RelayResult,
    RelayRetry,
    Retry,
    RetryResult,
    wait_after,
)
from chalicelib.domain.case.events import Event
from chalicelib.domain.errors import UnavailableError
from tests.fakes import RecordingRetries, RecordingTopic
from tests.flow import Flow


class Topic(RecordingTopic):
    """Counts how often it is asked, and for how many."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []

    def publish(self, events: Sequence[Event]) -> list[Event]:
        self.asked.append(len(events))
        return super().publish(events)


class DownTopic(Topic):
    def publish(self, events: Sequence[Event]) -> list[Event]:
        self.asked.append(len(events))
        raise UnavailableError("sns") from TimeoutError("no answer about JKT-0000-0000-0")


FLOW = Flow()
EVENTS = [FLOW.complaints.events(FLOW.lodge(bits=bits))[0] for bits in range(25)]


def a_record(place: int = 0, **more: Any) -> dict[str, Any]:
    return {"eventName": "INSERT", "dynamodb": {"Keys": {"sk": place}, "NewImage": {"words": "lubang"}}, **more}


def records(count: int) -> list[dict[str, Any]]:
    return [a_record(place) for place in range(count)]


def keys_of(*given: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"eventName": "INSERT", "dynamodb": {"Keys": record["dynamodb"]["Keys"]}} for record in given]


def read(record: Mapping[str, Any]) -> Event | None:
    """`poison` cannot be read; `other` is a row that is no event."""
    if record.get("poison"):
        raise KeyError("NewImage")
    return None if record.get("other") else EVENTS[record["dynamodb"]["Keys"]["sk"]]


def relay(topic: RecordingTopic, retries: RecordingRetries) -> Relay:
    return Relay(topic=topic, retries=retries, read=read)


@pytest.fixture
def retries() -> RecordingRetries:
    return RecordingRetries()


def test_events_go_to_the_topic_ten_at_a_time_in_their_order(retries: RecordingRetries) -> None:
    topic = Topic()

    relayed = relay(topic, retries)(records(25))

    assert relayed == RelayResult(published=25, left=0, ignored=0)
    assert topic.published == EVENTS
    assert topic.asked == [10, 10, 5]
    assert retries.records == []


def test_of_a_record_that_nobody_can_read_the_keys_are_kept_for_a_retry_and_the_rest_goes_on(
    retries: RecordingRetries,
) -> None:
    topic, poison = Topic(), a_record(7, poison=True)

    relayed = relay(topic, retries)([*records(2), poison, *records(3)[2:]])

    assert relayed == RelayResult(published=3, left=1, ignored=0, causes=frozenset({"KeyError"}))
    assert topic.published == EVENTS[:3]
    assert retries.records == keys_of(poison)


def test_what_the_topic_throttles_is_asked_for_once_more(retries: RecordingRetries) -> None:
    topic = Topic()
    topic.refuses = lambda event: event is EVENTS[1] and len(topic.asked) == 1

    assert relay(topic, retries)(records(3)) == RelayResult(published=3, left=0, ignored=0)
    assert topic.asked == [3, 1]


def test_what_the_topic_refuses_twice_waits_for_a_retry_by_its_keys(retries: RecordingRetries) -> None:
    topic = Topic()
    topic.refuses = lambda event: event is EVENTS[1]

    assert relay(topic, retries)(records(12)) == RelayResult(
        published=11, left=1, ignored=0, causes=frozenset({"refused"})
    )
    assert retries.records == keys_of(records(2)[1])


def test_a_topic_that_is_down_is_asked_once_and_everything_waits_for_a_retry(
    retries: RecordingRetries,
) -> None:
    topic = DownTopic()

    why = frozenset({"UnavailableError from TimeoutError"})
    assert relay(topic, retries)(records(25)) == RelayResult(published=0, left=25, ignored=0, causes=why)
    assert retries.records == keys_of(*records(25))
    assert topic.asked == [10]


def test_rows_that_are_no_events_are_passed_over(retries: RecordingRetries) -> None:
    topic = Topic()

    assert relay(topic, retries)([a_record(other=True), *records(1)]) == RelayResult(published=1, left=0, ignored=1)


def test_when_even_the_retry_queue_is_down_the_stream_must_bring_the_batch_again(retries: RecordingRetries) -> None:
    retries.failures = [UnavailableError("sqs")]

    with pytest.raises(UnavailableError):
        relay(DownTopic(), retries)(records(2))


def test_an_empty_call_asks_nobody(retries: RecordingRetries) -> None:
    topic = Topic()

    assert relay(topic, retries)([]) == RelayResult(0, 0, 0)
    assert topic.asked == []


def test_no_word_of_a_record_waits_for_a_retry(retries: RecordingRetries) -> None:
    relay(DownTopic(), retries)([*records(3), a_record(9, poison=True)])

    assert "lubang" not in str(retries.records)
    assert len(retries.records) == 4


# ------------------------------------------------------------------------------------------------ retry
def place_of(record: Mapping[str, Any]) -> tuple[str, int]:
    found = EVENTS[record["dynamodb"]["Keys"]["sk"]]
    return found.number, found.sequence


def retry(
    topic: RecordingTopic, retries: RecordingRetries, event: Callable[[str, int], Event | None] = FLOW.complaints.event
) -> RelayRetry:
    return RelayRetry(topic=topic, retries=retries, place=place_of, event=event)


def waiting(count: int, tries: int = 1) -> list[Retry]:
    return [Retry(f"m{place}", record, tries, f"r{place}") for place, record in enumerate(keys_of(*records(count)))]


def test_what_waits_is_published_from_its_rows(retries: RecordingRetries) -> None:
    topic = Topic()

    assert retry(topic, retries)(waiting(12)) == RetryResult(published=12, gone=0)
    assert topic.published == EVENTS[:12]
    assert topic.asked == [10, 2]


def test_one_event_that_waits_twice_is_published_once(retries: RecordingRetries) -> None:
    topic = Topic()

    assert retry(topic, retries)([*waiting(1), *waiting(1)]).failed == ()
    assert topic.published == EVENTS[:1]


def test_a_row_that_is_gone_stays_gone(retries: RecordingRetries) -> None:
    topic = Topic()

    assert retry(topic, retries, lambda number, sequence: None)(waiting(2)) == RetryResult(published=0, gone=2)
    assert topic.published == []


def test_while_the_topic_is_down_everything_comes_again_later(retries: RecordingRetries) -> None:
    topic = DownTopic()

    result = retry(topic, retries)(waiting(3, tries=2))

    assert (result.published, result.failed) == (0, ("m0", "m1", "m2"))
    assert result.causes == {"UnavailableError from TimeoutError"}
    assert retries.postponed == {"r0": 300, "r1": 300, "r2": 300}


def test_only_what_failed_comes_again(retries: RecordingRetries) -> None:
    topic = Topic()
    topic.refuses = lambda event: event is EVENTS[1]

    result = retry(topic, retries)(waiting(3))

    assert (result.published, result.failed, set(retries.postponed)) == (2, ("m1",), {"r1"})


@pytest.mark.parametrize("record", [None, {}, {"DDBStreamBatchInfo": {"batchSize": 3}}])
def test_a_message_that_names_no_row_comes_again_and_does_not_stop_the_others(
    retries: RecordingRetries, record: dict[str, Any] | None
) -> None:
    topic = Topic()

    result = retry(topic, retries)([Retry("x", record, 1, "rx"), *waiting(1)])

    assert (result.published, result.failed) == (1, ("x",))


def test_a_row_that_cannot_be_read_now_comes_again(retries: RecordingRetries) -> None:
    def down(number: str, sequence: int) -> Event | None:
        raise UnavailableError("dynamodb")

    assert retry(Topic(), retries, down)(waiting(1)).failed == ("m0",)


def test_what_cannot_even_be_put_off_comes_again_when_the_queue_says(retries: RecordingRetries) -> None:
    retries.failures = [UnavailableError("sqs")]

    assert retry(DownTopic(), retries)(waiting(2)).failed == ("m0", "m1")


def test_tries_begin_within_half_a_minute_and_go_on_for_three_hours() -> None:
    waits = [wait_after(tries) for tries in range(1, TRIES + 1)]

    assert FIRST_DELAY <= 30
    assert waits[:-1] == sorted(waits[:-1])
    assert waits[0] <= 30
    assert 2.8 * 3600 < FIRST_DELAY + sum(waits) < 3.2 * 3600
    assert waits[-1] == 0, "after the last try the queue gives it away at once"
    assert max(waits) <= 12 * 3600, "the longest that SQS takes"
