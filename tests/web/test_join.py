"""Modules are joined: few files for a page, one of everybody's, nothing twice in one page."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from web import vendor
from web.assets import Assets
from web.build import WEB
from web.join import join_modules, shared_by, standing_apart
from web.modules import IMPORT, Graph, resolve
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
        path.write_text(path.read_text().replace("/assets/", f"{folder.as_uri()}/"))
    return subprocess.run(
        [vendor.program("node"), folder / module], capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_page_comes_in_two_files_besides_the_shared_one(joined: Graph, script: str) -> None:
    assert len(set(joined.loaded_with(script)) - {"shared.js"}) <= 2


@pytest.mark.parametrize("script", SCRIPTS)
def test_what_a_page_fetches_later_comes_in_few_files(joined: Graph, script: str) -> None:
    at_once = set(joined.loaded_with(script))

    assert [name for name in joined.imported_later([script]) if len(set(joined.loaded_with(name)) - at_once) > 5] == []


def test_what_four_pages_load_is_shared_and_the_shared_need_nothing_else() -> None:
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


def test_what_stands_apart_is_one_file_for_all_pages(joined: Graph) -> None:
    """The privacy check is wanted by the form, the tracking page and the console."""
    assert "privacy.js" in joined.texts
    assert [name for name in joined.texts if "privacy" in name] == ["privacy.js"]


def test_what_shares_a_module_with_a_page_does_not_stand_apart(tmp_path: Path) -> None:
    source = written(
        tmp_path / "source",
        a='import "./held.js"; import("./holder.js"); import("./alone.js");',
        held="export const held = [];",
        holder='import { held } from "./held.js"; held.push(1);',
        alone="export const alone = 1;",
    )

    assert standing_apart(Graph(source), ["a.js"], []) == ["alone.js"]


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

    assert "a.js" in Graph(out).in_order()[-1]
    assert ran(out, "a.js") == "hint,map,words"


def test_an_import_of_what_is_not_there_ends_the_build(tmp_path: Path) -> None:
    source = written(tmp_path / "source", a='import { nothing } from "./b.js"; nothing();', b="export const b = 1;")

    with pytest.raises(SystemExit, match="nothing"):
        join_modules(source, tmp_path / "work", ["a.js"])


def test_a_circle_of_imports_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="circle"):
        Graph(written(tmp_path / "source", a='import "./b.js";\n', b='import "./a.js";\n')).in_order()


CIRCLE = {
    "a": 'export const a = 1; export const later = () => import("./b.js");',
    "b": 'import { a } from "./a.js"; import { c } from "./c.js"; export const b = a + c;',
    "c": "export const c = 1;",
    "d": 'import "./a.js";',
}


def test_a_circle_that_a_later_import_closes_is_a_group_in_its_place(tmp_path: Path) -> None:
    assert Graph(written(tmp_path / "source", **CIRCLE)).in_order() == [["c.js"], ["a.js", "b.js"], ["d.js"]]


@pytest.mark.parametrize(
    ("changed", "renamed"),
    [("a", {"a.js", "b.js", "d.js"}), ("b", {"a.js", "b.js", "d.js"}), ("c", set(CIRCLE)), ("d", {"d.js"})],
)
def test_what_changes_gets_another_address_and_so_does_all_that_imports_it(
    tmp_path: Path, changed: str, renamed: set[str]
) -> None:
    def addresses(folder: Path, modules: dict[str, str]) -> dict[str, str]:
        assets = Assets(folder / "out")
        assets.add_modules(Graph(written(folder, **modules)))
        named = {found[2] for path in (folder / "out").rglob("*.js") for found in IMPORT.findall(path.read_text())}
        assert named <= set(assets.addresses.values())
        return assets.addresses

    before = addresses(tmp_path / "before", CIRCLE)
    after = addresses(tmp_path / "after", {**CIRCLE, changed: f"{CIRCLE[changed]} // changed"})

    assert {name for name in before if before[name] != after[name]} == {f"{n.removesuffix('.js')}.js" for n in renamed}


def test_our_own_modules_hold_no_circle() -> None:
    assert sum(map(len, SOURCES.in_order())) == len(SOURCES.texts)


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
