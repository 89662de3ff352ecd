"""How many messages the whole city sends in a day: what is counted, and how far the bound is off."""

from math import sqrt

import pytest

from chalicelib.application.messages.city_day import EACH, SAMPLE, CityDay, weight_of
from chalicelib.domain.case import numbers
from tests.fakes import FrozenClock, MemoryDayCounts

CEILING = 5_000
ERROR = sqrt((SAMPLE - 1) * CEILING)  # the standard deviation of what has left when the ceiling is met


def messages(first: int = 0) -> list[str]:
    """More than the ceiling, as they are named."""
    return [f"{numbers.from_bits(bits)} 000001#reporter" for bits in range(first, first + 2 * CEILING)]


@pytest.fixture
def counts() -> MemoryDayCounts:
    return MemoryDayCounts()


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


def a_worker(counts: MemoryDayCounts, clock: FrozenClock, ceiling: int = CEILING) -> CityDay:
    return CityDay(counts=counts, ceilings={"email": ceiling}, now=clock)


@pytest.mark.parametrize("ceiling", [1, 100, EACH])
def test_of_a_small_ceiling_each_message_is_counted(counts: MemoryDayCounts, clock: FrozenClock, ceiling: int) -> None:
    worker = a_worker(counts, clock, ceiling)

    left = [worker.has_room("email", message, beyond=False) for message in messages()]

    assert (sum(left), counts.counted(clock().date(), "email")) == (ceiling, ceiling)


def test_of_a_large_one_the_sample_stands_for_all(counts: MemoryDayCounts, clock: FrozenClock) -> None:
    worker = a_worker(counts, clock, 10 * CEILING)
    for message in messages()[:CEILING]:
        worker.has_room("email", message, beyond=False)

    assert abs(counts.counted(clock().date(), "email") - CEILING) < 3 * ERROR


def test_a_message_is_in_the_sample_at_every_try_or_at_none() -> None:
    assert {weight_of(message, CEILING) for message in messages()} == {0, SAMPLE}
    assert [weight_of(message, CEILING) for message in messages()] == [weight_of(m, CEILING) for m in messages()]


@pytest.mark.parametrize("first", [0, 10**5, 10**6])
@pytest.mark.parametrize("workers", [1, 7])
def test_the_ceiling_bounds_what_leaves_whoever_sends_it(
    counts: MemoryDayCounts, clock: FrozenClock, workers: int, first: int
) -> None:
    """What a worker does not count it lets go until it has met the ceiling itself."""
    several = [a_worker(counts, clock) for _ in range(workers)]

    left = [several[turn % workers].has_room("email", name, beyond=False) for turn, name in enumerate(messages(first))]

    assert abs(sum(left) - CEILING) < 3 * ERROR + workers * (SAMPLE - 1)
    assert not any(left[-CEILING // 2 :])


def test_what_goes_beyond_the_ceiling_goes_and_is_counted(counts: MemoryDayCounts, clock: FrozenClock) -> None:
    worker = a_worker(counts, clock)
    for message in messages():
        worker.has_room("email", message, beyond=False)
    full = counts.counted(clock().date(), "email")

    assert all(worker.has_room("email", message, beyond=True) for message in messages(10**6))
    assert counts.counted(clock().date(), "email") > full + CEILING


def test_the_next_day_there_is_room_again(counts: MemoryDayCounts, clock: FrozenClock) -> None:
    worker = a_worker(counts, clock)
    for message in messages():
        worker.has_room("email", message, beyond=False)
    clock.advance(days=1)

    assert all(worker.has_room("email", message, beyond=False) for message in messages()[:100])
