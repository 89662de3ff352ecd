"""The proof by counting: what the city shows of each case and what stands in the mailbox, against what must be. Each
fault is a sentence that names the complaint."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tools.day.cases import Case
from tools.day.expected import Line, Told, history, lapse_fault, rung_faults, told
from tools.day.held import told_faults
from tools.day.rules import Rules

View = Mapping[str, Any]
RANG, SYSTEM = "ring", ("ring", "lapse", "lodge")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One case as an inspector sees it, as everybody does (asked where there is something to hide), the messages about
    it, and the city's time then."""

    seen: View
    public: View | None
    messages: Sequence[View]
    now: datetime


def faults(case: Case, evidence: Evidence, rules: Rules) -> list[str]:
    """Everything that is not as it must be; empty for a case that was served well."""
    lines = history(evidence.seen["timeline"], case.done)
    found = [
        *case.troubles,
        *_history_faults(case, lines),
        *_routing_faults(case, evidence.seen, rules),
        *_message_faults(case, evidence, told(lines, case.plan.category, rules)),
        *_clock_faults(evidence, lines),
        *_photo_faults(case, evidence.seen),
        *_secrecy_faults(case, evidence, rules),
    ]
    return [f"{case.number} ({case.plan.story}): {fault}" for fault in found]


def _history_faults(case: Case, lines: Iterable[Line]) -> list[str]:
    """Every accepted action stands there once, with the status that its answer showed."""
    shown = [(line.action, line.status) for line in lines if line.action not in SYSTEM]
    done = [(one.action, one.status) for one in case.done]
    left = [f"steps not taken: {', '.join(case.todo)}"] if case.todo and not case.troubles else []
    return left if shown == done else [*left, f"the history shows {shown}, done was {done}"]


def _routing_faults(case: Case, seen: View, rules: Rules) -> list[str]:
    """The receiver by the rule, the kelurahan that the place was drawn in, the holder that the last action named."""
    placed = case.plan.area if case.plan.placed else None
    receiver = rules.first_receiver(case.plan.category, placed)
    area = seen["area"] and seen["area"]["code"]
    said = [
        ("received by", case.first_unit, receiver),
        ("lies in", area, case.area),
        ("is held by", seen["unit"]["code"], case.unit),
    ]
    return [f"{what} {is_}, must be {must}" for what, is_, must in said if is_ != must]


def _message_faults(case: Case, evidence: Evidence, due: Told) -> list[str]:
    """The citizen's in order and by the right way; the units' once each."""
    alerts = Counter((m["to"], m["event"]) for m in evidence.messages if m["kind"] == "alert")
    mine = _mine(evidence)
    wrong_way = [m["kind"] for m in mine if m["kind"] != case.plan.contact or _address(m["to"]) != _owed_to(case)]
    return [
        *told_faults(case, mine, due),
        *([f"a message went another way: {', '.join(wrong_way)}"] if wrong_way else []),
        *_counted("missing", Counter(due.units) - alerts),
        *_counted("too many", alerts - Counter(due.units)),
    ]


def _mine(evidence: Evidence) -> list[View]:
    return [m for m in evidence.messages if m["kind"] != "alert"]


def held(case: Case, evidence: Evidence, rules: Rules) -> int:
    """How many messages to the reporter were kept back, or told by a later one."""
    if not case.plan.contact:
        return 0
    due = told(history(evidence.seen["timeline"], case.done), case.plan.category, rules)
    return max(0, len(due.citizen) - len(_mine(evidence)))


def _counted(what: str, units: Counter[tuple[str, str]]) -> list[str]:
    return [f"alert {what}: {event} to {unit} (x{count})" for (unit, event), count in sorted(units.items())]


def _owed_to(case: Case) -> str:
    contact = case.plan.draft.get("contact", {})
    return _address(contact.get("email") or contact.get("phone") or "")


def _address(text: str) -> str:
    """A phone number as it is dialled in the country."""
    return text if "@" in text else re.sub(r"^(\+?62|0)", "", text)


def _clock_faults(evidence: Evidence, lines: Sequence[Line]) -> list[str]:
    clocks = evidence.seen["clocks"]
    rang = {kind: [line.rung for line in lines if line.action == RANG and line.clock == kind] for kind in clocks}
    lapses = sum(line.action == "lapse" for line in lines)
    strange = {line.clock for line in lines if line.action == RANG} - set(clocks)
    return [
        *(f for kind, clock in clocks.items() for f in rung_faults(kind, clock, rang[kind], evidence.now)),
        *lapse_fault(clocks.get("confirmation"), lapses, evidence.now),
        *(f"a clock rang that is not there: {kind}" for kind in sorted(strange)),
    ]


def _photo_faults(case: Case, seen: View) -> list[str]:
    states = {photo["photo_id"]: photo["state"] for photo in seen["photos"]}
    said = [(states.get(photo, "lost"), due) for photo, due in case.photos.items()]
    return [f"a photo is {state}, must be {due}" for state, due in said if state != due]


def _secrecy_faults(case: Case, evidence: Evidence, rules: Rules) -> list[str]:
    """No words of the report in a message to the reporter; in an alert only of a case that everybody may read; of a
    shielded category neither its name nor the place; a private case shows the public no words."""
    texts = _texts(evidence.messages)
    silent = texts if is_closed(case, rules) else _texts(_mine(evidence))
    mark = case.plan.draft["description"].rpartition(" ")[2].rstrip(".")
    hidden = [rules.categories[case.plan.category]["name"]["id"], rules.areas[case.plan.area]["name"]]
    named = hidden if rules.is_shielded(case.plan.category) else []
    public = evidence.public if is_closed(case, rules) else None
    shown = public and (public["description"] or public["photos"] or public["place"])
    return [
        *(["a message carries the words of the report"] if mark in silent else []),
        *(f"a message names {name}" for name in named if re.search(rf"\b{re.escape(name)}\b", texts)),
        *(["everybody sees what is private"] if shown else []),
    ]


def _texts(messages: Iterable[View]) -> str:
    return " ".join(f"{m['subject']} {m['text']}" for m in messages)


def is_closed(case: Case, rules: Rules) -> bool:
    """Whether everybody sees no more of it than that it is there."""
    return case.plan.draft.get("visibility") == "private" or bool(rules.categories[case.plan.category]["sensitive"])


def whole(cases: Sequence[Case], mailbox: Iterable[View], grown: int, *, alone: bool) -> list[str]:
    """What no single case shows: numbers given twice, messages about nobody, the city's own count. `alone`: nobody
    else used the city meanwhile."""
    numbers = Counter(case.number for case in cases)
    about = (m["number"] for m in mailbox if m["event"] != "digest")  # which is about many
    strays = sum(1 for number in about if number not in numbers) if alone else 0
    counted = grown == len(cases) if alone else grown >= len(cases)
    return [
        *(f"{number}: given to {count} reports" for number, count in numbers.items() if count > 1),
        *([f"{strays} messages are about no report of the day"] if strays else []),
        *([] if counted else [f"the city counted {grown} reports, sent were {len(cases)}"]),
    ]
