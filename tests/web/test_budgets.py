"""Sizes as the wire carries them (gzip), before the person does anything."""

import gzip
import re
from pathlib import Path

import pytest

KB = 1024
ASSET = re.compile(r"/assets/[\w./-]+\.\w+")


def _weight(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def _first_load(site: Path, page: str) -> tuple[int, int]:
    """Bytes of scripts, and of everything, that the page itself names."""
    named = [site / address.lstrip("/") for address in set(ASSET.findall((site / page).read_text()))]
    scripts = sum(_weight(path) for path in named if path.suffix == ".js")
    return scripts, _weight(site / page) + sum(map(_weight, named))


@pytest.mark.parametrize("page", ["lapor.html", "en/lapor.html", "index.html"])
def test_the_form_comes_within_its_budget(site: Path, page: str) -> None:
    scripts, everything = _first_load(site, page)

    assert scripts <= 20 * KB
    assert everything <= 40 * KB


@pytest.mark.parametrize("page", ["lacak.html", "peta.html", "statistik.html"])
def test_the_other_pages_stay_light(site: Path, page: str) -> None:
    assert _first_load(site, page)[1] <= 45 * KB


def test_the_map_comes_within_its_budget(site: Path) -> None:
    parts = [
        *site.glob("assets/vendor/leaflet.*.js"),
        *site.glob("assets/leaflet.*.css"),
        *site.glob("assets/map.*.js"),
    ]

    assert len(parts) == 3
    assert sum(map(_weight, parts)) <= 50 * KB


def test_no_page_asks_for_the_map_before_a_map_is_wanted(pages: dict[str, str]) -> None:
    assert [name for name, html in pages.items() if "leaflet" in html] == []


def test_the_outlines_come_within_their_budget(site: Path) -> None:
    assert _weight(site / "areas.json") <= 40 * KB


@pytest.mark.parametrize(("table", "most"), [("words", 15), ("language", 4), ("area_names", 4), ("dangers", 2)])
def test_the_tables_of_the_searches_come_within_their_budgets(site: Path, table: str, most: int) -> None:
    (path,) = site.glob(f"assets/{table}.*.json")

    assert _weight(path) <= most * KB


@pytest.mark.parametrize("table", ["words", "language", "area_names", "dangers"])
def test_no_page_asks_for_the_tables_before_something_is_searched(pages: dict[str, str], table: str) -> None:
    assert [name for name, html in pages.items() if re.search(rf"/assets/{table}\.\w+\.json", html)] == []
