"""Telephone numbers and identity numbers (NIK) among the chains of a text."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chalicelib.domain.text.personal_data.chains import Chain, Group, chains
from chalicelib.domain.text.personal_data.harmless import harmless_places, is_year_or_round
from chalicelib.domain.text.personal_data.skeleton import TextToken
from chalicelib.domain.text.personal_data.vocabulary import PROVINCES

NIK_DIGITS = 16  # Kemendagri: area (6), date of birth (6; a woman's day is 40 more), serial number (4)
UNEXPLAINED = 5  # digits: with fewer beside it a harmless number stays harmless
SHORTEST, ALONE = 9, 10  # digits of a number that is spelled one by one, with and without its nought
COMPLETE = 10  # digits: what follows a complete number differently spaced is not part of it


class Span(NamedTuple):
    """A place in the text, and what was found there."""

    kind: str
    start: int
    end: int


def numbers_of_persons(tokens: list[TextToken]) -> Iterator[Span]:
    """Telephone numbers and NIK, in order; none overlaps another."""
    for chain in chains(tokens):
        yield from _of_chain(chain)


def _of_chain(chain: Chain) -> Iterator[Span]:
    explained = harmless_places(chain)
    place = 0
    while place < len(chain.groups):
        kind, end = "nik", None if place in explained else _nik_end(chain.groups, place)
        if end is None or all(is_year_or_round(group.digits) for group in chain.groups[place:end]):
            kind, end = "telephone", _telephone_end(chain.groups, place)
        if end is None or _is_harmless(chain, place, end, explained):
            place += 1
            continue
        yield Span(kind, chain.groups[place].start, chain.groups[end - 1].end)
        place = end


def _is_harmless(chain: Chain, begin: int, end: int, explained: set[int]) -> bool:
    """A date or price that begins the number, and too few digits behind it for a number of its own."""
    left = sum(len(chain.groups[place].digits) for place in range(begin, end) if place not in explained)
    return begin in explained and left < UNEXPLAINED


def _nik_end(groups: Sequence[Group], place: int) -> int | None:
    """Behind which group sixteen digits are complete that look like a NIK."""
    digits, end = "", place
    while end < len(groups) and len(digits) < NIK_DIGITS:
        digits += groups[end].digits
        end += 1
    if len(digits) != NIK_DIGITS:
        return None
    return end if _looks_like_nik(digits, groups[place + 1 : end]) else None


def _looks_like_nik(digits: str, others: Sequence[Group]) -> bool:
    """Sixteen digits in one piece always do; in pieces they are cut where a NIK has its parts, or evenly spaced."""
    if not others:
        return True
    gaps = {group.gap for group in others}
    if _has_birthday(digits) and (len(gaps) == 1 or len(others) == NIK_DIGITS - 1):
        return True
    listed = any("," in gap or ";" in gap for gap in gaps)
    return digits[:2] in PROVINCES and not listed and _is_cut_evenly(others)


def _is_cut_evenly(others: Sequence[Group]) -> bool:
    """Into pieces of two, four and six digits."""
    return len(others) < 7 and all(len(group.digits) % 2 == 0 for group in others)


def _has_birthday(digits: str) -> bool:
    day, month = int(digits[6:8]), int(digits[8:10])
    return digits[:2] in PROVINCES and 1 <= day % 40 <= 31 and day <= 71 and 1 <= month <= 12


def _telephone_end(groups: Sequence[Group], place: int) -> int | None:
    """Behind which group a telephone number is complete."""
    lengths = _telephone_lengths(groups, place)
    if lengths is None:
        return None
    count, end = len(groups[place].digits), place + 1
    while end < len(groups) and count < lengths[0]:
        count += len(groups[end].digits)
        end += 1
    if not lengths[0] <= count <= lengths[1]:
        return None
    while end < len(groups) and _goes_on(groups, end, count, lengths[1]):
        count += len(groups[end].digits)
        end += 1
    return end


def _goes_on(groups: Sequence[Group], end: int, count: int, most: int) -> bool:
    alike = count < COMPLETE or groups[end].gap == groups[end - 1].gap
    return alike and count + len(groups[end].digits) <= most


def _telephone_lengths(groups: Sequence[Group], place: int) -> tuple[int, int] | None:
    """How many digits a number that begins here has, at least and at most; None if no number begins so."""
    first, plus = len(groups[place].digits), _has_plus(groups, place)
    digits = _digits_from(groups, place)
    country = next((code for code in ("0062", "62") if digits.startswith(code)), "")
    if country and (first >= 2 or plus):
        trunk = len(country) + digits[len(country) :].startswith("0")
        return _national_lengths(digits[trunk:], trunk, fixed=plus or country == "0062")
    if plus and not digits.startswith("0"):
        return (9, 15)  # of another country: E.164
    if digits.startswith("0"):
        return _national_lengths(digits[1:], 1, fixed=first >= 3 or _is_spelled(groups, place, SHORTEST))
    return (9, 12) if _is_mobile(digits) and _stands_alone(groups, place) else None


def _national_lengths(digits: str, trunk: int, *, fixed: bool) -> tuple[int, int] | None:
    """Mobile numbers have 8 to 13 digits behind their trunk, fixed lines 8 to 10 (Kominfo's numbering plan)."""
    if _is_mobile(digits):
        return (trunk + 8, trunk + 14)
    return (trunk + 8, trunk + 10) if fixed and digits[:1] in tuple("2345679") else None


def _is_mobile(digits: str) -> bool:
    return digits[:1] == "8" and digits[1:2] in tuple("123456789")


def _stands_alone(groups: Sequence[Group], place: int) -> bool:
    """812 3456 7890: without its nought a number is in one piece, in evenly spaced ones or digit by digit, and no part
    of another."""
    first = groups[place]
    if place and first.gap in (".", ",", ":", "-", "/"):
        return False
    if len(first.digits) < 3:
        return _is_spelled(groups, place, ALONE)
    gaps = {group.gap for group in groups[place + 1 : place + 3]}
    return len(first.digits) >= 9 or (len(gaps) == 1 and gaps.isdisjoint((", ",)))


def _has_plus(groups: Sequence[Group], place: int) -> bool:
    """A plus that is not the one between two numbers, as in 12+400."""
    gap = groups[place].gap
    return gap.rstrip(" (").endswith("+") and not (place and gap.startswith("+"))


def _is_spelled(groups: Sequence[Group], place: int, count: int) -> bool:
    """Digit by digit, so many at least."""
    spelled = groups[place : place + count]
    return len(spelled) == count and all(len(group.digits) == 1 for group in spelled)


def _digits_from(groups: Sequence[Group], place: int) -> str:
    """The first digits: enough to see what number begins here."""
    return "".join(group.digits for group in groups[place : place + 8])[:8]
