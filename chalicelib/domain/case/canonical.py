"""The one spelling of a value that is hashed for ever: RFC 8785 (JSON Canonicalization Scheme) without its fractions.

RFC 8785 writes a fraction as JavaScript does, which most languages do not. So none is ever hashed: `canonical` takes
null, booleans, integers up to 2⁵³ - 1, strings, lists and objects, and raises for anything else. What people write may
hold fractions (a place in degrees, a measured depth): `as_stored` turns each into exact text, `as_written` back."""

import json
import math
from collections.abc import Mapping
from typing import Any

LARGEST = 2**53 - 1  # of a safe integer: a larger one is another number to whoever reads JSON as JavaScript does
DECIMAL = "$decimal"  # {"$decimal": "-6.1754"}: a number as the shortest text that Python reads back as the same


def canonical(value: Any) -> str:
    """RFC 8785. Raises ValueError for what it does not take: a fraction, an integer beyond 2⁵³ - 1, a key that is no
    string, half a surrogate, any other type."""
    text = json.dumps(_ordered(value), separators=(",", ":"), ensure_ascii=False)
    text.encode()  # half a surrogate raises UnicodeEncodeError, a ValueError
    return text


def _ordered(value: Any) -> Any:
    """The same with the keys of every object in the order of their UTF-16 code units."""
    match value:
        case None | bool() | str():
            return value
        case int() if -LARGEST <= value <= LARGEST:
            return value
        case list() | tuple():
            return [_ordered(inner) for inner in value]
        case Mapping() if all(isinstance(key, str) for key in value):
            return {key: _ordered(value[key]) for key in sorted(value, key=_utf_16)}
        case _:
            raise ValueError(f"{type(value).__name__} has no canonical form here")


def _utf_16(key: str) -> bytes:
    return key.encode("utf-16-be", "surrogatepass")


def as_stored(value: Any) -> Any:
    """The same with each number that `canonical` does not take as exact text. A fraction that is whole (12.0) becomes
    the integer. Raises ValueError for NaN and infinities, and for an object that looks like such a text already."""
    match value:
        case bool():
            return value
        case int() | float():
            return _number(value)
        case list() | tuple():
            return [as_stored(inner) for inner in value]
        case Mapping() if DECIMAL in value:
            raise ValueError(f"{DECIMAL} is not a key of anybody's words")
        case Mapping():
            return {key: as_stored(inner) for key, inner in value.items()}
        case _:
            return value


def _number(value: float) -> Any:
    if not math.isfinite(value):
        raise ValueError("not a finite number")
    whole = int(value) if value == int(value) else None
    return whole if whole is not None and -LARGEST <= whole <= LARGEST else {DECIMAL: repr(value)}


def as_written(value: Any) -> Any:
    """What `as_stored` made, as numbers again."""
    match value:
        case {"$decimal": str(text)}:
            return float(text) if set(text) & set(".e") else int(text)
        case list():
            return [as_written(inner) for inner in value]
        case dict():
            return {key: as_written(inner) for key, inner in value.items()}
        case _:
            return value
