"""Everything that the pages load, made ready and put among the assets."""

import json
import re
import shutil
import tempfile
from pathlib import Path

from web import atlas, strings, vendor
from web.assets import Assets
from web.join import join_modules, join_styles, minify
from web.modules import Graph
from web.pages import PAGES

STATIC = Path(__file__).parent / "static"
DATA = Path(__file__).parent.parent / "chalicelib" / "data"
TABLES = ("area_names", "dangers", "language", "words")  # what the searches of the pages read


def prepare(assets: Assets) -> Graph:
    """Adds pictures, styles and scripts; the joined modules with their imports are the answer."""
    leaflet = vendor.packages() / "leaflet" / "dist"
    assets.add("vendor/leaflet.js", (leaflet / "leaflet.js").read_bytes())
    assets.add("atlas.json", atlas.atlas().encode())
    for language, names in atlas.kinds().items():
        assets.add(f"kinds.{language}.json", names.encode())
    assets.add_text("lifecycle.json", json.dumps(strings.lifecycle()["actions"], separators=(",", ":")))
    for name in TABLES:
        table = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
        assets.add_text(f"{name}.json", json.dumps(table, ensure_ascii=False, separators=(",", ":")))
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        assets.add_text("first.js", minify(STATIC / "first.js", work))
        _add_pictures(assets, work)
        for path in sorted(_styles(work, leaflet / "leaflet.css").glob("*.css")):
            assets.add_text(path.name, path.read_text())
        scripts = list(dict.fromkeys(page.script for page in PAGES if page.script))
        modules = Graph(join_modules(STATIC / "js", work, scripts))
    assets.add_modules(modules)
    return modules


def _add_pictures(assets: Assets, work: Path) -> None:
    drawn = work / "drawn"
    drawn.mkdir()
    vendor.run(Path(__file__).parent / "draw.mjs", str(STATIC / "img" / "logo.svg"), str(drawn))
    for path in sorted([*(STATIC / "img").iterdir(), *drawn.iterdir()]):
        assets.add(path.name, path.read_bytes())


def _styles(work: Path, leaflet: Path) -> Path:
    names = sorted({page.style for page in PAGES})
    source = work / "css"
    shutil.copytree(STATIC / "css", source)
    (source / "leaflet.css").write_text(_without_pictures(leaflet.read_text()))
    return join_styles(source, work, [*names, "map.css"])


def _without_pictures(css: str) -> str:
    """Leaflet's own marker and layer pictures are not used: pins are drawn with our own styles."""
    return re.sub(r"[^{}]+{[^{}]*url\([^{}]*}", "", css)
