"""The automatic look at free words before everybody may read them: telephone numbers, e-mail addresses, NIK and number
plates. It withholds rather than guesses right: what it finds keeps the words from the public view only."""

import re

# First letters of Indonesian number plates by region (Korlantas Polri, list of TNKB codes).
_REGIONS = (
    "A|B|D|E|F|G|H|K|L|M|N|P|R|S|T|W|Z|AA|AB|AD|AE|AG|BA|BB|BD|BE|BG|BH|BK|BL|BM|BN|BP|DA|DB|DC|DD|DE|DG|DH|DK|DL|DM|DN|"
    "DP|DR|DS|DT|DW|EA|EB|ED|KB|KH|KT|KU|PA|PB|PG|PS|PT|PY|CD|CC|RI"
)
_SEPARATED = r"[\s.\-()/]{0,2}"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[\w.+%-]+\s?(?:@|\[at\]|\(at\))\s?[\w-]+\.[\w.-]+",
        # telephones, mobile and fixed
        rf"(?<![\w.])(?:\+?{_SEPARATED}62|0){_SEPARATED}(?:\d{_SEPARATED}){{7,12}}\d(?!\d)",
        rf"(?<!\d)(?:\d{_SEPARATED}){{15}}\d(?!\d)",  # NIK: 16 digits
        rf"(?<![\w])(?:{_REGIONS})[\s.-]?\d{{1,4}}[\s.-]?[A-Z]{{1,3}}(?![\w])",
        rf"(?i)(?<![\w])(?:{_REGIONS})[\s.-]?\d{{3,4}}[\s.-]?[A-Z]{{1,3}}(?![\w])",
    )
)


def may_identify(text: str) -> bool:
    """Whether the words seem to name somebody."""
    return any(pattern.search(text) for pattern in _PATTERNS)
