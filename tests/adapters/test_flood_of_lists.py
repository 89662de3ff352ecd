"""Two hundred events a second inside one square of 5 km, against a model of DynamoDB's transactions: two that overlap
on an item cannot both succeed. No event may end in a dead-letter queue."""

import heapq
import random
from collections import deque
from dataclasses import dataclass, field

import pytest

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.public.lists import TRIES, pause_before
from chalicelib.adapters.dynamodb.public.public_rows import SHARDS
from chalicelib.domain.case import numbers

TRANSACTION = 0.012  # seconds that a transaction holds its items: as measured on the emulator, AWS states none
WORKERS = 10  # at once: the queue's MaximumConcurrency
RECEIVES = 5  # of a message before it is dead
AGAIN = 30.0  # seconds until a message that failed is seen again
EVENTS, PER_SECOND = 6_000, 200


@dataclass
class Flood:
    """Messages, workers that take one at a time, and the items that they meet on."""

    shards: int
    jitter: bool
    workers: int = WORKERS
    held_until: dict[str, float] = field(default_factory=dict)
    conflicts: int = 0
    dead: int = 0

    def items(self, number: str) -> tuple[str, ...]:
        """The counters that an event of this case adds to: two clusters and the figures, which are one row until
        transactions have met on it (lists.py)."""
        shard = keys.shard(number, self.shards)
        figures = shard if self.conflicts else 0
        return f"cluster 500 {shard}", f"cluster 100 {shard}", f"figures {figures}"

    def run(self, seed: int = 1) -> "Flood":
        """Every try is an event in time: a message waits for a worker, which keeps it until its last try."""
        random.seed(seed)
        waiting = deque((index, 1) for index in range(EVENTS))
        due: list[tuple[float, int, int]] = []  # messages that come again
        tries: list[tuple[float, int, int, int]] = []  # at, message, received, tried
        now, idle = 0.0, self.workers
        while waiting or tries or due:
            while due and due[0][0] <= now:
                waiting.append(heapq.heappop(due)[1:])
            while idle and waiting and waiting[0][0] / PER_SECOND <= now:
                heapq.heappush(tries, (now, *waiting.popleft(), 0))
                idle -= 1
            if not tries:
                now = min([waiting[0][0] / PER_SECOND] if waiting else [], default=due[0][0] if due else now)
                continue
            now, index, received, tried = heapq.heappop(tries)
            free_at = now + TRANSACTION
            if self._taken(index, now):
                idle += 1
            elif tried + 1 < TRIES:
                self.conflicts += 1
                pause = pause_before(tried + 1) if self.jitter else 0.0
                heapq.heappush(tries, (free_at + pause, index, received, tried + 1))
            else:
                idle += 1
                self.dead += received == RECEIVES
                if received < RECEIVES:
                    heapq.heappush(due, (free_at + AGAIN, index, received + 1))
        return self

    def _taken(self, index: int, now: float) -> bool:
        """Whether the transaction of this message meets no other one on an item."""
        items = self.items(numbers.from_bits(random.Random(index).getrandbits(40)))
        free = all(self.held_until.get(item, 0.0) <= now for item in items)
        if free:
            self.held_until |= dict.fromkeys(items, now + TRANSACTION)
        return free


def test_two_hundred_events_a_second_in_one_square_leave_nothing_dead(capsys: pytest.CaptureFixture[str]) -> None:
    flood = Flood(SHARDS, jitter=True).run()

    with capsys.disabled():
        print(f"\n{EVENTS} events at {PER_SECOND} a second: {flood.conflicts} conflicts, {flood.dead} dead")
    assert flood.dead == 0


def test_on_one_item_without_pauses_and_bound_the_same_flood_meets_itself_ten_times_as_often() -> None:
    """Lambda would add workers up to the account's limit: each loses its tries to the others."""
    unbounded = Flood(1, jitter=False, workers=400).run()

    assert unbounded.conflicts > 10 * Flood(SHARDS, jitter=True).run().conflicts
