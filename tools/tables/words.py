"""The word table: what people call the city's problems, as `chalicelib/data/words.json` for Python and pages alike.
`python -m tools generate` writes it from the CSV files beside it."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.data import read_file, reference, tables
from chalicelib.domain.text.language import Language, words_of

SURE = [1000, 250]  # least score, and hundredths of the second one: tests/accuracy.py prints what they cost
SEPARATORS = re.compile(r"[/,()&]")
MARK = "from chalicelib/data/*.csv by `python -m tools generate`; do not edit"


def word_table() -> dict[str, Any]:
    """What `suggest` and its twin in the pages need besides the rules of the language."""
    categories = reference().categories
    return {
        "generated": MARK,
        "categories": {code: _by_first_word(lines) for code, lines in phrases(language()).items()},
        "guarded": [code for code, category in categories.items() if category.sensitive or category.about_officer],
        "sure": SURE,
    }


def language() -> Language:
    return Language.of(json.loads(read_file("language.json")))


def phrases(rules: Language) -> dict[str, list[str]]:
    """Folded phrases by category, without what says nothing new."""
    said = {code: _said(rules, code) for code in reference().categories}
    users = Counter(word for lines in said.values() for word in {word for line in lines for word in line.split()})
    return {code: list(_telling(rules, lines, users)) for code, lines in said.items()}


def _said(rules: Language, code: str) -> list[str]:
    """The names of a category and what people call it, once each."""
    category = reference().categories[code]
    of_the_city = next(row["city_name"] for row in tables.rows("categories.csv") if row["code"] == code)
    named = [part for name in (category.name_id, category.name_en, of_the_city) for part in SEPARATORS.split(name)]
    listed = [
        words
        for row in tables.rows("category_words.csv")
        if row["category"] == code
        for words in row["words"].split(";")
    ]
    lines = (" ".join(token.fold for token in rules.tokens(words_of(words))) for words in [*named, *listed])
    return sorted(set(lines) - {""})


def _telling(rules: Language, lines: list[str], users: Mapping[str, int]) -> Iterator[str]:
    """A phrase says no more than its word that this category has for itself and no other uses; nor more than its words
    if each of them is one of the category's own."""
    single = {line for line in lines if " " not in line}
    own = {word for word in single if users[word] == 1}
    for line in lines:
        if " " not in line or not _covered(rules, line, single, own):
            yield line


def _covered(rules: Language, line: str, single: set[str], own: set[str]) -> bool:
    telling = set(line.split()) - rules.plain_folds
    return not own.isdisjoint(telling) or (len(telling) > 1 and telling <= single)


def _by_first_word(lines: list[str]) -> str:
    """Sorted phrases, their first word once: `got:,mampet,penuh sampah;parit`."""
    ends: dict[str, list[str]] = {}
    for line in lines:
        first, _, end = line.partition(" ")
        ends.setdefault(first, []).append(end)
    return ";".join(first if found == [""] else f"{first}:{','.join(found)}" for first, found in ends.items())


def danger_table() -> dict[str, Any]:
    """Which categories and words mean danger to life now."""
    rules = language()
    rows = {row["kind"]: row for row in tables.rows("danger_words.csv")}
    everywhere, now = rows.pop("*"), rows.pop("now")
    return {
        "generated": MARK,
        "kinds": {kind: _danger(rules, row) for kind, row in rows.items()},
        "unless": _folded(rules, everywhere["unless"]),
        "now": _folded(rules, now["words"]),
    }


def _danger(rules: Language, row: tables.Row) -> dict[str, Any]:
    return {
        "categories": row["categories"].split(),
        "words": _folded(rules, row["words"]),
        "unless": _folded(rules, row["unless"]),
    }


def _folded(rules: Language, phrases: str) -> str:
    """`;` between phrases, spaces between words."""
    return ";".join(" ".join(map(rules.fold, words_of(phrase))) for phrase in phrases.split(";"))
