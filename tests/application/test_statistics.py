"""The figures that everybody may read, over lists in memory."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from chalicelib import data
from chalicelib.application.reading.projection import projection_of
from chalicelib.application.reading.statistics import FEWEST, PERIOD, Statistics
from chalicelib.domain.case import numbers
from chalicelib.domain.case.waiting_times import DAY, ERROR
from tests.builders import CIDENG, DBM, GAMBIR, INSPECTORATE, KEL_GAMBIR, VIOLENCE
from tests.fakes_public import MemoryPublicLists
from tests.histories import BEGUN, HOUR, a_history

CITY = data.reference()
DONE = (("coordinate", HOUR), ("start", HOUR), ("propose_done", HOUR), ("validate", HOUR))
TOMORROW = BEGUN + timedelta(days=1)
BITS = count()  # each case has a number of its own


def statistics(*histories, now=TOMORROW):
    """Of histories, each under a number of its own."""
    lists = MemoryPublicLists()
    for history in histories:
        lists.keep(projection_of(history[-1], CITY.categories[history[-1].complaint.category]))
    return Statistics(figures=lists, reference=CITY, now=lambda: now)


def cases(how_many, steps=(), **facts):
    return [a_history(steps, number=numbers.from_bits(next(BITS)), **facts) for _ in range(how_many)]


def line(figures, by, code):
    return next(item for item in figures.table(by)["items"] if item["code"] == code)


def test_both_figures_of_the_city_received_and_done_come_first():
    city = statistics(*cases(2, DONE), *cases(3)).city()

    assert next(iter(city)) == "received"
    assert (city["received"], city["done"], city["open"]) == (5, 2, 3)


def test_every_case_received_is_open_or_has_one_end():
    endings = [DONE, (("reject", HOUR),), (("withdraw", HOUR),), (("accept", HOUR),), (*DONE, ("object", HOUR))]

    city = statistics(
        *(case for steps in endings for case in cases(1, steps)), *cases(1, DONE, outcome="cannot")
    ).city()

    assert city["received"] == 6
    ends = ("open", "done", "unsolved", "rejected", "withdrawn", "merged")
    assert sum(city[name] for name in ends) == city["received"]


def test_ten_quick_answers_do_not_make_a_median_where_fifty_two_wait():
    clock = statistics(*cases(10, (("accept", 600),)), *cases(52)).city()["clocks"]["coordination"]

    assert (clock["counted"], clock["waiting"], clock["median"]) == (10, 52, None)
    assert clock["mean"] == 600
    assert clock["within_target"] == pytest.approx(10 / 62, abs=1e-4)


def test_median_and_mean_stand_beside_their_target():
    clock = statistics(*cases(3, DONE)).city()["clocks"]["resolution"]

    assert clock == {
        "counted": 3,
        "waiting": 0,
        "left": 0,
        "mean": 3.0 * HOUR,
        "median": pytest.approx(3 * HOUR, rel=ERROR),
        "p90": pytest.approx(3 * HOUR, rel=ERROR),
        "target": 7 * DAY,
        "within_target": 1,
    }


def test_where_nothing_was_counted_the_figures_are_null():
    city = statistics().city()

    assert (city["oldest_open"], city["rating"], city["days"]) == (None, {"counted": 0, "mean": None}, [])
    assert city["clocks"]["coordination"]["median"] is None


def test_a_line_over_time_has_a_point_for_each_day_of_receipt():
    old, new = cases(1, DONE, at=BEGUN - timedelta(days=9)), cases(2)

    days = statistics(*old, *new).city()["days"]

    assert [(day["day"], day["received"], day["within_target"]["coordination"]) for day in days] == [
        ("2026-02-21", 1, 1),
        ("2026-03-02", 2, 0),
    ]


def test_weeks_hold_what_their_days_hold_and_the_last_one_ends_today():
    old, new = cases(1, DONE, at=BEGUN - timedelta(days=9)), cases(2)

    weeks = statistics(*old, *new).city()["weeks"]

    assert len(weeks) == 13
    assert [(week["from"], week["received"]) for week in weeks[-3:]] == [
        ("2026-02-11", 0),
        ("2026-02-18", 1),
        ("2026-02-25", 2),
    ]
    assert weeks[-2]["within_target"] == {"coordination": 1, "resolution": 1}


def test_what_was_received_before_the_period_is_counted_but_no_longer_timed():
    city = statistics(*cases(1, DONE, at=TOMORROW - timedelta(days=PERIOD + 1))).city()

    assert (city["received"], city["clocks"]["resolution"]["counted"], city["days"]) == (1, 0, [])


def test_the_period_begins_ninety_days_ago_and_every_figure_says_when_it_was_counted():
    city = statistics().city()

    assert city["period"] == {"from": "2025-12-04", "to": "2026-03-03", "days": 90}
    assert (city["counted_at"], city["method"]) == (TOMORROW.isoformat(), {"estimator": "kaplan-meier", "error": ERROR})


def test_the_oldest_open_case_is_named_only_when_it_is_public():
    private = cases(1, visibility="private", at=BEGUN - timedelta(days=1))
    public = cases(1)

    assert statistics(*private, *public).city()["oldest_open"]["number"] is None
    assert statistics(*public).city()["oldest_open"] == {
        "number": public[0][0].complaint.number,
        "received_at": BEGUN.isoformat(),
        "age_seconds": DAY,
    }


def test_a_unit_is_measured_by_its_own_clock():
    figures = statistics(*cases(2, DONE), *cases(1, (("accept", 7 * HOUR),)))

    lurah, agency = line(figures, "unit", KEL_GAMBIR), line(figures, "unit", DBM)

    assert (lurah["asked"], lurah["answered_in_time"], lurah["answered_late"]) == (3, 2, 1)
    assert (agency["solved_in_time"], agency["solved_late"], agency["done"]) == (2, 0, 2)
    assert agency["clocks"]["coordination"]["counted"] == 0


def test_a_table_is_read_anew_after_fifteen_seconds():
    clock, ((first,), (second,)) = [TOMORROW], cases(2)
    lists = MemoryPublicLists()
    figures = Statistics(figures=lists, reference=CITY, now=lambda: clock[0])
    received = []
    for file, seconds in ((first, 0), (second, 14), (second, 1)):
        lists.keep(projection_of(file, CITY.categories["JLN_LUBANG"]))
        clock[0] += timedelta(seconds=seconds)
        received.append(figures.table("channel")["items"][0]["received"])

    assert received == [1, 1, 2]


def test_areas_are_named_with_their_kecamatan_and_what_has_no_place_has_no_name():
    ((file,),) = cases(1)
    nowhere = replace(file, complaint=replace(file.complaint, area=None, place=None))
    figures = statistics(*cases(1), [nowhere])

    assert [(item["name"], item.get("kecamatan")) for item in figures.table("area")["items"]] == [
        (None, None),
        ("Gambir", "Gambir"),
    ]


def test_a_case_that_lies_open_for_a_year_is_in_the_table_of_its_unit():
    old = cases(1, at=BEGUN - timedelta(days=400))

    unit = line(statistics(*old, *cases(1)), "unit", KEL_GAMBIR)

    assert (unit["received"], unit["open"], unit["oldest_open"]) == (1, 2, "2025-01-26")


def test_two_cases_of_a_sensitive_kind_are_not_told():
    shown = [item["code"] for item in statistics(*cases(2, category=VIOLENCE), *cases(1)).table("category")["items"]]

    assert shown == ["JLN_LUBANG"]
    assert line(statistics(*cases(3, category=VIOLENCE)), "category", VIOLENCE)["received"] == 3


def test_channels_have_figures_of_all_time_and_their_means():
    old = cases(1, DONE, at=BEGUN - timedelta(days=700))

    channel = line(statistics(*old), "channel", "WEB")

    assert (channel["received"], channel["clocks"]["resolution"]) == (1, {"counted": 1, "mean": 3.0 * HOUR})


def test_what_is_usual_comes_with_its_spread_and_number_of_cases():
    quick, slow = (
        cases(15, (*DONE[:2], ("propose_done", HOUR), DONE[3])),
        cases(5, (*DONE[:2], ("propose_done", DAY), DONE[3])),
    )

    usual = statistics(*quick, *slow).usual("JLN_LUBANG", CIDENG)["usual"]

    assert (usual["cases"], usual["kota"]) == (20, CITY.areas[GAMBIR].kota)
    assert usual["median"] == pytest.approx(3 * HOUR, rel=ERROR)
    assert usual["quarter"] <= usual["median"] <= usual["three_quarters"]


def test_of_fewer_than_twenty_cases_nothing_is_usual():
    assert statistics(*cases(FEWEST - 1, DONE)).usual("JLN_LUBANG", GAMBIR)["usual"] is None


def test_where_a_kota_has_too_few_cases_the_whole_city_counts():
    south = next(code for code, area in CITY.areas.items() if area.kota_code == "31.74")

    assert statistics(*cases(FEWEST, DONE)).usual("JLN_LUBANG", south)["usual"]["kota"] is None


def test_the_usual_time_counts_those_who_still_wait():
    usual = statistics(*cases(FEWEST, DONE), *cases(60), now=BEGUN + timedelta(days=5)).usual("JLN_LUBANG", GAMBIR)

    assert (usual["usual"]["cases"], usual["usual"]["waiting"], usual["usual"]["median"]) == (20, 60, None)


def test_the_inspectorates_own_cases_are_counted_too():
    assert line(statistics(*cases(1, unit=INSPECTORATE)), "unit", INSPECTORATE)["open"] == 1
