"""The day's own reading of who receives, holds and hears, against the domain's: two texts of one rule, over the whole
city."""

import random

import pytest

from chalicelib.data import reference
from chalicelib.domain import routing
from tests.tools.day_builders import GAMBIR, RULES
from tools.day.mix import NAMED, Mix
from tools.day.people import holders, roster
from tools.day.places import NearCentroids
from tools.day.stories import STORIES, SURVIVING

CITY = reference()
ISLAND = "31.01.01.1001"
PLACES = (GAMBIR, ISLAND, None)


@pytest.mark.parametrize("category", CITY.categories)
def test_both_readings_name_the_same_first_receiver(category: str) -> None:
    domain = [routing.first_receiver(CITY, category=category, area=area) for area in PLACES]

    assert domain == [RULES.first_receiver(category, area) for area in PLACES]


@pytest.mark.parametrize("category", CITY.categories)
def test_both_readings_name_the_same_owners(category: str) -> None:
    domain = routing.owners(CITY, category=category, area=GAMBIR)

    assert [unit for unit in domain if routing.can_hold(CITY, unit)] == RULES.owners(category, GAMBIR)


@pytest.mark.parametrize("rung", ["reminder_50", "breach", "escalation_1", "escalation_2", "escalation_3"])
def test_both_readings_send_a_late_case_up_the_same_ladder(rung: str) -> None:
    for unit in (code for code, known in CITY.units.items() if not known.external):
        assert routing.escalation_target(CITY, unit, rung) == RULES.told_of_rung("JLN", unit, "coordination", rung)


def a_day(count: int = 600, seed: int = 1) -> list:
    chance = random.Random(seed)
    return Mix(RULES, NearCentroids(RULES.areas, chance), chance).day(count)


def test_the_three_named_categories_have_their_share_of_2024() -> None:
    plans = a_day(4000)

    for category, share in NAMED.items():
        assert share == pytest.approx(sum(p.category == category for p in plans) / len(plans), abs=0.02)


def test_every_other_category_comes_as_often_as_the_next() -> None:
    plans = [plan for plan in a_day(2000) if plan.survivor is None]
    counts = {code: sum(p.category == code for p in plans) for code in RULES.categories if code not in NAMED}

    assert max(counts.values()) - min(counts.values()) <= 1


def test_the_shares_of_the_stories_are_whole() -> None:
    assert sum(share for _, share in STORIES.values()) == 100


def test_two_reports_of_one_matter_are_alike_and_only_one_of_them_goes_on() -> None:
    twins = [plan for plan in a_day() if plan.survivor]

    for plan in twins:
        assert plan.survivor.story in SURVIVING
        assert (plan.category, plan.area) == (plan.survivor.category, plan.survivor.area)
        assert plan.draft["location"] == plan.survivor.draft["location"]
        assert plan.draft["category"] == plan.category
        assert plan.draft.get("contact") != plan.survivor.draft.get("contact") or plan.contact is None
    assert len(twins) == pytest.approx(0.03 * 600, abs=3)


def test_the_same_seed_is_the_same_day() -> None:
    assert a_day(50) == a_day(50)


def test_a_place_near_a_centroid_is_nearest_to_that_one() -> None:
    places = NearCentroids(RULES.areas, random.Random(3))

    for code in RULES.areas:
        lat, lon = places.draw(code)
        nearest = min(RULES.areas.values(), key=lambda a: (a["lat"] - lat) ** 2 + (a["lon"] - lon) ** 2)
        assert code == nearest["code"]


def test_whoever_may_come_to_hold_a_case_has_somebody_at_work() -> None:
    plans = a_day(60)
    staffed = {officer.unit for officer in roster(plans, RULES)}

    assert all(holders(plan, RULES) <= staffed for plan in plans)
