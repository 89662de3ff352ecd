"""What stands in the officers' dialogs: what is asked, what the citizen will read, and the way out."""

import json

import pytest

from chalicelib.domain.lifecycle import ROWS, Row
from web import strings
from web.strings import LETTERS

TEXTS = {language: strings.load(language) for language in strings.LANGUAGES}
OTHERS = {"reporter", "respondent", "system", "everybody"}  # who has no dialog in the console


def is_written(row: Row) -> bool:
    """Whether somebody in the console writes something with this action."""
    return bool({"text", "text?"} & set(row.needs)) and not set(row.who) <= OTHERS


def ends(row: Row) -> list[str]:
    return [row.to] if isinstance(row.to, str) else list((row.to or {}).values())


@pytest.mark.parametrize("language", strings.LANGUAGES)
@pytest.mark.parametrize("row", [row for row in ROWS.values() if is_written(row)], ids=lambda row: row.action)
def test_a_dialog_says_what_is_to_be_written(row: Row, language: str) -> None:
    keys = [f"act.text_of_{row.action}", *(f"act.text_{status}" for status in ends(row))]

    assert [key for key in keys if key in TEXTS[language]]


@pytest.mark.parametrize("language", strings.LANGUAGES)
def test_what_a_letter_says_of_an_action_stands_before_the_officer_too(language: str) -> None:
    letters = json.loads((LETTERS / f"{language}.json").read_text())["said_by_action"]

    assert letters
    assert {action: TEXTS[language][f"told.by_{action}"] for action in letters} == {
        action: said["sentence"] for action, said in letters.items()
    }
