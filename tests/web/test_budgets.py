"""What a page weighs compressed (gzip) before the person does anything. The browser tests count requests."""

import gzip
import re
from pathlib import Path

import pytest

from web.pages import PAGES, address
from web.strings import LANGUAGES

KB = 1024
ASSET = re.compile(r"/assets/[\w./-]+\.\w+")
LATER = re.compile(r' data-later="[^"]*"')
FILES = [f"{address(page, language).strip('/') or 'index'}.html" for page in PAGES for language in LANGUAGES]


def _weight(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def _named(site: Path, page: str) -> list[Path]:
    """The page and what it loads at once of what it names: pictures are for link previews and home screens, words for
    later (`data-later`) come after the sign-in."""
    text = LATER.sub("", (site / page).read_text())
    found = {site / address.lstrip("/") for address in ASSET.findall(text)}
    return [site / page, *(path for path in found if path.suffix not in (".png", ".webmanifest"))]


@pytest.mark.parametrize("page", FILES)
def test_a_page_comes_within_its_budget(site: Path, page: str) -> None:
    assert sum(map(_weight, _named(site, page))) <= 40 * KB


@pytest.mark.parametrize("page", FILES)
def test_its_scripts_come_within_theirs(site: Path, page: str) -> None:
    most = 20 if page.removeprefix("en/") in ("index.html", "en.html", "lapor.html") else 24  # where people begin

    assert sum(_weight(path) for path in _named(site, page) if path.suffix == ".js") <= most * KB


def test_the_map_comes_within_its_budget(site: Path) -> None:
    """With what draws it and the largest outlines that are allowed below."""
    leaflet = [*site.glob("assets/vendor/leaflet.*.js"), *site.glob("assets/map.*.css")]

    assert len(leaflet) == 2
    assert sum(map(_weight, leaflet)) <= 50 * KB


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
