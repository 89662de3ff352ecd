"""What the build promises: every page twice, nothing inline, every address there, names that follow the content."""

import gzip
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from web import strings
from web.assets import Assets, resolve
from web.build import PAGES, ROOT, address, build

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

    assert [address for address in sorted(named) if not (site / address.lstrip("/")).is_file()] == []


def test_every_link_of_a_page_leads_to_a_page(pages: dict[str, str]) -> None:
    known = {"/" + name.removesuffix(".html").removesuffix("index") for name in pages} | {"/en"}
    links = [a["href"] or "" for html in pages.values() for tag, a in Tags(html).tags if tag == "a"]

    inside = {re.split("[?#]", href)[0] for href in links if href.startswith("/")}

    assert inside - known == set()


def test_an_asset_is_named_after_its_content(site: Path) -> None:
    for path in (site / "assets").rglob("*.*"):
        digest = path.name.split(".")[-2]
        assert hashlib.sha256(path.read_bytes()).hexdigest().startswith(digest), path


def test_two_builds_give_the_same_site(site: Path, tmp_path: Path) -> None:
    build(tmp_path / "again")

    def content(folder: Path) -> dict[str, bytes]:
        return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}

    assert content(site) == content(tmp_path / "again")


def test_no_module_names_another_origin(site: Path) -> None:
    """The borrowed libraries name their homes in comments and namespaces; the browser tests watch the requests."""
    own = [path for path in (site / "assets").rglob("*.js") if "vendor" not in path.parts]
    foreign = {m for path in own for m in re.findall(r"https?://[\w.-]+", path.read_text())}

    assert foreign - {"https://www.google.com", "https://www.openstreetmap.org"} == set()  # links that an officer opens


def test_comments_go_and_code_stays(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(
        '// Why.\n\nexport const a = 1; // kept: it ends a line of code\n/** Said. */\nlet b = "//";\n'
    )
    assets = Assets(tmp_path / "out")

    assets.add_modules(tmp_path)

    written = (tmp_path / "out" / assets.addresses["a.js"].lstrip("/")).read_text()
    assert written == '\nexport const a = 1; // kept: it ends a line of code\nlet b = "//";\n'


def test_a_circle_of_imports_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('import "./b.js";\n')
    (tmp_path / "b.js").write_text('import "./a.js";\n')

    with pytest.raises(SystemExit, match="circle"):
        Assets(tmp_path / "out").add_modules(tmp_path)


def test_an_unknown_asset_ends_the_build(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        Assets(tmp_path).point("/assets/nothing.css")


def test_a_relative_name_is_resolved_from_its_folder() -> None:
    assert resolve("form/place.js", "../map.js") == "map.js"
    assert resolve("home.js", "./view.js") == "view.js"


def test_the_edge_answers_exactly_the_pages_that_are_built() -> None:
    source = (ROOT / "infra" / "rewrite.js").read_text()
    listed = set(
        json.loads("[" + re.sub(r",\s*$", "", re.search(r"PAGES = \[(.*?)\]", source, re.DOTALL)[1].strip()) + "]")
    )  # type: ignore[index]

    assert {address(page, lang).rstrip("/") for page in PAGES for lang in strings.LANGUAGES} == listed


def test_the_policy_allows_nothing_inline_and_no_other_origin() -> None:
    sources = {source for listed in POLICY.values() for source in listed}

    assert POLICY["default-src"] == ["'none'"]
    assert sources <= {"'self'", "'none'", "blob:", "data:"}
    assert ["'self'"] == POLICY["script-src"] == POLICY["style-src"]


def test_the_service_worker_keeps_what_is_there_and_little_of_it(site: Path) -> None:
    worker = (site / "sw.js").read_text()
    shell = json.loads(re.search(r"const SHELL = (\[.*?\]);", worker)[1])  # type: ignore[index]
    files = [site / (path.lstrip("/") if "." in path else f"{path.lstrip('/')}.html") for path in shell]

    assert [path for path in files if not path.exists()] == []
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) <= 100 * 1024
