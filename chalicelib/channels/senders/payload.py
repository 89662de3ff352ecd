"""JSON as providers send it."""

import json
from typing import Any


def payload(body: bytes) -> Any:
    """What the bytes say. A half of a surrogate pair, which JSON allows and nothing can store or sign, is read as `?`:
    the words around it are somebody's. Raises ValueError, RecursionError."""
    sent = json.loads(body)
    text = json.dumps(sent, ensure_ascii=False)
    sound = text.encode("utf-8", "replace").decode()
    return sent if sound == text else json.loads(sound)
