"""Which category a person's own words speak of, and why. Words are weighed by how few categories use them; a phrase
counts more than its words, a misspelt word less than a well-spelt one, a word that only says where hardly at all. All
sums are whole numbers, so that web/static/js/suggest.js gives the same answers from the same table."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any

from chalicelib.domain.text.language import Language, TextWord, allowed, slips, words_of
from chalicelib.domain.values import dataclass

WHOLE = 100  # hundredths
STEM, TYPED, SLIP, SLIPS = 85, 80, 65, 50  # of a word's weight when only its stem, beginning or misspelling was met
CLOSE, LOOSE, APART, PART = 130, 110, 75, 45  # of a phrase's weight: in order; near each other; anywhere; not all of it
PLAIN = 120  # weight of a plain word inside a phrase that was met as a whole
FADING = (100, 90, 75, 60, 45, 30)  # the second word that speaks for a category adds less than the first
RARE = 700  # weight of a word that one category uses; each doubling of categories takes off 100
SHORTEST_STEM = 4  # letters
Met = dict[str, int]  # word of the table → quality in hundredths


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A category that the words may speak of. `reasons` are the person's own words, the weightiest first. `sure` is
    true only where being wrong was rarer than 2 % of a labelled set, and never for what is sensitive or about
    officers."""

    category: str
    score: int
    reasons: tuple[str, ...]
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that speak for a category together."""

    category: str
    words: tuple[str, ...]
    plain: tuple[bool, ...]


class Words:
    """The word table of a city, ready to be asked. Made from `words.json`; indexes are built at the first question."""

    def __init__(self, raw: Mapping[str, Any], language: Language, names: Iterable[str] = ()) -> None:
        self.language = language
        self.categories: dict[str, str] = dict(raw["categories"])
        self.guarded = frozenset(raw["guarded"])
        self.names = frozenset(tuple(name.split()) for name in names)
        self.longest_name = max(map(len, self.names), default=0)
        self.sure: tuple[int, int] = tuple(raw["sure"])

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        return tuple(self._phrase(code, words) for code, lines in self.categories.items() for words in unfolded(lines))

    def _phrase(self, code: str, words: tuple[str, ...]) -> Phrase:
        return Phrase(code, words, tuple(word in self.language.plain_folds for word in words))

    @cached_property
    def by_word(self) -> dict[str, list[tuple[int, int]]]:
        """Word → phrases that hold it, as (phrase, place in it)."""
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, phrase in enumerate(self.phrases):
            for place, word in enumerate(phrase.words):
                found[word].append((number, place))
        return dict(found)

    @cached_property
    def weights(self) -> dict[str, int]:
        """A word that few categories use weighs more: 700 for one, 100 less for each doubling."""
        return {word: weight_of(len({self.phrases[n].category for n, _ in at})) for word, at in self.by_word.items()}

    @cached_property
    def by_stem(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in self.by_word.keys() - self.language.plain_folds:
            for stem in self.language.stems(word, SHORTEST_STEM):
                found[stem].append(word)
        return dict(found)

    @cached_property
    def by_length(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for word in self.by_word:
            found[len(word)].append(word)
        return dict(found)

    @cached_property
    def met(self) -> Callable[[str, bool, bool, int], Met]:
        """The words of the table that a folded word may stand for: `met(fold, plain, typing, more)`. `typing`: it may
        be the beginning of one; `more` half slips are forgiven than usual."""
        return lru_cache(maxsize=4096)(self._look)

    def _look(self, fold: str, plain: bool, typing: bool, more: int) -> Met:
        exact = {fold: WHOLE} if fold in self.by_word else {}
        if plain:
            return exact
        found = {word: STEM for stem in self.language.stems(fold, SHORTEST_STEM) for word in self._of_stem(stem)}
        if typing and not exact and len(fold) >= 2:
            found |= {word: TYPED for word in self.by_word if word.startswith(fold)}
        return found | exact if exact else self._misspelt(fold, more) | found or self._joined(fold)

    def _of_stem(self, stem: str) -> list[str]:
        return self.by_stem.get(stem, [])

    def _joined(self, fold: str) -> Met:
        """Two words without the space between them: `gotmampet`."""
        halves = ((fold[:at], fold[at:]) for at in range(3, len(fold) - 2))
        both = next((pair for pair in halves if pair[0] in self.by_word and pair[1] in self.by_word), ())
        return dict.fromkeys(both, SLIP)

    def _misspelt(self, fold: str, more: int) -> Met:
        most = allowed(len(fold)) and allowed(len(fold)) + more
        lengths = range(len(fold) - most, len(fold) + most + 1) if most else ()
        near = (word for length in lengths for word in self.by_length.get(length, ()) if _begin_alike(fold, word))
        found = {word: wrong for word in near if (wrong := slips(fold, word, most)) <= most}
        least = min(found.values(), default=0)
        return {word: SLIP if least <= 1 else SLIPS for word, wrong in found.items() if wrong == least}


def unfolded(lines: str) -> Iterator[tuple[str, ...]]:
    """`got:,mampet,penuh sampah;parit` is `got`, `got mampet`, `got penuh sampah` and `parit`."""
    for line in lines.split(";"):
        first, colon, ends = line.partition(":")
        for end in ends.split(",") if colon else ("",):
            yield (first, *end.split())


def weight_of(categories: int) -> int:
    """Whole numbers, equal in every language: 700 less 100 for each doubling, in steps of a quarter."""
    doublings = categories.bit_length() - 1
    rest = (categories - (1 << doublings)) * 100 >> doublings
    return RARE - 100 * doublings - rest


def _begin_alike(typed: str, known: str) -> bool:
    return typed[0] == known[0] or (len(typed) > 5 and typed[1:3] == known[1:3])


def suggest(text: str, words: Words, *, typing: bool = False) -> tuple[Suggestion, ...]:
    """Categories that the text speaks of, the likeliest first. `typing`: the last word may be unfinished."""
    tokens = list(words.language.tokens(_without_names(words_of(text), words)))
    return _with_certainty(_scored(tokens, words, typing) or _guessed(tokens, words, typing), words)


def _guessed(tokens: list[TextWord], words: Words, typing: bool) -> list[Suggestion]:
    """Where nothing was found: plain words count as others do, and one more half slip is forgiven."""
    return _scored([replace(token, plain=False) for token in tokens], words, typing, more=1)


def _without_names(written: list[str], words: Words) -> list[str]:
    """`Pasar Minggu` is no market: an empty word stands where the name of a place stood."""
    found, place = [], 0
    while place < len(written):
        lengths = range(words.longest_name, 1, -1)
        name = next((n for n in lengths if tuple(written[place : place + n]) in words.names), 0)
        found.append("" if name else written[place])
        place += name or 1
    return found


def _scored(tokens: list[TextWord], words: Words, typing: bool, more: int = 0) -> list[Suggestion]:
    gains: dict[str, dict[int, int]] = defaultdict(dict)
    for category, place, gain in _gains(tokens, words, typing, more):
        gains[category][place] = max(gain, gains[category].get(place, 0))
    order = {code: number for number, code in enumerate(words.categories)}
    found = [_suggestion(category, places, tokens) for category, places in gains.items()]
    found.sort(key=lambda each: (-each.score, order[each.category]))
    return found


def _suggestion(category: str, places: Mapping[int, int], tokens: list[TextWord]) -> Suggestion:
    ranked = sorted(places.items(), key=lambda each: (-each[1], each[0]))
    score = sum(gain * FADING[min(rank, len(FADING) - 1)] for rank, (_, gain) in enumerate(ranked)) // WHOLE
    return Suggestion(category, score, tuple(dict.fromkeys(tokens[place].word for place, _ in ranked)))


def _with_certainty(found: list[Suggestion], words: Words) -> tuple[Suggestion, ...]:
    if not found:
        return ()
    best, second = found[0], found[1].score if len(found) > 1 else 0
    least, lead = words.sure
    sure = best.category not in words.guarded and best.score >= least and best.score * WHOLE >= second * lead
    return (Suggestion(best.category, best.score, best.reasons, sure), *found[1:])


def _gains(tokens: list[TextWord], words: Words, typing: bool, more: int) -> Iterator[tuple[str, int, int]]:
    """What each word of the text adds to a category: (category, place in the text, gain)."""
    seen: dict[int, dict[int, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for place, token in enumerate(tokens):
        last = typing and place == len(tokens) - 1
        for word, quality in words.met(token.fold, token.plain, last, more).items():
            for number, slot in words.by_word[word]:
                seen[number][slot].append((place, quality))
    for number, slots in seen.items():
        phrase = words.phrases[number]
        for place, gain in _phrase_gains(phrase, slots, tokens, words.weights):
            yield phrase.category, place, gain


def _phrase_gains(
    phrase: Phrase, slots: Mapping[int, list[tuple[int, int]]], tokens: list[TextWord], weights: Mapping[str, int]
) -> Iterator[tuple[int, int]]:
    chain = _chain(slots)
    whole = len(chain) == len(phrase.words)
    share = _closeness([place for _, place, _ in chain]) if whole else _part(phrase, chain, weights)
    share = share * min(tokens[place].share for _, place, _ in chain) // WHOLE
    for slot, place, quality in chain:
        plain = phrase.plain[slot] and tokens[place].plain
        if whole or not plain:
            weight = PLAIN if plain and len(phrase.words) > 1 else weights[phrase.words[slot]]
            yield place, weight * quality * share // (WHOLE * WHOLE)


def _chain(slots: Mapping[int, list[tuple[int, int]]]) -> list[tuple[int, int, int]]:
    """For each word of the phrase the place that lies best behind the one before: (slot, place, quality)."""
    chain: list[tuple[int, int, int]] = []
    for slot in sorted(slots):
        wanted = chain[-1][1] + 1 if chain else 0
        taken = {place for _, place, _ in chain}
        free = [each for each in slots[slot] if each[0] not in taken]
        if free:
            place, quality = min(free, key=lambda each: (abs(each[0] - wanted) if chain else 0, -each[1], each[0]))
            chain.append((slot, place, quality))
    return chain


def _closeness(places: list[int]) -> int:
    if len(places) == 1:
        return WHOLE
    span = max(places) - min(places) + 1
    if places == sorted(places) and span <= len(places) + 2:
        return CLOSE
    return LOOSE if span <= len(places) + 2 else APART


def _part(phrase: Phrase, chain: Iterable[tuple[int, int, int]], weights: Mapping[str, int]) -> int:
    """The weight of an incomplete phrase: the share of its words that the text has."""
    total = sum(weights[word] for word in phrase.words)
    return PART * sum(weights[phrase.words[slot]] for slot, _, _ in chain) // total
