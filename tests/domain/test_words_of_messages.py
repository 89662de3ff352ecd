"""Words of people leave in a message of the city only where they name nobody and lead nowhere else."""

import pytest

from chalicelib.domain.text.personal_data import signs
from chalicelib.domain.text.privacy import LONGEST, shown, words_may_be_sent
from tests.corpora import personal_data
from tests.corpora.links import LINKS, NONE


@pytest.mark.parametrize("text", LINKS, ids=ascii)
def test_words_with_a_link_are_not_sent(text: str) -> None:
    assert not words_may_be_sent(text)
    assert not words_may_be_sent(f"Sudah selesai, {text} ya")


@pytest.mark.parametrize("text", NONE, ids=ascii)
def test_words_without_one_are_sent(text: str) -> None:
    assert words_may_be_sent(text)


def test_words_that_name_somebody_are_not_sent() -> None:
    sent = [row.text for row in personal_data.FIRST if words_may_be_sent(row.text)]

    assert sent == []


def test_words_that_were_not_wholly_looked_at_are_not_sent() -> None:
    assert words_may_be_sent("a" * LONGEST)
    assert not words_may_be_sent("a" * (LONGEST + 1))


@pytest.mark.parametrize("code", signs.TURNING, ids=hex)
def test_a_sign_that_turns_the_direction_is_not_shown(code: int) -> None:
    assert shown(f"Lubang {chr(code)}besar") == "Lubang besar"


@pytest.mark.parametrize("text", ["", "Lubang besar", "محمد", "a\u200eb\u200fc\u200d"])
def test_every_other_word_is_shown_as_it_is(text: str) -> None:
    assert shown(text) == text
