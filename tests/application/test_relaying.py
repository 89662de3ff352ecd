"""Records of the stream reach the topic, or relay's dead letters, and never hold up those behind them."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from chalicelib.application.messages.relaying import Relay, Relayed
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.events import Event
from tests.fakes import RecordingDeadLetters, RecordingTopic
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


def records(count: int) -> list[dict[str, Any]]:
    return [{"place": place, "words": "lubang"} for place in range(count)]


def read(record: Mapping[str, Any]) -> Event | None:
    """`poison` cannot be read; `other` is a row that is no event."""
    if record.get("poison"):
        raise KeyError("NewImage")
    return None if record.get("other") else EVENTS[record["place"]]


def relay(topic: RecordingTopic, dead: RecordingDeadLetters) -> Relay:
    return Relay(topic=topic, dead_letters=dead, read=read)


@pytest.fixture
def dead() -> RecordingDeadLetters:
    return RecordingDeadLetters()


def test_events_go_to_the_topic_ten_at_a_time_in_their_order(dead: RecordingDeadLetters) -> None:
    topic = Topic()

    relayed = relay(topic, dead)(records(25))

    assert relayed == Relayed(published=25, dead=0, ignored=0)
    assert topic.published == EVENTS
    assert topic.asked == [10, 10, 5]
    assert dead.records == []


def test_a_record_that_nobody_can_read_goes_whole_to_the_dead_letters_and_the_rest_goes_on(
    dead: RecordingDeadLetters,
) -> None:
    topic, poison = Topic(), {"poison": True, "dynamodb": {"NewImage": {"pk": {"S": "C#1"}}}}

    relayed = relay(topic, dead)([*records(2), poison, *records(3)[2:]])

    assert relayed == Relayed(published=3, dead=1, ignored=0, causes=frozenset({"KeyError"}))
    assert topic.published == EVENTS[:3]
    assert dead.records == [poison]


def test_what_the_topic_throttles_is_asked_for_once_more(dead: RecordingDeadLetters) -> None:
    topic = Topic()
    topic.refuses = lambda event: event is EVENTS[1] and len(topic.asked) == 1

    assert relay(topic, dead)(records(3)) == Relayed(published=3, dead=0, ignored=0)
    assert topic.asked == [3, 1]


def test_what_the_topic_refuses_twice_goes_whole_to_the_dead_letters(dead: RecordingDeadLetters) -> None:
    topic = Topic()
    topic.refuses = lambda event: event is EVENTS[1]

    assert relay(topic, dead)(records(12)) == Relayed(published=11, dead=1, ignored=0, causes=frozenset({"refused"}))
    assert dead.records == [records(2)[1]]


def test_a_topic_that_is_down_is_asked_once_and_everything_waits_with_the_dead_letters(
    dead: RecordingDeadLetters,
) -> None:
    topic = DownTopic()

    why = frozenset({"UnavailableError from TimeoutError"})
    assert relay(topic, dead)(records(25)) == Relayed(published=0, dead=25, ignored=0, causes=why)
    assert dead.records == records(25)
    assert topic.asked == [10]


def test_rows_that_are_no_events_are_passed_over(dead: RecordingDeadLetters) -> None:
    topic = Topic()

    assert relay(topic, dead)([{"other": True}, *records(1)]) == Relayed(published=1, dead=0, ignored=1)


def test_when_even_the_dead_letters_are_down_the_stream_must_bring_the_batch_again(dead: RecordingDeadLetters) -> None:
    dead.failures = [UnavailableError("sqs")]

    with pytest.raises(UnavailableError):
        relay(DownTopic(), dead)(records(2))


def test_an_empty_call_asks_nobody(dead: RecordingDeadLetters) -> None:
    topic = Topic()

    assert relay(topic, dead)([]) == Relayed(0, 0, 0)
    assert topic.asked == []
