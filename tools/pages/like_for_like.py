"""What the lines of the first table of costs cost today, and what that table left out: the two totals count different
things."""

from collections.abc import Mapping

DAY = "2026-11-24"
LETTERS = "e-mail to the citizen"
# USD per 1,000 complaints, as that table had them.
FIRST = {
    "API": 0.0735,
    "edge": 0.0341,
    "functions, calls": 0.0110,
    "functions, time": 0.0384,
    "writes of the case": 0.0325,
    "writes of notices": 0.0525,
    "writes of lists": 0.0525,
    "reads": 0.0076,
    "rows kept 12 months": 0.0450,  # there they were one line with their backup
    "rows kept, their backup": 0.0360,
    "clocks": 0.2000,
    "events and alerts": 0.0045,
    "alerts by e-mail": 0.0400,
    "queues": 0.0192,
    LETTERS: 0.7000,
    "photos, put": 0.0300,
    "photos, get": 0.0088,
    "originals for 7 days": 0.0301,
    "variants for 12 months": 0.0469,
    "contact": 0.0240,
    "logs": 0.0120,
    "traces": 0.0150,
}


def table(today: Mapping[str, float]) -> str:
    """In Markdown. `today`: every line of today's table. Raises KeyError where a line of the first one is missing."""
    now = {what: today[what] for what in FIRST}
    new = {what: dollars for what, dollars in today.items() if what not in FIRST}
    sums = (
        ("its lines", _without_letters(FIRST), _without_letters(now)),
        (
            "what it left out: " + "; ".join(f"{what} {dollars:.3f}" for what, dollars in new.items()),
            0,
            sum(new.values()),
        ),
        ("**without e-mail**", _without_letters(FIRST), _without_letters(today)),
    )
    moved = [(what, FIRST[what], now[what]) for what in FIRST if f"{FIRST[what]:.3f}" != f"{now[what]:.3f}"]
    rows = [f"| {what} | {then:.3f} | {dollars:.3f} |" for what, then, dollars in (*moved, *sums)]
    head = [
        f"**Like for like**, per 1,000 complaints without e-mail (USD): the table of {DAY} and today's\n",
        "| what | then | today |",
        "|---|---:|---:|",
    ]
    return "\n".join([*head, *rows, ""])


def _without_letters(lines: Mapping[str, float]) -> float:
    return sum(dollars for what, dollars in lines.items() if what != LETTERS)
