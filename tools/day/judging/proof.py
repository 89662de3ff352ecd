"""The proof by counting: what the city shows of each case and what stands in the mailbox, against what must be. Each
fault is a sentence that names the complaint."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tools.day.cases import Case
from tools.day.judging.expected import Line, history, lapse_fault, rung_faults, statuses_since, told
from tools.day.judging.held import owed_to
from tools.day.judging.letters import message_faults, to_reporter
from tools.day.judging.promises import limits_passed, parts_late
from tools.day.rules import Rules

View = Mapping[str, Any]
RANG = "ring"
WITHOUT_CASE = ("digest", "reply")  # of many cases, or to what was none; answers are counted by who wrote
GIVEN = ("description", "landmark", "location")  # of the view: what a reporter gave


@dataclass(frozen=True, slots=True)
class Evidence:
    """One case as an inspector sees it, as everybody does (asked where there is something to hide), the messages about
    it, and the city's time then. `survivor`: the case that it was merged into, as the inspector sees that."""

    seen: View
    public: View | None
    messages: Sequence[View]
    now: datetime
    survivor: View | None = None


def faults(case: Case, evidence: Evidence, rules: Rules) -> list[str]:
    """Everything that is not as it must be; empty for a case that was served well."""
    lines = history(evidence.seen["timeline"], case.done)
    due = told(lines, case.category, rules)
    due.units.extend(limits_passed(case, evidence.seen, evidence.now, rules))
    due.units.extend(parts_late(evidence.seen, evidence.now))
    found = [
        *case.troubles,
        *_history_faults(case, lines),
        *_routing_faults(case, evidence.seen, rules),
        *message_faults(case, evidence.messages, due, lines),
        *_joining_faults(case, evidence, lines),
        *_clock_faults(evidence, lines),
        *_photo_faults(case, evidence.seen),
        *_secrecy_faults(case, evidence, rules),
        *_erasure_faults(case, evidence.seen),
    ]
    return [f"{case.number} ({case.plan.story}): {fault}" for fault in found]


def _history_faults(case: Case, lines: Sequence[Line]) -> list[str]:
    """Every accepted action stands there once, with the status that its answer showed; and each report that was merged
    into the case."""
    shown = [(line.action, line.status) for line in lines if line.is_action]
    done = [(one.action, one.status) for one in case.done]
    joined = sum(line.is_joining for line in lines)
    return [
        *([f"steps not taken: {', '.join(case.todo)}"] if case.todo and not case.troubles else []),
        *([f"the history shows {shown}, done was {done}"] if shown != done else []),
        *([f"{joined} reports were merged into it, done were {case.taken_in}"] if joined != case.taken_in else []),
    ]


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


def _joining_faults(case: Case, evidence: Evidence, lines: Sequence[Line]) -> list[str]:
    """Whose report was merged is told what becomes of the other one, by the number that they know."""
    if evidence.survivor is None or case.survivor is None:
        return []
    at = next((line.at for line in lines if line.status == "merged"), "")
    known = history(evidence.survivor["timeline"], case.survivor.done)
    if not any(line.is_joining and line.at == at for line in known):
        return [f"{case.survivor.number} does not say that it was merged into it"]
    due = statuses_since(known, at) if case.plan.contact else []
    own = {line.status for line in lines}
    heard = [m["event"] for m in to_reporter(case, evidence.messages) if m["event"] not in own]
    return [] if heard == due else [f"of the report that it was merged into they heard {heard}, due was {due}"]


def held(case: Case, evidence: Evidence, rules: Rules) -> int:
    """How many messages to the reporter were kept back, or told by a later one."""
    if not case.plan.contact or case.survivor:
        return 0
    due = told(history(evidence.seen["timeline"], case.done), case.category, rules)
    return max(0, len(owed_to(case, due)) - len(to_reporter(case, evidence.messages)))


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
    owed = dict.fromkeys(case.photos, "lost") if case.is_erased else case.photos
    said = [(states.get(photo, "lost"), due) for photo, due in owed.items()]
    return [f"a photo is {state}, must be {due}" for state, due in said if state != due]


def _secrecy_faults(case: Case, evidence: Evidence, rules: Rules) -> list[str]:
    """No message to the reporter holds words of the report, and an alert only if everybody may read the case. No
    message about a shielded category names the category or the place. A private case shows the public no words."""
    texts = _texts(evidence.messages)
    silent = texts if is_closed(case, rules) else _texts(m for m in evidence.messages if m["kind"] != "alert")
    mark = case.plan.draft["description"].rpartition(" ")[2].rstrip(".")
    hidden = [rules.categories[case.category]["name"]["id"], rules.areas[case.plan.area]["name"]]
    named = hidden if rules.is_shielded(case.category) else []
    public = evidence.public if is_closed(case, rules) else None
    shown = public and (public["description"] or public["photos"] or public["place"])
    return [
        *(["a message carries the words of the report"] if mark in silent else []),
        *(f"a message names {name}" for name in named if re.search(rf"\b{re.escape(name)}\b", texts)),
        *(["everybody sees what is private"] if shown else []),
    ]


def _erasure_faults(case: Case, seen: View) -> list[str]:
    """Nothing that the reporter gave is left."""
    left = [name for name in GIVEN if seen.get(name)] if case.is_erased else []
    return [f"erased, and yet there: {', '.join(left)}"] if left else []


def _texts(messages: Iterable[View]) -> str:
    return " ".join(f"{m['subject']} {m['text']}" for m in messages)


def is_closed(case: Case, rules: Rules) -> bool:
    """Whether everybody sees no more of it than that it is there."""
    return case.plan.draft.get("visibility") == "private" or bool(rules.categories[case.category]["sensitive"])


def whole(cases: Sequence[Case], mailbox: Iterable[View], grown: int, *, alone: bool) -> list[str]:
    """What no single case shows: numbers given twice, messages about nobody, the city's own count. `alone`: nobody
    else used the city meanwhile."""
    numbers = Counter(case.number for case in cases)
    about = (m["number"] for m in mailbox if m["number"] or m["event"] not in WITHOUT_CASE)
    strays = sum(1 for number in about if number not in numbers) if alone else 0
    counted = grown == len(cases) if alone else grown >= len(cases)
    return [
        *(f"{number}: given to {count} reports" for number, count in numbers.items() if count > 1),
        *([f"{strays} messages are about no report of the day"] if strays else []),
        *([] if counted else [f"the city counted {grown} reports, sent were {len(cases)}"]),
    ]
