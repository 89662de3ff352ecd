"""Complaint numbers: `JKT-XXXX-XXXX-C`, Crockford base 32, 40 bits and a check character of the same 32 signs. Damm's
scheme over GF(32) (`c = double(c ^ digit)`) catches every single wrong sign and every swap of neighbours."""

import re
from collections.abc import Iterator

from chalicelib.domain.errors import NotFoundError, UnreadableError
from chalicelib.domain.text.spelling import bare, plain, unescaped

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, irreducible over GF(2)
# "No. JKT-…", "Nomor laporan: …": words that people write before a number.
_SPELLED = re.compile(r"(?:NO|NOMOR|NOMER|NR|NUMBER|LAPORAN|ADUAN|REPORT)*(?:JKT)?([0-9A-Z]{9})")
# What may be the number of a link: its fragment, what stands before `~`, a part of its path, a parameter.
_PART = re.compile(r"(^(?=[^/#=?&]*~)|[/#=])([^/#=~?&\s]+)")


def _double(value: int) -> int:
    doubled = value << 1
    return doubled ^ _POLYNOMIAL if doubled & 32 else doubled


def check_sign(signs: str) -> str:
    """The check character of a row of signs."""
    total = 0
    for sign in signs:
        total = _double(total ^ SIGNS.index(sign))
    return SIGNS[total]


def from_bits(value: int) -> str:
    """The number of 40 bits."""
    signs = "".join(SIGNS[(value >> shift) & 31] for shift in range(35, -1, -5))
    return f"JKT-{signs[:4]}-{signs[4:]}-{check_sign(signs)}"


def read(text: str) -> str:
    """The canonical number of what somebody typed or pasted, also of a whole link to a report. Case, dashes, blanks,
    punctuation, invisible signs and a missing JKT do not matter. O is read as 0, I and L as 1. Raises NotFoundError
    when it is no nine signs, UnreadableError when the check character is wrong."""
    signs = next(_candidates(plain(text)), None)
    if signs is None:
        raise NotFoundError
    if check_sign(signs[:8]) != signs[8]:
        raise UnreadableError("The check character of the number is wrong: a typing error?")
    return f"JKT-{signs[:4]}-{signs[4:8]}-{signs[8]}"


def _candidates(text: str) -> Iterator[str]:
    """Nine signs: the whole text, else of a link. A part of its path must say JKT: `localhost` has nine letters too."""
    yield from _nine_signs(text)
    link = plain(unescaped(text))
    yield from _nine_signs(link)
    for before, part in _PART.findall(link):
        if before in ("", "#") or bare(part).upper().startswith("JKT"):
            yield from _nine_signs(part)


def _nine_signs(text: str) -> Iterator[str]:
    found = _SPELLED.fullmatch(bare(text).upper())
    signs = found[1].translate(_READ_AS) if found else ""
    if signs and all(sign in SIGNS for sign in signs):
        yield signs
