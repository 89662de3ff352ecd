"""Cases as they grow: every step of a plausible history, with the case's rows as they stood after it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from chalicelib.application.ports.cases import CaseFile
from chalicelib.domain import clocks
from chalicelib.domain.complaint import ENDED, Complaint, Lodging, Outcome
from chalicelib.domain.events import Event
from chalicelib.domain.evidence import Photo, Variants

BEGUN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOUR = 3600
MONAS = (-6.1754, 106.8272)
NUMBER = "JKT-7K3M-9QXR-4"
PROOF = "0123456789ABCDEFGHJK"

# action → (status after it, clocks it stops, clock it starts with its limit)
EFFECTS: dict[str, tuple[str | None, tuple[str, ...], tuple[str, int] | None]] = {
    "accept": ("assigned", ("coordination",), None),
    "coordinate": ("coordinated", ("coordination",), None),
    "start": ("in_progress", (), None),
    "propose_done": ("awaiting_validation", ("resolution", "rework"), ("validation", 24 * HOUR)),
    "validate": ("resolved", ("validation",), ("confirmation", 72 * HOUR)),
    "confirm": ("closed", ("confirmation",), None),
    "object": ("reopened", ("confirmation",), ("rework", 72 * HOUR)),
    "reject": ("rejected", clocks.KINDS, ("confirmation", 72 * HOUR)),
    "withdraw": ("withdrawn", clocks.KINDS, None),
    "comment": (None, (), None),
    "hide": (None, (), None),
    "restore": (None, (), None),
    "breach": (None, (), None),
}


def a_history(
    steps: Iterable[tuple[str, int]] = (),
    *,
    number: str = NUMBER,
    category: str = "JLN_LUBANG",
    place: tuple[float, float] | None = MONAS,
    visibility: str = "public",
    unit: str = "DBM",
    outcome: str = "solved",
    at: datetime = BEGUN,
) -> list[CaseFile]:
    """The case after `lodge` and after each (action, seconds since the one before). `breach` rings every late clock."""
    started = {kind: clocks.start(kind, at, hours * HOUR) for kind, hours in (("coordination", 6), ("resolution", 72))}
    lodging = Lodging("00" * 32, "00" * 32, "00" * 32)
    complaint = Complaint(
        number, "waiting", 1, 1, "", category, unit, "WEB", visibility, at, lodging, "31.71.01.1001", place
    )
    file = CaseFile(replace(complaint, clocks=started), [_event(complaint, "lodge", None, at, {})], [], None)
    files = [file]
    for action, seconds in steps:
        at += timedelta(seconds=seconds)
        files.append(_after(files[-1], action, outcome, at))
    return files


def _after(file: CaseFile, action: str, outcome: str, at: datetime) -> CaseFile:
    status, stops, starts = EFFECTS[action]
    before = file.complaint
    running = {k: clocks.stop(c, at) if k in stops else _rung(c, action, at) for k, c in before.clocks.items()}
    started = {starts[0]: clocks.start(starts[0], at, starts[1])} if starts else {}
    proposed = Outcome(outcome) if action == "propose_done" else before.outcome
    after = replace(
        before,
        status=status or before.status,
        sequence=before.sequence + 1,
        version=before.version + 1,
        clocks=running | started,
        outcome=None if action == "object" else proposed,
    )
    facts = {"photos": [{"photo_id": PROOF}], "outcome": {"code": outcome}} if action == "propose_done" else {}
    event = _event(after, "ring" if action == "breach" else action, before.status, at, facts)
    photos = [a_photo(before.number)] if action == "propose_done" else list(file.photos)
    return CaseFile(after, [*file.events, event], photos, None)


def _rung(clock: clocks.Clock, action: str, at: datetime) -> clocks.Clock:
    late = action == "breach" and clock.state(at) == "late"
    return replace(clock, rungs=(*clock.rungs, "breach")) if late else clock


def _event(complaint: Complaint, action: str, before: str | None, at: datetime, facts: dict[str, object]) -> Event:
    return Event(
        complaint.number,
        complaint.sequence,
        complaint.version,
        at,
        action,
        complaint.status,
        before,
        "opd_officer",
        "somebody",
        complaint.unit,
        complaint.unit,
        facts,
    )


def a_photo(number: str = NUMBER) -> Photo:
    variants = Variants(f"photos/{number}/large.webp", f"photos/{number}/small.webp", 4000, 3000, "ab" * 32)
    return Photo(PROOF, number, "after", "staff", "somebody", "ready", "image/jpeg", 1, BEGUN, None, variants)


def possible_after(status: str) -> list[str]:
    """Steps that make sense in a status, the way forward more often; for generated histories."""
    quiet = ["comment", "hide", "restore"]
    if status in ENDED:
        return {"resolved": ["confirm", "object", "object", *quiet], "rejected": ["object", *quiet]}.get(status, quiet)
    forward = {
        "waiting": ["accept", "coordinate", "reject", "withdraw"],
        "coordinated": ["start", "withdraw"],
        "assigned": ["start"],
        "in_progress": ["propose_done"],
        "reopened": ["start"],
        "awaiting_validation": ["validate"],
    }[status]
    return [*forward * 3, *quiet, "breach"]
