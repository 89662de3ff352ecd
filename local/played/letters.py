"""A message that left, as the mailbox keeps it: its long texts compressed, to a third of their memory or less."""

import zlib
from typing import Any

from local.packed import Packed

LONG = 200  # signs; a shorter text gains nothing
FAST = 1


class Letter(Packed):
    """It answers as the plain message does."""

    @staticmethod
    def pack(value: Any) -> Any:
        return zlib.compress(value.encode(), FAST) if isinstance(value, str) and len(value) > LONG else value

    @staticmethod
    def unpack(packed: Any) -> Any:
        return zlib.decompress(packed).decode() if isinstance(packed, bytes) else packed
