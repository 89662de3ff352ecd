"""JSON as providers send it."""

import json
from math import isfinite
from typing import Any

MOST_DIGITS = 300  # of a whole number: more of them are no float
# What reading a part raises when it has another shape than its provider's reference says.
MALFORMED = (ValueError, RecursionError, LookupError, TypeError, AttributeError)


def payload(body: bytes) -> Any:
    """What the bytes say. A half of a surrogate pair, which JSON allows and nothing can store or sign, is read as `?`:
    the words around it are somebody's. A number that is none, or larger than any, is read as null. Raises ValueError,
    RecursionError."""
    sent = _parsed(body)
    text = json.dumps(sent, ensure_ascii=False)
    sound = text.encode("utf-8", "replace").decode()
    return sent if sound == text else _parsed(sound)


def _parsed(text: bytes | str) -> Any:
    return json.loads(text, parse_int=_whole, parse_float=_decimal, parse_constant=lambda _name: None)


def _whole(digits: str) -> int | None:
    return int(digits) if len(digits) <= MOST_DIGITS else None


def _decimal(digits: str) -> float | None:
    number = float(digits)
    return number if isfinite(number) else None


def identifier(value: Any, longest: int) -> str:
    """A provider's id: text, or a whole number. Raises LookupError."""
    named = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(named, str) or not named or len(named) > longest:
        raise LookupError("id")
    return named


def words(value: Any, longest: int) -> str:
    """Cut to its longest. Raises TypeError for what is no text."""
    if not isinstance(value, str):
        raise TypeError("text")
    return value[:longest]
