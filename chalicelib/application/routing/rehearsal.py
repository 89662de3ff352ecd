"""What other rules would have done: changed rules run over the reports of the last month. It answers counts, changes
nothing, and reads a bounded number of rows."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from chalicelib.application.ports.public import RoutedCase, RoutedCases
from chalicelib.application.reading.view_parts import unit_view
from chalicelib.application.routing.rule_changes import RulesInput, RulesPermit
from chalicelib.domain.calendar import WIB
from chalicelib.domain.errors import InvalidError
from chalicelib.domain.reference import Reference
from chalicelib.domain.routing_rules import route
from chalicelib.domain.rules import BY_CATEGORY, Inputs, Rule, RuleSet
from chalicelib.domain.values import dataclass

DAYS = 31
MOST_OF_A_DAY = 3_000  # reports: within one page of a query
MOST = 20_000  # reports in all: a city's month, and about two seconds of work
MOST_MOVES = 100  # lines of the answer


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """`now` is the domain's time."""

    routed: RoutedCases
    reference: Reference
    now: Callable[[], datetime]

    def __call__(self, _permit: RulesPermit, sent: RulesInput) -> dict[str, Any]:
        """Per unit how many reports it received and would have received, and which moves make the difference; per rule
        how many it would have routed, and its error. Raises InvalidError."""
        if faults := sent.faults(self.reference):
            raise InvalidError(faults)
        looked, complete = self._last_month()
        rules = RuleSet(1, sent.rules or ())
        count = _Count()
        for case in looked:
            count.add(case, rules, self.reference)
        return {
            "since": (self._today() - timedelta(days=DAYS - 1)).isoformat(),
            "until": self.now().isoformat(),
            "looked_at": len(looked),
            "complete": complete,
            **self._told(count, rules.rules),
        }

    def _told(self, count: "_Count", rules: tuple[Rule, ...]) -> dict[str, Any]:
        units = sorted(count.received | count.would, key=lambda unit: (-count.would[unit], unit))
        moves = sorted(count.moves.items(), key=lambda move: (-move[1], move[0]))[:MOST_MOVES]
        return {
            "moved": sum(count.moves.values()),
            "units": [self._unit(code, count) for code in units],
            "moves": [
                {"from": unit_view(left, self.reference), "to": unit_view(to, self.reference), "rule": rule, "cases": n}
                for (left, to, rule), n in moves
            ],
            "rules": [
                {"rule": code, "cases": count.by_rule[code], "error": count.failed.get(code)}
                for code in (*(rule.code for rule in rules), BY_CATEGORY)
            ],
        }

    def _unit(self, code: str, count: "_Count") -> dict[str, Any]:
        unit = unit_view(code, self.reference)
        return {"unit": unit, "received": count.received[code], "would_receive": count.would[code]}

    def _last_month(self) -> tuple[list[RoutedCase], bool]:
        """The newest first, and whether these are all."""
        found: list[RoutedCase] = []
        complete = True
        for day in self._days():
            room = min(MOST_OF_A_DAY, MOST - len(found))
            cases = self.routed.routed(day, room + 1) if room else []
            complete = complete and bool(room) and len(cases) <= room
            found += cases[:room]
        return found, complete

    def _days(self) -> Iterator[str]:
        return ((self._today() - timedelta(days=ago)).isoformat() for ago in range(DAYS))

    def _today(self) -> Any:
        return self.now().astimezone(WIB).date()


class _Count:
    """What one run over the reports adds up to."""

    def __init__(self) -> None:
        self.received: Counter[str] = Counter()
        self.would: Counter[str] = Counter()
        self.moves: Counter[tuple[str, str, str]] = Counter()
        self.by_rule: Counter[str] = Counter()
        self.failed: dict[str, str] = {}

    def add(self, case: RoutedCase, rules: RuleSet, reference: Reference) -> None:
        """A rule that fails fits nothing any more, as in earnest."""
        off = RuleSet(rules.version, rules.rules, self.failed)
        found = route(off, Inputs(case.category, case.area, case.channel, case.at, case.answers), reference)
        self.failed = {**self.failed, **found.failed}
        self.received[case.unit] += 1
        self.would[found.receiver] += 1
        self.by_rule[found.rule] += 1
        if found.receiver != case.unit:
            self.moves[case.unit, found.receiver, found.rule] += 1
