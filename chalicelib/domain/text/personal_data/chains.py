"""Chains: numbers that a reader takes together, since no more than a few signs stand between them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chalicelib.domain.text.personal_data.skeleton import TextToken, joins, tight, words_before
from chalicelib.domain.text.personal_data.vocabulary import CONNECTING
from chalicelib.domain.values import dataclass

CUES = 2  # words before a chain that say what its numbers are


class Group(NamedTuple):
    """The digits of one number, what stands between it and the one before it, and its place in the text."""

    digits: str
    gap: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chain:
    """`cues` are the words before it, the nearest first; `unit` is the word after it."""

    groups: Sequence[Group]
    cues: Sequence[str]
    unit: str


def chains(tokens: list[TextToken]) -> Iterator[Chain]:
    """Every chain of a text, in order."""
    place = 0
    while place < len(tokens):
        if not tokens[place].is_number:
            place += 1
            continue
        begun, groups = place, [_group(tokens[place], tokens[place].before)]
        while (step := _step(tokens, place + 1)) is not None:
            gap = " ".join(token.before for token in tokens[place + 1 : step + 1])
            place = step
            groups.append(_group(tokens[place], gap))
        place += 1
        unit = tokens[place].word if place < len(tokens) else ""
        yield Chain(groups, words_before(tokens, begun, CUES), unit)


def _group(token: TextToken, gap: str) -> Group:
    return Group(token.text, gap, token.start, token.end)


def _step(tokens: list[TextToken], place: int) -> int | None:
    """Where the chain goes on: at the next token, or behind one connecting word."""
    if _continues(tokens, place):
        return place
    if _connects(tokens, place) and _continues(tokens, place + 1):
        return place + 1
    return None


def _continues(tokens: list[TextToken], place: int) -> bool:
    return place < len(tokens) and tokens[place].is_number and joins(tokens[place].before)


def _connects(tokens: list[TextToken], place: int) -> bool:
    if place + 1 >= len(tokens) or not joins(tokens[place].before):
        return False
    word = tokens[place].word
    return word in CONNECTING or (word == "x" and tight((tokens[place].before, tokens[place + 1].before)))
