"""The messages about one case against what must have been told: to its reporter, to who follows it, to units."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from tools.day.cases import Case
from tools.day.judging.expected import Line, Told, statuses_after
from tools.day.judging.held import told_faults

View = Mapping[str, Any]
NOT_PEOPLE = ("alert", "callback")  # kinds of messages: to units, to the systems of partners
ASIDE = "talk_"  # what begins the name of a question in a conversation, which tells nothing of the case


def message_faults(case: Case, messages: Sequence[View], due: Told, lines: Sequence[Line]) -> list[str]:
    """The reporter's in order and by the right way; the follower's and the partner's in order; the units' once each."""
    alerts = Counter((m["to"], m["event"]) for m in messages if m["kind"] == "alert")
    return [
        *told_faults(case, _own(case, messages), due),
        *_wrong_ways(case, messages),
        *_follower_faults(case, messages, lines),
        *_partner_faults(case, messages, lines),
        *_counted("missing", Counter(due.units) - alerts),
        *_counted("too many", alerts - Counter(due.units)),
    ]


def to_reporter(case: Case, messages: Sequence[View]) -> list[View]:
    told = [m for m in messages if m["kind"] not in NOT_PEOPLE and not m["event"].startswith(ASIDE)]
    return [m for m in told if m["to"] != _follower(case)]


def _own(case: Case, messages: Sequence[View]) -> list[View]:
    """The messages about the case itself. Once a case was merged, no later status is its own."""
    mine = to_reporter(case, messages)
    return [m for m in mine if m["event"] in ("waiting", case.status)] if case.survivor else mine


def _follower_faults(case: Case, messages: Sequence[View], lines: Sequence[Line]) -> list[str]:
    if case.followed is None:
        return []
    address, since = case.followed
    due, heard = statuses_after(lines, since), [m["event"] for m in messages if m["to"] == address]
    return [] if heard == due else [f"the follower was told {heard}, due was {due}"]


def _partner_faults(case: Case, messages: Sequence[View], lines: Sequence[Line]) -> list[str]:
    """The system that handed the report on is told every status, and no other system any."""
    due = statuses_after(lines, -1) if case.plan.by_partner else []
    told = [m for m in messages if m["kind"] == "callback"]
    heard, strange = [m["event"] for m in told], sorted({m["to"] for m in told} - {case.plan.channel})
    return [
        *([] if heard == due else [f"the partner was told {heard}, due was {due}"]),
        *([f"another partner was told: {', '.join(strange)}"] if strange else []),
    ]


def _follower(case: Case) -> str | None:
    return case.followed[0] if case.followed else None


def _wrong_ways(case: Case, messages: Sequence[View]) -> list[str]:
    mine = to_reporter(case, messages)
    wrong = [m["kind"] for m in mine if m["kind"] != case.plan.contact or _address(m["to"]) != _owed_to(case)]
    return [f"a message went another way: {', '.join(wrong)}"] if wrong else []


def _counted(what: str, units: Counter[tuple[str, str]]) -> list[str]:
    return [f"alert {what}: {event} to {unit} (x{count})" for (unit, event), count in sorted(units.items())]


def _owed_to(case: Case) -> str:
    contact = case.plan.draft.get("contact", {})
    named = (contact.get(way) for way in ("email", "phone", "x", "facebook"))
    return _address(next(filter(None, named), ""))


def _address(text: str) -> str:
    """A phone number as it is dialled in the country."""
    return text if "@" in text else re.sub(r"^(\+?62|0)", "", text)
