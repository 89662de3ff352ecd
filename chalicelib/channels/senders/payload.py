"""JSON as providers send it. What has another shape than their references say is an error of SHAPELESS: whoever reads
it makes one unreadable message of it, so that a person sees it."""

import json
from typing import Any

SHAPELESS = (ValueError, LookupError, TypeError, AttributeError)
MALFORMED = (*SHAPELESS, RecursionError)  # of bytes that may not even be JSON


def payload(body: bytes) -> Any:
    """What the bytes say. A half of a surrogate pair, which JSON allows and nothing can store or sign, is read as `?`:
    the words around it are somebody's. Raises ValueError, RecursionError."""
    sent = json.loads(body)
    text = json.dumps(sent, ensure_ascii=False)
    sound = text.encode("utf-8", "replace").decode()
    return sent if sound == text else json.loads(sound)


def listed(holder: Any, name: str) -> list[Any]:
    """What stands in the list of this name. Raises SHAPELESS where there is none."""
    found = holder[name]
    if not isinstance(found, list):
        raise TypeError(name)
    return found


def listed_if_any(holder: Any, name: str) -> list[Any]:
    """The same; nothing where the name is missing."""
    return listed(holder, name) if name in holder else []


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
