"""Problems are found in the words that people use, and a description suggests its category without deciding it."""

import csv
from pathlib import Path

import pytest

from chalicelib import data
from chalicelib.domain.text.suggestions import suggest, weight_of
from tests import accuracy

CITY = data.reference()
WORDS = data.words()
TYPED = Path(__file__).parents[1] / "data" / "everyday_words.csv"


def first(text: str, many: int = 3) -> list[str]:
    return [found.category for found in suggest(text, WORDS)[:many]]


def test_everyday_words_find_a_fitting_problem_among_three() -> None:
    """`tests/data/everyday_words.csv`: what was typed, and the categories that fit it. A new line needs no code."""
    with TYPED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    found = {row["typed"]: [f.category for f in suggest(row["typed"], WORDS, typing=True)[:3]] for row in rows}

    assert len(rows) >= 60
    assert [r["typed"] for r in rows if not set(found[r["typed"]]) & set(r["categories"].split(";"))] == []


@pytest.mark.parametrize("code", CITY.categories)
def test_a_category_is_found_by_its_own_name(code: str) -> None:
    category = CITY.categories[code]

    assert code in first(category.name_id)
    assert code in first(category.name_en)


@pytest.mark.parametrize(
    "text",
    [
        "bolon",
        "berisi",
        "penge",
        "trotoa",
        "lampu ja",
        "BOLONG",
        " got   mampet ",
        "got-mampet",
        "gotmampet",
        "mampet got",
    ],
)
def test_half_typed_and_untidy_words_find_something(text: str) -> None:
    assert suggest(text, WORDS, typing=True)


def test_the_reasons_are_the_persons_own_words() -> None:
    found = suggest("Lobang besar di tengah jalan, dalem bgt", WORDS)[0]

    assert found.category == "JLN_LUBANG"
    assert found.reasons[0] == "lobang"


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("sampah menumpuk di Pasar Minggu", "SAMPAH"),
        ("jalan berlubang di depan puskesmas", "JLN_LUBANG"),
        ("lampu jalan mati dekat pasar", "PJU"),
        ("parkir liar di Kali Deres", "PARKIR"),
        ("sudah tiga kali got mampet", "SALURAN"),
    ],
)
def test_where_it_is_does_not_say_what_it_is(text: str, category: str) -> None:
    assert first(text)[0] == category


@pytest.mark.parametrize(
    ("one", "other"),
    [("lampu jalan mati", "mati lampu"), ("bakar sampah", "kebakaran"), ("tukang parkir", "tukang sampah")],
)
def test_the_same_words_in_another_order_can_mean_another_thing(one: str, other: str) -> None:
    assert first(one)[0] != first(other)[0]


@pytest.mark.parametrize("text", ["", " ", "?!", "🔥", "qqqq", "https://", "123456"])
def test_words_that_nobody_knows_suggest_nothing(text: str) -> None:
    assert suggest(text, WORDS) == ()


def test_a_text_as_long_as_the_form_allows_is_read_in_time() -> None:
    assert suggest("kata lain " * 400, WORDS) is not None
    assert suggest("x" * 4000, WORDS) == ()


@pytest.mark.parametrize("code", sorted(WORDS.guarded))
def test_what_is_sensitive_or_about_officers_is_never_sure(code: str) -> None:
    """Its own name several times over is as strong as words can be."""
    found = suggest(f"{CITY.categories[code].name_id} {CITY.categories[code].name_en}", WORDS)

    assert code in [each.category for each in found]
    assert not any(each.sure for each in found if each.category == code)


def test_guarded_are_exactly_the_sensitive_and_those_about_officers() -> None:
    guarded = {code for code, category in CITY.categories.items() if category.sensitive or category.about_officer}

    assert guarded == WORDS.guarded


@pytest.mark.parametrize(
    "text", ["gas", "lubang", "ktp", "kabel listrik dan got mampet", "sampah dan lampu jalan mati"]
)
def test_one_word_or_two_matters_are_not_sure(text: str) -> None:
    assert not any(found.sure for found in suggest(text, WORDS))


def test_only_the_first_can_be_sure() -> None:
    found = suggest("Banyak sampah berserakan di taman jadi jorok", WORDS)

    assert [each.sure for each in found] == [True] + [False] * (len(found) - 1)


def test_a_word_weighs_less_the_more_categories_use_it() -> None:
    weights = [weight_of(categories) for categories in range(1, 116)]

    assert weights[0] == 700
    assert weights == sorted(weights, reverse=True)
    assert weights[-1] > 0


@pytest.mark.parametrize("half", accuracy.HALVES)
def test_a_description_suggests_its_category(half: str) -> None:
    rows = accuracy.judged(half)
    sure = [row for row in rows if row.found and row.found[0].sure]

    assert len(rows) >= 150
    assert accuracy.share(rows, 1) >= 0.85
    assert accuracy.share(rows, 3) >= 0.95
    assert len(sure) >= 0.3 * len(rows)
    assert sum(not row.among(1) for row in sure) <= 0.02 * len(sure)


def test_both_halves_speak_of_every_category() -> None:
    for half in accuracy.HALVES:
        assert {row.category for row in accuracy.judged(half)} == set(CITY.categories)
