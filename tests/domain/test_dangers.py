"""Danger to life now is noticed in the words and in the category; what is over, feared or a thing's name is not."""

import csv
from pathlib import Path

import pytest

from chalicelib import data
from chalicelib.domain.text.dangers import danger

DANGERS = data.dangers()


def rows() -> list[dict[str, str]]:
    with (Path(__file__).parents[1] / "data" / "danger_texts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["text"])
def test_danger_to_life_now(row: dict[str, str]) -> None:
    """`tests/data/danger_texts.csv`: a text and its kind of danger; an empty kind is none. A new line needs no code."""
    assert (danger(row["text"], None, DANGERS) or "") == row["kind"]


@pytest.mark.parametrize("category", ["KEBAKARAN", "TAWURAN", "AMBULANS", "LONGSOR", "KDRT"])
def test_a_category_alone_can_mean_danger(category: str) -> None:
    assert danger("tolong segera", category, DANGERS)


@pytest.mark.parametrize("category", ["JLN_LUBANG", "PJU", "HYDRANT", "BAKAR", "LAIN", None])
def test_other_categories_do_not(category: str | None) -> None:
    assert danger("tolong segera", category, DANGERS) is None


def test_what_is_over_in_one_sentence_does_not_hide_what_happens_in_the_next() -> None:
    assert danger("Kemarin ada tawuran. Sekarang rumah terbakar!", None, DANGERS) == "fire"


def test_the_category_does_not_hide_the_words() -> None:
    assert danger("ada orang tenggelam", "KEBAKARAN", DANGERS) == "trapped"
