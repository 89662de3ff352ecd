"""The pages find problems, kelurahan and danger exactly as the city does, from the same tables."""

import csv
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from chalicelib import data
from chalicelib.application.reading.catalogue import catalogue
from chalicelib.domain.place.area_names import find_areas
from chalicelib.domain.text.dangers import danger
from chalicelib.domain.text.suggestions import suggest
from web.build import WEB
from web.prepare import DATA, TABLES

BESIDE = Path(sys.executable).parent / "node"
NODE = shutil.which("node") or (str(BESIDE) if BESIDE.exists() else None)
ASKED = Path(__file__).parents[1] / "data"
PROGRAM = """
import {{ readFileSync }} from "node:fs";
import {{ Language }} from {language};
import {{ Words, suggest }} from {suggest};
import {{ AreaNames, findAreas }} from {find_area};
import {{ Dangers, danger }} from {danger};
const {{ tables, areas, texts, categories }} = JSON.parse(readFileSync(0, "utf8"));
const language = new Language(tables.language);
const words = new Words(tables.words, language, tables.area_names.no_problems.split(";"));
const names = new AreaNames(tables.area_names, language, areas);
const dangers = new Dangers(tables.dangers, language);
console.log(JSON.stringify({{
  whole: texts.described.map((text) => suggest(text, words)),
  typing: texts.typed.map((text) => suggest(text, words, {{ typing: true }})),
  areas: texts.written.map((text) => findAreas(text, names)),
  danger: texts.described.map((text) => danger(text, null, dangers)),
  category: categories.map((code) => danger("", code, dangers)),
}}));
"""
ODD = [
    "",
    "?",
    "Ḱali",
    "sam\u200bpah",
    "İzin",
    "s4mp4h lubang2",
    "jum’at",
    "K 3 kg b3 112",
    "ﬁre 🔥 kebakaran",
    "kel. kec.",
]


def _texts() -> dict[str, list[str]]:
    """What is asked elsewhere, some of it, and the same with letters lost, doubled and swapped."""
    chosen = random.Random(1711)
    described = [row["text"] for name in ("labelled_reports", "danger_texts") for row in _rows(name)]
    asked = {
        "described": described,
        "typed": [row["typed"] for row in _rows("everyday_words")][::2],
        "written": [row["written"] for row in _rows("kelurahan_as_written")] + described[::10],
    }
    return {name: [*texts, *(_typed_wrong(text, chosen) for text in texts), *ODD] for name, texts in asked.items()}


def _rows(name: str) -> list[dict[str, str]]:
    with (ASKED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _typed_wrong(text: str, chosen: random.Random) -> str:
    at = chosen.randrange(max(1, len(text)))
    return chosen.choice(
        [
            text[:at] + text[at + 1 :],
            text[:at] + text[at : at + 1] + text[at:],
            text[:at] + text[at : at + 2][::-1] + text[at + 2 :],
        ]
    )


def _as_the_pages_find(texts: dict[str, list[str]]) -> dict[str, Any]:
    modules = ("language", "suggest", "find_area", "danger")
    program = PROGRAM.format(**{name: json.dumps((WEB / "static" / "js" / f"{name}.js").as_uri()) for name in modules})
    asked = {
        "tables": {name: json.loads((DATA / f"{name}.json").read_text()) for name in TABLES},
        "areas": catalogue(data.reference())["areas"],
        "texts": texts,
        "categories": list(data.reference().categories),
    }
    command = [NODE, "--input-type=module", "-e", program]
    done = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def _plain(found: Sequence[Any]) -> list[dict[str, Any]]:
    return json.loads(json.dumps([asdict(each) for each in found]))


@pytest.fixture(scope="module")
def texts() -> dict[str, list[str]]:
    return _texts()


@pytest.fixture(scope="module")
def pages(texts: dict[str, list[str]]) -> dict[str, Any]:
    if NODE is None:
        pytest.skip("no node on this machine")
    return _as_the_pages_find(texts)


def test_a_description_suggests_the_same(texts: dict[str, list[str]], pages: dict[str, Any]) -> None:
    for text, found in zip(texts["described"], pages["whole"], strict=True):
        assert found == _plain(suggest(text, data.words())), text


def test_half_typed_words_find_the_same(texts: dict[str, list[str]], pages: dict[str, Any]) -> None:
    for text, found in zip(texts["typed"], pages["typing"], strict=True):
        assert found == _plain(suggest(text, data.words(), typing=True)), text


def test_a_place_as_written_is_the_same(texts: dict[str, list[str]], pages: dict[str, Any]) -> None:
    for text, found in zip(texts["written"], pages["areas"], strict=True):
        assert found == _plain(find_areas(text, data.area_names())), text


def test_the_same_texts_mean_danger(texts: dict[str, list[str]], pages: dict[str, Any]) -> None:
    categories = data.reference().categories

    assert pages["danger"] == [danger(text, None, data.dangers()) for text in texts["described"]]
    assert pages["category"] == [danger("", code, data.dangers()) for code in categories]
