"""The page of time and money shows what is counted and priced, and nothing is left out of it."""

from xml.etree import ElementTree

import pytest

from tools.pages import costs, where_it_goes
from tools.pages.where_it_goes import LIFE, calls, money, page, picture, units

FIGURES = {
    f"{LIFE}, all of notify: dynamodb.Query": 7,
    f"{LIFE}, all of notify: dynamodb.UpdateItem": 14,
    f"{LIFE}, all of notify: sesv2.SendEmail": 5,
    f"{LIFE}, all of notify: write units": 42,
    f"{LIFE}, all of alert: dynamodb.BatchGetItem": 3,
    "another life, all of notify: dynamodb.Query": 1_000,
}


def test_calls_are_told_apart_by_what_they_do() -> None:
    found = {bar.name: bar.parts for bar in calls(FIGURES)}

    assert (found["notify_citizen"], found["alert_unit"], found["arm"]) == ((7, 14, 5), (3, 0, 0), (0, 0, 0))


def test_units_are_those_of_the_same_life() -> None:
    assert {bar.name: bar.whole for bar in units(FIGURES) if bar.whole} == {"notify_citizen": 42}


def test_every_path_of_the_bench_that_costs_has_its_bar() -> None:
    from bench.figures import PATHS

    assert {*where_it_goes.WHO, "container"} == {*PATHS}


def test_the_money_of_the_groups_is_that_of_the_table_of_costs() -> None:
    assert sum(bar.whole for bar in money()) == pytest.approx(sum(line.dollars for line in costs.LIFE) * 1_000)


def test_a_new_line_of_the_costs_needs_a_group() -> None:
    with pytest.raises(ValueError, match="a moon"):
        money([costs.Line("a moon", "key", 1, "")])


def test_the_picture_is_an_image_with_a_title_and_a_bar_for_everything_that_is_counted() -> None:
    drawn = ElementTree.fromstring(picture(FIGURES))

    texts = ["".join(text.itertext()) for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert drawn.get("aria-label")
    assert {"notify_citizen", "26", "letters to the reporter"} <= {*texts}


def test_only_what_stands_between_the_marks_is_written_anew() -> None:
    text = "Before <!-- calls -->old<!-- /calls --> between <!-- money -->old<!-- /money --> after"

    fresh = page(text, FIGURES)

    assert "old" not in fresh
    assert (fresh.startswith("Before <!-- calls -->"), fresh.endswith("<!-- /money --> after")) == (True, True)
    assert "| notify_citizen | 7 | 14 | 5 | 26 | 42 |" in fresh
