"""Where the emulator is taught to ask the rights that AWS asks."""

from typing import Any

import pytest

from local.emulator.rights import read_once

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
def test_a_policy_is_read_again_when_its_text_has_changed(asked: list[Any], read: list[Any]) -> None:
    seen: list[Any] = []
    remembering = read_once(lambda document: seen.append(document) or [len(seen)])

    answers = [remembering(document) for document in asked]

    assert seen == read
    assert answers[0] == [1]
