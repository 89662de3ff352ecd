"""The forms in which times, clocks and rare facts are kept: as short as they can be read. A clock is about 35 bytes, so
that fifty queue entries cost two read units and a fresh complaint stays below one write unit (1 KB)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from chalicelib.domain.clocks import Clock

MICROSECOND = timedelta(microseconds=1)
_LETTERS = {
    "coordination": "c",
    "resolution": "r",
    "location": "l",
    "validation": "v",
    "confirmation": "f",
    "answer": "a",
    "rework": "w",
}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
_RUNGS = {
    "reminder_50": "5",
    "reminder_80": "8",
    "breach": "b",
    "escalation_1": "1",
    "escalation_2": "2",
    "escalation_3": "3",
}
_RUNG_OF = {sign: rung for rung, sign in _RUNGS.items()}


def millis(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def instant(epoch_millis: float) -> datetime:
    return datetime.fromtimestamp(int(epoch_millis) // 1000, UTC) + timedelta(milliseconds=int(epoch_millis) % 1000)


def clock_text(clock: Clock) -> str:
    """Letter and start (epoch s), limit (s), stop and pause (ms after the start), ms paused, rungs, the first due time
    (s after the start), the times of the reminders (so too) where not every hour counts. Nothing is rounded: a pause
    must be given back to the microsecond."""
    begun = clock.started_at
    stopped = _amount(clock.stopped_at - begun) if clock.stopped_at else ""
    paused_at = _amount(clock.paused_at - begun) if clock.paused_at else ""
    paused = _amount(clock.paused) if clock.paused else ""
    limit = _amount(clock.due_at - begun - clock.paused, 1_000_000)
    rungs = "".join(_RUNGS[rung] for rung in clock.rungs)
    first = _amount(clock.first_due - begun, 1_000_000) if clock.first_due else ""
    reminders = "/".join(_amount(at - begun, 1_000_000) for at in clock.reminders)
    head = f"{_LETTERS[clock.kind]}{int(begun.timestamp())}"
    return ",".join((head, limit, stopped, paused_at, paused, rungs, first, reminders)).rstrip(",")


def _amount(length: timedelta, unit: int = 1_000) -> str:
    """How many units of so many microseconds, exactly, and as short as it can be."""
    whole, rest = divmod(length // MICROSECOND, unit)
    return f"{whole}.{rest:0{len(str(unit)) - 1}d}".rstrip("0") if rest else str(whole)


def _length(text: str, unit: int = 1_000) -> timedelta:
    return timedelta(microseconds=int(Decimal(text) * unit))


def clock_of(text: str) -> Clock:
    head, limit, stopped, paused_at, paused, rungs, first, reminders = (text.split(",") + [""] * 6)[:8]
    begun = datetime.fromtimestamp(int(head[1:]), UTC)
    length = _length(paused or "0")

    def after(offset: str) -> datetime | None:
        return begun + _length(offset) if offset else None

    return Clock(
        _KINDS[head[0]],
        begun,
        begun + _length(limit, 1_000_000) + length,
        after(stopped),
        after(paused_at),
        length,
        tuple(_RUNG_OF[sign] for sign in rungs),
        begun + _length(first, 1_000_000) if first else None,
        tuple(begun + _length(at, 1_000_000) for at in reminders.split("/") if at),
    )


def clocks_text(clocks: Mapping[str, Clock]) -> str:
    return ";".join(clock_text(clock) for clock in clocks.values())


def clocks_of(text: str) -> dict[str, Clock]:
    return {clock.kind: clock for clock in map(clock_of, filter(None, text.split(";")))}


def sparse(values: dict[str, Any]) -> dict[str, Any] | None:
    """Drops empty values, to save write units."""
    return {key: value for key, value in values.items() if value not in (None, "", [], (), {}, False)} or None
