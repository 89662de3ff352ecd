"""What is counted of one case, after every step of its life."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib import data
from chalicelib.application.reading.counting import REPAIRED_BY, RETURNS, tally_of
from chalicelib.domain.case.figures import Wait, additions
from tests.builders import DBM, DSDA, GAMBIR, KEL_GAMBIR, NUMBER, SUDIN
from tests.histories import HOUR, a_history, grown

CATEGORIES = data.reference().categories
DONE = (("coordinate", HOUR), ("start", HOUR), ("propose_done", HOUR), ("validate", HOUR))


def tally(*steps, changed=lambda file: file, **facts):
    file = changed(a_history(steps, **facts)[-1])
    return tally_of(file, CATEGORIES[file.complaint.category])


def counted(*steps, **facts):
    return set(tally(*steps, **facts).counts)


def test_a_new_case_is_received_open_and_asks_its_first_unit():
    assert counted() == {"received", "open", "asked"}


def test_a_solved_case_counts_as_done_and_no_longer_as_open():
    in_time = {"answered", "answered_in_time", "solved", "solved_in_time"}

    assert counted(*DONE) == {"received", "asked", "done"} | in_time


def test_only_a_reporter_confirms():
    assert "confirmed" in counted(*DONE, ("confirm", HOUR))
    assert "confirmed" not in counted(*DONE)


def test_a_rating_is_counted_with_its_stars():
    rated = tally(*DONE, changed=lambda file: replace(file, complaint=replace(file.complaint, rating=4)))

    assert (rated.counts["rated"], rated.counts["stars"]) == (1, 4)


@pytest.mark.parametrize("outcome", ["planned", "cannot", "not_found"])
def test_any_other_outcome_is_not_done_and_leaves_the_clock_unanswered(outcome):
    ended = tally(*DONE, outcome=outcome)

    assert "unsolved" in ended.counts
    assert "done" not in ended.counts
    assert ended.waits["resolution"] == Wait(4 * HOUR, left=True)


def test_a_reopened_case_is_open_again_and_keeps_its_first_clocks():
    reopened = tally(*DONE, ("object", 1))

    assert {"open", "reopened", "solved_in_time"} <= set(reopened.counts)
    assert "done" not in reopened.counts
    assert reopened.waits["resolution"] == Wait(3 * HOUR)


def test_both_clocks_are_measured_in_seconds():
    assert tally(*DONE).waits == {"coordination": Wait(HOUR), "resolution": Wait(3 * HOUR)}


def test_who_waits_has_no_seconds_yet():
    assert tally().waits == {"coordination": Wait(), "resolution": Wait()}


@pytest.mark.parametrize("ending", ["withdraw", "reject"])
def test_what_was_rejected_or_withdrawn_was_not_answered_but_left(ending):
    left = tally((ending, HOUR))

    assert left.waits == {"coordination": Wait(HOUR, left=True), "resolution": Wait(HOUR, left=True)}
    assert not {"answered", "answered_in_time"} & set(left.counts)


def test_a_breach_counts_the_case_as_late_for_good():
    assert {"late", "answered_late"} <= counted(("breach", 7 * HOUR), ("accept", 1))


def test_an_answer_after_the_limit_is_late_without_any_ring():
    assert {"late", "answered", "answered_late"} <= counted(("accept", 7 * HOUR))


def test_a_case_is_never_in_time_and_late():
    assert not {"answered_in_time"} & counted(("accept", 7 * HOUR))


def test_each_unit_is_measured_by_what_it_did():
    units = {one.key: set(one.counts) for one in additions(tally(*DONE)) if one.dimension == "unit"}

    assert units[KEL_GAMBIR] == {"asked", "answered", "answered_in_time"}
    assert {"received", "done", "solved_in_time"} <= units[DBM]


def test_the_answer_of_somebody_else_counts_for_the_unit_that_had_to_give_it():
    assert tally(("coordinate", HOUR)).first_unit == KEL_GAMBIR


def test_hops_are_counted_for_the_unit_that_holds_the_case():
    handed_on = tally(changed=lambda file: replace(file, complaint=replace(file.complaint, hops=2)))

    assert handed_on.counts["hops"] == 2


def test_what_has_come_back_counts_for_the_unit_that_had_repaired_it():
    def returned(file):
        facts = {**file.events[0].facts, RETURNS: NUMBER, REPAIRED_BY: DSDA}
        return replace(file, events=[replace(file.events[0], facts=facts), *file.events[1:]])

    back = tally(changed=returned)

    assert back.counts["returned"] == 1
    units = {one.key: one.counts for one in additions(back) if one.dimension == "unit"}
    assert units[DSDA] == {"returned": 1}
    assert "returned" not in units[KEL_GAMBIR]


def test_a_case_adds_to_its_channel_day_area_and_category_in_its_kota():
    keys = {one.dimension: one.key for one in additions(tally())}

    assert keys == {
        "channel": "WEB",
        "day": "2026-03-02",
        "unit": KEL_GAMBIR,
        "area": GAMBIR,
        "category": "JLN_LUBANG@31.71",
    }


def test_a_suku_dinas_is_counted_by_itself():
    steps = (("coordinate", HOUR),)

    assert tally(*steps, changed=lambda f: replace(f, complaint=replace(f.complaint, unit=SUDIN))).unit == SUDIN


ENDS = ("open", "done", "unsolved", "rejected", "withdrawn", "merged")


@given(seed=st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_whatever_happens_a_case_is_open_or_has_one_end_and_each_clock_is_answered_left_or_waits(seed):
    chooser = random.Random(seed)
    file = grown(chooser, chooser.randrange(12), reachable=chooser.choice([True, False]))[-1]

    lived = tally_of(file, CATEGORIES[file.complaint.category])

    counts = lived.counts
    assert sum(counts.get(end, 0) for end in ENDS) == 1
    assert counts.get("answered_in_time", 0) + counts.get("answered_late", 0) <= 1
    assert counts.get("solved_in_time", 0) + counts.get("solved_late", 0) <= 1
    assert (lived.waits["coordination"] == Wait()) <= bool(counts.get("open"))
    answer = lived.waits["coordination"]
    assert bool(counts.get("answered")) == (answer.seconds is not None and not answer.left)


def test_the_day_of_receipt_is_jakartas():
    late_evening = a_history()[0].complaint.received_at.replace(hour=17, minute=30)

    assert f"{tally(at=late_evening).local:%Y-%m-%d %H:%M}" == "2026-03-03 00:30"
