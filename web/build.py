"""Builds the static site: `python -m web.build [--out build/site]`.

One HTML file per page and language: `/` is `index.html`, `/lapor` is `lapor.html`, `/en/lapor` is `en/lapor.html`.
Whoever serves the folder (the local front door, CloudFront's function) maps a path to a file in two steps: take off a
trailing slash, then add `.html` when the last part has no dot (the empty path is `index`, `/en` is `en`). What is not
there is answered with `404.html` and status 404. `/assets/…` may be cached for ever, everything else not at all.
The headers of every answer are in `infra/site_headers.json`."""

import argparse
import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from web import strings
from web.assets import Assets
from web.vendor import vendor

ROOT = Path(__file__).parent.parent
WEB = ROOT / "web"
DATA = ROOT / "chalicelib" / "data"
TABLES = ("area_names", "dangers", "language", "words")  # what the searches of the pages read
AREAS = DATA / "areas.json"  # written by `python -m tools areas import`; the city brings it


@dataclass(frozen=True, slots=True)
class Page:
    """`path` is the address without its slash, `script` the module it runs, `scopes` the strings that module uses."""

    name: str
    path: str
    script: str | None = None
    scopes: tuple[str, ...] = ("common",)
    styles: tuple[str, ...] = ("base.css", "citizen.css")
    public: bool = True


CASE = ("common", "status", "public", "icon", "action", "reason", "case", "photo")
CONSOLE = (*CASE, "act", "console", "place", "problem", "told")
PAGES = (
    Page("home", "index", "home.js", ("common", "track")),
    Page("form", "lapor", "form/form.js", ("common", "form", "photo", "place", "problem", "status", "icon")),
    Page("track", "lacak", "track.js", (*CASE, "reporter", "track")),
    Page("map", "peta", "public_map.js", ("common", "map", "place", "status", "icon")),
    Page("statistics", "statistik", "statistics.js", ("common", "statistics")),
    Page("console", "konsol", "console/console.js", CONSOLE, ("base.css", "console.css"), False),
    Page("about", "tentang"),
    Page("privacy", "privasi"),
    Page("missing", "404", public=False),
)


def build(out: Path) -> None:
    """Writes the whole site into a fresh folder beside `out`, then puts it in its place."""
    fresh = out.with_name(out.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    assets = _assets(fresh)
    for language in strings.LANGUAGES:
        _pages(fresh, assets, language)
    _plain_files(fresh)
    _service_worker(fresh, assets)
    _put_in_place(fresh, out)


def _assets(out: Path) -> Assets:
    assets = Assets(out)
    borrowed = vendor()
    for path in sorted((WEB / "static" / "img").iterdir()):
        assets.add(path.name, path.read_bytes())
    for name in ("leaflet.js", "preact.js"):
        assets.add(f"vendor/{name}", (borrowed / name).read_bytes())
    assets.add("leaflet.css", _without_pictures((borrowed / "leaflet.css").read_text()).encode())
    assets.add_text("lifecycle.json", json.dumps(strings.lifecycle()["actions"], separators=(",", ":")))
    for name in TABLES:
        assets.add_text(f"{name}.json", _small((DATA / f"{name}.json").read_text(encoding="utf-8")))
    for path in sorted((WEB / "static" / "css").glob("*.css")):
        assets.add_text(path.name, path.read_text())
    assets.add_modules(WEB / "static" / "js")
    return assets


def _small(table: str) -> str:
    return json.dumps(json.loads(table), ensure_ascii=False, separators=(",", ":"))


def _without_pictures(css: str) -> str:
    """Leaflet's own marker and layer pictures are not used: pins are drawn with our own styles."""
    return "".join(rule + "}" for rule in css.split("}") if "url(" not in rule.rpartition("{")[2] and rule.strip())


def _pages(out: Path, assets: Assets, language: str) -> None:
    words = strings.load(language)
    environment = Environment(
        loader=FileSystemLoader(WEB / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.globals |= {"t": lambda key, **values: words[key].format(**values), "lang": language}
    for page in PAGES:
        html = environment.get_template(f"{page.name}.html").render(_context(page, language, words, assets))
        path = out / _file(page, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(assets.point(html))


def _context(page: Page, language: str, words: dict[str, str], assets: Assets) -> dict[str, Any]:
    texts = json.dumps(strings.subset(words, page.scopes), ensure_ascii=False, separators=(",", ":"))
    return {
        "page": page,
        "strings": assets.add(f"strings/{page.name}.{language}.json", texts.encode()) if page.script else "",
        "modules": assets.needed_by(page.script) if page.script else [],
        "address": {code: address(page, code) for code in strings.LANGUAGES},
        "link": lambda path: path if language == "id" else f"/en{path}".rstrip("/"),
        "tiles": TILES,
        "statuses": list(strings.lifecycle()["statuses"]),
    }


# What people report most, and the categories that the city has for it; the first is taken unless a finer one is chosen.
TILES: dict[str, Any] = json.loads((WEB / "tiles.json").read_text())


def address(page: Page, language: str) -> str:
    """Where people find the page."""
    path = "" if page.path == "index" else page.path
    return f"/{path}" if language == "id" else f"/en/{path}".rstrip("/")


def _file(page: Page, language: str) -> str:
    return f"{address(page, language).strip('/') or 'index'}.html"


def _plain_files(out: Path) -> None:
    """`/areas.json` is always there: outlines of the kelurahan, or `null` where the city brought no boundary file."""
    (out / "areas.json").write_bytes(AREAS.read_bytes() if AREAS.exists() else b"null")
    (out / "robots.txt").write_text("User-agent: *\nDisallow: /konsol\nDisallow: /api/\n")


OFFLINE = ("form", "track")  # pages that stay usable without a network


def _service_worker(out: Path, assets: Assets) -> None:
    """`/sw.js`: with the addresses of what it keeps, named after their content."""
    pages = [page for page in PAGES if page.name in OFFLINE]
    shell = [address(page, language) for page in pages for language in strings.LANGUAGES]
    shell += [
        assets.addresses[f"strings/{page.name}.{language}.json"] for page in pages for language in strings.LANGUAGES
    ]
    shell += [found for name, found in assets.addresses.items() if _is_of_citizens(name)]
    content = "".join((out / _file(page, language)).read_text() for page in pages for language in strings.LANGUAGES)
    edition = hashlib.sha256((content + "".join(shell)).encode()).hexdigest()[:10]
    text = (WEB / "static" / "service_worker.js").read_text()
    text = text.replace("const SHELL = [];", f"const SHELL = {json.dumps(shell)};")
    (out / "sw.js").write_text(text.replace('const EDITION = "";', f'const EDITION = "tanggap-{edition}";'))


def _is_of_citizens(name: str) -> bool:
    """Leaflet and the word table are heavy, and not needed to choose a kelurahan and a kind of problem; they are kept
    once they were used."""
    heavy = (
        "console",
        "strings/",
        "leaflet",
        "vendor/leaflet",
        "lifecycle",
        "statistics",
        "public_map",
        "home",
        "words",
    )
    return not name.startswith(heavy)


def _put_in_place(fresh: Path, out: Path) -> None:
    former = out.with_name(out.name + ".old")
    shutil.rmtree(former, ignore_errors=True)
    if out.exists():
        out.rename(former)
    fresh.rename(out)
    shutil.rmtree(former, ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "site")
    build(parser.parse_args().out)


if __name__ == "__main__":
    main()
