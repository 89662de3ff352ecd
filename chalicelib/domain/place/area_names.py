"""Which kelurahan people mean by what they write: "Kp. Melayu", "Kali Deres", "timur tebet", "kec tebet", "benhil".
Short forms and aliases are the city's data; spelling and order are forgiven. web/static/js/find_area.js gives the same
answers from the same table."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import islice, product, takewhile
from typing import Any

from chalicelib.domain.reference import Area
from chalicelib.domain.text.language import Language, allowed, slips, words_of
from chalicelib.domain.values import dataclass

# What a match is worth: the whole name; its words in another order; misspelt; with what lies above it; inside a longer
# text; its beginning; all words fit somewhere; a one-word name inside a text; only kecamatan or kota; one word of it
WHOLE, TURNED, MISSPELT, COVERED, INSIDE, BEGUN, FITS, HELD, ABOVE, PARTLY = (
    1000, 980, 900, 880, 820, 800, 400, 300, 200, 100,
)  # fmt: skip
LEAD = 100  # that the best needs over the second to be sure
HALF_SLIP, SHORT_FORM, ALIAS = 20, 5, 30  # off for each; for an alias that was not written whole
SURE = 800  # more than the beginning of a name
SHORT = 7  # words besides those of an address; a longer text is searched for names, not read as one
LONGEST_NAME = 4  # words
READINGS = 16  # of words that may be short for several
KELURAHAN, KECAMATAN = frozenset({"kel", "kelurahan"}), frozenset({"kec", "kecamatan"})

Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AreaMatch:
    """A kelurahan (code) that may be meant. `sure`: its whole name was written, and no other's."""

    area: str
    score: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """What a kelurahan is called, folded; `names` are its own and its aliases."""

    area: str
    names: tuple[Name, ...]
    kecamatan: Name
    kota: Name
    kota_code: str


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to understand a short text; `forms` counts the short forms that were written out."""

    words: Name
    kecamatan: Name
    kota: str | None
    forms: int


class AreaNames:
    """The names of a city's kelurahan, ready to be asked. `raw` is the form of `area_names.json`."""

    def __init__(self, raw: Mapping[str, Any], language: Language, areas: Iterable[Area]) -> None:
        self.language = language
        self.address = frozenset(raw["address"].split())
        self.counted = frozenset(raw["counted"].split())
        self.forms: Mapping[str, str] = raw["forms"]
        self.kota: Mapping[str, str] = raw["kota"]
        self.places = tuple(self._place(area, raw["aliases"]) for area in areas)

    def _place(self, area: Area, aliases: Mapping[str, str]) -> _Place:
        also = (alias for alias, codes in aliases.items() if area.code in codes.split())
        names = tuple(self._fold(name) for name in (area.name, *also))
        return _Place(area.code, names, self._fold(area.kecamatan), self._fold(area.kota), area.kota_code)

    def _fold(self, text: str) -> Name:
        return tuple(map(self.language.fold, words_of(text)))

    @cached_property
    def by_joined(self) -> dict[str, list[tuple[str, int]]]:
        """A name without its spaces → the kelurahan that it means, and how many words it has."""
        found: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for place in self.places:
            for name in place.names:
                found[joined(name)].append((place.area, len(name)))
        return dict(found)

    def ways(self, words: Sequence[str]) -> Iterator[tuple[Name, int]]:
        """The ways to read words, with the number of short forms; the first takes every word as it stands."""
        each = [self._ways(word) for word in words]
        for chosen in islice(product(*each), READINGS):
            forms = sum(way != each[place][0] for place, way in enumerate(chosen))
            yield tuple(word for way in chosen for word in way), forms

    def _ways(self, word: str) -> list[Name]:
        """A word as it stands, then what it may be short for; a number as a word, or left out."""
        forms = [self._fold(form) for form in self.forms.get(word, "").split(";") if form]
        return [*forms, ()] if word.isdigit() else [(self.language.fold(word),), *forms]

    def readings(self, kept: list[str], kota: str | None) -> Iterator[_Reading]:
        """The ways to understand a short text. What stands after `kel` is the name, after `kec` a kecamatan."""
        name, kecamatan = _after(kept, KELURAHAN), _after(kept, KECAMATAN)
        if not name:
            name = kept[: kept.index(next(word for word in kept if word in KECAMATAN))] if kecamatan else kept
        over = tuple(word for way in kecamatan for word in self._ways(way)[-1])
        for found, forms in self.ways(name):
            yield _Reading(found, over, kota, forms)

    def without_address(self, words: list[str]) -> tuple[str | None, list[str]]:
        """The kota's code where it is named, and the words that may name something smaller."""
        kota, kept = None, []
        for place, word in enumerate(words):
            pairs = {" ".join(words[place : place + 2]), " ".join(words[max(place - 1, 0) : place + 1]), word}
            named = pairs & self.kota.keys()
            kota = self.kota[min(named)] if named else kota
            if not named and not self._is_address(words, place):
                kept.append(word)
        return kota, kept

    def _is_address(self, words: list[str], place: int) -> bool:
        before, word, after = ["", *words, ""][place : place + 3]
        counts = word in self.counted and after.isdigit()
        return (
            counts
            or (word == "kota" and after in self.address)
            or (word.isdigit() and before in self.counted)
            or word in self.address
        )


def find_areas(text: str, names: AreaNames) -> tuple[AreaMatch, ...]:
    """The kelurahan that a text may name, the likeliest first; all of a kecamatan or kota where only that is named."""
    words = words_of(text)
    kota, kept = names.without_address(words)
    best = _read(kept, kota, names) if len(kept) <= SHORT else _searched(words, names)
    order = {place.area: number for number, place in enumerate(names.places)}
    ranked = sorted(best.items(), key=lambda each: (-each[1], order[each[0]]))
    second = ranked[1][1] if len(ranked) > 1 else 0
    return tuple(
        AreaMatch(area, score, place == 0 and score >= SURE and score - second >= LEAD)
        for place, (area, score) in enumerate(ranked)
    )


def joined(words: Sequence[str]) -> str:
    """Without spaces, and without an h at the beginning, which folding takes off long words only."""
    return "".join(words).removeprefix("h")


def _after(words: list[str], marks: frozenset[str]) -> list[str]:
    """The words after a mark, up to the next one."""
    start = next((place for place, word in enumerate(words, 1) if word in marks), len(words))
    return list(takewhile(lambda word: word not in KELURAHAN | KECAMATAN, words[start:]))


def _read(kept: list[str], kota: str | None, names: AreaNames) -> dict[str, int]:
    readings = list(names.readings(kept, kota))
    best: dict[str, int] = {}
    for judge in (_score, _partly):
        for reading in readings:
            for place in names.places:
                score = judge(place, reading) - SHORT_FORM * reading.forms
                if score > 0:
                    best[place.area] = max(score, best.get(place.area, 0))
        if best:
            return best
    return best


def _searched(words: list[str], names: AreaNames) -> dict[str, int]:
    """Whole names inside a long text. A name of one word may be any word, unless `kelurahan` stands before it."""
    best: dict[str, int] = {}
    for start in range(len(words)):
        told = start > 0 and words[start - 1] in KELURAHAN
        for end in range(start + 1, min(start + LONGEST_NAME, len(words)) + 1):
            for found, forms in names.ways(words[start:end]):
                for area, size in names.by_joined.get(joined(found), ()):
                    score = (INSIDE if size > 1 or told else HELD) + size - SHORT_FORM * forms
                    best[area] = max(score, best.get(area, 0))
    return best


def _score(place: _Place, reading: _Reading) -> int:
    """0 where the reading speaks of another place."""
    if reading.kota not in (None, place.kota_code) or not _lies_in(reading.kecamatan, place.kecamatan):
        return 0
    if not reading.words:
        return ABOVE if reading.kota or reading.kecamatan else 0
    own, *aliases = (_of_name(name, place, reading.words) for name in place.names)
    return max(own, *(score if score == WHOLE else score - ALIAS for score in aliases), 0)


def _lies_in(wanted: Name, kecamatan: Name) -> bool:
    return joined(wanted) == joined(kecamatan) or all(_alike(word, kecamatan) for word in wanted)


def _of_name(name: Name, place: _Place, words: Name) -> int:
    wanted, typed = joined(name), joined(words)
    if typed == wanted:
        return WHOLE
    if sorted(words) == sorted(name):
        return TURNED
    most = allowed(len(wanted)) if typed[:1] == wanted[:1] else 0
    wrong = slips(typed, wanted, most) if most else 1
    if wrong <= most:
        return MISSPELT - HALF_SLIP * wrong
    if len(typed) > 1 and wanted.startswith(typed):
        return BEGUN - len(wanted) + len(typed)
    return _of_words(name, place, words)


def _of_words(name: Name, place: _Place, words: Name) -> int:
    """All words met in the name or what lies above it, or the whole name held by a longer text."""
    fits = [max(3 * _alike(word, name), 2 * _above(word, place)) for word in words]
    held = _holds(name, words)
    if all(fits):
        return COVERED if held else FITS + sum(fits) // len(words)
    return (INSIDE if len(name) > 1 else HELD) + len(name) if held else 0


def _above(word: str, place: _Place) -> int:
    return _alike(word, place.kecamatan) or _alike(word, place.kota)


@lru_cache(maxsize=8192)
def _alike(word: str, name: Name) -> int:
    """0 to 100: how well a word fits one of the name's words."""
    if word in name:
        return 100
    if len(word) > 1 and any(part.startswith(word) for part in name):
        return 70
    most = min(allowed(len(word)), 2)
    return 60 if most and any(part[0] == word[0] and slips(word, part, most) <= most for part in name) else 0


def _holds(name: Name, words: Name) -> bool:
    """Whether the text holds the whole name, in one or more words."""
    wanted = joined(name)
    ends = range(1, len(words) + 1)
    return any(joined(words[start:end]) == wanted for end in ends for start in range(max(0, end - LONGEST_NAME), end))


def _partly(place: _Place, reading: _Reading) -> int:
    """Where nothing fits: one word of four letters or more that the name has."""
    met = any(len(word) > 3 and word in name for name in place.names for word in reading.words)
    return PARTLY if met else 0
