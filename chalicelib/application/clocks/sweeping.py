"""The sweeper: the fallback for every promise. It finds in the rows what timers, streams and queues missed, with the
time at which it is due."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from chalicelib.application.clocks.timekeeping import RingClocks
from chalicelib.application.ports.cases import Complaints
from chalicelib.application.ports.messages import HandBack
from chalicelib.application.ports.photos import Photos
from chalicelib.application.ports.queues import Alarm, Queues
from chalicelib.application.ports.standings import Standings
from chalicelib.domain import messages
from chalicelib.domain.messages import THE_REPORTER

PAGE = 100
NEXT_LOOK = timedelta(minutes=5)  # this function's own period
LONGEST_PROMISE = timedelta(days=3)  # as long as the tries of a message last
BUDGET = timedelta(seconds=90)  # of machine time; the function may take 120


@dataclass(slots=True)
class SweepResult:
    """How many promises were seen to, by kind; which failed, and how; whether time ran out before the end."""

    kept: Counter[str] = field(default_factory=Counter)
    failed: list[tuple[Alarm, Exception]] = field(default_factory=list)
    unfinished: bool = False


class Sweep:
    """`miss_parts` says in a case which parts of a long message did not come. `now` is the domain's time, which says
    what is due; `machine_now` says how long this call may still take."""

    def __init__(
        self,
        *,
        queues: Queues,
        complaints: Complaints,
        photos: Photos,
        ring: RingClocks,
        hand_back: HandBack,
        standings: Standings,
        miss_parts: Callable[[str, int], None],
        now: Callable[[], datetime],
        machine_now: Callable[[], datetime],
    ) -> None:
        self._queues = queues
        self._complaints = complaints
        self._photos = photos
        self._hand_back = hand_back
        self._standings = standings
        self._miss_parts = miss_parts
        self._now = now
        self._machine_now = machine_now
        self._keep = {
            "complaint": lambda alarm: ring(alarm.number),
            "photo": self._expire,
            "notice": self._tell,
            "standing": self._tell_held,
            "message": self._send_answer,
            "parts": self._miss,
            "ask": self._send_link,
        }

    def __call__(self) -> SweepResult:
        """Sees to what is due, earliest first, each promise for itself. Raises UnavailableError when the store cannot
        say what is due."""
        swept, end = SweepResult(), self._machine_now() + BUDGET
        for alarm in self._due():
            if self._machine_now() >= end:
                swept.unfinished = True
                break
            try:
                self._keep[alarm.kind](alarm)
                swept.kept[alarm.kind] += 1
            except Exception as error:  # one promise that fails must not stop the others
                swept.failed.append((alarm, error))
        return swept

    def _due(self) -> Iterator[Alarm]:
        """Each promise once. What was kept leaves the index a moment later, what failed or was handed back stays: so
        the next page is asked for with room for all that was seen."""
        seen: set[Alarm] = set()
        while new := [alarm for alarm in self._page(len(seen)) if alarm not in seen]:
            yield from new
            seen.update(new)

    def _page(self, seen: int) -> list[Alarm]:
        return self._queues.alarms(until=self._now(), limit=PAGE + seen)

    def _expire(self, alarm: Alarm) -> None:
        photo = self._photos.photo(alarm.number, str(alarm.id))
        if photo and photo.state == "pending" and photo.expires_at <= self._now():
            self._photos.settle(replace(photo, state="expired"), announced=False)

    def _tell(self, alarm: Alarm) -> None:
        sequence, to = messages.split_key(str(alarm.id))
        event = self._complaints.event(alarm.number, sequence)
        if event:
            self._hand_back.put(event, to)

    def _send_answer(self, alarm: Alarm) -> None:
        self._hand_back.put_answer(str(alarm.id))

    def _miss(self, alarm: Alarm) -> None:
        self._miss_parts(alarm.number, int(str(alarm.id)))

    def _send_link(self, alarm: Alarm) -> None:
        self._hand_back.put_link(str(alarm.id))

    def _tell_held(self, alarm: Alarm) -> None:
        """An address was confirmed: each case that was held for it goes back to the function that may send. This is
        repeated until that function records that the reporter was told. A case that can no longer be told would be
        repeated for ever, so the repeating has an end."""
        pseudonym, now = str(alarm.id), self._now()
        numbers = self._standings.held(pseudonym, PAGE)
        for number in numbers:
            complaint = self._complaints.load(number)
            event = complaint and self._complaints.event(number, complaint.sequence)
            if event:
                self._hand_back.put(event, THE_REPORTER)
        confirmed_at = self._standings.find(pseudonym).confirmed_at
        is_over = not numbers or confirmed_at is None or now - confirmed_at > LONGEST_PROMISE
        self._standings.put_off(pseudonym, None if is_over else now + NEXT_LOOK)
