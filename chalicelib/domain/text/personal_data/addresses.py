"""E-mail addresses, as machines read them and as people spell them: `x at gmail dot com`, `x @ gmail , com`."""

from collections.abc import Iterator

from chalicelib.domain.text.personal_data.reachable import Span
from chalicelib.domain.text.personal_data.skeleton import TextToken, joins
from chalicelib.domain.text.personal_data.vocabulary import (
    AT_WORDS,
    BRACKETED_AT,
    DOT_WORDS,
    ENDINGS,
    LOOSE_ENDINGS,
    NOT_NAMES,
    PROVIDER_ENDINGS,
    PROVIDERS,
    SHORT_PROVIDERS,
)

LABELS = 5  # parts of a domain that are read
LABEL = 12  # tokens of one part
WORD = 3  # letters of a domain without an ending
NAME = 8  # tokens of a name before the at
LOCAL_GAP = 4  # signs before the at
SPACED = 12  # tokens that may spell a provider
_IN_BRACKETS = AT_WORDS | BRACKETED_AT
_UNMARKED = tuple(PROVIDERS - SHORT_PROVIDERS)
_OPENING, _SIGNS = frozenset("([{<"), frozenset("*_-/|.\"'%~=+#")
_AROUND_DOT = " \n()[]{}<>"
_NAME_SIGNS = frozenset(" \n.,_-+'\"<([{")  # may stand between a name and its at


def addresses(tokens: list[TextToken]) -> Iterator[Span]:
    """The addresses of a text, in order."""
    place = 1
    while place < len(tokens):
        end = _address_end(tokens, place)
        if end is None:
            place += 1
            continue
        yield Span("email", tokens[_name_begin(tokens, place - 1)].start, tokens[end - 1].end)
        place = end + 1


def _address_end(tokens: list[TextToken], place: int) -> int | None:
    """Behind which token an address ends whose name stands before `place`."""
    if _is_at_sign(tokens[place].before):
        return _provider_end(tokens, place) or _domain_end(tokens, place, spelled=False) or _bare_end(tokens, place)
    if place + 1 < len(tokens) and (spelling := _at_spelling(tokens[place], tokens[place + 1])):
        return _provider_end(tokens, place + 1) or _domain_end(tokens, place + 1, spelled=spelling != "bracketed")
    return _unmarked_end(tokens, place)


def _bare_end(tokens: list[TextToken], place: int) -> int | None:
    """`siti@kantor`: nothing between name, at and a word."""
    whole = tokens[place].before == "@" and not tokens[place].is_number and len(tokens[place].text) >= WORD
    return _label_end(tokens, place) if whole else None


def _name_begin(tokens: list[TextToken], place: int) -> int:
    """Where a name begins whose last token stands at `place`: siti.aminah99."""
    least = max(0, place - NAME)
    while place > least and tokens[place].before in ("", ".", "-", "_", "+"):
        place -= 1
    return place


def _is_at_sign(before: str) -> bool:
    name_gap, found, _ = before.partition("@")
    return bool(found) and len(name_gap) <= LOCAL_GAP and set(name_gap) <= _NAME_SIGNS and joins(before)


def _at_spelling(token: TextToken, later: TextToken) -> str:
    """How an at is spelled here: `bracketed`, `signed` (-at-), `bare` or not at all."""
    if not joins(token.before) or not joins(later.before):
        return ""
    bracketed = token.before[-1:] in _OPENING and later.before[:1] in (")", "]", "}", ">")
    if bracketed and token.word in _IN_BRACKETS:
        return "bracketed"
    if token.word not in AT_WORDS:
        return ""
    between = (token.before + later.before).strip()
    return "signed" if between and set(between) <= _SIGNS | {" "} else "" if between else "bare"


def _provider_end(tokens: list[TextToken], place: int) -> int | None:
    """A well-known provider names an address even without its ending, and in pieces: g mail."""
    letters, end = "", place
    while end < min(place + SPACED, len(tokens)) and (end == place or joins(tokens[end].before)):
        letters += tokens[end].word
        end += 1
        if letters in _UNMARKED:
            return end
        if tokens[end - 1].is_number or not any(name.startswith(letters) for name in _UNMARKED):
            return None
    return None


def _domain_end(tokens: list[TextToken], place: int, *, spelled: bool) -> int | None:
    """Labels and dots; the last label must be an ending. Where the at was a mere word, it must be a known one."""
    at, found = place, None
    for _ in range(LABELS):
        at = _label_end(tokens, at)
        dot, after = dot_before(tokens, at)
        if not dot:
            return found
        at = after
        if _is_ending(tokens, at, dot, spelled=spelled):
            found = at + 1
    return found


def _label_end(tokens: list[TextToken], place: int) -> int:
    """Behind the tokens that stand together, dashes included; a dot may be spelled between dashes."""
    place += 1
    most = min(place + LABEL, len(tokens))
    while place < most and tokens[place].before in ("", "-", "_") and tokens[place].word not in DOT_WORDS:
        place += 1
    return place


def dot_before(tokens: list[TextToken], place: int) -> tuple[str, int]:
    """How a dot is written before this token (`tight`, `loose`, `sentence`, `spelled` or not at all), and the place of
    what follows it."""
    if place >= len(tokens):
        return "", place
    if _is_spelled_dot(tokens, place):
        return "spelled", place + 1
    before = tokens[place].before
    if before == ".":
        return "tight", place
    if before.strip(_AROUND_DOT) in (".", ","):
        return ("loose" if before[0] in _AROUND_DOT or before == "," else "sentence"), place
    return "", place


def _is_spelled_dot(tokens: list[TextToken], place: int) -> bool:
    known = tokens[place].word in DOT_WORDS and place + 1 < len(tokens)
    return known and joins(tokens[place].before) and joins(tokens[place + 1].before)


def _is_ending(tokens: list[TextToken], place: int, dot: str, *, spelled: bool) -> bool:
    token = tokens[place]
    if token.is_number or len(token.text) < 2 or (place + 1 < len(tokens) and not tokens[place + 1].before):
        return False
    if dot == "tight" and not spelled:
        return True
    if dot == "sentence":
        return token.word in LOOSE_ENDINGS and not spelled
    return token.word in ENDINGS


def _unmarked_end(tokens: list[TextToken], place: int) -> int | None:
    """`budi gmail com`, `budigmail.com`: a provider and its ending without any at."""
    token = tokens[place]
    if not token.word.endswith(_UNMARKED) or not joins(token.before):
        return None
    if token.word in PROVIDERS and tokens[place - 1].word in NOT_NAMES:
        return None
    dot, after = dot_before(tokens, place + 1)
    if not dot and place + 1 < len(tokens) and tokens[place + 1].before == " ":
        after = place + 1
    return after + 1 if after < len(tokens) and tokens[after].word in PROVIDER_ENDINGS else None
