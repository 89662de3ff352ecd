"""The first table of costs beside today's: whoever compares the totals is told what the first one left out."""

import pytest

from tools.pages import like_for_like
from tools.pages.like_for_like import FIRST, LETTERS


def rows(today: dict[str, float]) -> dict[str, list[str]]:
    """Then and today, by what it is for."""
    lines = [line.strip("| ").split(" | ") for line in like_for_like.table(today).splitlines() if line.startswith("| ")]
    return {what: figures for what, *figures in lines}


def test_a_line_that_costs_what_it_did_is_left_out_and_one_that_moved_shows_both() -> None:
    found = rows(FIRST | {"clocks": 0.1})

    assert found["clocks"] == ["0.200", "0.100"]
    assert "API" not in found
    assert found["its lines"] == ["0.814", "0.714"]


def test_what_the_first_table_left_out_stands_by_itself_and_in_the_total() -> None:
    found = rows(FIRST | {"a moon": 0.5})

    assert found["what it left out: a moon 0.500"] == ["0.000", "0.500"]
    assert found["**without e-mail**"] == ["0.814", "1.314"]


def test_letters_count_in_neither_total() -> None:
    assert rows(FIRST | {LETTERS: 5.0})["**without e-mail**"] == ["0.814", "0.814"]


def test_a_line_of_the_first_table_that_is_gone_is_a_fault() -> None:
    today = {what: dollars for what, dollars in FIRST.items() if what != "queues"}

    with pytest.raises(KeyError, match="queues"):
        like_for_like.table(today)
