"""The reference city: whole, and every rule of its check notices what breaks it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from chalicelib.data import HERE, reference, tables, words
from chalicelib.domain.reference import Category, Reference
from chalicelib.domain.text.suggestions import suggest
from tools.tables import reference as check

DATA = Path(HERE)

CITY = reference()


def with_category(code: str, **changes: object) -> Reference:
    """The city with one category changed."""
    changed: Category = replace(CITY.categories[code], **changes)  # type: ignore[arg-type]
    return replace(CITY, categories={**CITY.categories, code: changed})


def with_unit(code: str, **changes: object) -> Reference:
    """The city with one unit changed."""
    return replace(CITY, units={**CITY.units, code: replace(CITY.units[code], **changes)})  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", check.RULES, ids=lambda rule: rule.__name__)
def test_the_reference_data_holds_together(rule: Callable[[Reference], check.Faults]) -> None:
    assert list(rule(CITY)) == []


def test_the_units_are_520_in_four_layers() -> None:
    counted = check.counted(CITY)
    layers = [counted[name] for name in ("named units", "kecamatan", "kelurahan", "suku dinas")]
    assert layers == [77, 44, 267, 132]
    assert sum(layers) == counted["units"] == 520


BROKEN = {
    "a missing category": (
        replace(CITY, categories={c: CITY.categories[c] for c in list(CITY.categories)[1:]}),
        "categories: 114, not 115",
    ),
    "a kelurahan below a kota": (
        with_unit("KEL_31.71.01.1001", parent="KOTA_31.71"),
        "KEL_31.71.01.1001: its parent is to be a kecamatan, not KOTA_31.71",
    ),
    "an owner nobody knows": (
        with_category("JLN", co_owners=("NOBODY",)),
        "JLN at 31.71.01.1001: no unit NOBODY",
    ),
    "too much time for coordination": (
        with_category("JLN", coordination_limit=7 * 3600),
        "JLN: coordination may take 6 hours and half the resolution at most",
    ),
    "workers of the kelurahan, led by it": (
        with_category("PPSU", lead="KEL"),
        "PPSU at 31.71.01.1001: received by the kelurahan it is about",
    ),
    "a photo as proof of what happened to a child": (
        with_category("BULLY", proof="photo"),
        "BULLY: sensitive and about officers, so proved by words",
    ),
    "rework that takes longer than the work": (
        with_category("JLN_LUBANG", rework_limit=73 * 3600),
        "JLN_LUBANG: rework may not take longer than the work",
    ),
    "a calendar nobody knows": (
        with_category("JLN", calendar="weekends"),
        "JLN: calendar is one of calendar, working_days, working_hours",
    ),
    "no office hours": (
        replace(CITY, office_hours={}),
        "office_hours.csv: a weekday is 1 to 7, and opens before it closes",
    ),
    "an office that closes before it opens": (
        replace(CITY, office_hours={0: (960, 450)}),
        "office_hours.csv: a weekday is 1 to 7, and opens before it closes",
    ),
    "a holiday without a year": (
        replace(CITY, holidays={"17-08": "Proklamasi"}),
        "holidays.csv: 17-08 is no date",
    ),
}


@pytest.mark.parametrize(("city", "fault"), BROKEN.values(), ids=BROKEN)
def test_the_check_names(city: Reference, fault: str) -> None:
    assert fault in check.faults(city)


def test_the_check_knows_how_long_the_list_of_holidays_still_reaches() -> None:
    assert check.listed_days(CITY, date(2027, 12, 1)) == 30
    assert check.listed_days(replace(CITY, holidays={}), date(2027, 12, 1)) < 0


WORDS, ALIASES, DANGERS = "category_words.csv", "area_aliases.csv", "danger_words.csv"


@pytest.mark.parametrize(
    ("rule", "name", "row", "fault"),
    [
        (check.words, WORDS, {"category": "JLN", "language": "id", "words": "aspal"}, "JLN: 1 everyday words, not 8"),
        (check.words, WORDS, {"category": "NOPE", "language": "id", "words": "x"}, f"{WORDS}: no category NOPE"),
        (check.aliases, ALIASES, {"alias": "a", "areas": "B"}, f"{ALIASES}: a names B, which 0 kelurahan are called"),
        (check.dangers, DANGERS, {"categories": "NOPE"}, f"{DANGERS}: no category NOPE"),
    ],
)
def test_the_check_names_words_without_a_place(monkeypatch: pytest.MonkeyPatch, rule, name, row, fault) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(tables, "rows", lambda asked: iter([row] if asked == name else []))

    assert fault in list(rule(CITY))


def test_a_city_that_asks_nothing_is_told_so() -> None:
    silent = {code: replace(category, questions=()) for code, category in CITY.categories.items()}
    assert "no category has a required list question" in check.faults(replace(CITY, categories=silent))


@pytest.mark.parametrize("name", ["categories", "units", "channels", "kelurahan"])
def test_no_code_stands_twice(name: str) -> None:
    codes = [row["code"] for row in tables.rows(f"{name}.csv")]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("categories", ("name_source", "owner_source", "coord_source", "resolve_source")),
        ("units", ("source",)),
        ("channels", ("source",)),
        ("neighbours", ("source",)),
        ("holidays", ("source",)),
        ("office_hours", ("source",)),
        ("category_words", ("source",)),
        ("danger_words", ("source",)),
        ("area_aliases", ("source",)),
        ("area_short_forms", ("source",)),
        ("kota_short_forms", ("source",)),
    ],
)
def test_every_source_is_a_link_or_a_word_that_the_readme_explains(name: str, columns: tuple[str, ...]) -> None:
    known = {row["key"] for row in tables.rows("sources.csv")}
    readme = (DATA / "README.md").read_text(encoding="utf-8")

    named = {row[column] for row in tables.rows(f"{name}.csv") for column in columns}

    assert [source for source in sorted(named - known) if f"`{source}`" not in readme] == []


PROBLEMS = {"Banjir", "Kemacetan", "Ketidaknyamanan", "Tawuran", "Perundungan", "Kebakaran", "Lainnya"}


def test_a_name_of_one_word_is_a_problem_by_itself() -> None:
    """ "Laporan tentang Jalan" says nothing; the city's bare nouns stand in `city_name`."""
    assert {category.name_id for category in CITY.categories.values() if " " not in category.name_id} == PROBLEMS


def test_a_category_is_found_by_the_citys_own_name_for_it() -> None:
    rows = [row for row in tables.rows("categories.csv") if row["city_name"]]

    found = {row["code"]: [f.category for f in suggest(row["city_name"], words())[:3]] for row in rows}

    assert len(rows) > 40
    assert [code for code, codes in found.items() if code not in codes] == []


def test_a_columns_meaning_stands_in_the_readme() -> None:
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    columns = {column for path in DATA.glob("*.csv") for column in next(tables.rows(path.name))}
    assert [column for column in sorted(columns) if f"`{column}`" not in readme] == []


def test_an_overlay_replaces_limits_and_halves_the_coordination(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "overlay.json"
    file.write_text('{"JLN_LUBANG": {"resolution": 40}}')

    pothole = reference(str(file)).categories["JLN_LUBANG"]

    assert (pothole.resolution_limit, pothole.coordination_limit, pothole.rework_limit) == (40, 20, 40)
