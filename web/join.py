"""Joins the pages' modules, so that a page comes in a handful of files: esbuild bundles, splits and minifies them.

Modules that four pages or more load at once become one file, `/assets/shared.js`, that a visitor gets once. What is
imported later and has modules of its own only (a search, a check) is one file for all pages too. The rest of a page is
one file of its own, and what it imports later stays apart. Style sheets are joined by their `@import`s."""

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

from web import vendor
from web.modules import IMPORT, Graph, resolve

COMMON = 4  # pages that load a module at once: from here on it is everybody's, also of who never needs it
SHARED = "/assets/shared.js"
OPTIONS = (
    "--bundle",
    "--splitting",
    "--minify",
    "--format=esm",
    "--target=es2022",
    "--charset=utf8",
    "--legal-comments=none",  # the site has licences.txt
    "--external:/assets/*",
    "--chunk-names=part/[name]-[hash]",
    "--outbase=.",
    "--log-level=warning",
)


def join_modules(source: Path, work: Path, pages: list[str]) -> Path:
    """The joined modules of `pages` (names below `source`), in a folder below `work`; `shared.js` among them."""
    js, out = work / "js", work / "joined"
    shutil.copytree(source, js)
    graph = Graph(js)
    shared = shared_by(graph, pages)
    apart = standing_apart(graph, pages, shared)
    _join_shared(js, out, shared)
    if apart:
        _esbuild(js, out, apart)
        _import_as_assets(js, apart)
    for page in pages:
        _join_page(js, out, page, shared)
    return out


def shared_by(graph: Graph, pages: list[str]) -> list[str]:
    """Modules that are worth a file in common. What one of them imports at once is among them."""
    loads = Counter(name for page in pages for name in graph.loaded_with(page))
    return sorted(name for name, times in loads.items() if times >= COMMON)


def standing_apart(graph: Graph, pages: list[str], shared: list[str]) -> list[str]:
    """Modules that are imported later, and that nobody else shares a module with: no page would hold one twice."""
    found = []
    for name in sorted(graph.imported_later(pages) - set(shared)):
        own = set(graph.loaded_with(name)) - set(shared)
        if not own & set(graph.wanted_by(pages, without=name)) and not graph.imported_later([name]):
            found.append(name)
    return found


def _import_as_assets(js: Path, names: list[str]) -> None:
    """Whoever imports one of these later imports the file that it has become."""
    for name, text in Graph(js).texts.items():

        def address(found: re.Match[str], name: str = name) -> str:
            imported = resolve(name, found[3])
            return f'{found[1]}"/assets/{imported}"' if imported in names else found[0]

        (js / name).write_text(IMPORT.sub(address, text))


def _join_shared(js: Path, out: Path, shared: list[str]) -> None:
    """Under names that no two modules share; in each module's place comes one that has its names from there."""
    names = _exports(js, shared)
    given = {module: [(name, f"{name}_{index}") for name in names[module]] for index, module in enumerate(shared)}
    lines = [f"export {{ {', '.join(f'{a} as {b}' for a, b in pairs)} }} from './{m}';\n" for m, pairs in given.items()]
    (js / "shared.js").write_text("".join(lines))
    _esbuild(js, out, ["shared.js"])
    for module, pairs in given.items():
        (js / module).write_text(f"export {{ {', '.join(f'{b} as {a}' for a, b in pairs)} }} from '{SHARED}';\n")


def _exports(js: Path, modules: list[str]) -> dict[str, list[str]]:
    """What each module exports, as esbuild reads it."""
    report = js.parent / "exports.json"
    _esbuild(js, js.parent / "exports", modules, f"--metafile={report}")
    outputs = json.loads(report.read_text())["outputs"].values()
    return {output["entryPoint"]: output["exports"] for output in outputs if "entryPoint" in output}


def _join_page(js: Path, out: Path, page: str, shared: list[str]) -> None:
    """What the page imports later finds the page's own modules loaded. esbuild keeps together what the same entries
    reach, so every entry is made to reach them, and the names of the shared modules."""
    graph = Graph(js)
    own = [name for name in graph.loaded_with(page)[1:] if name not in shared]
    later = graph.imported_later([page]) - {*own, *shared}
    kept = {name: (js / name).read_text() for name in (page, *later)}
    for name, text in kept.items():
        up = "../" * (len(Path(name).parts) - 1) or "./"
        (js / name).write_text("".join(f'import "{up}{module}";\n' for module in (*shared, *own)) + text)
    _esbuild(js, out, [page])
    for name, text in kept.items():
        (js / name).write_text(text)


def minify(source: Path, work: Path) -> str:
    """A script that stands alone, without its comments."""
    _esbuild(source.parent, work / "alone", [source.name])
    return (work / "alone" / source.name).read_text()


def join_styles(source: Path, work: Path, names: list[str]) -> Path:
    _esbuild(source, work / "styled", names)
    return work / "styled"


def _esbuild(folder: Path, out: Path, entries: list[str], *more: str) -> None:
    program = next((vendor.packages() / "@esbuild").glob("*/bin/esbuild"))  # npm takes the machine's own kind only
    command = [str(program), *entries, *OPTIONS, f"--outdir={out}", *more]
    environment = {**os.environ, "NODE_PATH": str(vendor.packages())}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode or done.stderr:
        raise SystemExit(f"The modules could not be joined.\n{done.stderr.strip()[-4000:]}")
