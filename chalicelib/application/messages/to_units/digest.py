"""The daily digest to the regional secretary: what stands at the last rung of the ladder, unit by unit. Numbers and
ages only: no words, no place, no person. A day on which nothing stands there has none."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby

from chalicelib.application.messages.delivery import Delivery, is_to_ask_for
from chalicelib.application.messages.to_units.alerts import span, subject_line
from chalicelib.application.ports.messages import HandBack, Notice, Notices, UnitAlerts
from chalicelib.application.ports.public import PublicLists
from chalicelib.application.ports.queues import QueueEntry
from chalicelib.application.wording import WIB, Phrases
from chalicelib.domain import ladder, routing
from chalicelib.domain.clocks import Clock
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass
from chalicelib.domain.ways import WAYS

AT = timedelta(hours=7)  # of the day in Jakarta
LEDGER = "digest"  # what the ledger has in place of a number, and the message as its event
LAST = ladder.LADDER[-1]
PAGE, MOST_PAGES = 200, 10  # of the list of late cases
MOST_NAMED = 200  # numbers in one message; the others are counted


def due_day(now: datetime) -> date:
    """The day in Jakarta whose digest is the last that was due."""
    return (now.astimezone(WIB) - AT).date()


@dataclass(frozen=True, slots=True)
class RemindDigest:
    """For the sweeper, which may not publish: asks for the digest of the day until it is settled. `now` is the domain's
    time."""

    ledger: Notices
    hand_back: HandBack
    now: Callable[[], datetime]

    def __call__(self) -> bool:
        """Whether it was asked for. Raises UnavailableError."""
        now = self.now()
        day = due_day(now)
        if not is_to_ask_for(self.ledger.find(LEDGER, day.isoformat()), now):
            return False
        self.hand_back.put_digest(day)
        return True


@dataclass(frozen=True, slots=True)
class LateCase:
    """A case at the last rung, with the clock that is there."""

    entry: QueueEntry
    clock: Clock


class TellSecretary:
    """May be called for any day, any number of times: what was told is in the ledger. A day that is over is told
    nothing: the next one says how things stand."""

    def __init__(
        self,
        *,
        lists: PublicLists,
        ledger: Notices,
        delivery: Delivery,
        topics: UnitAlerts,
        words: Callable[[str], Phrases],
        site_url: str,
        reference: Reference,
        now: Callable[[], datetime],
    ) -> None:
        self._lists = lists
        self._ledger = ledger
        self._delivery = delivery
        self._topics = topics
        self._words = words
        self._site_url = site_url
        self._reference = reference
        self._now = now

    def __call__(self, day: date) -> str:
        """The state that the digest of this day is left in. Raises UnavailableError."""
        key, now = day.isoformat(), self._now()
        former = self._ledger.find(LEDGER, key)
        if former and former.settled:
            return former.state
        is_over = day != due_day(now)
        late = [] if is_over else list(self._at_the_last_rung(now))
        if not late:
            fresh = Notice(LEDGER, key, LEDGER, "alert", "claimed", now, now, now)
            untold = replace(former or fresh, state="superseded" if is_over else "empty")
            return self._delivery.set_aside(untold, former)

        def send(notice: Notice) -> None:
            subject, text = self._written(late, now)
            about = {"event": LEDGER, "number": "", "message_id": notice.message_id}
            self._topics.publish(routing.REGIONAL_SECRETARY, subject, text, **about)

        return self._delivery.deliver(LEDGER, key, event=LEDGER, way=WAYS["alert"], send=send)

    def _at_the_last_rung(self, now: datetime) -> Iterator[LateCase]:
        """The list is sorted by the due time, so it ends where nothing can be so late."""
        after = None
        for _ in range(MOST_PAGES):
            page = self._lists.overdue(after, PAGE)
            for entry in page:
                clocks = [clock for clock in entry.clocks.values() if clock.running and LAST.rung in clock.rungs]
                if clocks:
                    yield LateCase(entry, min(clocks, key=lambda clock: clock.due_at))
            if len(page) < PAGE or page[-1].due > (now - LAST.after).timestamp():
                return
            after = page[-1].position

    def _written(self, late: Sequence[LateCase], now: datetime) -> tuple[str, str]:
        """Subject and text: the units with the most first, of each the case that is late longest first."""
        words = self._words("unit")
        said = words["digest"]
        lines = [said["head"].format(count=len(late)), ""]
        for named, (unit, cases) in self._by_unit(late):
            lines.append(said["unit"].format(unit=self._reference.units[unit].name, count=len(cases)))
            shown = cases[: max(0, MOST_NAMED - named)]
            lines += [self._line(case, now, words) for case in shown]
            lines += [said["more"].format(count=len(cases) - len(shown))] if len(shown) < len(cases) else []
        lines += ["", words["link"].format(link=f"{self._site_url}{words['path']}"), "", words["footer"]]
        return subject_line(said["subject"].format(count=len(late))), "\n".join(lines)

    def _by_unit(self, late: Sequence[LateCase]) -> Iterator[tuple[int, tuple[str, list[LateCase]]]]:
        """Each unit with its cases, and how many cases came before them."""
        ordered = sorted(late, key=lambda case: (case.entry.unit, case.clock.due_at, case.entry.number))
        units = [(unit, list(cases)) for unit, cases in groupby(ordered, key=lambda case: case.entry.unit)]
        before = 0
        for unit, cases in sorted(units, key=lambda found: -len(found[1])):
            yield before, (unit, cases)
            before += len(cases)

    def _line(self, case: LateCase, now: datetime, words: Phrases) -> str:
        age, late = (span(now - at, words) for at in (case.entry.received_at, case.clock.due_at))
        return str(words["digest"]["case"].format(number=case.entry.number, age=age, late=late))
