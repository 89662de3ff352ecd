"""JSON as providers send it."""

import json
from math import isfinite
from typing import Any

MOST_DIGITS = 300  # of a whole number: more of them are no float


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
