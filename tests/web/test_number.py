"""The pages read complaint numbers exactly as the city does."""

import random

from chalicelib.domain import numbers
from chalicelib.domain.errors import NotFoundError, UnreadableError
from tests.web.node import NEEDS_NODE, each


def _as_the_city_reads(text: str) -> str | bool | None:
    try:
        return numbers.read(text)
    except NotFoundError:
        return None
    except UnreadableError:
        return False


def _as_the_page_reads(texts: list[str]) -> list[str | bool | None]:
    return each("number.js", "page.read(text)", texts)


@NEEDS_NODE
def test_the_page_and_the_city_read_numbers_alike() -> None:
    chosen = random.Random(1711)
    proper = [numbers.from_bits(chosen.getrandbits(40)) for _ in range(200)]
    typed = [n.lower().replace("0", "o").replace("1", "l").replace("-", " ") for n in proper]
    wrong = [n[:-1] + chosen.choice(numbers.SIGNS) for n in proper]
    texts = [*proper, *typed, *wrong, *(n[4:] for n in proper), "", "JKT", "JKT-7K3M-9QXR", "jalan rusak", "U" * 9]

    assert _as_the_page_reads(texts) == [_as_the_city_reads(text) for text in texts]
