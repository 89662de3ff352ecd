"""Complaint numbers: `JKT-XXXX-XXXX-C`, Crockford base 32, 40 bits and a check character of the same 32 signs. Damm's
scheme over GF(32) (`c = double(c ^ digit)`) catches every single wrong sign and every swap of neighbours."""

from chalicelib.domain.errors import NotFoundError, UnreadableError

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, irreducible over GF(2)


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
    """The canonical number of what somebody typed: any case, with or without dashes, spaces and JKT; O is 0, I and L
    are 1. Raises NotFoundError when it is no nine signs, UnreadableError when the check character is wrong."""
    signs = "".join(text.upper().split()).replace("-", "")
    if len(signs) == len("JKT") + 9:
        signs = signs.removeprefix("JKT")
    signs = signs.translate(_READ_AS)
    if len(signs) != 9 or any(sign not in SIGNS for sign in signs):
        raise NotFoundError
    if check_sign(signs[:8]) != signs[8]:
        raise UnreadableError("The check character of the number is wrong: a typing error?")
    return f"JKT-{signs[:4]}-{signs[4:8]}-{signs[8]}"
