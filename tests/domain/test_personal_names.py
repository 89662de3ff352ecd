"""A letter greets a name, and nothing else that somebody wrote into its field."""

import pytest

from chalicelib.domain.text.personal_data.message_words import REQUESTS, TITLES
from chalicelib.domain.text.personal_names import LONGEST, greeting_name
from tests.corpora.names import HOSTILE, TRUE


@pytest.mark.parametrize("name", TRUE)
def test_a_name_is_greeted_as_it_was_given(name: str) -> None:
    assert greeting_name(name) == " ".join(name.split())


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_what_is_no_name_is_not_greeted(name: str) -> None:
    assert greeting_name(name) is None


def test_there_are_enough_of_both() -> None:
    assert len(set(TRUE)) >= 30
    assert len(set(HOSTILE)) >= 40


def test_no_name_is_no_name() -> None:
    assert greeting_name(None) is None


@pytest.mark.parametrize("title", sorted(TITLES))
def test_every_listed_title_may_follow_a_name(title: str) -> None:
    for written in (title, title.upper(), f"{title}."):
        assert greeting_name(f"Siti Aminah, {written}") == f"Siti Aminah, {written}"


@pytest.mark.parametrize("word", sorted(REQUESTS))
def test_no_request_is_greeted(word: str) -> None:
    assert greeting_name(f"Siti {word.capitalize()}") is None


def test_the_longest_name_has_sixty_signs() -> None:
    assert greeting_name("a" * LONGEST) == "a" * LONGEST
    assert greeting_name("a" * (LONGEST + 1)) is None
    assert greeting_name(" " * 5_000 + "a") is None
