"""Builds the static site: `python -m web.build [--out build/site] [--site-url https://…]`.

One HTML file per page and language: `/` is `index.html`, `/lapor` is `lapor.html`, `/en/lapor` is `en/lapor.html`. The
server of the folder (the local front door, CloudFront's function) maps a path to a file in two steps. It takes off a
trailing slash, then adds `.html` if the last part has no dot. The empty path is `index`, and `/en` is `en`. What is not
there is answered with `404.html` and status 404. `/assets/…` may be cached for ever, everything else not at all. The
headers of every answer are in `infra/site_headers.json`. `x.br` and `x.gz` beside a file are the same, compressed, for
the local front door; CloudFront compresses by itself and gets none."""

import argparse
import hashlib
import json
import os
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from web import discovery, map_tiles, strings, vendor
from web.assets import Assets
from web.map_tiles import NO_TILES, MapTiles, MapTilesError
from web.modules import Graph
from web.pages import OFFLINE, PAGES, Page, address
from web.prepare import prepare

ROOT = Path(__file__).parent.parent
WEB = ROOT / "web"
AREAS = ROOT / "chalicelib" / "data" / "areas.json"  # written by `python -m tools areas import`; the city brings it
LOCAL_URL = "http://127.0.0.1:8080"
# What gains by compression; the edge compresses the same types.
COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".txt", ".xml", ".webmanifest")
# What people report most, and the categories that the city has for it; the first is taken unless a finer one is chosen.
TILES: list[dict[str, Any]] = json.loads((WEB / "tiles.json").read_text())


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """Where the site will stand. `url` has no slash at its end. `contact` is an address (https: or mailto:) for people
    who report a vulnerability. `today` is the day from which security.txt counts, and `tiles` are the city's own map
    pictures."""

    url: str
    today: date
    contact: str = ""
    tiles: MapTiles = NO_TILES


def build(out: Path, settings: BuildSettings) -> None:
    """Writes the whole site into a fresh folder beside `out`, then puts it in its place."""
    fresh = out.with_name(out.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    assets = Assets(fresh)
    modules = prepare(assets)
    maps = _maps(fresh, assets, settings.tiles)
    for language in strings.LANGUAGES:
        _Pages(settings, assets, modules, language, maps).write(fresh)
    _plain_files(fresh, settings)
    _service_worker(fresh, assets, modules)
    vendor.run(WEB / "compress.mjs", str(fresh), *COMPRESSED)
    _put_in_place(fresh, out)


def _maps(out: Path, assets: Assets, tiles: MapTiles) -> dict[str, str] | None:
    """What the pages must know to show the city's own map pictures; None where there are none. What reads an archive
    comes with the site only then."""
    if tiles.kind == "none":
        return None
    address = map_tiles.ship(tiles.file, out) if tiles.file else tiles.address
    known = {"kind": tiles.kind, "address": address, "attribution": tiles.credit}
    if tiles.kind == "raster":
        return known
    scripts = (("reader", "pmtiles"), ("painter", "protomaps-leaflet"))
    return known | {role: _borrowed(assets, package) for role, package in scripts}


def _borrowed(assets: Assets, package: str) -> str:
    return assets.add(f"vendor/{package}.js", (vendor.packages() / package / "dist" / f"{package}.js").read_bytes())


class _Pages:
    """All pages in one language."""

    def __init__(
        self, settings: BuildSettings, assets: Assets, modules: Graph, language: str, maps: dict[str, str] | None
    ) -> None:
        self._maps = maps
        self._settings = settings
        self._assets = assets
        self._modules = modules
        self._language = language
        self._words = strings.load(language)
        self._manifest = assets.add(f"site.{language}.webmanifest", self._manifest_text().encode())

    def write(self, out: Path) -> None:
        environment = Environment(
            loader=FileSystemLoader(WEB / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals |= self._everywhere()
        environment.filters["tight"] = lambda html: Markup(re.sub(r">\s+<", "><", html.strip()))
        for page in PAGES:
            html = environment.get_template(f"{page.name}.html").render(self._context(page))
            path = out / file_of(page, self._language)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self._assets.point(html))

    def _everywhere(self) -> dict[str, Any]:
        prefix = "" if self._language == "id" else "/en"
        return {
            "t": lambda key, **values: self._words[key].format(**values),
            "lang": self._language,
            "link": lambda path: f"{prefix}{path}".rstrip("/") or "/",
            "manifest": self._manifest,
            "maps": self._maps,
            "site_url": self._settings.url,
            "statuses": list(strings.lifecycle()["statuses"]),
            "tiles": TILES,
        }

    def _context(self, page: Page) -> dict[str, Any]:
        loaded = self._modules.loaded_with(page.script)[1:] if page.script else []
        return {
            "page": page,
            "strings": self._strings(page.name, page.scopes) if page.script else "",
            "later": self._strings(f"{page.name}_later", page.later) if page.later else "",
            "modules": [self._assets.addresses[module] for module in loaded],
            "address": {code: address(page, code) for code in strings.LANGUAGES},
        }

    def _strings(self, name: str, scopes: tuple[str, ...]) -> str:
        """The address of a file of words."""
        texts = json.dumps(strings.subset(self._words, scopes), ensure_ascii=False, separators=(",", ":"))
        return self._assets.add(f"strings/{name}.{self._language}.json", texts.encode())

    def _manifest_text(self) -> str:
        links = {page.name: address(page, self._language) for page in PAGES}
        return discovery.manifest(self._language, self._words, links, self._assets.addresses)


def file_of(page: Page, language: str) -> str:
    """The page's file below the site's folder."""
    return f"{address(page, language).strip('/') or 'index'}.html"


def _plain_files(out: Path, settings: BuildSettings) -> None:
    """`/sisip.js` is what other sites name. `/areas.json` is always there: outlines of the kelurahan, or `null`
    where the city brought no boundary file."""
    public = [{code: address(page, code) for code in strings.LANGUAGES} for page in PAGES if page.public]
    contact = settings.contact or f"{settings.url}/bantuan#keamanan"
    (out / "areas.json").write_bytes(AREAS.read_bytes() if AREAS.exists() else b"null")
    shutil.copyfile(WEB / "static" / "embed.js", out / "sisip.js")
    (out / "licences.txt").write_text(vendor.licences())
    (out / "robots.txt").write_text(discovery.robots(settings.url))
    (out / "sitemap.xml").write_text(discovery.sitemap(settings.url, public))
    (out / ".well-known").mkdir()
    (out / ".well-known" / "security.txt").write_text(discovery.security(settings.url, contact, settings.today))


def _service_worker(out: Path, assets: Assets, modules: Graph) -> None:
    """`/sw.js`: with the addresses of what it keeps, named after their content. The offline page stands first."""
    pages = sorted((page for page in PAGES if page.name in OFFLINE), key=lambda page: page.name != "offline")
    shell = {"common": [assets.addresses[name] for name in _kept(pages, modules)]}
    for language in strings.LANGUAGES:
        words = [assets.addresses[f"strings/{page.name}.{language}.json"] for page in pages]
        shell[language] = [*(address(page, language) for page in pages), *words]
    content = "".join((out / file_of(page, language)).read_text() for page in pages for language in strings.LANGUAGES)
    edition = hashlib.sha256((content + json.dumps(shell)).encode()).hexdigest()[:10]
    text = (WEB / "static" / "service_worker.js").read_text()
    text = text.replace("const SHELL = { common: [], id: [], en: [] };", f"const SHELL = {json.dumps(shell)};")
    (out / "sw.js").write_text(text.replace('const EDITION = "";', f'const EDITION = "tanggap-{edition}";'))


# Modules that an offline visitor does without, by how their files' names begin; kept once used. Leaflet is heavy, and
# not needed to choose a kelurahan and a kind of problem; the privacy check only hints; a report is only read with a
# network.
LEFT_OUT = ("part/small_map-", "part/work_parts-", "part/link_draft-", "case/compare.js", "usual.js", "privacy.js")


def _kept(pages: list[Page], modules: Graph) -> list[str]:
    """Names of the assets that these pages need at any time and in any language, without what is left out."""
    scripts = modules.wanted_by([page.script for page in pages if page.script])
    if strange := [left for left in LEFT_OUT if not any(name.startswith(left) for name in scripts)]:
        raise SystemExit(f"The service worker is to leave out {', '.join(strange)}, which no page that it keeps wants")
    return [
        *(f"{name}.json" for name in ("area_names", "dangers", "language", "atlas")),
        *(name for name in scripts if not name.startswith(LEFT_OUT)),
        *sorted({page.style for page in pages}),
        "first.js",
        "icons.svg",
        "logo.svg",
    ]


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
    parser.add_argument("--site-url", default=os.environ.get("SITE_URL") or LOCAL_URL, help="or SITE_URL")
    parser.add_argument(
        "--security-contact", default=os.environ.get("SECURITY_CONTACT", ""), help="or SECURITY_CONTACT"
    )
    options = parser.parse_args()
    today = datetime.now(UTC).date()
    try:
        tiles = map_tiles.from_environment()
    except MapTilesError as error:
        raise SystemExit(str(error)) from error
    build(options.out, BuildSettings(options.site_url.rstrip("/"), today, options.security_contact, tiles))


if __name__ == "__main__":
    main()
