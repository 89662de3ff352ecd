"""Routing rules as data: the first rule that fits a report says who receives it, and who may close it; where none fits,
its category says so (routing.py). What a case got from a rule stays on its record, so that no later rule moves it."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Any

from chalicelib.domain.values import dataclass

BY_CATEGORY = "default"  # what decides where no rule fits: the category's own owners
MOST_RULES = 50
MINUTES = 60

Answers = Mapping[str, tuple[str, ...]]  # question → the chosen values; of lists only, never what somebody typed


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes after midnight, WIB; through midnight where `begin` is the later one. `end` is no part of it."""

    begin: int
    end: int

    def hold(self, minute: int) -> bool:
        if self.begin < self.end:
            return self.begin <= minute < self.end
        return minute >= self.begin or minute < self.end


@dataclass(frozen=True, slots=True)
class Conditions:
    """All of them must hold; an empty one always does. `areas` are Kemendagri codes of kelurahan, kecamatan or kota,
    `weekdays` 1 (Monday) to 7. `answers`: for each question its values; the reporter chose one of them."""

    categories: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    answers: Answers = field(default_factory=dict)
    weekdays: tuple[int, ...] = ()
    hours: Hours | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """`receiver` is a unit, or KEL, KEC, KOTA of the place; `owners` replace the category's, lead first: who may close
    the case and whom it may be coordinated to. No owners: the category's."""

    code: str
    when: Conditions
    receiver: str
    owners: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A version of all rules, in their order. `off`: rules that failed, with the error; they fit nothing any more."""

    version: int = 0
    rules: tuple[Rule, ...] = ()
    off: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the rules are asked about: one report, as it is known when it is routed. `at` is its receipt (UTC)."""

    category: str
    area: str | None
    channel: str
    at: datetime
    answers: Answers = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RouteRecord:
    """What a case keeps of the rule that routed it: the category that the rule saw, the receiver and the owners that it
    named."""

    category: str
    receiver: str
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """A decision: it names the receiver, the rule with its version, and the answers that it used (the event holds the
    other inputs). `failed` are rules that could not decide, with the error."""

    receiver: str
    awaits_place: bool
    rule: str = BY_CATEGORY
    version: int = 0
    record: RouteRecord | None = None
    asked: Answers = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)

    def facts(self) -> dict[str, Any]:
        """What the event keeps of it, for ever: codes only."""
        owners = {"owners": list(self.record.owners)} if self.record and self.record.owners else {}
        asked = {"asked": {code: list(values) for code, values in self.asked.items()}} if self.asked else {}
        return {"rule": self.rule, "rules": self.version} | owners | asked


def rule_of(values: Mapping[str, Any]) -> Rule:
    """A rule from its JSON form. Raises KeyError, TypeError, ValueError for another form."""
    when, then = values.get("when") or {}, values["then"]
    hours = when.get("hours")
    conditions = Conditions(
        categories=tuple(when.get("categories") or ()),
        areas=tuple(when.get("areas") or ()),
        channels=tuple(when.get("channels") or ()),
        answers={code: tuple(chosen) for code, chosen in (when.get("answers") or {}).items()},
        weekdays=tuple(when.get("weekdays") or ()),
        hours=Hours(_minutes(hours["from"]), _minutes(hours["to"])) if hours else None,
    )
    return Rule(values["rule"], conditions, then["receiver"], tuple(then.get("owners") or ()), values.get("note") or "")


def rules_of(values: Sequence[Mapping[str, Any]]) -> tuple[Rule, ...]:
    return tuple(map(rule_of, values))


def as_json(rule: Rule) -> dict[str, Any]:
    """The same form back; what is empty is left out."""
    when = rule.when
    named = {
        "categories": list(when.categories),
        "areas": list(when.areas),
        "channels": list(when.channels),
        "answers": {code: list(chosen) for code, chosen in when.answers.items()},
        "weekdays": list(when.weekdays),
        "hours": {"from": _clock(when.hours.begin), "to": _clock(when.hours.end)} if when.hours else None,
    }
    then: dict[str, Any] = {"receiver": rule.receiver} | ({"owners": list(rule.owners)} if rule.owners else {})
    conditions = {name: value for name, value in named.items() if value}
    return {"rule": rule.code, "when": conditions, "then": then} | ({"note": rule.note} if rule.note else {})


def _minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * MINUTES + int(minutes)


def _clock(minutes: int) -> str:
    return f"{minutes // MINUTES:02d}:{minutes % MINUTES:02d}"
