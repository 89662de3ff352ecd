"""The emulator reads a text once, and still says the same of it."""

from typing import Any

import pytest

from local.emulator.remembered import read_once

FIRST = '{"Statement": [{"Effect": "Allow"}]}'


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ([FIRST, FIRST], [FIRST]),
        ([FIRST, FIRST + " ", FIRST], [FIRST, FIRST + " "]),
        ([{"Statement": []}, {"Statement": []}], [{"Statement": []}, {"Statement": []}]),
    ],
    ids=["the same text", "a changed text", "no text"],
)
def test_a_text_is_read_again_when_it_has_changed(asked: list[Any], read: list[Any]) -> None:
    seen: list[Any] = []
    remembering = read_once(lambda given: seen.append(given) or [len(seen)])

    answers = [remembering(given) for given in asked]

    assert seen == read
    assert answers[0] == [1]


def test_who_changes_what_a_text_says_changes_it_for_nobody_else() -> None:
    remembering = read_once(lambda text: [text])

    remembering(FIRST).clear()

    assert remembering(FIRST) == [FIRST]
