"""Bodies, read suspiciously. All work is linear in the body, and no refusal repeats more of it than a bound."""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from chalice.app import Request

from chalicelib.domain.errors import MOST_FAULTS, FieldError, TooLargeError, UnreadableError, UnsupportedTypeError

MAX_BODY = 256 * 1024  # bytes: the longest report with answers is a tenth of it
DEEPEST = 16  # levels of a body: ours have four
MOST_VALUES = 1_000  # keys and values of a body: ours have some eighty
SHOWN = 60  # characters of a key that we repeat
_UNSOUND = re.compile("[\\x00\\ufffd\\ud800-\\udfff]")

Nodes = Iterator[tuple[str, Any]]


def read_object(request: Request) -> tuple[Any, dict[str, Any], tuple[FieldError, ...]]:
    """The body as it was sent, its object without the unsound fields, and a fault for each of these: they are told
    together with the faults of meaning, after the rights were looked at. Raises UnreadableError (broken, not UTF-8,
    NaN, too deep, a key twice), then TooLargeError and UnsupportedTypeError."""
    raw = request.raw_body
    raw = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
    if len(raw) > MAX_BODY:
        raise TooLargeError
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise UnsupportedTypeError(f"Send application/json, not {kind[:80]}")
    value = _parse(raw)
    if not isinstance(value, dict):
        return value, {}, (FieldError("body", "type", "A JSON object is expected"),)
    unsound = list(islice(_unsound(value), MOST_FAULTS))
    wrong = {key for key in value if any(True for _ in islice(_unsound({key: value[key]}), 1))}
    faults = tuple(FieldError(path, "value", "Contains NUL, U+FFFD or a lone surrogate") for path in unsound)
    return value, {key: inner for key, inner in value.items() if key not in wrong}, faults


def _parse(raw: bytes) -> Any:
    try:
        value = json.loads(raw.decode("utf-8"), parse_constant=_no_number, object_pairs_hook=_no_repeats)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("The body is not JSON that we can read") from error
    if _is_deep(value):
        raise UnreadableError("The body is nested deeper than any form of ours")
    if sum(1 for _ in islice(_nodes(value), MOST_VALUES + 1)) > MOST_VALUES:
        raise TooLargeError("The body has more keys and values than any form of ours")
    return value


def _no_number(name: str) -> None:
    raise ValueError(name)


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key twice")
    return value


def _is_deep(value: Any) -> bool:
    """Whether anything is left below the deepest level; without recursion, which is what a deep body is after."""
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _within(outer)]
    return bool(level)


def _within(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []


def _nodes(value: Any, path: str = "") -> Nodes:
    """Every key and value with its dotted path, keys cut; at most DEEPEST levels are walked."""
    yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        named = f"{path}.{named_key(key)}".lstrip(".")
        if isinstance(key, str):
            yield named, key
        yield from _nodes(item, named)


def _unsound(value: Any) -> Iterator[str]:
    """Dotted paths of the texts that cannot be stored or sent."""
    return (path or "body" for path, item in _nodes(value) if isinstance(item, str) and is_unsound(item))


def is_unsound(text: str) -> bool:
    """NUL and lone surrogates cannot be stored; U+FFFD stands where a client or a gateway has lost a letter."""
    return _UNSOUND.search(text) is not None


def named_key(key: Any) -> str:
    """A key or a position as a fault names it: cut, sound, and never blank."""
    named = sound(str(key)[:SHOWN])
    return named if named.strip() else "?"


def sound(text: str) -> str:
    """The text with a question mark for every sign that cannot be shown."""
    if text.isprintable() and not is_unsound(text):
        return text
    return "".join(sign if sign.isprintable() and not is_unsound(sign) else "?" for sign in text)
