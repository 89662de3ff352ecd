"""Parts of a file, as S3 and CloudFront answer them: one range of bytes (RFC 9110, 14)."""

import re

ONE = re.compile(r"bytes=(\d*)-(\d*)")
Answer = tuple[int, list[tuple[str, str]], bytes]


def cut(content: bytes, wanted: str) -> Answer:
    """206 with the part; 416 where there is none; 200 with everything for what is no single range of bytes."""
    found = ONE.fullmatch(wanted.replace(" ", ""))
    if not found or not any(found.groups()):
        return 200, [], content
    start, end = _bounds(found[1], found[2], len(content))
    if start >= end:
        return 416, [("content-range", f"bytes */{len(content)}")], b""
    return 206, [("content-range", f"bytes {start}-{end - 1}/{len(content)}")], content[start:end]


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """Where the part begins, and the byte after its end; `-n` is the last n bytes."""
    if not first:
        return max(0, size - int(last)), size
    return int(first), min(size, int(last) + 1) if last else size
