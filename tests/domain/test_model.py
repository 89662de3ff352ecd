"""Anybody tries anything at any time, and the promises hold all the same."""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from chalicelib.adapters.dynamodb.cases.complaint_rows import complaint_of, complaint_row
from chalicelib.domain import clocks, routing
from chalicelib.domain.calendar import ALWAYS, CALENDARS, of_category
from chalicelib.domain.case import queues
from chalicelib.domain.case.complaint import FINAL
from chalicelib.domain.case.custody import MOST_HOPS
from chalicelib.domain.case.events import GENESIS
from chalicelib.domain.case.lodging import location_limit
from chalicelib.domain.clocks import EXACT
from chalicelib.domain.errors import ConflictError, InvalidError, NotAllowedError
from chalicelib.domain.lifecycle import EXTENDABLE, ROWS
from tests.builders import (
    CITY,
    DESK,
    EVERYBODY,
    ILLEGAL_LEVY,
    NOW,
    POTHOLE,
    POWER,
    STREET_LIGHT,
    STREET_SWEEPERS,
    VIOLENCE,
    Life,
    a_life,
    an_actor,
    offered,
    plausible,
)

CATEGORIES = st.sampled_from([POTHOLE, STREET_LIGHT, POWER, "BPJS", STREET_SWEEPERS, ILLEGAL_LEVY, VIOLENCE])
WAITS = st.sampled_from([0, 1, 3, 7, 25, 73, 31 * 24]).map(lambda hours: timedelta(hours=hours))
BLINKS = st.sampled_from([timedelta(0), timedelta(microseconds=1), timedelta(milliseconds=999)])
SOMEBODY = st.integers(0, len(EVERYBODY) + 1)
NOTHING = timedelta(0)
NOISE = ("comment", "rate")  # done at any time: left out where a case is to move on
ENDINGS = ("reject", "withdraw", "confirm", "lapse", "ring")  # left to chance


def a_city(calendar, other):
    """The reference city; every second category counts its limits in another calendar."""
    categories = CITY.categories.items()
    counted = {code: replace(one, calendar=(calendar, other)[at % 2]) for at, (code, one) in enumerate(categories)}
    return replace(CITY, categories=counted)


CITIES = {name: a_city(*name) for name in ((own, other) for own in CALENDARS for other in CALENDARS)}


class Promises:
    """A ledger beside the case: what each clock was given when it started, and how long it was paused since. It adds up
    time as it passes, and reads no due time."""

    def __init__(self):
        self.given, self.paused = {}, defaultdict(timedelta)

    def start(self, clock, category, city):
        limits = {
            "coordination": category.coordination_limit,
            "resolution": category.resolution_limit,
            "location": location_limit(category),
        }
        seconds = limits.get(clock.kind) or clocks.limit(clock.kind, category)
        own = clock.kind in clocks.OF_THE_CATEGORY
        calendar = of_category(category, city) if own else ALWAYS
        self.given[clock.kind] = calendar.after(clock.started_at, timedelta(seconds=seconds))
        self.paused[clock.kind] = NOTHING

    def passes(self, running, wait):
        for kind, clock in running.items():
            self.paused[kind] += wait if clock.paused_at else NOTHING

    def due(self, clock, now):
        """A pause that goes on has given nothing yet."""
        return (
            self.given[clock.kind] + self.paused[clock.kind] - (now - clock.paused_at if clock.paused_at else NOTHING)
        )


class Cases(RuleBasedStateMachine):
    """One case, everybody around it, and time."""

    @initialize(
        category=CATEGORIES,
        located=st.booleans(),
        blink=BLINKS,
        reachable=st.booleans(),
        city=st.sampled_from(sorted(CITIES)),
    )
    def is_reported(self, category, located, blink, reachable, city):
        place = {} if located else {"area": None, "place": None, "channel": "EMAIL"}
        self.city = CITIES[city]
        at = NOW + blink
        self.life = a_life(DESK, at, category=category, reachable=reachable, reference=self.city, **place)
        self.promises = Promises()
        self.starts({})

    def starts(self, before, anew=()):
        """Notes what each clock is given that has begun: a first one, or one that the action starts anew."""
        case = self.life.complaint
        for kind, clock in case.clocks.items():
            if kind not in before or kind in anew:
                self.promises.start(clock, self.city.categories[case.category], self.city)

    @rule(wait=WAITS, blink=BLINKS)
    def time_passes(self, wait, blink):
        self.life.now += wait + blink
        self.promises.passes(self.life.complaint.clocks, wait + blink)

    def is_stored_and_loaded(self):
        """Between any two steps: what the table keeps of it is the case, and everything goes by that."""
        row = complaint_row(self.life.complaint)
        loaded = complaint_of(row)

        assert loaded.clocks == self.life.complaint.clocks
        assert complaint_row(loaded).attribute_values == row.attribute_values
        self.life.complaint = loaded

    @rule()
    def the_sweeper_comes_by(self):
        before = self.life.complaint
        self.life.rings()
        self.starts(before.clocks)
        self.is_stored_and_loaded()

        assert clocks.next_alarm(self.life.complaint.clocks.values()) is None or self.quiet()
        ended = [event.action for event in self.life.events if event.action in ("lapse", "resume")]
        assert self.life.complaint.status == before.status or ended

    def quiet(self):
        at, _, rung = clocks.next_alarm(self.life.complaint.clocks.values())
        return not clocks.is_due(at, rung, self.life.now)

    @rule(who=SOMEBODY, which=st.integers(0, 20))
    def somebody_does_what_is_offered(self, who, which):
        actor = self.somebody(who)
        offers = [action for action in self.offers(actor) if action not in (*NOISE, "ring")]
        if offers:
            self.attempt(actor, offers[which % len(offers)])

    @rule(choices=st.lists(st.tuples(st.integers(0, 5), SOMEBODY), min_size=1, max_size=6))
    def those_who_may_move_it_on(self, choices):
        for which, who in choices:
            moves = self.moves()
            if moves:
                action = sorted(moves)[which % len(moves)]
                self.attempt(moves[action][who % len(moves[action])], action)

    @rule(who=SOMEBODY, which=st.sampled_from(NOISE))
    def somebody_says_something(self, who, which):
        self.attempt(self.somebody(who), which)

    @rule(who=SOMEBODY)
    def exactly_what_is_offered_is_accepted(self, who):
        actor = self.somebody(who)
        accepted = [action for action in ROWS if action != "lodge" and self.accepts(actor, action)]

        assert accepted == self.offers(actor)

    @rule(who=SOMEBODY)
    def a_stale_view_changes_nothing(self, who):
        actor, stale = self.somebody(who), self.life.complaint.version - 1
        raising = [action for action in self.offers(actor) if not ROWS[action].quiet and actor.role != "system"]

        assert [self.refusal(actor, action, version=stale) for action in raising] == ["version_conflict"] * len(raising)

    # Acting

    def somebody(self, who):
        """One of the cast, or of whoever holds the case just now."""
        unit = self.life.complaint.unit
        holder = "kelurahan_officer" if CITY.units[unit].kind == "kelurahan" else "opd_officer"
        holders = (an_actor(holder, unit), an_actor("opd_supervisor", routing.opd_of(unit, CITY)))
        return (*EVERYBODY, *holders)[who]

    def moves(self):
        """Every action that leads somewhere and does not end the case, with all who may do it now."""
        found = defaultdict(list)
        for actor in map(self.somebody, range(len(EVERYBODY) + 2)):
            for action in self.offers(actor):
                if action not in (*NOISE, *ENDINGS):
                    found[action].append(actor)
        return found

    def offers(self, actor):
        """What is offered and can be done: a desk may sort a case for which there is no other owner to name."""
        offers = offered(self.life.complaint, actor, self.life.now)
        return [action for action in offers if action != "coordinate" or self.names_a_target(actor)]

    def names_a_target(self, actor):
        case = self.life.complaint
        owners = {*routing.authorities(CITY, category=case.category, area=case.area)} - {case.unit}
        return bool(owners) or actor.role == "coordinator"

    def accepts(self, actor, action):
        """A trial: nothing of it is kept."""
        return self.refusal(actor, action) is None

    def refusal(self, actor, action, **named):
        trial = Life(self.life.complaint, [], self.life.now, tasks=self.life.tasks, reference=self.city)
        try:
            trial.does(actor, action, sent=plausible(action, trial.complaint, actor), **named)
        except (NotAllowedError, ConflictError, InvalidError) as refused:
            return refused.code
        return None

    def attempt(self, actor, action):
        before = self.life.complaint
        if action in self.offers(actor):
            self.life.does(actor, action, sent=plausible(action, before, actor))
            self.judge(before, actor, action)
            self.starts(before.clocks, ROWS[action].starts)
            self.moves_what_was_promised(before, action)
            self.is_stored_and_loaded()

    def moves_what_was_promised(self, before, action):
        """More time: what was approved. Another category: what it would have given from the start, if that is less."""
        case, given = self.life.complaint, self.promises.given
        category = self.city.categories[case.category]
        limits = {
            "coordination": category.coordination_limit,
            "resolution": category.resolution_limit,
            "rework": category.rework_limit,
        }
        for kind, clock in before.clocks.items():
            if action == "approve_extension" and case.clocks[kind] != clock:
                given[kind] = case.clocks[kind].due_at - self.promises.paused[kind]
            if action == "recategorise" and kind in limits and clock.stopped_at is None:
                calendar = of_category(category, self.city)
                anew = calendar.after(clock.started_at, timedelta(seconds=limits[kind]))
                given[kind] = min(given[kind], anew)

    # What each decision keeps to

    def judge(self, before, actor, action):
        after, row = self.life.complaint, ROWS[action]

        assert before.status in row.sources
        assert after.status == row.leads_to(before.status, before.previous)
        assert after.version == before.version + (not row.quiet)
        assert self.keeps_its_promises(before, after, row)
        assert row.arms or clocks.next_exact(after.clocks) == clocks.next_exact(before.clocks)
        assert after.arming == before.arming + clocks.needs_timer(before.clocks, after.clocks)
        assert (after.unit == before.unit) or after.custody.since == self.life.now.replace(microsecond=0)
        assert action != "transfer" or after.status == "waiting"
        assert action not in ("validate", "refuse") or actor.id not in self.proposers()

    def keeps_its_promises(self, before, after, row):
        """No clock that the row does not start is lost; a due time moves by its own rules only; a stopped one runs
        again only where it is resumed."""
        return all(
            after.clocks[kind].started_at == clock.started_at
            and self.is_due_rightly(clock, after.clocks[kind], row)
            and (
                clock.stopped_at is None
                or {kind, "all"} & set(row.resumes)
                or after.clocks[kind].stopped_at == clock.stopped_at
            )
            for kind, clock in before.clocks.items()
            if kind not in row.starts
        )

    def is_due_rightly(self, before, after, row):
        """The end of a pause gives exactly its length; more time is approved; a new category only takes some."""
        if before.paused_at and not after.paused_at:
            return after.due_at - before.due_at == self.life.now - before.paused_at
        if row.action == "approve_extension" and before.kind in clocks.WORK:
            return after.due_at >= before.due_at
        if row.action == "recategorise":
            return after.due_at <= before.due_at
        return after.due_at == before.due_at

    def proposers(self):
        return {event.actor for event in self.life.events if event.action == "propose_done"}

    # What holds at any time

    @invariant()
    def the_history_is_a_chain_without_gaps(self):
        events = self.life.events
        before = [GENESIS, *(event.digest for event in events)]

        assert [event.prev for event in events] == before[:-1]
        assert self.life.complaint.head == before[-1]
        assert [event.sequence for event in events] == list(range(1, len(events) + 1))
        assert {later.version - event.version for event, later in pairwise(events)} <= {0, 1}

    @invariant()
    def each_event_leaves_where_the_one_before_arrived(self):
        arrived = [event.status for event in self.life.events]

        assert [event.before for event in self.life.events] == [None, *arrived[:-1]]
        assert arrived[-1] == self.life.complaint.status

    @invariant()
    def an_open_case_has_a_limit_and_a_place_in_a_queue(self):
        case = self.life.complaint

        assert case.is_open is (queues.place_in(case, CITY) is not None)
        assert not case.is_open or any(clock.running for clock in case.clocks.values())

    @invariant()
    def an_ended_case_is_silent_but_for_its_window(self):
        case = self.life.complaint
        alarm = clocks.next_alarm(case.clocks.values())

        assert case.is_open or alarm is None or (alarm[1].kind == "confirmation" and case.status not in FINAL)

    @invariant()
    def what_is_promised_to_the_second_has_an_alarm(self):
        running = self.life.complaint.clocks
        promised = [c.due_at for c in running.values() if c.kind in EXACT and c.running and "breach" not in c.rungs]

        assert clocks.next_exact(running) == min(promised, default=None)
        assert not promised or clocks.next_alarm(running.values())[0] <= min(promised)

    @invariant()
    def a_rung_rings_once(self):
        """More time that was approved begins the ladder of its clock anew."""
        rung, given = [], defaultdict(int)
        for event in self.life.events:
            given[event.facts.get("clock")] += event.action == "approve_extension"
            if event.action == "ring" and event.facts["clock"] not in ("validation", "rework"):
                rung.append((event.facts["clock"], event.facts["rung"], given[event.facts["clock"]]))

        assert len(rung) == len(set(rung))

    @invariant()
    def every_clock_gives_what_it_was_given_and_its_pauses_and_no_more(self):
        """So what has passed, what is left and what was paused are the wall's time, in whatever order things were
        done."""
        case, now = self.life.complaint, self.life.now
        due = {kind: self.promises.due(clock, now) for kind, clock in case.clocks.items()}

        assert {kind: clock.due_at for kind, clock in case.clocks.items()} == due

    @invariant()
    def an_open_case_has_somebody_who_must_act(self):
        """Whoever may do something with it that leads on, or the system does."""
        case = self.life.complaint
        actors = map(self.somebody, range(len(EVERYBODY) + 2))

        assert not case.is_open or any(set(self.offers(actor)) - {*NOISE, "follow", "hide"} for actor in actors)

    @invariant()
    def no_clock_is_both_stopped_and_paused(self):
        assert not any(clock.stopped_at and clock.paused_at for clock in self.life.complaint.clocks.values())

    @invariant()
    def more_time_waits_for_somebody_exactly_while_it_can_be_given(self):
        case, state = self.life.complaint, {}
        for task in (task for decision in self.life.decisions for task in decision.tasks):
            if task.kind == "approval":
                state[task.task_id] = task.state
        waiting = [task_id for task_id, standing in state.items() if standing == "open"]

        assert waiting == ([case.extension.task_id] if case.extension else [])
        assert case.extension is None or case.status in (*EXTENDABLE, "needs_info")

    @invariant()
    def the_time_in_each_units_hands_adds_up(self):
        case, now = self.life.complaint, self.life.now
        known = case.custody.held.values()
        age = now.replace(microsecond=0) - case.received_at.replace(microsecond=0)

        assert sum(known) + case.custody.stay(case.received_at, now) == age.total_seconds()

    @invariant()
    def an_officer_passes_a_case_on_twice_at_most(self):
        custody = self.life.complaint.custody

        assert self.life.complaint.hops <= MOST_HOPS
        assert len(custody.passes) == len(set(custody.passes))

    @invariant()
    def no_unit_outside_the_city_ever_holds_it(self):
        assert routing.can_hold(CITY, self.life.complaint.unit)

    @invariant()
    def coordination_runs_exactly_while_it_waits(self):
        case = self.life.complaint

        assert case.clocks["coordination"].running is (case.status == "waiting" and not case.settled)
        assert case.settled is any(e.status in ("resolved", "rejected") for e in self.life.events)


TestCases = Cases.TestCase
TestCases.settings = settings(max_examples=100, stateful_step_count=40, derandomize=True, deadline=None, database=None)
