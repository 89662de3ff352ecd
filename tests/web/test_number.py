"""The pages read complaint numbers exactly as the city does."""

import random
import re

from chalicelib.domain.case import numbers
from chalicelib.domain.errors import NotFoundError, UnreadableError
from tests.node import needs_node
from tests.spellings import rows, table
from tests.web.in_node import each_by_page
from web import strings

SPELLINGS = table("numbers")
BETWEEN = [
    "",
    "-",
    " ",
    ".",
    ",",
    "–",
    "\u2011",
    "\u200b",
    "\u202a",
    "\ufeff",
    "~",
    "#",
    "/",
    "%",
    "%2D",
    "\ufffd",
    "\0",
]
DISGUISES = [str, str.lower, lambda sign: chr(ord(sign) + 0xFEE0), lambda sign: f"{sign}\u20e3", lambda sign: sign * 2]


def _as_the_city_reads(text: str) -> str | bool | None:
    try:
        return numbers.read(text)
    except NotFoundError:
        return None
    except UnreadableError:
        return False


def _as_the_page_reads(texts: list[str]) -> list[str | bool | None]:
    return each_by_page("number.js", "read", texts)


@needs_node
def test_the_page_reads_every_spelling_of_the_table() -> None:
    expected = rows(SPELLINGS["read"])
    wrong, none = SPELLINGS["typing errors"], SPELLINGS["no numbers"]

    read = _as_the_page_reads([*(typed for typed, _ in expected), *wrong, *none])

    assert read == [*(number for _, number in expected), *(False for _ in wrong), *(None for _ in none)]


@needs_node
def test_the_page_and_the_city_read_numbers_alike() -> None:
    chosen = random.Random(1711)
    proper = [numbers.from_bits(chosen.getrandbits(40)) for _ in range(200)]
    wrong = [number[:-1] + chosen.choice(numbers.SIGNS) for number in proper]
    disguised = [_disguised(chosen.choice(proper), chosen) for _ in range(2000)]
    texts = [*proper, *wrong, *disguised, *(number[4:] for number in proper)]

    assert _as_the_page_reads(texts) == [_as_the_city_reads(text) for text in texts]


def _disguised(number: str, chosen: random.Random) -> str:
    """With signs put between, and a few of its own in another form."""
    around = chosen.choice(["", "No. ", "https://tanggap.example/lacak#", "nomor", "~"])
    signs = [chosen.choice(DISGUISES)(sign) if chosen.random() < 0.05 else sign for sign in number.replace("-", "")]
    return around + "".join(sign + (chosen.choice(BETWEEN) if chosen.random() < 0.2 else "") for sign in signs)


def test_a_number_that_the_pages_give_as_an_example_is_a_proper_one() -> None:
    examples = {found for text in strings.load("id").values() for found in re.findall(r"JKT-[\w-]+", text)}

    assert examples
    assert [example for example in examples if _as_the_city_reads(example) != example] == []
