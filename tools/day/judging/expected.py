"""What must have been told and rung, from the history of a case and its clocks alone. Source: the table of actions and
the ladder of the city's lifecycle, as docs/lifecycle.md publishes them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from tools.day.cases import CITIZEN, OFFICER, Done
from tools.day.people import partner
from tools.day.rules import BUREAU, INSPECTORATE, Rules

ALERT, REPLY = "alert", "reply"
GRACE = timedelta(minutes=5)  # the sweeper's period: a rung this young may ring or not yet
SYSTEM = ("ring", "lapse")  # what nobody does
TASKS = (  # these tell the holder what to do
    "lodge",
    "coordinate",
    "assign",
    "refuse",
    "object",
    "locate",
    "transfer",
    "recategorise",
)
NEWS = (  # these tell the holder how it stands
    "validate",
    "confirm",
    "withdraw",
    "lapse",
    "approve_extension",
    "finish_part",
)
HANDED_ON = ("transfer", "recategorise")  # a case that they bring to another unit is told anew
TO_REPORTER = ("hide", "restore")  # these tell the reporter that they were done
WORK = ("resolution", "rework")
RUNGS = ("reminder_50", "reminder_80", "breach", "escalation_1", "escalation_2", "escalation_3")
_HIGH = (("escalation_1", 24), ("escalation_2", 72), ("escalation_3", 168))  # hours after the due time


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the history, with who acted."""

    action: str
    status: str
    before: str | None
    unit: str
    by: str
    clock: str = ""
    rung: str = ""
    at: str = ""
    came_from: str = ""

    @property
    def is_joining(self) -> bool:
        """Whether it says that another report was merged into this case."""
        return self.action == "merge" and self.status != "merged"

    @property
    def is_action(self) -> bool:
        """Whether somebody did it to this case, after it was reported."""
        return self.action not in (*SYSTEM, "lodge") and not self.is_joining

    @property
    def tells_state(self) -> bool:
        """In which status the case is, or with whom."""
        moved_on = self.action in HANDED_ON and self.unit != self.came_from
        return self.status != self.before or moved_on


@dataclass(frozen=True, slots=True)
class Told:
    """Events in the order of the case for the citizen, with their times; (unit, event) in any order for the units."""

    citizen: list[str]
    units: list[tuple[str, str]]
    times: list[str]

    def add(self, event: str, at: str) -> None:
        self.citizen.append(event)
        self.times.append(at)


def history(timeline: Sequence[Mapping[str, Any]], done: Iterable[Done]) -> list[Line]:
    """The timeline as an inspector sees it; who wrote a comment is known from what we did, in the same order."""
    acted = iter(done)
    lines: list[Line] = []
    for entry in timeline:
        before = lines[-1] if lines else None
        line = Line(
            entry["action"],
            entry["status"],
            before.status if before else None,
            entry["unit"]["code"],
            by="",
            clock=entry.get("clock", ""),
            rung=entry.get("rung", ""),
            at=entry["at"],
            came_from=before.unit if before else "",
        )
        lines.append(replace(line, by=getattr(next(acted, None), "by", OFFICER)) if line.is_action else line)
    return lines


def statuses_after(lines: Iterable[Line], actions: int) -> list[str]:
    """Every status that the case came to after so many actions: what somebody hears who follows it since then."""
    count, found = 0, []
    for line in lines:
        count += line.is_action
        if count > actions and line.status != line.before:
            found.append(line.status)
    return found


def statuses_since(lines: Sequence[Line], at: str) -> list[str]:
    """Every status that it came to after the other report was merged into it at this time."""
    joined = next(n for n, line in enumerate(lines) if line.is_joining and line.at == at)
    return [line.status for line in lines[joined:] if line.status != line.before]


def told(lines: Iterable[Line], category: str, rules: Rules) -> Told:
    """Every message that is due. After an erasure nobody knows whom to tell."""
    found, erased = Told([], [], []), False
    for together in _together(lines):
        if together[0].action == "ring":
            _add_rungs(found, together, category, rules, to_reporter=not erased)
            continue
        (line,) = together
        erased = erased or line.action == "erase"
        event = _to_reporter(line)
        if event and not erased:
            found.add(event, line.at)
        found.units.extend(_units(line, category, rules))
    return found


def _to_reporter(line: Line) -> str:
    """What the message to the reporter is called; "" for none."""
    if line.tells_state:
        return line.status
    if line.action in TO_REPORTER:
        return line.action
    return REPLY if line.action == "comment" and line.by == OFFICER else ""


def _together(lines: Iterable[Line]) -> list[list[Line]]:
    """Rungs that rang at one moment, in one list; every other line alone."""
    found: list[list[Line]] = []
    for line in lines:
        if line.action == "ring" and found and (found[-1][0].action, found[-1][0].at) == ("ring", line.at):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _add_rungs(found: Told, together: Sequence[Line], category: str, rules: Rules, *, to_reporter: bool) -> None:
    """Adds the messages about rungs that rang together: each unit is told of its highest, and so is the citizen."""
    climbing = sorted(together, key=lambda line: RUNGS.index(line.rung))
    heard = {rules.told_of_rung(category, e.unit, e.clock, e.rung): e.rung.partition("_")[0] for e in climbing}
    found.units.extend(heard.items())
    late = [line.rung for line in climbing if _is_late(line)]
    if late and to_reporter:
        found.add(late[-1].partition("_")[0], together[-1].at)


def _is_late(line: Line) -> bool:
    escalated = line.rung.startswith("escalation") and line.clock in ("coordination", *WORK)
    return escalated or (line.rung == "breach" and line.clock in WORK)


def _units(line: Line, category: str, rules: Rules) -> list[tuple[str, str]]:
    if line.action == "propose_done":
        return [(INSPECTORATE if rules.categories[category]["about_officer"] else BUREAU, ALERT)]
    if line.action in TASKS:
        return [(line.unit, ALERT)]
    if line.action == "extend":
        return [(rules.opd(line.unit), ALERT)]
    if line.action == "invite":
        return [(partner(line.unit, rules), ALERT)]
    if line.action == "take_over":
        return [(line.came_from, line.status)]
    if line.action == "answer":
        return [(line.unit, REPLY)]
    if line.action in NEWS:
        return [(line.unit, line.status)]
    return [(line.unit, REPLY)] if line.action == "comment" and line.by == CITIZEN else []


def ladder(kind: str, started: datetime, due: datetime) -> list[tuple[str, datetime]]:
    """Every rung of a clock with its time. Clocks that end in an act of the city have none."""
    if kind in ("confirmation", "answer"):
        return []
    span = due - started
    low = [("reminder_80", started + span * 0.8), ("breach", due)]
    if kind in ("location", "validation"):
        return low
    return [("reminder_50", started + span * 0.5), *low, *((rung, due + timedelta(hours=h)) for rung, h in _HIGH)]


def rung_faults(kind: str, clock: Mapping[str, Any], rung: Sequence[str], now: datetime) -> list[str]:
    """What is wrong with the rungs that rang on one clock, as sentences."""
    started, due = (datetime.fromisoformat(clock[name]) for name in ("started_at", "due_at"))
    end = datetime.fromisoformat(clock["stopped_at"]) if clock["stopped_at"] else now
    times = ladder(kind, started, due)
    must = [name for name, at in times if at < end - GRACE]
    may = [name for name, at in times if at <= end]
    if must == list(rung[: len(must)]) and list(rung) == may[: len(rung)]:
        return []
    return [f"clock {kind} rang {_listed(rung)}, due were {_listed(must)}"]


def lapse_fault(clock: Mapping[str, Any] | None, lapses: int, now: datetime) -> list[str]:
    """A window that is over ends once, by the city itself; one in which the reporter acted never does."""
    due = 1 if clock and _ran_out(clock, now) else 0
    return [] if lapses == due else [f"the window of confirmation lapsed {lapses} times, due was {due}"]


def _ran_out(clock: Mapping[str, Any], now: datetime) -> bool:
    end = datetime.fromisoformat(clock["due_at"])
    stopped = datetime.fromisoformat(clock["stopped_at"]) if clock["stopped_at"] else None
    return stopped >= end if stopped else end < now - GRACE


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "nothing"
