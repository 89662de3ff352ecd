"""One name for one thing: every public type says what it is, and no two have the same name."""

from collections import Counter

import pytest

from tools.pages.types_page import PublicType, public_types

TYPES = public_types()
PARTICIPLES = ("Opened", "Sent", "Filled", "Asked", "Arrived", "Announced", "Relayed", "Swept", "Placed")


@pytest.mark.parametrize("found", TYPES, ids=lambda found: found.name)
def test_a_public_type_says_what_it_is(found: PublicType) -> None:
    assert found.meaning


def test_no_two_public_types_have_the_same_name() -> None:
    assert [name for name, times in Counter(found.name for found in TYPES).items() if times > 1] == []


def test_a_type_is_a_noun() -> None:
    assert {found.name for found in TYPES}.isdisjoint(PARTICIPLES)
