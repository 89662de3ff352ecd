"""Which routing rules are in force, as far as this container knows, and what they say of one report."""

from collections.abc import Callable
from datetime import datetime, timedelta

from chalicelib.application.ports.cases import CaseFile
from chalicelib.application.ports.rules import Fallen, RuleStore
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.place.spots import Spot
from chalicelib.domain.reference import Reference
from chalicelib.domain.routing_rules import chosen, route
from chalicelib.domain.rules import Inputs, Route, RuleSet

KEPT = timedelta(seconds=20)  # a container knows a new version within half a minute


class Router:
    """Reads the rules at most every twenty seconds of machine time; what was read last goes on while the store does not
    answer. `now` is the domain's time."""

    def __init__(
        self,
        *,
        store: Callable[[], RuleStore],
        reference: Reference,
        now: Callable[[], datetime],
        machine_now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._reference = reference
        self._now = now
        self._machine_now = machine_now
        self._known: RuleSet | None = None
        self._read_again = machine_now()

    def __call__(self, case: Inputs) -> Route:
        """Raises UnavailableError when no rules were ever read."""
        return route(self.rules(), case, self._reference)

    def anew(self, case: CaseFile, *, spot: Spot | None = None, category: str = "") -> Route | None:
        """Who would receive the case at another place, or as one of another category, asked with what is known of its
        receipt; None for a category that the city does not have. Answers count for the category that asked for
        them."""
        complaint = case.complaint
        area, code = spot.area if spot else complaint.area, category or complaint.category
        if code not in self._reference.categories:
            return None
        answered = case.first.words.get("answers") or {} if code == case.first.facts["category"] else {}
        answers = chosen(self._reference.categories[code], answered)
        return self(Inputs(code, area, complaint.channel, complaint.received_at, answers))

    def settle(self, found: Route) -> None:
        """Puts on record which rules failed, after the case was written: they fit nothing any more. A record that
        cannot be written now is written at their next failure."""
        for rule, error in found.failed.items():
            try:
                self._store().switch_off(found.version, Fallen(rule, error, self._now()))
            except UnavailableError:
                return
            self._read_again = self._machine_now()

    def rules(self) -> RuleSet:
        """What this container goes by, twenty seconds old at most. Raises UnavailableError when none were ever read."""
        now, known = self._machine_now(), self._known
        if known is None or now >= self._read_again:
            known = self._known = self._renewed(known)
            self._read_again = now + KEPT
        return known

    def _renewed(self, known: RuleSet | None) -> RuleSet:
        try:
            return self._store().current().rule_set
        except UnavailableError:
            if known is None:
                raise
            return known
