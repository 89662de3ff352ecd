"""A message in the mailbox reads as it was sent, however it is kept."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from local.played.letters import LONG, Letter

SENT = {
    "id": "1",
    "number": None,
    "subject": "Laporan “Anda” diterima",
    "text": "Yth. Pelapor,\n\t…" * LONG,
    "html": f"<p>{'é😀' * LONG}</p>",
    "headers": {"From": "kota@example.go.id"},
}
ASKED: dict[str, Callable[[Any], Any]] = {
    "a long text": lambda letter: letter["text"],
    "a short one": lambda letter: letter["subject"],
    "one, perhaps": lambda letter: (letter.get("html"), letter.get("number"), letter.get("none", "else")),
    "all": lambda letter: list(letter.items()),
    "all values": lambda letter: list(letter.values()),
    "as JSON": lambda letter: json.dumps({"items": [letter]}, ensure_ascii=False),
    "another dict of it": lambda letter: {**letter},
    "a dict made of it": dict,
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_a_letter_answers_as_the_message_does(ask: Callable[[Any], Any]) -> None:
    assert ask(Letter(SENT)) == ask(SENT)


def test_a_long_text_is_kept_in_a_third_of_its_signs() -> None:
    kept = dict.__getitem__(Letter(SENT), "text")

    assert len(kept) * 3 < len(SENT["text"])
