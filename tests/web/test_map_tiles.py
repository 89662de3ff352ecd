"""The setting of the map's pictures: what is taken, what is refused with words, and whom the pages may then ask."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.browser import archives
from tools.infra import template_edge
from web.build import ROOT, BuildSettings, build
from web.map_tiles import MapTilesError, from_environment, read

CREDIT = "© OpenStreetMap"
RASTER = "https://tiles.example.go.id/rupa/{z}/{x}/{y}.png"
ARCHIVE = "https://peta.example.go.id/jakarta.pmtiles"

TAKEN = {
    RASTER: ("raster", {"img-src": ["https://tiles.example.go.id"]}),
    "https://tiles.example.go.id:8443/{z}/{x}/{y}{r}.png?key=a": (
        "raster",
        {"img-src": ["https://tiles.example.go.id:8443"]},
    ),
    "http://127.0.0.1:9000/{z}/{y}/{x}": ("raster", {"img-src": ["http://127.0.0.1:9000"]}),
    "/rupa/{z}/{x}/{y}.webp": ("raster", {}),
    ARCHIVE: ("archive", {"connect-src": ["https://peta.example.go.id"]}),
    f"{ARCHIVE}?v=2": ("archive", {"connect-src": ["https://peta.example.go.id"]}),
    "/tiles/jakarta.pmtiles": ("archive", {}),
}


@pytest.mark.parametrize("setting", TAKEN)
def test_the_policy_names_exactly_the_host_of_the_tiles(setting: str) -> None:
    tiles = read(setting, CREDIT)

    assert (tiles.kind, tiles.policy) == TAKEN[setting]


@pytest.mark.parametrize("setting", ["", "none", " none "])
def test_without_tiles_nothing_is_asked_and_nobody_credited(setting: str) -> None:
    tiles = read(setting, "")

    assert (tiles.kind, tiles.policy, tiles.parameters) == ("none", {}, {"MapImages": "", "MapArchive": ""})


REFUSED = [
    "osm",
    "https://tiles.example.go.id/{z}/{x}.png",
    "https://{s}.tiles.example.go.id/{z}/{x}/{y}.png",
    "http://tiles.example.go.id/{z}/{x}/{y}.png",
    "https://user:secret@tiles.example.go.id/{z}/{x}/{y}.png",
    "https://tiles.example.go.id; script-src *//{z}/{x}/{y}",
    "https://tiles.example.go.id/{z}/{x}/{y}.png' onload='a",
    "//tiles.example.go.id/{z}/{x}/{y}.png",
    "ftp://tiles.example.go.id/jakarta.pmtiles",
    "https://peta.example.go.id/jakarta.mbtiles",
    "javascript:alert(1)//{z}{x}{y}",
    "not-there.pmtiles",
]


@pytest.mark.parametrize("setting", REFUSED)
def test_what_no_page_could_use_ends_the_build_with_words(setting: str) -> None:
    with pytest.raises(MapTilesError, match="MAP_TILES"):
        read(setting, CREDIT)


def test_tiles_without_a_source_named_are_refused() -> None:
    with pytest.raises(MapTilesError, match="MAP_ATTRIBUTION"):
        from_environment({"MAP_TILES": RASTER})


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pmtiles").write_bytes(b"SQLite format 3\0")

    with pytest.raises(MapTilesError, match="no PMTiles"):
        read(str(tmp_path / "a.pmtiles"), CREDIT)


CREDITS = {
    "© OpenStreetMap": "© OpenStreetMap",
    "[BIG](https://tanahair.example.go.id)": '<a href="https://tanahair.example.go.id">BIG</a>',
    "© [A](https://a.id/x?y=1&z=2), [B](https://b.id)": (
        '© <a href="https://a.id/x?y=1&amp;z=2">A</a>, <a href="https://b.id">B</a>'
    ),
    "<img onerror=a>": "&lt;img onerror=a&gt;",
    "[a](javascript:alert)": "[a](javascript:alert)",
    "[<b>](https://a.id)": '<a href="https://a.id">&lt;b&gt;</a>',
}


@pytest.mark.parametrize("written", CREDITS)
def test_the_credit_is_text_and_links_and_nothing_else(written: str) -> None:
    assert CREDITS[written] == read(RASTER, written).credit


def test_the_edge_allows_the_hosts_that_the_stack_is_given() -> None:
    policy = template_edge.security_headers(ROOT / "infra")["SecurityHeadersConfig"]["ContentSecurityPolicy"]

    directives = dict(
        part.strip().partition(" ")[::2] for part in policy["ContentSecurityPolicy"]["Fn::Sub"].split(";")
    )
    assert directives["img-src"].endswith("${MapImages}")
    assert directives["connect-src"].endswith("${MapArchive}")
    assert read(RASTER, CREDIT).parameters == {"MapImages": "https://tiles.example.go.id", "MapArchive": ""}
    assert read(ARCHIVE, CREDIT).parameters == {"MapImages": "", "MapArchive": "https://peta.example.go.id"}


def test_an_archive_comes_with_the_site_named_after_its_content(tmp_path: Path) -> None:
    file = archives.write(tmp_path / "jakarta.pmtiles", b"tile", archives.PNG)

    build(
        tmp_path / "site", BuildSettings("https://aduan.example.go.id", date(2026, 1, 1), tiles=read(str(file), CREDIT))
    )

    (shipped,) = (tmp_path / "site" / "tiles").iterdir()
    assert shipped.read_bytes() == file.read_bytes()
    page = (tmp_path / "site" / "lapor.html").read_text()
    assert f"/tiles/{shipped.name}" in page
    assert "protomaps-leaflet" in page
    shell = json.loads((tmp_path / "site" / "sw.js").read_text().partition("const SHELL = ")[2].partition(";")[0])
    assert [address for address in shell if "pmtiles" in address or "protomaps" in address] == []
