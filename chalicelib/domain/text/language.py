"""How people spell. Words are folded so that two spellings of one word meet (`lobang`, `Lubang`, `luubang`), reduced to
possible stems (`pembakaran`, `dibakar`: `bakar`), and compared by a bounded number of slips. The rules are the city's
data, because they belong to its language; web/static/js/language.js reads the same rules and gives the same answers."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from chalicelib.domain.values import dataclass

WORD = re.compile(r"[a-z0-9]+")
APOSTROPHES = re.compile("['’`´]")  # jum'at is one word
VOWELS = frozenset("aiueo")
LONGEST = 24  # letters of a word that are compared; a longer one is cut
MOST = 150  # words of a text that are read


@dataclass(frozen=True, slots=True)
class TextWord:
    """A word of a text: as it was written, folded, and whether it says nothing about a problem on its own. `share` is
    what it counts for, in hundredths: little where it only says where (`di depan sekolah`)."""

    word: str
    fold: str
    plain: bool = False
    share: int = 100


@dataclass(frozen=True)
class Language:
    """The rules of a language. `written` maps what people type to what they mean; `stop` words are left out; after
    a word of `places` the next one says where, and counts for so many hundredths."""

    signs: tuple[tuple[str, str], ...]
    digits: Mapping[str, str]
    ends: tuple[tuple[str, str], ...]
    clitics: tuple[str, ...]
    suffixes: tuple[str, ...]
    prefixes: tuple[tuple[str, str], ...]
    places: Mapping[str, int]
    numbers: frozenset[str]
    counted: frozenset[str]
    address: frozenset[str]
    stop: frozenset[str]
    plain: frozenset[str]
    written: Mapping[str, str]

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "Language":
        """From the form of `language.json`, whose long lists are lines of words."""
        listed = {
            name: frozenset(" ".join(raw[name]).split()) for name in ("numbers", "counted", "address", "stop", "plain")
        }
        return cls(
            signs=tuple((old, new) for old, new in raw["signs"]),
            digits=dict(raw["digits"]),
            ends=tuple((old, new) for old, new in raw["ends"]),
            clitics=tuple(raw["clitics"]),
            suffixes=tuple(raw["suffixes"]),
            prefixes=tuple((old, new) for old, new in raw["prefixes"]),
            places={word: share for share, words in raw["places"] for word in words.split()},
            written={typed: meant for meant, ways in raw["written"] for typed in ways.split()},
            **listed,
        )

    @cached_property
    def plain_folds(self) -> frozenset[str]:
        return frozenset(map(self.fold, self.plain))

    def tokens(self, words: list[str]) -> tuple[TextWord, ...]:
        """Words without stop words; a word said twice in a row counts once (`gorong-gorong`). An empty word stands for
        a name that was left out."""
        found: list[TextWord] = []
        share = 100
        for word in self._without_counts(words):
            if word in self.places:
                share = min(share, self.places[word])
                continue
            meant = [each for each in self.written.get(word, word).split() if each not in self.stop]
            for each in meant:
                token = TextWord(word, self.fold(each), each in self.plain, share)
                if not found or found[-1].fold != token.fold:
                    found.append(token)
            share = 100 if meant or not word else share
        return tuple(found)

    def _without_counts(self, words: list[str]) -> Iterator[str]:
        """Leaves out numbers, and what is only counted: `tiga kali` is no river, `RT 05` no head of a neighbourhood."""
        for place, word in enumerate(words):
            before, after = words[place - 1 : place] or [""], words[place + 1 : place + 2] or [""]
            counted = word in self.counted and any(
                near[0].isdigit() or near[0] in self.numbers for near in (before, after)
            )
            if not counted and not (word.isdigit() and len(word) != 3):
                yield word

    def fold(self, word: str) -> str:
        """One form for all spellings of a word of [a-z0-9]."""
        word = self._letters(word[:LONGEST])
        for old, new in self.signs:
            word = word.replace(old, new)
        word = squeezed(word)
        for old, new in self.ends:
            if len(word) >= 5 and word.endswith(old):
                word = word[: -len(old)] + new
        return _without_h(word)

    def _letters(self, word: str) -> str:
        """`s4mp4h` is sampah, `lubang2` lubang; `b3` and `2026` stay."""
        if len(word) > 3 and word[-1] == "2" and word[:-1].isalpha():
            return word[:-1]
        if word.isalpha() or len(word) < 4 or not (word[0].isalpha() and word[-1].isalpha()):
            return word
        return "".join(self.digits.get(sign, sign) for sign in word)

    def stems(self, fold: str, least: int) -> tuple[str, ...]:
        """What a folded word may come from, itself first; nothing shorter than `least` letters."""
        bare = next(
            (fold[: -len(end)] for end in self.clitics if fold.endswith(end) and len(fold) - len(end) >= 3), fold
        )
        bases = {fold: None, bare: None}
        bases |= {bare[: -len(end)]: None for end in self.suffixes if bare.endswith(end)}
        found = dict(bases)
        for base in bases:
            for prefix, restored in self.prefixes:
                if base.startswith(prefix):
                    found[restored + base[len(prefix) :]] = None
        return tuple(dict.fromkeys(_without_h(stem) for stem in found if len(stem) >= least or stem in (fold, bare)))


def words_of(text: str) -> list[str]:
    """The words of a text in small ASCII letters and digits, without accents and signs that nobody sees."""
    plain = unicodedata.normalize("NFKD", text)
    seen = "".join(sign for sign in plain if unicodedata.category(sign) not in ("Mn", "Cf"))
    return WORD.findall(APOSTROPHES.sub("", seen.lower()))[:MOST]


def squeezed(word: str) -> str:
    """Every run of one letter as one: macettt, gorrong. Two or three letters are an abbreviation: KK."""
    if len(word) <= 3:
        return word
    return "".join(sign for place, sign in enumerate(word) if place == 0 or sign != word[place - 1])


def _without_h(word: str) -> str:
    """`hilang` and `ilang`, `sampah` and `sampa` are the same word."""
    if len(word) >= 6 and word[0] == "h" and word[1] in VOWELS:
        word = word[1:]
    return word[:-1] if len(word) >= 4 and word[-1] == "h" else word


@lru_cache(maxsize=8192)
def letters_of(word: str) -> int:
    """The letters of a word as bits: two words that differ in many cannot be near each other."""
    bits = 0
    for sign in word:
        bits |= 1 << (ord(sign) % 32)
    return bits


def allowed(length: int) -> int:
    """The slips that a word of this length may hold, in halves: a wrong or missing vowel is one half, anything else a
    whole. Shorter words have too many neighbours."""
    return (0, 0, 0, 0, 1, 2, 2, 2)[length] if length < 8 else 3


def slips(typed: str, known: str, most: int) -> int:
    """Half slips between two words, transpositions included; `most + 1` if there are more."""
    if abs(len(typed) - len(known)) > most or (letters_of(typed) ^ letters_of(known)).bit_count() > most * 2:
        return most + 1
    before: Sequence[int] = ()
    row = [0]
    for sign in known:
        row.append(row[-1] + _cost(sign))
    for at, sign in enumerate(typed, 1):
        before, last = row, before
        row = [before[0] + _cost(sign)]
        for to, other in enumerate(known, 1):
            best = min(before[to] + _cost(sign), row[-1] + _cost(other), before[to - 1] + _swap(sign, other))
            if at > 1 and to > 1 and sign == known[to - 2] and other == typed[at - 2]:
                best = min(best, last[to - 2] + 2)
            row.append(best)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _cost(sign: str) -> int:
    return 1 if sign in VOWELS else 2


def _swap(sign: str, other: str) -> int:
    if sign == other:
        return 0
    return 1 if sign in VOWELS and other in VOWELS else 2
