"""Who writes is told of the same words that the public will not see: the page's look finds what the city's does."""

import random

from chalicelib.domain.text.privacy import LONGEST, look
from tests.corpora import harmless, personal_data
from tests.node import needs_node
from tests.web.in_node import each_by_page

pytestmark = needs_node
CORPUS = [*(row.text for row in personal_data.ROWS), *harmless.SENTENCES]
BETWEEN = (
    " ", "", "", " - ", ".", ",", ", ", "/", "\n", "@", " at ", "(at)", "dot", " titik ", "+", "(", ")", "O", "l", "B",
    "0", "8", "62", "1234", "XYZ", " rp ", "jkt-", "RT ", "nol", "dua", "ﷺ", "😀", "\u202e", "\ud800", "é", "ж", "三",
    "½", "²", "Ⅷ", "㎡", "x", " strip ", "_", "|", "\x00", "\x85", "\u2028", "\ufeff", "OlO",
)  # fmt: skip


def as_the_city_looks(text: str) -> list[list[str]]:
    return [[finding.kind, text[finding.start : finding.end]] for finding in look(text)]


def as_the_page_looks(texts: list[str]) -> list[list[list[str]]]:
    return [[[one["kind"], one["words"]] for one in found] for found in each_by_page("privacy.js", "named", texts)]


def differing(texts: list[str]) -> list[str]:
    pairs = zip(texts, as_the_page_looks(texts), strict=True)
    return [text for text, found in pairs if found != as_the_city_looks(text)]


def test_page_and_city_find_the_same_words_in_every_spelling_of_the_corpus() -> None:
    assert differing(CORPUS) == []


def test_page_and_city_find_the_same_in_texts_made_of_pieces() -> None:
    chosen = random.Random(41)

    def piece() -> str:
        text = chosen.choice(CORPUS)
        start, end = sorted((chosen.randint(0, len(text)), chosen.randint(0, len(text))))
        return text[start:end] if chosen.random() < 0.5 else chosen.choice(BETWEEN)

    made = ["".join(piece() for _ in range(chosen.randint(1, 8))) for _ in range(3_000)]

    assert differing(made) == []


def test_page_and_city_stop_at_the_same_sign() -> None:
    assert (
        differing(["😀" * LONGEST, "😀" * LONGEST + "a", "a" * (LONGEST - 12) + "081234567890", "0" * (LONGEST + 1)])
        == []
    )
