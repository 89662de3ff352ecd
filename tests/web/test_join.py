"""Modules are joined: few files for a page, one of everybody's, nothing twice in one page."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from web import vendor
from web.build import WEB
from web.join import SHARED, join_modules, shared_by
from web.modules import Graph, resolve
from web.pages import PAGES

SOURCES = Graph(WEB / "static" / "js")
SCRIPTS = [page.script for page in PAGES if page.script]
PREACT = re.compile(r"""\bfrom\s*["'](?:preact|htm)""")


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return Graph(join_modules(SOURCES.folder, tmp_path_factory.mktemp("join"), SCRIPTS))


def written(folder: Path, **modules: str) -> Path:
    """`a="…"` is the module a.js."""
    folder.mkdir()
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text)
    return folder


def ran(folder: Path, module: str) -> str:
    """What a module prints; `/assets/…` are its neighbours."""
    for path in folder.rglob("*.js"):
        path.write_text(path.read_text().replace(SHARED, (folder / "shared.js").as_uri()))
    return subprocess.run(
        [vendor.program("node"), folder / module], capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_page_comes_in_two_files_besides_the_shared_one(joined: Graph, script: str) -> None:
    assert len(joined.loaded_with(script)) <= 2


@pytest.mark.parametrize("script", SCRIPTS)
def test_what_a_page_fetches_later_comes_in_few_files(joined: Graph, script: str) -> None:
    at_once = set(joined.loaded_with(script))

    assert [name for name in joined.imported_later([script]) if len(set(joined.loaded_with(name)) - at_once) > 4] == []


def test_what_three_pages_load_is_shared_and_the_shared_need_nothing_else() -> None:
    shared = shared_by(SOURCES, SCRIPTS)

    assert {"view.js", "texts.js", "api.js"} <= set(shared)
    assert {needed for name in shared for needed in SOURCES.static[name]} <= set(shared)


def test_one_module_borrows_the_library_so_that_no_page_has_two() -> None:
    assert [name for name, text in SOURCES.texts.items() if PREACT.search(text)] == ["view.js"]


def test_a_shared_module_is_the_same_one_for_all_who_import_it(tmp_path: Path) -> None:
    source = written(
        tmp_path / "source",
        kept="export const list = []; export const add = (one) => list.push(one);",
        other="export const add = () => 'the other';",
        b='import { add } from "./kept.js"; add("b");',
        c='import { add } from "./kept.js"; import * as other from "./other.js"; add(other.add());',
        l='import * as kept from "./kept.js"; kept.add("l"); console.log(JSON.stringify(kept.list));',
        a='import "./other.js"; import { add } from "./kept.js"; add("a"); await import("./b.js"); import("./l.js");',
        d='import "./other.js"; import "./kept.js";',
    )

    out = join_modules(source, tmp_path / "work", ["a.js", "c.js", "d.js"])

    assert json.loads(ran(out, "a.js")) == ["a", "b", "l"]


def test_what_fetches_another_module_later_is_not_imported_by_what_a_page_fetches(tmp_path: Path) -> None:
    source = written(
        tmp_path / "source",
        base="export const list = []; export const add = (one) => list.push(one);",
        hint='import { add } from "./base.js"; add("hint"); export const look = () => import("./words.js");',
        words='import { add, list } from "./base.js"; add("words"); export const seen = list;',
        map='import { add } from "./base.js"; add("map");',
        a='import { look } from "./hint.js"; await import("./map.js"); look().then((w) => console.log(`${w.seen}`));',
    )

    out = join_modules(source, tmp_path / "work", ["a.js"])

    assert Graph(out).in_order()[-1] == "a.js"
    assert ran(out, "a.js") == "hint,map,words"


def test_an_import_of_what_is_not_there_ends_the_build(tmp_path: Path) -> None:
    source = written(tmp_path / "source", a='import { nothing } from "./b.js"; nothing();', b="export const b = 1;")

    with pytest.raises(SystemExit, match="nothing"):
        join_modules(source, tmp_path / "work", ["a.js"])


def test_a_circle_of_imports_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="circle"):
        Graph(written(tmp_path / "source", a='import "./b.js";\n', b='import "./a.js";\n')).in_order()


def test_our_own_modules_hold_no_circle() -> None:
    assert len(SOURCES.in_order()) == len(SOURCES.texts)


def test_a_relative_name_is_resolved_from_its_folder() -> None:
    assert resolve("form/place.js", "../map.js") == "map.js"
    assert resolve("home.js", "./view.js") == "view.js"


def test_what_a_page_fetches_later_may_need_what_the_page_loads_at_once(tmp_path: Path) -> None:
    source = written(
        tmp_path / "source",
        a='import { hint } from "./hint.js"; import { plain } from "./plain.js"; console.log(await hint(plain("a")));',
        hint='export const hint = async (text) => (await import("./look.js")).look(text);',
        look='import { plain } from "./plain.js"; export const look = (text) => plain(text) + "!";',
        plain="export const plain = (text) => `<${text}>`;",
    )

    out = join_modules(source, tmp_path / "work", ["a.js"])

    assert Graph(out).in_order()
    assert ran(out, "a.js") == "<<a>>!"
