"""What the build promises: every page twice, nothing inline, every address there, names that follow the content."""

import gzip
import hashlib
import json
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.web.conftest import SETTINGS
from web import strings, vendor
from web.assets import Assets
from web.build import COMPRESSED, ROOT, WEB, build
from web.pages import PAGES, address

ASSET = re.compile(r"/assets/[\w./-]+\.\w+")
POLICY = json.loads((ROOT / "infra" / "site_headers.json").read_text())["content_security_policy"]


class Tags(HTMLParser):
    """Every tag with its attributes, and the text of scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if data.strip() and self.tags and self.tags[-1][0] in ("script", "style"):
            self.inline.append(data)


def test_every_page_is_written_in_both_languages(pages: dict[str, str]) -> None:
    expected = {f"{address(page, lang).strip('/') or 'index'}.html" for page in PAGES for lang in strings.LANGUAGES}

    assert expected == set(pages)
    for name, html in pages.items():
        assert f'<html lang="{"en" if name.startswith("en") else "id"}"' in html
        assert re.search(r"<title>[^<]{3,} – Tanggap</title>", html), name


def test_no_script_style_or_handler_stands_in_a_page(pages: dict[str, str]) -> None:
    for name, html in pages.items():
        found = Tags(html)
        assert found.inline == [], name
        assert [
            tag for tag, attributes in found.tags if any(a == "style" or a.startswith("on") for a in attributes)
        ] == []


def test_every_address_of_an_asset_is_there(site: Path) -> None:
    texts = [path for path in site.rglob("*") if path.suffix in (".html", ".js", ".css")]
    named = {address for path in texts for address in ASSET.findall(path.read_text())}

    assert len(named) > 20
    assert [address for address in sorted(named) if not (site / address.lstrip("/")).is_file()] == []


def test_every_link_of_a_page_leads_to_a_page(pages: dict[str, str]) -> None:
    known = {"/" + name.removesuffix(".html").removesuffix("index") for name in pages} | {"/en"}
    links = [a["href"] or "" for html in pages.values() for tag, a in Tags(html).tags if tag == "a"]

    inside = {re.split("[?#]", href)[0] for href in links if href.startswith("/")}

    assert len(inside) > 3
    assert inside - known == set()


def test_an_asset_is_named_after_its_content(site: Path) -> None:
    found = [path for path in (site / "assets").rglob("*.*") if path.suffix not in (".br", ".gz", ".js")]

    assert len(found) > 5  # scripts: test_join.py
    for path in found:
        digest = path.name.split(".")[-2]
        assert hashlib.sha256(path.read_bytes()).hexdigest().startswith(digest), path


def test_a_compressed_copy_is_the_same_file(site: Path) -> None:
    found = list(site.rglob("*.gz"))

    assert len(found) == len(list(site.rglob("*.br"))) > 20
    for path in found:
        assert gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes(), path


def test_what_the_edge_would_compress_has_copies(site: Path) -> None:
    """CloudFront: from 1,000 bytes on, and of text-like types."""
    texts = [path for path in site.rglob("*") if path.suffix in COMPRESSED and path.stat().st_size >= 1000]

    assert len(texts) > 20
    assert [path for path in texts if not path.with_name(f"{path.name}.br").exists()] == []


def test_two_builds_give_the_same_site(site: Path, tmp_path: Path) -> None:
    build(tmp_path / "again", SETTINGS)

    def content(folder: Path) -> dict[str, bytes]:
        return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}

    assert content(site) == content(tmp_path / "again")


def test_no_module_names_another_origin() -> None:
    """Our own; the borrowed libraries name their homes in comments. The browser tests watch the requests."""
    own = (WEB / "static" / "js").rglob("*.js")
    foreign = {m for path in own for m in re.findall(r"https?://[\w.-]+", path.read_text())}

    assert foreign - {"https://www.google.com", "https://www.openstreetmap.org"} == set()  # links that an officer opens


def test_an_unknown_asset_ends_the_build(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        Assets(tmp_path).point("/assets/nothing.css")


def test_the_edge_answers_exactly_the_pages_that_are_built() -> None:
    source = (ROOT / "infra" / "rewrite.js").read_text()
    listed = set(
        json.loads("[" + re.sub(r",\s*$", "", re.search(r"PAGES = \[(.*?)\]", source, re.DOTALL)[1].strip()) + "]")
    )  # type: ignore[index]

    assert {address(page, lang).rstrip("/") for page in PAGES for lang in strings.LANGUAGES} == listed


def test_the_edge_offers_the_find_box_where_there_is_no_page() -> None:
    source = (ROOT / "infra" / "rewrite.js").read_text()
    program = f"{source}; console.log(JSON.stringify(handler({{request: {{uri: '/nowhere'}}}})))"
    done = subprocess.run([vendor.program("node"), "-e", program], capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout)

    assert answer["statusCode"] == 404
    assert ("form", {"action": "/lacak"}) in Tags(answer["body"]).tags
    assert ("input", {"id": "number", "name": "number"}) in Tags(answer["body"]).tags


def test_the_policy_allows_nothing_inline_and_no_other_origin() -> None:
    sources = {source for listed in POLICY.values() for source in listed}

    assert POLICY["default-src"] == ["'none'"]
    assert sources <= {"'self'", "'none'", "blob:", "data:"}
    assert ["'self'"] == POLICY["script-src"] == POLICY["style-src"]


@pytest.mark.parametrize("language", strings.LANGUAGES)
def test_the_service_worker_keeps_what_is_there_and_little_of_it(site: Path, language: str) -> None:
    worker = (site / "sw.js").read_text()
    shell = json.loads(re.search(r"const SHELL = (\{.*?\});", worker)[1])  # type: ignore[index]
    kept = [*shell["common"], *shell[language]]
    files = [site / (path.lstrip("/") if "." in path else f"{path.lstrip('/')}.html") for path in kept]

    assert [path for path in files if not path.exists()] == []
    assert "tanpa-sambungan" in shell[language][0]
    assert [path.name for path in files if path.name.startswith(("privacy.", "small_map", "leaflet"))] == []
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) <= 100 * 1024
