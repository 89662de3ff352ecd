"""The query of a request, read suspiciously: every fault is named with its key, and all of them together."""

import math
import re
from collections.abc import Sequence

from chalice.app import Request

from chalicelib.domain.errors import FieldError, InvalidError
from chalicelib.entrypoints.bodies import is_unsound, named_key

WHOLE = re.compile(r"[1-9][0-9]{0,5}")
DECIMAL = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,20})?")  # no exponent, no sign of plus, no NaN


def read_query(request: Request, *, required: Sequence[str] = (), optional: Sequence[str] = ()) -> dict[str, str]:
    """Each key once, known and sound. Raises InvalidError."""
    sent = request.query_params
    given = {key: sent.getlist(key) for key in sent} if sent else {}
    faults = [
        FieldError(named_key(key), "unknown", "No such parameter") for key in given if key not in (*required, *optional)
    ]
    faults += [FieldError(key, "required", "This parameter is needed") for key in required if key not in given]
    faults += [
        FieldError(named_key(key), "value", "Give this parameter once")
        for key, values in given.items()
        if len(values) > 1
    ]
    faults += [
        FieldError(named_key(key), "value", "Contains NUL, U+FFFD or a lone surrogate")
        for key, values in given.items()
        if is_unsound(values[-1])
    ]
    if faults:
        raise InvalidError(faults)
    return {key: values[-1] for key, values in given.items()}


def decimals(query: dict[str, str], *keys: str) -> list[float]:
    """Plain decimal numbers. Raises InvalidError with every key that holds none."""
    faults = [
        FieldError(key, "value", "A decimal number is expected") for key in keys if not DECIMAL.fullmatch(query[key])
    ]
    if faults:
        raise InvalidError(faults)
    return [float(query[key]) for key in keys]


def whole(query: dict[str, str], key: str) -> int:
    """From 1 to 999,999. Raises InvalidError."""
    if not WHOLE.fullmatch(query[key]):
        raise InvalidError([FieldError(key, "value", "A whole number from 1 to 999,999 is expected")])
    return int(query[key])


def edges(text: str) -> list[float]:
    """Comma-separated decimals; NaN for what is none, which no box has."""
    return [float(part) if DECIMAL.fullmatch(part) else math.nan for part in text.split(",")]
