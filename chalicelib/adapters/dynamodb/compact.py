"""The forms in which times, clocks and rare facts are kept: as short as they can be read. A clock is about 35 bytes, so
that fifty queue entries cost two read units and a fresh complaint stays below one write unit (1 KB)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.domain.clocks import Clock

MILLISECOND = timedelta(milliseconds=1)
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
    """Letter and start (epoch s), limit (s), stop and pause (ms after the start), ms paused, rungs, the times of the
    reminders (s after the start) where not every hour counts."""
    begun = clock.started_at
    stopped = millis(clock.stopped_at) - millis(begun) if clock.stopped_at else ""
    paused_at = millis(clock.paused_at) - millis(begun) if clock.paused_at else ""
    paused = round(clock.paused / MILLISECOND)
    limit = int((clock.due_at - begun - clock.paused).total_seconds())
    rungs = "".join(_RUNGS[rung] for rung in clock.rungs)
    reminders = "/".join(str(int((at - begun).total_seconds())) for at in clock.reminders or ())
    head = f"{_LETTERS[clock.kind]}{int(begun.timestamp())}"
    return ",".join(str(part) for part in (head, limit, stopped, paused_at, paused or "", rungs, reminders)).rstrip(",")


def clock_of(text: str) -> Clock:
    head, limit, stopped, paused_at, paused, rungs, reminders = (text.split(",") + [""] * 5)[:7]
    begun = datetime.fromtimestamp(int(head[1:]), UTC)
    length = timedelta(milliseconds=int(paused or 0))

    def after(offset: str) -> datetime | None:
        return begun + timedelta(milliseconds=int(offset)) if offset else None

    return Clock(
        _KINDS[head[0]],
        begun,
        begun + timedelta(seconds=int(limit)) + length,
        after(stopped),
        after(paused_at),
        length,
        tuple(_RUNG_OF[sign] for sign in rungs),
        _reminders_of(begun, reminders),
    )


def _reminders_of(begun: datetime, text: str) -> tuple[datetime, datetime] | None:
    half, _, most = text.partition("/")
    return (begun + timedelta(seconds=int(half)), begun + timedelta(seconds=int(most))) if text else None


def clocks_text(clocks: Mapping[str, Clock]) -> str:
    return ";".join(clock_text(clock) for clock in clocks.values())


def clocks_of(text: str) -> dict[str, Clock]:
    return {clock.kind: clock for clock in map(clock_of, filter(None, text.split(";")))}


def sparse(values: dict[str, Any]) -> dict[str, Any] | None:
    """Drops empty values, to save write units."""
    return {key: value for key, value in values.items() if value not in (None, "", [], (), {}, False)} or None
