"""Signs as people type, paste and dictate them → plain ones. What reads a number, a telephone or an address begins
here; `web/static/js/spelling.js` does the same for the pages."""

import re
import unicodedata
from urllib.parse import unquote

LONGEST = 2000  # characters that any reader looks at: the longest link that browsers keep
# Signs that nobody sees but the category Cf does not hold: joiners, fillers, variants, the frame of a keycap.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2060-\u206f\u20e3\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U000e0000-\U000e0fff]"
)
_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_BLANKS = frozenset("\t\n\v\f\r")
_DAMAGED = "\ufffd"


def plain(text: str) -> str:
    """Without invisible signs, full-width and other compatibility forms as ordinary ones, digits of every script as
    0 to 9. Cut to LONGEST, also where one sign stands for a sentence."""
    ordinary = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST]
    return "".join(_digit(sign) for sign in visible(ordinary))


def visible(text: str) -> str:
    """Without the signs that nobody sees."""
    return "".join(sign for sign in _UNSEEN.sub("", text) if unicodedata.category(sign) != "Cf")


def is_blank(text: str) -> bool:
    """Whether nobody sees anything of it."""
    return not any(visible(sign).strip() for sign in text)


def _digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


def unescaped(text: str) -> str:
    """The % signs of an address read where they are UTF-8, left as they are where a messenger cut or mangled them."""
    return _ESCAPED.sub(_or_itself, text)


def _or_itself(escaped: re.Match[str]) -> str:
    try:
        return unquote(escaped[0], errors="strict")
    except UnicodeDecodeError:
        return escaped[0]


def bare(text: str) -> str:
    """Without blanks, dashes and every other sign of punctuation. What stands for damaged text stays: it is no sign
    that somebody wrote."""
    return "".join(sign for sign in text if not _stands_between(sign))


def _stands_between(sign: str) -> bool:
    return sign in _BLANKS or (unicodedata.category(sign)[0] in "PSZ" and sign != _DAMAGED)
