"""The clocks of a complaint. Limits are frozen when a clock is set; nothing but an approved extension moves a
due time later. A clock starts on a whole second, so that the timer (which cuts fractions) wakes exactly then."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.domain import calendar as calendars
from chalicelib.domain import ladder
from chalicelib.domain.calendar import ALWAYS, Calendar
from chalicelib.domain.ladder import LadderStep
from chalicelib.domain.reference import Category, Reference
from chalicelib.domain.values import dataclass

KINDS = ("coordination", "resolution", "location", "validation", "confirmation", "answer", "rework")
LADDER = ("coordination", "resolution", "rework")  # escalated to the top
WORK = ("resolution", "rework")  # the clocks of the work itself
FIRST_ANSWER = ("coordination", "location")
ENDING = ("confirmation", "answer")  # no rungs: when they are over the system acts
END = "end"  # what an ending clock has instead of rungs
OF_THE_CATEGORY = ("coordination", "resolution", "location", "rework")  # counted in its calendar
EXACT = ("coordination", "location", "resolution", "rework")  # breaches met to the second by the timer

REMINDERS = tuple(step for step in ladder.LADDER if step.share is not None)

HOUR = 3600
VALIDATION_LIMIT = 24 * HOUR  # assumed default of the city's administrator
CONFIRMATION_LIMIT = 72 * HOUR  # assumed
ANSWER_LIMIT = 120 * HOUR  # assumed: five days
LOCATION_LIMIT = 3 * HOUR  # assumed; at most half the coordination limit


@dataclass(frozen=True, slots=True)
class Clock:
    """One promise with a time. Instants are aware UTC; `paused` is how long it was paused already, which `due_at`
    contains. `first_due` is what an approved extension moved away from; None: nothing was extended. `reminders`: where
    not every hour counts, when each step of REMINDERS is due, pauses left out; empty elsewhere."""

    kind: str
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None = None
    paused_at: datetime | None = None
    paused: timedelta = timedelta(0)
    rungs: tuple[str, ...] = ()
    first_due: datetime | None = None
    reminders: tuple[datetime, ...] = ()

    def is_late(self, now: datetime) -> bool:
        """On time means that it stopped, was paused or stands at its due instant at the latest. Decided here only:
        views, lists, figures and exports ask this, or `was_late`."""
        return is_past(self.due_at, self.stopped_at or self.paused_at or now)

    def was_late(self) -> bool:
        """Whether its record says so, for who counts without a clock: it ended late, or its breach was rung, which
        follows `is_late` within minutes."""
        ended = self.stopped_at or self.paused_at
        return "breach" in self.rungs or (ended is not None and self.is_late(ended))

    def state(self, now: datetime) -> str:
        """running, paused or met on time; late or missed."""
        late = self.is_late(now)
        if self.stopped_at is not None:
            return "missed" if late else "met"
        return "late" if late else "paused" if self.paused_at else "running"

    @property
    def running(self) -> bool:
        return self.stopped_at is None and self.paused_at is None


Clocks = Mapping[str, Clock]  # by kind


def is_past(due_at: datetime, at: datetime) -> bool:
    """Whether a promise is late, with a clock or without. At its due instant it is still on time."""
    return at > due_at


def any_late(clocks: Clocks, now: datetime) -> bool:
    """Whether a promise that is not kept yet is late: what a list of overdue work shows."""
    return any(clock.stopped_at is None and clock.is_late(now) for clock in clocks.values())


def start(kind: str, now: datetime, limit: int, calendar: Calendar = ALWAYS) -> Clock:
    """A clock of `limit` seconds of the calendar's time from the whole second of `now`."""
    begun = now.replace(microsecond=0)
    shares = () if calendar.counts_always else (int(limit * (step.share or 1)) for step in REMINDERS)
    due, *reminders = (calendar.after(begun, timedelta(seconds=span)) for span in (limit, *shares))
    return Clock(kind, begun, due, reminders=tuple(reminders))


def start_for(kind: str, now: datetime, category: Category, reference: Reference) -> Clock:
    """The clock that an action starts. The windows of the judge and of the reporter count every hour, whatever the
    category counts."""
    calendar = calendars.of_category(category, reference) if kind in OF_THE_CATEGORY else ALWAYS
    return start(kind, now, limit(kind, category), calendar)


def stop(clock: Clock, now: datetime) -> Clock:
    """A pause ends with its clock."""
    if clock.stopped_at:
        return clock
    return replace(resume(clock, now), stopped_at=now)


def pause(clock: Clock, now: datetime) -> Clock:
    return replace(clock, paused_at=now) if clock.running else clock


def resume(clock: Clock, now: datetime) -> Clock:
    """A paused clock runs on by exactly the paused time; a stopped one as if it had never stopped, so that the refusal
    of a proof gives no time."""
    if clock.paused_at is None:
        return replace(clock, stopped_at=None)
    length = now - clock.paused_at
    return replace(clock, paused_at=None, due_at=clock.due_at + length, paused=clock.paused + length)


def extend(clock: Clock, until: datetime, now: datetime) -> Clock:
    """Due at `until` (cut to a whole second), never earlier than before. Its rungs start anew, and a date counts every
    hour; a reminder whose time under the new limit is over has nothing left to say."""
    longer = replace(clock, due_at=max(clock.due_at, until.replace(microsecond=0)), rungs=(), reminders=())
    over = tuple(rung for at, rung in rung_times(longer) if at <= now and at < longer.due_at)
    return replace(longer, rungs=over, first_due=clock.first_due or clock.due_at)


def tighten(clock: Clock, limit: int, calendar: Calendar = ALWAYS) -> Clock:
    """As if it had been given this limit (seconds of the calendar's time) when it started, unless it is due before
    that."""
    given = start(clock.kind, clock.started_at, limit, calendar)
    due = given.due_at + clock.paused
    return clock if clock.due_at <= due else replace(clock, due_at=due, reminders=given.reminders)


def resumable(kinds: tuple[str, ...], *, settled: bool) -> tuple[str, ...]:
    """The kinds that a row may resume. Once a case was settled, the clocks of the first answer are over for good."""
    return tuple(kind for kind in kinds if not (settled and kind in FIRST_ANSWER))


def lasts_until(clock: Clock, at: datetime) -> bool:
    """Whether the clock's time reaches this date, to the second."""
    return at.replace(microsecond=0) <= clock.due_at


def latest(clocks: Clocks, kinds: tuple[str, ...]) -> list[Clock]:
    """The clock of these kinds that was started last."""
    found = [clocks[kind] for kind in kinds if kind in clocks]
    return [max(found, key=lambda clock: clock.started_at)] if found else []


def limit(kind: str, category: Category) -> int:
    """Seconds that a clock of this kind is given when an action starts it."""
    return {
        "rework": category.rework_limit,
        "validation": VALIDATION_LIMIT,
        "confirmation": CONFIRMATION_LIMIT,
        "answer": ANSWER_LIMIT,
    }[kind]


def rung_times(clock: Clock) -> list[tuple[datetime, str]]:
    """Every rung of the ladder (ladder.py) with its time, in order. Location and validation: one reminder, one
    breach."""
    if clock.kind in ENDING:
        return []
    steps = ladder.LADDER if clock.kind in LADDER else ladder.SHORT
    return [(_time_of(step, clock), step.rung) for step in steps]


def _time_of(step: LadderStep, clock: Clock) -> datetime:
    if step.share is None:
        return clock.due_at + step.after
    if clock.reminders:
        return clock.reminders[REMINDERS.index(step)] + clock.paused
    begun, span = clock.started_at + clock.paused, clock.due_at - clock.started_at - clock.paused
    return begun + span * step.share


def next_rung(clock: Clock) -> tuple[datetime, str] | None:
    """The earliest rung that has not rung; for an ending clock its end, named `end`."""
    if not clock.running:
        return None
    if clock.kind in ENDING:
        return clock.due_at, END
    return next(((at, rung) for at, rung in rung_times(clock) if rung not in clock.rungs), None)


def next_alarm(clocks: Iterable[Clock]) -> tuple[datetime, Clock, str] | None:
    """The earliest time at which anything may ring, with the clock and the rung; None when nothing can."""
    pending = [(due[0], clock, due[1]) for clock in clocks if (due := next_rung(clock))]
    return min(pending, key=lambda alarm: alarm[0], default=None)


def is_due(at: datetime, rung: str, now: datetime) -> bool:
    """A breach is due after its instant (on time is `<=`), everything else at it."""
    return now > at if rung == "breach" else now >= at


def next_exact(clocks: Clocks) -> datetime | None:
    """The next breach that the timer must meet to the second; None when the timer has nothing left to do."""
    return min(
        (c.due_at for c in clocks.values() if c.kind in EXACT and c.running and "breach" not in c.rungs),
        default=None,
    )


def needs_timer(before: Clocks, after: Clocks) -> bool:
    """Whether a timer must be started for `after`: none sleeps for `before`, or it wakes at another time."""
    return next_exact(after) not in (None, next_exact(before))
