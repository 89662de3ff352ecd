"""The clocks of a complaint. Limits are frozen when a clock is set; nothing but an approved extension moves a
due time later. A clock starts on a whole second, so that the timer (which cuts fractions) wakes exactly then."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.domain.reference import Category

KINDS = ("coordination", "resolution", "location", "validation", "confirmation", "answer", "rework")
LADDER = ("coordination", "resolution", "rework")  # escalated to the top
WORK = ("resolution", "rework")  # the clocks of the work itself
ENDING = ("confirmation", "answer")  # no rungs: when they are over the system acts
END = "end"  # what an ending clock has instead of rungs
EXACT = ("coordination", "location", "resolution", "rework")  # breaches met to the second by the timer

HOUR = 3600
VALIDATION_LIMIT = 24 * HOUR  # assumed default of the city's administrator
CONFIRMATION_LIMIT = 72 * HOUR  # assumed
ANSWER_LIMIT = 120 * HOUR  # assumed: five days
LOCATION_LIMIT = 3 * HOUR  # assumed; at most half the coordination limit


@dataclass(frozen=True, slots=True)
class Clock:
    """One promise with a time. Instants are aware UTC; `paused` is how long it was paused already, which `due_at`
    contains."""

    kind: str
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None = None
    paused_at: datetime | None = None
    paused: timedelta = timedelta(0)
    rungs: tuple[str, ...] = ()

    def state(self, now: datetime) -> str:
        """running, paused, met, late or missed: on time means `stopped_or_now <= due`, decided here only."""
        if self.stopped_at is not None:
            return "met" if self.stopped_at <= self.due_at else "missed"
        if (self.paused_at or now) > self.due_at:
            return "late"
        return "paused" if self.paused_at else "running"

    @property
    def running(self) -> bool:
        return self.stopped_at is None and self.paused_at is None


Clocks = Mapping[str, Clock]  # by kind


def start(kind: str, now: datetime, limit: int) -> Clock:
    """A clock of `limit` seconds from the whole second of `now`."""
    begun = now.replace(microsecond=0)
    return Clock(kind, begun, begun + timedelta(seconds=limit))


def stop(clock: Clock, now: datetime) -> Clock:
    return clock if clock.stopped_at else replace(clock, stopped_at=now)


def pause(clock: Clock, now: datetime) -> Clock:
    return replace(clock, paused_at=now) if clock.running else clock


def resume(clock: Clock, now: datetime) -> Clock:
    """A paused clock runs on by exactly the paused time; a stopped one as if it had never stopped, so that the refusal
    of a proof gives no time."""
    if clock.paused_at is None:
        return replace(clock, stopped_at=None)
    length = now - clock.paused_at
    return replace(clock, paused_at=None, due_at=clock.due_at + length, paused=clock.paused + length)


def latest(clocks: Clocks, kinds: tuple[str, ...]) -> list[Clock]:
    """Of these kinds the clock that was started last."""
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
    """Every rung of the ladder with its time, in order. Location and validation: one reminder, one breach. Reminders
    come at 50 % and 80 % of the running time, pauses left out."""
    if clock.kind in ENDING:
        return []
    begun, span = clock.started_at + clock.paused, clock.due_at - clock.started_at - clock.paused
    rungs = [(begun + span * 0.8, "reminder_80"), (clock.due_at, "breach")]
    if clock.kind not in LADDER:
        return rungs
    higher = [(24, "escalation_1"), (72, "escalation_2"), (168, "escalation_3")]
    escalations = [(clock.due_at + timedelta(hours=hours), rung) for hours, rung in higher]
    return [(begun + span * 0.5, "reminder_50"), *rungs, *escalations]


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
