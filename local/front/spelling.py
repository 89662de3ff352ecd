"""An address has one spelling here. Any other one of the same place is refused before anything is routed or counted:
two readers of one path (a limit and a router) never disagree on what it means."""

import re
from urllib.parse import unquote_to_bytes

LONGEST = 2_048  # signs of a path
# What a path is made of, RFC 3986 section 3.3: segments of unreserved signs, a few others, and escapes.
SEGMENT = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+"
PATH = re.compile(rf"/|(?:/{SEGMENT})+/?")
ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
NEEDLESS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
CONFUSING = frozenset(b"/\\%")
INTO_API = "_user_request_"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def is_plain(path: str) -> bool:
    """Whether the raw path is the one spelling of its address. It has no empty or dot segment. It escapes no sign that
    needs no escape, and no slash, backslash, percent or control sign. All of it is UTF-8. A slash at its end is left to
    who serves it."""
    return _is_path(path) and not any(_is_odd(int(code, 16)) for code in ESCAPE.findall(path)) and _is_text(path)


def is_direct(path: str) -> bool:
    """The same for a call of an AWS service, whose clients escape more than they must: its segments are what they seem.
    None leads to a door of the emulator's own: a first segment that begins with `_`, or its way into an API. Names of
    objects may begin with `_`, as one photo's in 64 does."""
    segments = [segment.replace("%5f", "_") for segment in path.lower().split("/")]
    is_door = (segments[1:2] and segments[1].startswith("_")) or INTO_API in segments
    return _is_path(path) and not is_door and not any("%2f" in part or "%5c" in part for part in segments)


def _is_path(path: str) -> bool:
    if len(path) > LONGEST or not PATH.fullmatch(path):
        return False
    return not any(segment.replace("%2e", ".") in (".", "..") for segment in path.lower().split("/"))


def _is_odd(code: int) -> bool:
    return code < 0x20 or code == 0x7F or code in NEEDLESS or code in CONFUSING


def _is_text(path: str) -> bool:
    try:
        text = unquote_to_bytes(path).decode()
    except UnicodeDecodeError:
        return False
    return not any(0x80 <= ord(sign) < 0xA0 for sign in text)
