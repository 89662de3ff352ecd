"""The query of a request, read suspiciously: every fault is named with its key, and all of them together."""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from chalice.app import Request

from chalicelib.domain.errors import FieldError, InvalidError
from chalicelib.entrypoints.bodies import is_unsound, named_key

WHOLE = re.compile(r"[1-9][0-9]{0,5}")
DECIMAL = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,20})?")  # no exponent, no sign of plus, no NaN
Query = dict[str, str]
Check = Callable[[Query], object]


def read_query(
    request: Request, *, required: Sequence[str] = (), optional: Sequence[str] = (), checks: Sequence[Check] = ()
) -> Query:
    """Each key once, known and sound. `checks` say what is wrong with the meaning: each is asked with the sound values,
    of which a required one may be missing. Raises InvalidError with all faults of form and meaning, and before it what
    a check raises besides."""
    sent = request.query_params
    given = {key: sent.getlist(key) for key in sent} if sent else {}
    known = (*required, *optional)
    of_form = {key: list(_faults_of_form(key, values)) for key, values in given.items()}
    sound = {key: given[key][0] for key, found in of_form.items() if key in known and not found}
    faults = [
        *(FieldError(named_key(key), "unknown", "No such parameter") for key in given if key not in known),
        *(FieldError(key, "required", "This parameter is needed") for key in required if key not in given),
        *(fault for found in of_form.values() for fault in found),
        *(fault for check in checks for fault in _faults_of_meaning(check, sound)),
    ]
    if faults:
        raise InvalidError(faults)
    return sound


def _faults_of_form(key: str, values: Sequence[str]) -> Iterator[FieldError]:
    if len(values) > 1:
        yield FieldError(named_key(key), "value", "Give this parameter once")
    if is_unsound(values[-1]):
        yield FieldError(named_key(key), "value", "Contains NUL, U+FFFD or a lone surrogate")


def _faults_of_meaning(check: Check, sound: Query) -> list[FieldError]:
    try:
        check(sound)
    except InvalidError as refusal:
        return refusal.errors
    return []


def degrees(query: Mapping[str, str], **most: int) -> list[float]:
    """Plain decimal numbers of degrees, each between -most and most; those that are missing are left out. Raises
    InvalidError with every key that holds none."""
    faults = [
        FieldError(key, "value", f"A decimal number from -{limit} to {limit} is expected")
        for key, limit in most.items()
        if key in query and not (DECIMAL.fullmatch(query[key]) and abs(float(query[key])) <= limit)
    ]
    if faults:
        raise InvalidError(faults)
    return [float(query[key]) for key in most if key in query]


def whole(query: Mapping[str, str], key: str) -> int:
    """From 1 to 999,999; 0 where it is missing. Raises InvalidError."""
    if key not in query:
        return 0
    if not WHOLE.fullmatch(query[key]):
        raise InvalidError([FieldError(key, "value", "A whole number from 1 to 999,999 is expected")])
    return int(query[key])


def edges(text: str) -> list[float]:
    """Comma-separated decimals; NaN for what is none, which no box has."""
    return [float(part) if DECIMAL.fullmatch(part) else math.nan for part in text.split(",")]
