"""The words: the same in both languages, all of them used, none missing."""

import json
import re
from pathlib import Path

import pytest

from chalicelib.application.messages.reasons import REASONS
from chalicelib.application.ports.messages import SETTLED
from chalicelib.domain.case import channel_limits
from chalicelib.domain.case.parts import PART_STATES
from chalicelib.domain.labels import STATUS
from chalicelib.domain.lifecycle import ROWS
from chalicelib.domain.messages import PART_IS_LATE
from chalicelib.domain.reasons import LEGAL_GROUNDS, OUTCOMES
from chalicelib.domain.ways import WAYS
from web import strings
from web.build import WEB
from web.pages import PAGES
from web.strings import LETTERS

COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*.*?\*/)[ \t]*\n", re.MULTILINE | re.DOTALL)
PLACEHOLDER = re.compile(r"\{(\w+)\}")
WHOLE = re.compile(r"""["']([a-z]+\.[a-z0-9_]*[a-z0-9])["']""")
BEGUN = re.compile(r"""[`"]([a-z]+\.[a-z0-9_]*)(?:\$\{|"\s*[~+%]|%d)""")
ID, EN = (strings.load(language) for language in strings.LANGUAGES)
SCRIPTS = sorted((WEB / "static" / "js").rglob("*.js"))
SOURCES = [*SCRIPTS, *sorted((WEB / "templates").rglob("*.html"))]
FILES = re.compile(r"\.(?:js|css|json|html|svg|webmanifest)$")


def _used(path: Path) -> set[str]:
    text = COMMENT.sub("", path.read_text())
    scopes = {key.partition(".")[0] for key in ID}
    return {key for key in WHOLE.findall(text) if key.partition(".")[0] in scopes and not FILES.search(key)}


def _begun() -> set[str]:
    """Beginnings of keys that are put together: `status.${code}`."""
    return {start for path in SOURCES for start in BEGUN.findall(path.read_text())}


def test_both_languages_have_the_same_keys() -> None:
    assert ID.keys() == EN.keys()


@pytest.mark.parametrize("key", sorted(ID))
def test_both_languages_fill_the_same_places(key: str) -> None:
    assert set(PLACEHOLDER.findall(ID[key])) == set(PLACEHOLDER.findall(EN[key]))
    assert ID[key].strip()
    assert EN[key].strip()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(WEB)))
def test_every_word_that_a_source_names_is_there(path: Path) -> None:
    assert sorted(_used(path) - ID.keys()) == []


def test_every_word_is_used() -> None:
    used = set().union(*map(_used, SOURCES)) | {f"{page.name}.title" for page in PAGES}
    starts = tuple(_begun())
    spare = {key for key in strings.own("id") if key.removesuffix("_one") not in used and not key.startswith(starts)}

    assert sorted(spare) == []


STATES_OF_NOTICES = {"claimed", "deferred", "postponed", "held", *SETTLED}
NAMES_OF_NOTICES = {*json.loads((LETTERS / "id.json").read_text())["said"], "alert", "reminder"} - STATUS.keys()
NAMES_OF_NOTICES |= {PART_IS_LATE, *(f"limit_{step}" for step in channel_limits.OWED)}
CODES = {  # what the city gives by its code, and the beginning of the key of its word
    "case.did_": [action for action, row in ROWS.items() if row.built],
    "case.ground_": LEGAL_GROUNDS,
    "case.part_": PART_STATES,
    "track.outcome_": OUTCOMES,
    "act.outcome_": OUTCOMES,
    "console.message_": sorted(STATES_OF_NOTICES),
    "console.event_": sorted(NAMES_OF_NOTICES),
    "console.kind_": list(WAYS),
    "console.why_": REASONS,
    "console.limit_": channel_limits.STEPS,
    "console.limit_state_": ("running", "late", "met", "missed"),
    "track.reach_": [way.name for way in WAYS.values() if way.address],
    "console.task_": ["part", "approval", "look", "message"],
}


@pytest.mark.parametrize(("start", "code"), [(start, code) for start, codes in CODES.items() for code in codes])
def test_what_the_city_gives_by_a_code_is_shown_by_a_word(start: str, code: str) -> None:
    assert f"{start}{code}" in ID


@pytest.mark.parametrize("page", [page for page in PAGES if page.script], ids=lambda page: page.name)
def test_a_page_carries_the_words_of_all_its_modules(page) -> None:
    carried = strings.subset(ID, (*page.scopes, *page.later))
    needed = set().union(*(_used(path) for path in _modules(page.script)))

    assert sorted(needed - carried.keys()) == []


def _modules(script: str) -> set[Path]:
    """The script and everything that it imports, at once or later."""
    root, found, waiting = WEB / "static" / "js", set(), [script]
    while waiting:
        path = (root / waiting.pop()).resolve()
        if path not in found:
            found.add(path)
            waiting += [
                str(path.parent / name) for name in re.findall(r"""["'](\.{1,2}/[^"']+\.js)["']""", path.read_text())
            ]
    return found


def test_a_key_in_two_files_ends_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "i18n" / "id"
    folder.mkdir(parents=True)
    for name in ("a.json", "b.json"):
        (folder / name).write_text(json.dumps({"common.same": "Sama"}))
    monkeypatch.setattr(strings, "WEB", tmp_path)

    with pytest.raises(SystemExit, match=r"common\.same"):
        strings.own("id")


def test_every_tile_names_known_categories_and_symbols() -> None:
    from chalicelib.data import reference

    tiles = json.loads((WEB / "tiles.json").read_text())
    symbols = (WEB / "static" / "img" / "icons.svg").read_text()

    assert {code for tile in tiles for code in tile["categories"]} <= reference().categories.keys()
    assert all(f'id="{tile["icon"]}"' in symbols for tile in tiles)
    assert all(f'id="{row["icon"]}"' in symbols for row in strings.lifecycle()["statuses"].values())
