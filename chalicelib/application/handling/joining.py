"""Flood mode at work: reports of one category, kelurahan and hour are merged into the first of them. It looks at the
rows, not at messages, so a report that is told twice, late or never makes no difference. Two that run at once choose
the same lead and merge each report once. A report that cannot be merged stays an ordinary case."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice

from chalicelib.application.ports.cases import Complaints, LostRaceError
from chalicelib.application.ports.floods import Floods
from chalicelib.application.ports.queues import QueueEntry, Queues, looked_through
from chalicelib.application.ports.rules import RuleStore
from chalicelib.domain import floods as flood_mode
from chalicelib.domain.actions.duplicates import Merge
from chalicelib.domain.actor import SYSTEM
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.decide import ActionRequest, decide
from chalicelib.domain.errors import ConflictError, InvalidError
from chalicelib.domain.floods import Flood, FloodRule, FloodRules, Incident, Report
from chalicelib.domain.labels import FLOOD_MERGE
from chalicelib.domain.reference import Category, Reference
from chalicelib.domain.situation import Named

LONGEST = timedelta(days=2)  # no switch holds longer
MOST_SWITCHES = 100
PAGE, MOST_PAGES = 500, 10  # entries of queues that are looked through for one switch
RACES = 3  # lost on one report; the next run tries again
BUDGET = timedelta(seconds=20)  # of machine time


@dataclass(slots=True)
class JoinResult:
    """How many reports were merged; how many switches and reports failed, by error; whether time ran out."""

    merged: int = 0
    failed: list[Exception] = field(default_factory=list)
    unfinished: bool = False


class _TimeIsUpError(Exception):
    """The rest waits for the next run."""


class JoinFloods:
    """`now` is the domain's time, `machine_now` says how long a run may take; `salt` answers fresh base64 salts."""

    def __init__(
        self,
        *,
        floods: Floods,
        queues: Queues,
        complaints: Complaints,
        rules: FloodRules,
        routing: RuleStore,
        reference: Reference,
        now: Callable[[], datetime],
        machine_now: Callable[[], datetime],
        salt: Callable[[], str],
    ) -> None:
        self._floods = floods
        self._queues = queues
        self._complaints = complaints
        self._rules = rules
        self._routing = routing
        self._reference = reference
        self._now = now
        self._machine_now = machine_now
        self._salt = salt

    def __call__(self) -> JoinResult:
        """Sees to every switch that is on; one read where none is. Raises UnavailableError when the store does not say
        which are."""
        result, end, now = JoinResult(), self._machine_now() + BUDGET, self._now()
        for flood in self._floods.since(now - LONGEST, MOST_SWITCHES):
            if not flood.is_seen_to(now):
                continue
            try:
                self._see_to(flood, result, end)
            except _TimeIsUpError:
                result.unfinished = True
                break
            except Exception as error:  # one switch that fails must not stop the others
                result.failed.append(error)
        return result

    def _see_to(self, flood: Flood, result: JoinResult, end: datetime) -> None:
        rule = self._rules.of(flood.category)
        standing = self._floods.incidents(flood.category, flood_mode.hour_of(flood.begins(rule), rule))
        leads = {incident.lead for incident in standing}
        for (area, hour), numbers in flood_mode.groups(self._reports(flood, rule), rule).items():
            parts = [each for each in standing if (each.area, each.hour) == (area, hour)]
            following = Incident(flood.category, area, hour, len(parts) + 1, lead="")
            fresh = [number for number in numbers if number not in leads]
            self._join(parts, following, fresh, rule, result, end)

    def _reports(self, flood: Flood, rule: FloodRule) -> Iterator[Report]:
        """The waiting reports of the switch that nobody has touched, whichever routing rule in force placed them."""
        areas = flood_mode.areas_in(flood.area, self._reference)
        rules = self._routing.current().rule_set.rules
        holding = flood_mode.receivers(flood.category, areas, rules, self._reference)
        for entry in self._entries(holding, flood, rule):
            untouched = entry.status == "waiting" and entry.version == flood_mode.UNTOUCHED
            if untouched and entry.kind == "case" and entry.category == flood.category and entry.area in areas:
                yield Report(entry.number, str(entry.area), entry.received_at)

    def _entries(self, names: Sequence[str], flood: Flood, rule: FloodRule) -> Iterator[QueueEntry]:
        """The part of these queues, by due time, that holds the untouched reports of the switch's hours."""
        category = self._reference.categories[flood.category]
        begins, ends = (flood_mode.first_due(category, at, self._reference) for at in (flood.begins(rule), flood.until))
        within = {"from_due": begins, "before_due": ends + 1}
        return looked_through(self._queues, names, page=PAGE, pages=MOST_PAGES, **within)

    def _join(
        self,
        parts: Sequence[Incident],
        following: Incident,
        fresh: Sequence[str],
        rule: FloodRule,
        result: JoinResult,
        end: datetime,
    ) -> None:
        """The reports of one kelurahan and hour, into the lead that stands, or into a new one where enough of them
        wait."""
        category = self._reference.categories[following.category]
        incident, lead = parts[-1] if parts else None, None
        if incident:
            lead = self._complaints.load(incident.lead)
        if lead is None or not flood_mode.may_lead(lead, category, rule):
            incident = self._opened(following, fresh, rule, category)
            lead = self._complaints.load(incident.lead) if incident else None
        if incident is None or lead is None:
            return
        try:
            self._join_all(fresh, lead, rule, result, end)
        finally:  # what was merged is counted, even when time is up
            lead = self._complaints.load(lead.number) or lead
            if len(lead.merged) != incident.merged:
                self._floods.count(replace(incident, merged=len(lead.merged)))

    def _join_all(
        self, fresh: Sequence[str], lead: Complaint, rule: FloodRule, result: JoinResult, end: datetime
    ) -> None:
        category = self._reference.categories[lead.category]
        for number in fresh:
            if self._machine_now() >= end:
                raise _TimeIsUpError
            if number != lead.number and flood_mode.may_lead(lead, category, rule):
                lead = self._joined(number, lead, category, result)

    def _opened(
        self, following: Incident, fresh: Sequence[str], rule: FloodRule, category: Category
    ) -> Incident | None:
        """A new incident, whose lead is the first of the reports; None while they are too few."""
        if len(fresh) < rule.reports:
            return None
        cases = filter(None, map(self._complaints.load, fresh))
        joining = list(islice((case for case in cases if flood_mode.may_join(case, category)), rule.reports))
        if len(joining) < rule.reports:
            return None
        return self._floods.open_incident(replace(following, lead=joining[0].number))

    def _joined(self, number: str, lead: Complaint, category: Category, result: JoinResult) -> Complaint:
        """The lead after the report was merged into it, or as it is when the report stays by itself."""
        try:
            for _ in range(RACES):
                case = self._complaints.load(number)
                if case is None or not flood_mode.may_join(case, category):
                    return lead
                try:
                    lead = self._merged(case, lead)
                except LostRaceError:
                    lead = self._complaints.load(lead.number) or lead
                else:
                    result.merged += 1
                    return lead
        except (ConflictError, InvalidError):  # the lead has ended meanwhile: the next run opens another part
            return self._complaints.load(lead.number) or lead
        except Exception as error:
            result.failed.append(error)
        return lead

    def _merged(self, case: Complaint, lead: Complaint) -> Complaint:
        needs = Merge(text=FLOOD_MERGE.id, survivor=lead.number)
        request = ActionRequest("merge", SYSTEM, needs, named=Named(other=lead))
        decision = decide(case, request, reference=self._reference, now=self._now(), salt=self._salt())
        self._complaints.commit(decision)
        return decision.case(lead.number)
