"""Whether a report speaks of danger to life at this moment, so that the person is told to call first. It looks for
whole phrases, and lets go of one where the words beside it say that it is over, feared, or a thing's name ("takut
kebakaran", "hidran kebakaran"). A false alarm costs one tap; so it would rather warn once too often."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.domain.text.language import Language, slips, words_of
from chalicelib.domain.values import dataclass

SENTENCE = re.compile(r"[.!?;\n]+")
GAP = 2  # words that may stand between the words of a phrase
BEFORE, AFTER = 4, 3  # words beside a phrase that can take it back; behind it, those of all kinds only as the next word
LEAST, LONG = 6, 8  # letters of a word that may hold one wrong or missing vowel, or one wrong letter

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Danger:
    """One kind: categories that mean it, phrases that say it, words beside them that take it back."""

    kind: str
    categories: frozenset[str]
    phrases: tuple[Phrase, ...]
    unless: frozenset[str]


@dataclass(frozen=True, slots=True)
class Dangers:
    """All kinds. `unless` holds for each of them, but not in a sentence that says `now`."""

    language: Language
    kinds: tuple[Danger, ...]
    unless: frozenset[str]
    now: tuple[Phrase, ...]

    @classmethod
    def of(cls, raw: Mapping[str, Any], language: Language) -> "Dangers":
        """From the form of `dangers.json`, whose phrases are folded."""
        kinds = (
            Danger(kind, frozenset(row["categories"]), _phrases(row["words"]), frozenset(row["unless"].split()))
            for kind, row in raw["kinds"].items()
        )
        return cls(language, tuple(kinds), frozenset(raw["unless"].split()), _phrases(raw["now"]))


def danger(text: str, category: str | None, dangers: Dangers) -> str | None:
    """The kind of danger that a report speaks of: by its words first, then by its category; None if of none."""
    for sentence in SENTENCE.split(text):
        words = tuple(dangers.language.fold(word) for word in words_of(sentence))
        for each in dangers.kinds:
            if _said(each, words, dangers):
                return each.kind
    return next((each.kind for each in dangers.kinds if category in each.categories), None)


def _said(kind: Danger, words: Phrase, dangers: Dangers) -> bool:
    now = any(True for phrase in dangers.now for _ in _places(phrase, words))
    of_all = frozenset[str]() if now else dangers.unless
    return any(
        kind.unless.isdisjoint(words[max(0, start - BEFORE) : end + AFTER])
        and of_all.isdisjoint(words[max(0, start - BEFORE) : end + 1])
        for phrase in kind.phrases
        for start, end in _places(phrase, words)
    )


def _places(phrase: Phrase, words: Phrase) -> Iterator[tuple[int, int]]:
    """Where the phrase stands, as [start, end)."""
    for start, word in enumerate(words):
        if _same(word, phrase[0]):
            end = _end(phrase, words, start)
            if end:
                yield start, end


def _end(phrase: Phrase, words: Phrase, start: int) -> int | None:
    at = start
    for wanted in phrase[1:]:
        found = next((i for i in range(at + 1, min(at + 2 + GAP, len(words))) if _same(words[i], wanted)), None)
        if found is None:
            return None
        at = found
    return at + 1


def _same(word: str, wanted: str) -> bool:
    if word == wanted or len(wanted) < LEAST or word[0] != wanted[0]:
        return word == wanted
    most = 2 if len(word) == len(wanted) >= LONG else 1
    return slips(word, wanted, most) <= most


def _phrases(lines: str) -> tuple[Phrase, ...]:
    return tuple(tuple(line.split()) for line in lines.split(";") if line)
