"""What machines read: search engines, link previews, phones that install the site, people who found a hole."""

import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from tests.web.conftest import SETTINGS
from web import discovery
from web.pages import PAGES, address
from web.strings import LANGUAGES

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
PUBLIC = [page for page in PAGES if page.public]
LINK = re.compile(r'<link rel="(canonical|alternate)"(?: hreflang="([\w-]+)")? href="([^"]+)">')
META = re.compile(r'<meta (?:name|property)="([\w:]+)" content="([^"]*)">')


def html(pages: dict[str, str], page, language: str) -> str:
    return pages[f"{address(page, language).strip('/') or 'index'}.html"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PUBLIC, ids=lambda page: page.name)
def test_a_public_page_names_itself_and_its_twin_by_whole_addresses(pages, page, language: str) -> None:
    found = {(kind, code): href for kind, code, href in LINK.findall(html(pages, page, language))}
    own = {code: f"{SETTINGS.url}{address(page, code)}" for code in LANGUAGES}

    assert found == {
        ("canonical", ""): own[language],
        ("alternate", "id"): own["id"],
        ("alternate", "en"): own["en"],
        ("alternate", "x-default"): own["id"],
    }


@pytest.mark.parametrize("page", [page for page in PAGES if not page.public], ids=lambda page: page.name)
def test_what_is_not_public_asks_not_to_be_found(pages, page) -> None:
    assert 'name="robots" content="noindex"' in html(pages, page, "id")
    assert LINK.findall(html(pages, page, "id")) == []


def test_every_page_has_a_description_of_its_own(pages) -> None:
    for language in LANGUAGES:
        described = [dict(META.findall(html(pages, page, language)))["description"] for page in PUBLIC]
        assert len(set(described)) == len(PUBLIC)
        assert all(40 <= len(text) <= 160 for text in described), described


@pytest.mark.parametrize("page", PUBLIC, ids=lambda page: page.name)
def test_a_shared_link_shows_title_words_and_picture(site: Path, pages, page) -> None:
    shown = dict(META.findall(html(pages, page, "id")))
    picture = Image.open(io.BytesIO((site / shown["og:image"].removeprefix(f"{SETTINGS.url}/")).read_bytes()))

    assert shown["og:title"]
    assert shown["og:description"] == shown["description"]
    assert shown["og:url"] == f"{SETTINGS.url}{address(page, 'id')}"
    assert picture.size == (int(shown["og:image:width"]), int(shown["og:image:height"]))


def test_the_sites_map_lists_every_public_page_in_both_languages(site: Path) -> None:
    entries = ElementTree.parse(site / "sitemap.xml").getroot().findall(f"{SITEMAP}url")
    listed = {entry.findtext(f"{SITEMAP}loc") for entry in entries}

    assert listed == {f"{SETTINGS.url}{address(page, code)}" for page in PUBLIC for code in LANGUAGES}
    assert {len(entry.findall(f"{XHTML}link")) for entry in entries} == {2}


def test_robots_are_kept_from_the_console_and_the_api_and_told_of_the_map(site: Path) -> None:
    lines = (site / "robots.txt").read_text().splitlines()

    assert {"Disallow: /konsol", "Disallow: /en/konsol", "Disallow: /api/"} <= set(lines)
    assert f"Sitemap: {SETTINGS.url}/sitemap.xml" in lines


def test_whoever_found_a_hole_learns_whom_to_tell_for_less_than_a_year(site: Path) -> None:
    fields = dict(line.split(": ", 1) for line in (site / ".well-known" / "security.txt").read_text().splitlines())
    expires = datetime.fromisoformat(fields["Expires"])

    assert fields["Contact"] == f"{SETTINGS.url}/bantuan#keamanan"
    assert timedelta(300) < expires - datetime(2026, 11, 26, tzinfo=UTC) < timedelta(365)
    assert fields["Canonical"] == f"{SETTINGS.url}/.well-known/security.txt"


def test_the_operators_own_contact_stands_in_its_place() -> None:
    text = discovery.security(SETTINGS.url, "mailto:csirt@example.go.id", date(2026, 1, 1))

    assert text.startswith("Contact: mailto:csirt@example.go.id\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_site_can_be_put_on_a_phone(site: Path, pages, language: str) -> None:
    href = re.search(r'<link rel="manifest" href="([^"]+)">', html(pages, PAGES[0], language))[1]  # type: ignore[index]
    manifest = json.loads((site / href.lstrip("/")).read_text())

    assert (manifest["lang"], manifest["start_url"]) == (language, address(PAGES[0], language))
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"] if "purpose" not in icon}
    assert "maskable" in {icon.get("purpose") for icon in manifest["icons"]}
    for icon in manifest["icons"]:
        content = (site / icon["src"].lstrip("/")).read_bytes()
        if icon["type"] == "image/png":
            assert "x".join(map(str, Image.open(io.BytesIO(content)).size)) == icon["sizes"]


def test_what_visitors_get_of_others_comes_with_its_licences(site: Path) -> None:
    text = (site / "licences.txt").read_text()

    assert [name for name in ("htm", "leaflet", "protomaps-leaflet", "uqr") if f"{name}\n\n" not in text] == []
    assert len(text) > 3000
