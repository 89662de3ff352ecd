"""`python -m tools unknown FILE`: words of reports that the word table does not know, so that a city can add them
to `chalicelib/data/category_words.csv`. FILE holds one description a line (`-`: standard input). Printed are single
words with the number of lines that use them, never a line. A word that fewer than five lines use is left out, because
it may be a name, and so is one with digits or of more than 40 letters."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from chalicelib import data
from chalicelib.domain.text.language import words_of
from chalicelib.domain.text.suggestions import WHOLE
from tools.command_line import parser

LEAST = 5  # lines
LONGEST = 40  # letters


def unknown(lines: Iterable[str]) -> list[tuple[str, int]]:
    """Words and the number of lines that use them, the commonest first."""
    used = Counter(word for line in lines for word in set(words_of(line)) if _is_unknown(word))
    return sorted(((word, n) for word, n in used.items() if n >= LEAST), key=lambda each: (-each[1], each[0]))


def _is_unknown(word: str) -> bool:
    words = data.words()
    tokens = words.language.tokens([word])
    known = not tokens or any(
        token.plain or WHOLE in words.met(token.fold, False, False, 0).values() for token in tokens
    )
    return word.isalpha() and len(word) <= LONGEST and not known


def main(arguments: Sequence[str]) -> int:
    made = parser("unknown", __doc__)
    made.add_argument("file", metavar="FILE|-")
    file = made.parse_args(list(arguments)).file
    text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    sys.stdout.write("".join(f"{n}\t{word}\n" for word, n in unknown(text.splitlines())))
    return 0
