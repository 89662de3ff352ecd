"""The counted figures that are committed, as a ledger: each entry says why figures became what they are. A figure is
what its last entry says, so that none changes, up or down, without a reason."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("figures.json")
SHORTEST_REASON = 10  # signs

Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Entry:
    """`figures` None: no longer counted."""

    day: str
    reason: str
    figures: Mapping[str, float | None]


def read(path: Path = FILE) -> list[Entry]:
    """Raises ValueError at an entry without a reason."""
    entries = [Entry(**entry) for entry in json.loads(path.read_text())] if path.exists() else []
    if unexplained := [entry.day for entry in entries if len(entry.reason.strip()) < SHORTEST_REASON]:
        message = f"{path.name}: a reason is missing in the entry of {', '.join(unexplained)}"
        raise ValueError(message)
    return entries


def current(entries: list[Entry]) -> dict[str, float]:
    """The committed figures: the last word on each."""
    latest: dict[str, float | None] = {}
    for entry in entries:
        latest |= entry.figures
    return {name: value for name, value in latest.items() if value is not None}


def differences(committed: Figures, counted: Figures) -> list[str]:
    """One sentence per figure that is not as committed."""
    names = dict.fromkeys((*committed, *counted))
    return [_said(name, committed.get(name), counted.get(name)) for name in names if _differ(name, committed, counted)]


def _differ(name: str, committed: Figures, counted: Figures) -> bool:
    return committed.get(name) != counted.get(name)


def _said(name: str, was: float | None, now: float | None) -> str:
    if was is None or now is None:
        return f"{name}: {'new, ' if was is None else 'no longer counted, was '}{now if was is None else was:g}"
    return f"{name}: {'rose' if now > was else 'fell'} from {was:g} to {now:g}"


def add(entries: list[Entry], counted: Figures, reason: str, path: Path = FILE) -> Entry:
    """Writes one entry with all that differs."""
    committed = current(entries)
    names = dict.fromkeys((*committed, *counted))
    changed = {name: counted.get(name) for name in names if _differ(name, committed, counted)}
    entry = Entry(date.today().isoformat(), reason, changed)  # noqa: DTZ011 - a day, for people
    path.write_text(json.dumps([_plain(one) for one in (*entries, entry)], indent=1) + "\n")
    return entry


def _plain(entry: Entry) -> dict[str, Any]:
    return {"day": entry.day, "reason": entry.reason, "figures": dict(entry.figures)}
