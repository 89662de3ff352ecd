"""Complaint numbers: read as people type them, and no typing error passes unseen."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.case import numbers
from chalicelib.domain.case.numbers import SIGNS
from chalicelib.domain.errors import NotFoundError, UnreadableError
from tests.spellings import rows, table

SPELLINGS = table("numbers")

BITS = st.integers(0, 2**40 - 1)
NUMBERS = BITS.map(numbers.from_bits)


def bare(number):
    return number.removeprefix("JKT-").replace("-", "")


def dressed(signs):
    return f"JKT-{signs[:4]}-{signs[4:8]}-{signs[8]}"


@given(NUMBERS)
def test_a_number_is_read_as_itself(number):
    assert numbers.read(number) == number


@given(BITS, BITS)
def test_different_bits_are_different_numbers(one, other):
    assert (numbers.from_bits(one) == numbers.from_bits(other)) is (one == other)


def test_the_ends_of_the_range():
    assert numbers.from_bits(0) == "JKT-0000-0000-0"
    assert bare(numbers.from_bits(2**40 - 1))[:8] == "ZZZZZZZZ"


@given(NUMBERS)
def test_every_single_wrong_sign_is_caught(number):
    signs = bare(number)
    wrong = (signs[:i] + sign + signs[i + 1 :] for i in range(9) for sign in SIGNS if sign != signs[i])

    assert all(is_caught(dressed(each)) for each in wrong)


@given(NUMBERS)
def test_every_swap_of_neighbours_is_caught(number):
    signs = bare(number)
    swapped = (signs[:i] + signs[i + 1] + signs[i] + signs[i + 2 :] for i in range(8) if signs[i] != signs[i + 1])

    assert all(is_caught(dressed(each)) for each in swapped)


def is_caught(number):
    try:
        numbers.read(number)
    except UnreadableError:
        return True
    return False


def test_every_pair_of_neighbours_anywhere_is_told_from_its_swap():
    pairs = ((a, b) for a in SIGNS for b in SIGNS if a != b)

    assert all(numbers.check_sign(a + b) != numbers.check_sign(b + a) for a, b in pairs)


@pytest.mark.parametrize(("typed", "number"), rows(SPELLINGS["read"]), ids=ascii)
def test_a_number_is_read_as_people_type_it(typed, number):
    assert numbers.read(typed) == number


@given(NUMBERS)
def test_the_letters_that_look_like_digits_are_read_as_digits(number):
    typed = bare(number).replace("0", "O").replace("1", "l")

    assert numbers.read(typed) == number


@given(st.text(max_size=20))
def test_whatever_is_typed_is_a_number_or_a_refusal(typed):
    with contextlib.suppress(NotFoundError, UnreadableError):
        assert numbers.read(numbers.read(typed)) == numbers.read(typed)


@given(st.text(max_size=40), NUMBERS)
def test_a_link_is_read_as_the_number_in_its_fragment(secret, number):
    assert numbers.read(f"https://tanggap.example/lacak/#{number}~{secret}") == number


@pytest.mark.parametrize("typed", SPELLINGS["no numbers"], ids=ascii)
def test_what_is_no_nine_signs_is_not_there(typed):
    with pytest.raises(NotFoundError):
        numbers.read(typed)


@pytest.mark.parametrize("typed", SPELLINGS["typing errors"], ids=ascii)
def test_a_wrong_check_sign_is_a_typing_error(typed):
    with pytest.raises(UnreadableError):
        numbers.read(typed)


def test_a_text_of_any_length_is_looked_at_briefly():
    with pytest.raises(NotFoundError):
        numbers.read("NO" * 100_000 + "\ufdfa" * 10_000 + "JKT-7K3M-9QXR-B")
