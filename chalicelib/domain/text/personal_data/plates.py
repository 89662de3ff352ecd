"""Number plates: a region's letters, one to four digits, one to three letters.

Plates share their form with gates, blocks, lamps and distances ("Gang B 200 m"). What stands around the letters
decides: a word that announces a plate or a vehicle, or a block; capitals; and the number of digits."""

import re
from collections.abc import Iterator

from chalicelib.domain.text.personal_data.harmless import YEARS
from chalicelib.domain.text.personal_data.reachable import Span
from chalicelib.domain.text.personal_data.skeleton import TextToken, joins, tight, words_before
from chalicelib.domain.text.personal_data.vocabulary import (
    BLOCK_WORDS,
    MARKS,
    NUMBERED,
    PLATE_WORDS,
    REGIONS,
    SHORT_WORDS,
    VEHICLE_NUMBERS,
    VEHICLES,
)
from chalicelib.domain.values import dataclass

_TYPED_ON = re.compile(r"(\d{1,4})([A-Za-z]{1,3})")


@dataclass(frozen=True, slots=True)
class _Shape:
    """Letters, digits, letters, where they stand, and what stands around them. `end` is the place behind them."""

    region: str
    count: int
    suffix: str
    gaps: tuple[str, ...]
    end: int
    before: list[str]
    numbered: bool
    shouted: bool
    year: bool

    @property
    def capital(self) -> bool:
        return self.region.isupper() and self.suffix.isupper()

    @property
    def listed(self) -> bool:
        """Set apart by commas, as what is counted one by one."""
        return any(", " in gap or "; " in gap for gap in self.gaps)

    @property
    def is_numbered_vehicle(self) -> bool:
        return self.follows(VEHICLE_NUMBERS, 1) and self.follows(VEHICLES)

    def follows(self, words: frozenset[str], count: int = 3) -> bool:
        return not words.isdisjoint(self.before[:count])


def plates(tokens: list[TextToken]) -> Iterator[Span]:
    """The plates of a text, in order."""
    words = [token.text for token in tokens if len(token.text) > 3 and not token.is_number]
    shouted = bool(words) and all(word.isupper() for word in words)
    place = 0
    while place < len(tokens):
        shape = _shape(tokens, place, shouted=shouted)
        if shape is None or not _is_plate(shape):
            place += 1
            continue
        yield Span("plate", tokens[place].start, tokens[shape.end - 1].end)
        place = shape.end


def _shape(tokens: list[TextToken], place: int, *, shouted: bool) -> _Shape | None:
    token = tokens[place]
    if token.word not in REGIONS or (place and not token.before):
        return None
    digits, end, written = _digits(tokens, place + 1)
    if not digits:
        return None
    suffix, behind = (written, end) if written else _suffix(tokens, end)
    gaps = tuple(found.before for found in tokens[place + 1 : behind])
    if _is_letter_number(tokens, behind, gaps):
        return None
    numbered, year = behind < len(tokens) and tokens[behind].is_number, len(digits) == 4 and int(digits) in YEARS
    before = words_before(tokens, place, 3)
    return _Shape(token.text, len(digits), suffix, gaps, behind, before, numbered, shouted, year)


def _digits(tokens: list[TextToken], place: int) -> tuple[str, int, str]:
    """Up to four digits, in one piece or in several that make four; the place behind them; letters typed onto them."""
    if place >= len(tokens) or not tokens[place].is_number or not joins(tokens[place].before):
        return "", place, ""
    first = tokens[place]
    if typed := _TYPED_ON.fullmatch(first.raw):
        return typed[1], place + 1, typed[2]
    digits, end = first.text, place + 1
    pieces = (" ", "-") if tokens[place - 1].text.isupper() else ()
    while len(digits) < 4 and end < len(tokens) and _is_next_piece(tokens[end], pieces):
        digits += tokens[end].text
        end += 1
    if len(digits) == 4:
        return digits, end, ""
    return (first.text, place + 1, "") if len(first.text) < 4 else ("", place, "")


def _is_next_piece(token: TextToken, gaps: tuple[str, ...]) -> bool:
    return token.is_number and (len(token.text) == 1 or token.before in gaps) and joins(token.before)


def _suffix(tokens: list[TextToken], place: int) -> tuple[str, int]:
    """The last letters, in one piece or one by one, and the place behind them."""
    letters, end = "", place
    while end < len(tokens) and _is_suffix(tokens, end) and (end == place or _one_by_one(tokens, place, end)):
        letters += tokens[end].text
        end += 1
        if len(letters) == 3:
            break
    glued = end < len(tokens) and not tokens[end].before
    return ("", place) if glued else (letters, end)


def _is_suffix(tokens: list[TextToken], place: int) -> bool:
    token = tokens[place]
    return not token.is_number and token.text.isascii() and len(token.text) <= 3 and joins(token.before)


def _one_by_one(tokens: list[TextToken], begin: int, place: int) -> bool:
    return all(len(token.text) == 1 for token in tokens[begin : place + 1]) and bool(tokens[place].before)


def _is_letter_number(tokens: list[TextToken], behind: int, gaps: tuple[str, ...]) -> bool:
    """The number of an official letter, B/1234/SET/2026."""
    return set(gaps) == {"/"} and behind < len(tokens) and tokens[behind].before == "/"


def _is_plate(shape: _Shape) -> bool:
    if (shape.follows(PLATE_WORDS) or shape.is_numbered_vehicle) and not shape.follows(BLOCK_WORDS, 1):
        return shape.count >= 3 or bool(shape.suffix)
    if not shape.suffix or (shape.suffix.lower() in NUMBERED and shape.numbered):
        return False
    if shape.follows(BLOCK_WORDS, 1):
        return shape.count == 4 and shape.capital and not _goes_on(shape)
    if _goes_on(shape):
        sure = shape.follows(VEHICLES) or not shape.shouted
        return shape.count == 4 and shape.capital and sure and not _is_era(shape)
    return (shape.follows(VEHICLES) and not shape.listed) or _is_written_as_plate(shape)


def _goes_on(shape: _Shape) -> bool:
    """The letters go on a sentence, or are a unit."""
    return shape.suffix.lower() in SHORT_WORDS


def _is_era(shape: _Shape) -> bool:
    """1448 H / 2026 M: a year of the Hijra and one of the common era."""
    return shape.year and (shape.region, shape.suffix) == ("H", "M")


def _is_written_as_plate(shape: _Shape) -> bool:
    """Four digits always; three in capitals, or plainly spaced; two as spaced capitals that are no mark of a thing."""
    plain = not shape.listed and all(gap.strip(" ") in ("", "-", ".", "/") for gap in shape.gaps)
    if shape.count == 3:
        return (shape.capital and not shape.listed) or (plain and len(shape.suffix) >= 2)
    if shape.count == 2:
        spaced = not tight(shape.gaps) and len(shape.gaps) == 2
        return shape.capital and spaced and len(shape.suffix) >= 2 and shape.suffix.lower() not in MARKS
    return shape.count == 4 and (shape.capital or not shape.listed)
