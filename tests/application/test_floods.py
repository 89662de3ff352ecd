"""Flood mode at work: many reports become one incident, once, whoever looks and however often; nothing is lost."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from chalicelib.application.ports.cases import LostRaceError
from chalicelib.domain.actor import REPORTER
from chalicelib.domain.conditions import allowed_actions
from chalicelib.domain.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from chalicelib.domain.floods import FloodRule, FloodRules
from chalicelib.domain.rules import Conditions, Rule, RuleSet
from tests.builders import (
    CIDENG,
    CITY,
    COORDINATOR,
    DBM,
    GAMBIR,
    HEAD,
    LURAH,
    POTHOLE,
    STREET_LIGHT,
    VIOLENCE,
    a_draft,
    given,
)
from tests.flow import BUDI, SITI, Flow

RULES = FloodRules(FloodRule(reports=5, span=timedelta(hours=1), merged=20, hours=12))


@pytest.fixture
def flow() -> Flow:
    flow = Flow()
    flow.flood_rules = RULES  # type: ignore[misc]
    return flow


def switch(flow, category=POTHOLE, area=GAMBIR, hours=2):
    permit = flow.flood_mode.permit(COORDINATOR)
    return flow.flood_mode.switch_on(permit, category, area, hours)["id"]


def reports(flow, count, *, first=1, contact=None, **draft):
    """So many, ten seconds apart; their numbers in that order."""
    numbers = []
    for bits in range(first, first + count):
        flow.pass_time(seconds=10)
        numbers.append(flow.lodge(contact, bits=bits, draft=replace(a_draft(), **draft)))
    return numbers


def status(flow, number):
    return flow.complaints.rows[number].status


def merged(flow):
    return [number for number, case in flow.complaints.rows.items() if case.status == "merged"]


def incidents(flow):
    listed = flow.flood_mode.listed(flow.flood_mode.permit(COORDINATOR))
    return [(each["lead"], each["merged"]) for item in listed["items"] for each in item["incidents"]]


def test_flood_mode_is_off_until_a_coordinator_switches_it_on(flow):
    reports(flow, 30)

    assert flow.join_floods().merged == 0
    assert merged(flow) == []


def test_thirty_reports_of_one_kelurahan_and_hour_become_one_incident_whose_first_leads(flow):
    flow.flood_rules = FloodRules(replace(RULES.usual, merged=60))
    switch(flow)
    lead, *others = reports(flow, 30)

    assert flow.join_floods().merged == 29

    assert status(flow, lead) == "waiting"
    assert [flow.complaints.rows[number].merged_into for number in others] == [lead] * 29
    assert incidents(flow) == [(lead, 29)]


def test_merging_raises_no_version_of_the_lead_and_every_case_says_what_was_done_and_by_whom(flow):
    switch(flow)
    lead, *others = reports(flow, 6)

    flow.join_floods()

    case = flow.complaints.rows[lead]
    lines = flow.complaints.events(lead)[1:]
    assert (case.version, case.merged) == (1, tuple(others))
    assert [(line.action, line.role, line.facts["merged"]) for line in lines] == [
        ("merge", "system", n) for n in others
    ]
    last = flow.complaints.events(others[0])[-1]
    assert (last.action, last.role, last.facts["survivor"]) == ("merge", "system", lead)
    assert last.words["text"]


def test_too_few_reports_stay_what_they_are(flow):
    switch(flow)
    reports(flow, 4)

    flow.join_floods()

    assert merged(flow) == []
    assert incidents(flow) == []


def test_what_comes_later_in_the_hour_joins_the_same_lead_one_by_one(flow):
    switch(flow)
    lead, *_ = reports(flow, 5)
    flow.join_floods()

    (late,) = reports(flow, 1, first=90)
    flow.join_floods()

    assert flow.complaints.rows[late].merged_into == lead
    assert incidents(flow) == [(lead, 5)]


def test_looking_twice_or_late_changes_nothing(flow):
    switch(flow)
    reports(flow, 8)
    flow.join_floods()
    before = dict(flow.complaints.rows)

    flow.join_floods()
    flow.pass_time(minutes=40)
    flow.join_floods()

    assert flow.complaints.rows == before


@pytest.mark.parametrize(
    "other",
    [
        {"area": CIDENG, "place": None},
        {"category": STREET_LIGHT},
        {"visibility": "private"},
    ],
    ids=["of another kelurahan", "of another category", "private"],
)
def test_another_matter_is_not_merged(flow, other):
    switch(flow)
    reports(flow, 5)
    (apart,) = reports(flow, 1, first=50, **other)

    flow.join_floods()

    assert status(flow, apart) == "waiting"
    assert len(merged(flow)) == 4


def test_a_shielded_report_never_leads(flow):
    switch(flow)
    (private,) = reports(flow, 1, visibility="private")
    lead, *_ = reports(flow, 5, first=10)

    flow.join_floods()

    assert incidents(flow) == [(lead, 4)]
    assert status(flow, private) == "waiting"


def test_a_lead_that_is_hidden_takes_in_nothing_more(flow):
    switch(flow)
    lead, *_ = reports(flow, 5)
    flow.join_floods()
    flow.act(lead, "hide", COORDINATOR, given(legal_ground="minor", text="Anak"))

    late = reports(flow, 4, first=50)
    flow.join_floods()

    assert {status(flow, number) for number in late} == {"waiting"}


def test_a_lead_that_turned_out_to_be_another_matter_takes_in_nothing_more(flow):
    switch(flow)
    lead, *_ = reports(flow, 5)
    flow.join_floods()
    flow.act(lead, "recategorise", LURAH, given(category=VIOLENCE, text="Bukan jalan berlubang"))

    late = reports(flow, 4, first=50)
    flow.join_floods()

    assert {status(flow, number) for number in late} == {"waiting"}


def test_a_report_that_a_routing_rule_sent_elsewhere_is_found_there(flow):
    straight = RuleSet(1, (Rule("langsung", Conditions((POTHOLE,)), DBM),))
    flow.rule_store.current = lambda: SimpleNamespace(rule_set=straight)
    switch(flow)
    numbers = [flow.lodge(None, bits=bits) for bits in range(1, 6)]
    for number in numbers:
        flow.complaints.rows[number] = replace(flow.complaints.rows[number], unit=DBM)

    assert flow.join_floods().merged == 4


def test_work_that_has_begun_is_left_alone(flow):
    switch(flow)
    numbers = reports(flow, 7)
    flow.act(numbers[3], "coordinate", LURAH, unit=DBM)

    flow.join_floods()

    assert status(flow, numbers[3]) == "coordinated"
    assert len(merged(flow)) == 5


def test_the_lead_may_be_at_work_when_more_reports_come(flow):
    switch(flow)
    lead, *_ = reports(flow, 5)
    flow.join_floods()
    flow.act(lead, "coordinate", LURAH, unit=DBM)

    (late,) = reports(flow, 1, first=50)
    flow.join_floods()

    assert flow.complaints.rows[late].merged_into == lead


def test_one_that_was_taken_out_again_is_never_merged_again(flow):
    switch(flow)
    lead, other, *_ = reports(flow, 6)
    flow.join_floods()

    flow.act(other, "unmerge", LURAH, given(text="Bukan kejadian yang sama", other=flow.complaints.rows[lead]))
    flow.join_floods()

    assert status(flow, other) == "waiting"
    assert all(clock.running for clock in flow.complaints.rows[other].clocks.values())


def test_a_reporter_may_object_and_their_report_goes_on_by_itself(flow):
    switch(flow)
    _, other, *_ = reports(flow, 6, contact=SITI)
    flow.join_floods()

    flow.act(other, "object", REPORTER, given(text="Rumah saya di jalan lain"))
    flow.join_floods()

    assert status(flow, other) == "reopened"


def test_each_reporter_is_told_once_and_hears_what_becomes_of_the_lead(flow):
    switch(flow)
    lead, *_ = reports(flow, 4)
    (mine,) = reports(flow, 1, first=50, contact=BUDI)
    flow.join_floods()
    flow.act(lead, "coordinate", LURAH, unit=DBM)

    for number in (mine, lead, mine, lead):
        flow.tell(number)

    assert [sent.event for sent in flow.sms.sent] == ["waiting", "merged", "coordinated"]


def test_the_hour_before_the_switch_counts_and_what_is_older_does_not(flow):
    old = reports(flow, 5)
    flow.pass_time(hours=2)
    lead, *_ = reports(flow, 6, first=50)
    switch(flow)

    flow.join_floods()

    assert incidents(flow) == [(lead, 5)]
    assert {status(flow, number) for number in old} == {"waiting"}


def test_another_hour_is_another_incident(flow):
    switch(flow, hours=4)
    first, *_ = reports(flow, 5)
    flow.pass_time(hours=1)
    second, *_ = reports(flow, 5, first=50)

    flow.join_floods()

    assert incidents(flow) == [(first, 4), (second, 4)]


def test_a_full_lead_is_followed_by_another(flow):
    switch(flow)
    lead, *_ = numbers = reports(flow, 29)

    flow.join_floods()
    flow.join_floods()

    following = numbers[21]
    assert incidents(flow) == [(lead, 20), (following, 7)]


def test_a_lead_that_has_ended_is_followed_by_another_where_enough_wait(flow):
    switch(flow)
    lead, *_ = reports(flow, 5)
    flow.join_floods()
    flow.act(lead, "reject", LURAH, given(reason_code="other", text="Genangan sudah surut"))

    following, *_ = reports(flow, 5, first=50)
    flow.join_floods()

    assert incidents(flow) == [(lead, 4), (following, 4)]


def test_nobody_withdraws_what_others_reported_too(flow):
    switch(flow)
    lead, *others = reports(flow, 5)
    assert "withdraw" in offered(flow, lead)
    flow.join_floods()

    assert "withdraw" not in offered(flow, lead)
    with pytest.raises(ConflictError):
        flow.act(lead, "withdraw", REPORTER)

    for number in others:
        flow.act(number, "unmerge", LURAH, given(text="Sendiri", other=flow.complaints.rows[lead]))
    assert "withdraw" in offered(flow, lead)


def offered(flow, number):
    return allowed_actions(flow.complaints.rows[number], REPORTER, reference=CITY, now=flow.now())


def test_switched_off_it_merges_nothing_more_and_what_was_merged_stays(flow):
    flood = switch(flow)
    reports(flow, 5)
    flow.join_floods()

    off = flow.flood_mode.switch_off(flow.flood_mode.permit(COORDINATOR), flood)
    (late,) = reports(flow, 1, first=50)
    flow.join_floods()

    assert (off["on"], off["off_by"]) == (False, COORDINATOR.id)
    assert status(flow, late) == "waiting"
    assert len(merged(flow)) == 4


def test_a_switch_that_is_off_stays_off_since_when_it_was(flow):
    flood, permit = switch(flow), flow.flood_mode.permit(COORDINATOR)
    off = flow.flood_mode.switch_off(permit, flood)
    flow.pass_time(minutes=9)

    assert flow.flood_mode.switch_off(permit, flood) == off


def test_two_switches_over_one_kelurahan_make_one_incident(flow):
    switch(flow, area=GAMBIR)
    switch(flow, area="31.71")
    lead, *_ = reports(flow, 6)

    flow.join_floods()

    assert {flow.complaints.rows[number].merged_into for number in merged(flow)} == {lead}


def test_two_that_look_at_once_choose_the_same_lead(flow):
    """The second run begins when the first has chosen, with what it had read before."""
    switch(flow)
    lead, *others = reports(flow, 6)
    standing, opened = flow.floods.incidents, flow.floods.open_incident
    stale = standing(POTHOLE, flow.now() - timedelta(hours=2))

    def opened_by_both(incident):
        flow.floods.open_incident = opened
        flow.floods.incidents = lambda *_: stale
        rest = flow.join_floods()
        flow.floods.incidents = standing
        assert rest.merged == 5
        return opened(replace(incident, lead=others[0]))

    flow.floods.open_incident = opened_by_both
    flow.join_floods()

    assert {flow.complaints.rows[number].merged_into for number in others} == {lead}
    assert flow.complaints.rows[lead].merged == tuple(others)


def test_a_report_whose_merging_fails_stays_an_ordinary_case_and_the_next_look_merges_it(flow):
    switch(flow)
    lead, broken, *_ = reports(flow, 6)
    commit = flow.complaints.commit

    def failing(decision):
        if decision.complaint.number == broken:
            raise RuntimeError("broken")
        commit(decision)

    flow.complaints.commit = failing
    result = flow.join_floods()
    assert (result.merged, len(result.failed), status(flow, broken)) == (4, 1, "waiting")

    flow.complaints.commit = commit
    assert flow.join_floods().merged == 1
    assert flow.complaints.rows[broken].merged_into == lead


def test_a_comment_on_the_lead_meanwhile_costs_no_report_its_place(flow):
    switch(flow)
    lead, *_ = reports(flow, 6)
    commit, lost = flow.complaints.commit, []

    def overtaken(decision):
        if not lost:
            lost.append(decision)
            flow.complaints.commit = commit
            flow.act(lead, "comment", LURAH, text="Petugas di jalan")
            raise LostRaceError(lead)
        commit(decision)

    flow.complaints.commit = overtaken
    result = flow.join_floods()

    assert (result.merged, result.failed) == (5, [])


def test_a_switch_that_fails_does_not_stop_the_others(flow):
    switch(flow, category=STREET_LIGHT)
    switch(flow)
    reports(flow, 5)
    incidents_of = flow.floods.incidents

    def failing(category, earliest):
        if category == STREET_LIGHT:
            raise RuntimeError("broken")
        return incidents_of(category, earliest)

    flow.floods.incidents = failing
    result = flow.join_floods()

    assert (result.merged, len(result.failed)) == (4, 1)


def test_when_time_is_up_the_rest_waits_for_the_next_look(flow):
    switch(flow)
    reports(flow, 8)
    ticks = iter(range(1000))
    flow.join_floods._machine_now = lambda: flow.machine() + timedelta(seconds=5 * next(ticks))

    result = flow.join_floods()

    assert result.unfinished
    assert 0 < result.merged < 7
    assert incidents(flow)[0][1] == result.merged
    flow.join_floods._machine_now = flow.machine
    flow.join_floods()
    assert len(merged(flow)) == 7


def test_only_a_coordinator_switches(flow):
    for actor in (HEAD, LURAH):
        with pytest.raises(NotAllowedError):
            flow.flood_mode.permit(actor)


def test_the_same_is_not_switched_on_twice(flow):
    switch(flow)
    with pytest.raises(ConflictError):
        switch(flow)
    flow.pass_time(hours=2)
    switch(flow)


def test_a_sensitive_category_is_not_switched_on(flow):
    with pytest.raises(InvalidError):
        switch(flow, category=VIOLENCE)


def test_a_switch_that_is_not_there_cannot_be_switched_off(flow):
    with pytest.raises(NotFoundError):
        flow.flood_mode.switch_off(flow.flood_mode.permit(COORDINATOR), "0000000000-x")
