"""The automatic look at free words before everybody may read them: telephone numbers, e-mail addresses, NIK and number
plates. It withholds rather than guesses right: what it finds keeps the words from the public view only."""

import re
import unicodedata

# First letters of Indonesian number plates by region (Korlantas Polri, list of TNKB codes).
_REGIONS = (
    "A|B|D|E|F|G|H|K|L|M|N|P|R|S|T|W|Z|AA|AB|AD|AE|AG|BA|BB|BD|BE|BG|BH|BK|BL|BM|BN|BP|DA|DB|DC|DD|DE|DG|DH|DK|DL|DM|DN|"
    "DP|DR|DS|DT|DW|EA|EB|ED|KB|KH|KT|KU|PA|PB|PG|PS|PT|PY|CD|CC|RI"
)
_SEPARATED = r"[\s.,_*\-()/]{0,2}"
_AT, _DOT = r"(?:@|[\[(]\s?at\s?[\])])", r"(?:\.|[\[(]\s?(?:dot|titik)\s?[\])])"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i)(?<![\w.+%-])[\w.+%-]+\s?{_AT}\s?[\w-]+\s?{_DOT}\s?\w",
        # telephones, mobile (often without their 0) and fixed
        rf"(?<![^\W_])(?<!\d[.,])(?:\+?{_SEPARATED}62|0|(?=8[1-9])){_SEPARATED}(?:\d{_SEPARATED}){{7,12}}\d(?!\d)",
        rf"(?<!\d)(?:\d{_SEPARATED}){{15}}\d(?!\d)",  # NIK: 16 digits
        rf"(?<![\w])(?:{_REGIONS})[\s.-]?\d{{1,4}}[\s.-]?[A-Z]{{1,3}}(?![\w])",
        rf"(?i)(?<![\w])(?:{_REGIONS})[\s.-]?\d{{3,4}}[\s.-]?[A-Z]{{1,3}}(?![\w])",
    )
)


def may_identify(text: str) -> bool:
    """Whether the words seem to name somebody."""
    plain = _plain(text)
    return any(pattern.search(plain) for pattern in _PATTERNS)


def _plain(text: str) -> str:
    """The same text in ASCII digits, letters of usual width and one kind of dash, without signs that nobody sees."""
    return "".join(_sign(sign) for sign in unicodedata.normalize("NFKC", text))


def _sign(sign: str) -> str:
    match unicodedata.category(sign):
        case "Nd":
            return str(unicodedata.decimal(sign))
        case "Pd":
            return "-"
        case "Cf":
            return ""
        case _:
            return sign
