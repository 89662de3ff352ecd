"""The skeleton of a text: its words and numbers as a reader takes them, whatever signs they are written with.

Compatibility forms are folded (NFKD). Invisible signs and marks on letters are dropped. Letters that look like Latin
ones become those; digits of every script become ASCII digits; O and l inside a number become 0 and 1; number words
become digits. Work and memory grow with the length of the text alone: one sign becomes at most four."""

import re
import string
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import groupby
from typing import NamedTuple

from chalicelib.domain.text.personal_data import signs
from chalicelib.domain.text.personal_data.vocabulary import NUMBER_WORDS

EXPANSION = 4  # signs that one sign may become; U+FDFA would be eighteen
LONGEST_NUMBER_WORDS = 80  # letters: ten of the longest words without a blank
LONGEST_GAP = 60  # signs and blanks between two tokens that are taken together

_AS_DIGITS = str.maketrans(*signs.WRITTEN_FOR_DIGITS)
_FIRST = frozenset(signs.FIRST_FOR_DIGITS + string.digits)
_BLANKS, _REPEATED = re.compile(r"[ \n]"), re.compile(r"(.)\1+")
_LIKE_DIGITS = re.compile(r"[OoIl]{1,6}")
_NUMBER_WORD = re.compile("|".join(NUMBER_WORDS))
_NUMBER_WORDS = re.compile(rf"(?:{'|'.join(NUMBER_WORDS)})+")


class TextToken(NamedTuple):
    """A word (letters) or a number (digits). `start` and `end` are its place in the text, and `before` holds the signs
    and blanks between the former token and this one. `raw` is a number as it was typed, with its O and l."""

    text: str
    is_number: bool
    start: int
    end: int
    before: str
    raw: str

    @property
    def word(self) -> str:
        """In small letters; empty for a number."""
        return "" if self.is_number else self.text.lower()


Sign = tuple[str, int]  # what it is taken for, and its place in the text


def read(text: str) -> list[TextToken]:
    """The tokens of a text, in order."""
    folded = [(sign, place) for place, raw in enumerate(text) for sign in fold(raw)]
    tokens: list[TextToken] = []
    before = ""
    for wordly, run in groupby(folded, key=lambda sign: sign[0].isalnum()):
        if not wordly:
            before = "".join(sign for sign, _ in run)
            continue
        tokens += _tokens(list(run), before)
        before = ""
    return _with_lone_letters(tokens)


@lru_cache(maxsize=4096)
def fold(sign: str) -> str:
    """What one sign of a text is taken for: none to four signs."""
    if sign.isascii():
        return _ascii(sign)
    return "".join(map(_plain, unicodedata.normalize("NFKD", sign)))[:EXPANSION]


def _ascii(sign: str) -> str:
    if sign in "\n\r\v\f":
        return "\n"
    if sign in "\t ":
        return " "
    return sign if sign.isprintable() else ""


def _plain(sign: str) -> str:
    if sign.isascii():
        return _ascii(sign)
    if sign in _table():
        return _table()[sign]
    category = unicodedata.category(sign)
    if category[0] == "M" or category in ("Cf", "Cc"):
        return ""
    if category[0] == "L":
        return signs.ANY_LETTER
    return {"Z": " ", "P": "-" if category == "Pd" else "*"}.get(category[0], "*")


@cache
def _table() -> dict[str, str]:
    digits = [(zero, 0, 10) for zero in signs.ZEROS] + list(signs.OTHER_DIGITS)
    return {
        **{chr(first + n): str(value + n) for first, value, count in digits for n in range(count)},
        **{chr(first + n): chr(ord("A") + n) for first in signs.CAPITALS for n in range(26)},
        **{sign: plain for pair in (*signs.LOOKALIKES, *signs.SIGNS) for sign, plain in zip(*pair, strict=True)},
        **{chr(sign): "" for sign in signs.INVISIBLE},
    }


def _tokens(run: list[Sign], before: str) -> Iterator[TextToken]:
    """Letters and digits that stand together, cut where they change; only the first has signs before it."""
    written = "".join(sign for sign, _ in run)
    if _is_misread_number(written):
        yield _token(run, before, is_number=True)
        return
    for is_number, part in groupby(run, key=lambda sign: sign[0].isdigit()):
        yield _token(list(part), before, is_number=is_number)
        before = ""


def _is_misread_number(written: str) -> bool:
    """Nothing but digits and letters like them; at least as many digits as other letters than O, I and l."""
    if written[0] not in _FIRST or not written.translate(_AS_DIGITS).isdigit():
        return False
    digits = sum(sign.isdigit() for sign in written)
    return 2 * digits >= len(written) or (digits > 0 and _FIRST.issuperset(written))


def _token(run: list[Sign], before: str, *, is_number: bool) -> TextToken:
    raw = "".join(sign for sign, _ in run)
    text = raw.translate(_AS_DIGITS) if is_number else raw
    digits = "" if is_number else spoken_digits(raw)
    return TextToken(digits or text, is_number or bool(digits), run[0][1], run[-1][1] + 1, before, raw)


def spoken_digits(word: str) -> str:
    """The digits that a word says (`dua`: 2, `noldelapan`: 08), or nothing."""
    small = word.lower()
    if len(small) > LONGEST_NUMBER_WORDS or not _NUMBER_WORDS.fullmatch(small):
        return ""
    return "".join(NUMBER_WORDS[found] for found in _NUMBER_WORD.findall(small))


def _with_lone_letters(tokens: list[TextToken]) -> list[TextToken]:
    """`O 812`, `08l2x345`, `3171 OlOl`: letters alone that are read as digits beside a number."""
    formers, laters = [None, *tokens[:-1]], [*tokens[1:], None]
    beside = zip(tokens, formers, laters, strict=False)  # of no tokens there is one None
    return [_as_digit(token) if _is_lone_digit(token, former, later) else token for token, former, later in beside]


def _is_lone_digit(token: TextToken, former: TextToken | None, later: TextToken | None) -> bool:
    if token.is_number or not _LIKE_DIGITS.fullmatch(token.text):
        return False
    if len(token.text) > 1:
        return _is_beside(token.before, former) or (later is not None and _is_beside(later.before, later))
    if later is None or not later.is_number:
        return False
    if token.text in "Oo":
        return len(later.before) <= 1
    return token.text in "Il" and not token.before + later.before and former is not None and former.is_number


def _is_beside(gap: str, number: TextToken | None) -> bool:
    return number is not None and number.is_number and len(gap) <= 3


def _as_digit(token: TextToken) -> TextToken:
    return token._replace(text=token.text.translate(_AS_DIGITS), is_number=True)


def words_before(tokens: list[TextToken], place: int, count: int) -> list[str]:
    """The words, not numbers, among the `count` tokens before a place; the nearest first."""
    return [token.word for token in reversed(tokens[max(0, place - count) : place]) if not token.is_number]


def joins(before: str, signs_at_most: int = 5) -> bool:
    """Whether what stands between two tokens is little enough that a reader takes them together: blanks, and a few
    signs. A row of the same sign counts once."""
    if len(before) > LONGEST_GAP:
        return False
    return len(_REPEATED.sub(r"\1", _BLANKS.sub("", before))) <= signs_at_most


def tight(parts: Iterable[str]) -> bool:
    """Whether nothing at all stands between the tokens."""
    return not any(parts)
