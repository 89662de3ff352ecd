"""How large DynamoDB holds an item to be, and how many units that makes.

Source: docs.aws.amazon.com/amazondynamodb/latest/developerguide, "DynamoDB item sizes and formats" and "Read/write
capacity": names and values in UTF-8 bytes, a number about a byte per two digits and one more, containers 3 bytes and
one per element."""

import base64
import math
from collections.abc import Mapping
from typing import Any

Item = Mapping[str, Mapping[str, Any]]  # attributes in DynamoDB's typed form
WRITE_UNIT = 1024  # bytes
READ_UNIT = 4096  # bytes, strongly consistent; half a unit otherwise


def item_size(item: Item) -> int:
    """Bytes of a whole item."""
    return sum(len(name.encode()) + value_size(value) for name, value in item.items())


def value_size(value: Mapping[str, Any]) -> int:
    ((kind, held),) = value.items()
    if kind in _SCALARS:
        return _SCALARS[kind](held)
    if kind in ("SS", "NS", "BS"):
        return sum(_SCALARS[kind[0]](one) for one in held)
    if kind == "L":
        return 3 + sum(1 + value_size(one) for one in held)
    return 3 + sum(1 + len(name.encode()) + value_size(one) for name, one in held.items())


def _digits(number: str) -> int:
    """Significant digits only: zeros on both ends are not stored."""
    digits = number.lstrip("-").replace(".", "").strip("0")
    return math.ceil(len(digits) / 2) + 1 + number.startswith("-")


def _bytes(held: Any) -> int:
    return len(base64.b64decode(held)) if isinstance(held, str) else len(bytes(held))


_SCALARS: dict[str, Any] = {
    "S": lambda held: len(held.encode()),
    "N": lambda held: _digits(str(held)),
    "B": _bytes,
    "BOOL": lambda _: 1,
    "NULL": lambda _: 1,
}


def write_units(size: int) -> int:
    """The units of one write of an item of this size."""
    return max(1, math.ceil(size / WRITE_UNIT))


def read_units(size: int, *, consistent: bool) -> float:
    """The units of one read; an empty answer costs the least there is."""
    return max(1, math.ceil(size / READ_UNIT)) * (1.0 if consistent else 0.5)
