"""Builds the static site: `python -m web.build [--out build/site]`.

One HTML file per page and language: `/` is `index.html`, `/lapor` is `lapor.html`, `/en/lapor` is `en/lapor.html`.
Whoever serves the folder (the local front door, CloudFront's function) maps a path to a file in two steps: take off a
trailing slash, then add `.html` when the last part has no dot (the empty path is `index`, `/en` is `en`). What is not
there is answered with `404.html` and status 404. `/assets/…` may be cached for ever, everything else not at all.
The headers of every answer are in `infra/site_headers.json`. `x.br` and `x.gz` beside a file are the same, compressed,
for the local front door; CloudFront compresses by itself and gets none."""

import argparse
import hashlib
import json
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from web import strings, vendor
from web.assets import Assets
from web.join import join_modules, join_styles
from web.modules import Graph

ROOT = Path(__file__).parent.parent
WEB = ROOT / "web"
AREAS = ROOT / "chalicelib" / "data" / "areas.json"  # written by `python -m tools areas import`; the city brings it


@dataclass(frozen=True, slots=True)
class Page:
    """`path` is the address without its slash, `script` the module it runs, `scopes` the strings that module uses."""

    name: str
    path: str
    script: str | None = None
    scopes: tuple[str, ...] = ("common",)
    style: str = "citizen.css"
    public: bool = True


# What gains by compression; the edge compresses the same types.
COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".txt", ".xml", ".webmanifest")
CASE = ("common", "status", "public", "icon", "action", "reason", "case", "photo")
CONSOLE = (*CASE, "act", "console", "place", "problem", "told")
PAGES = (
    Page("home", "index", "home.js", ("common", "track")),
    Page("form", "lapor", "form/form.js", ("common", "form", "photo", "place", "problem", "status", "icon")),
    Page("track", "lacak", "track.js", (*CASE, "reporter", "track")),
    Page("map", "peta", "public_map.js", ("common", "map", "place", "status", "icon")),
    Page("statistics", "statistik", "statistics.js", ("common", "statistics")),
    Page("console", "konsol", "console/console.js", CONSOLE, "console.css", False),
    Page("about", "tentang"),
    Page("privacy", "privasi"),
    Page("missing", "404", public=False),
)


def build(out: Path) -> None:
    """Writes the whole site into a fresh folder beside `out`, then puts it in its place."""
    fresh = out.with_name(out.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    assets = Assets(fresh)
    modules = _assets(assets)
    for language in strings.LANGUAGES:
        _pages(fresh, assets, modules, language)
    _plain_files(fresh)
    _service_worker(fresh, assets, modules)
    vendor.run(WEB / "compress.mjs", str(fresh), *COMPRESSED)
    _put_in_place(fresh, out)


def _assets(assets: Assets) -> Graph:
    """Adds what the pages load; the joined modules with their imports are the answer."""
    for path in sorted((WEB / "static" / "img").iterdir()):
        assets.add(path.name, path.read_bytes())
    assets.add("vendor/leaflet.js", (vendor.packages() / "leaflet" / "dist" / "leaflet.js").read_bytes())
    assets.add_text("lifecycle.json", json.dumps(strings.lifecycle()["actions"], separators=(",", ":")))
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for path in sorted(_styles(work).glob("*.css")):
            assets.add_text(path.name, path.read_text())
        modules = Graph(join_modules(WEB / "static" / "js", work, [page.script for page in PAGES if page.script]))
    assets.add_modules(modules)
    return modules


def _styles(work: Path) -> Path:
    leaflet = (vendor.packages() / "leaflet" / "dist" / "leaflet.css").read_text()
    names = sorted({page.style for page in PAGES})
    source = work / "css"
    shutil.copytree(WEB / "static" / "css", source)
    (source / "leaflet.css").write_text(_without_pictures(leaflet))
    return join_styles(source, work, [*names, "leaflet.css"])


def _without_pictures(css: str) -> str:
    """Leaflet's own marker and layer pictures are not used: pins are drawn with our own styles."""
    return re.sub(r"[^{}]+{[^{}]*url\([^{}]*}", "", css)


def _pages(out: Path, assets: Assets, modules: Graph, language: str) -> None:
    words = strings.load(language)
    environment = Environment(
        loader=FileSystemLoader(WEB / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.globals |= {"t": lambda key, **values: words[key].format(**values), "lang": language}
    for page in PAGES:
        html = environment.get_template(f"{page.name}.html").render(_context(page, language, words, assets, modules))
        path = out / _file(page, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(assets.point(html))


def _context(page: Page, language: str, words: dict[str, str], assets: Assets, modules: Graph) -> dict[str, Any]:
    texts = json.dumps(strings.subset(words, page.scopes), ensure_ascii=False, separators=(",", ":"))
    return {
        "page": page,
        "strings": assets.add(f"strings/{page.name}.{language}.json", texts.encode()) if page.script else "",
        "modules": [assets.addresses[name] for name in _loaded_with(page, modules)],
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
    (out / "licences.txt").write_text(vendor.licences())
    (out / "robots.txt").write_text("User-agent: *\nDisallow: /konsol\nDisallow: /api/\n")


def _loaded_with(page: Page, modules: Graph) -> list[str]:
    return modules.loaded_with(page.script)[1:] if page.script else []


OFFLINE = ("form", "track")  # pages that stay usable without a network


def _service_worker(out: Path, assets: Assets, modules: Graph) -> None:
    """`/sw.js`: with the addresses of what it keeps, named after their content."""
    pages = [page for page in PAGES if page.name in OFFLINE]
    shell = [address(page, language) for page in pages for language in strings.LANGUAGES]
    shell += [assets.addresses[name] for name in _kept(pages, modules)]
    content = "".join((out / _file(page, language)).read_text() for page in pages for language in strings.LANGUAGES)
    edition = hashlib.sha256((content + "".join(shell)).encode()).hexdigest()[:10]
    text = (WEB / "static" / "service_worker.js").read_text()
    text = text.replace("const SHELL = [];", f"const SHELL = {json.dumps(shell)};")
    (out / "sw.js").write_text(text.replace('const EDITION = "";', f'const EDITION = "tanggap-{edition}";'))


def _kept(pages: list[Page], modules: Graph) -> list[str]:
    """Names of the assets that these pages need at any time. Leaflet is heavy, and not needed to choose a kelurahan."""
    words = [f"strings/{page.name}.{language}.json" for page in pages for language in strings.LANGUAGES]
    scripts = modules.wanted_by([page.script for page in pages if page.script])
    return [*words, "shared.js", *scripts, *sorted({page.style for page in pages}), "icons.svg", "logo.svg"]


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
