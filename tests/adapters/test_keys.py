"""Key strings lead back to what they stand for, whatever signs it has."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.dynamodb import keys
from chalicelib.domain.case import numbers


@given(st.integers(0, 2**40 - 1))
def test_every_number_is_read_back_from_its_partition(bits):
    number = numbers.from_bits(bits)

    assert keys.number_of(keys.case(number)) == number


def test_a_number_whose_own_signs_say_jkt_keeps_them():
    """Such a report could not be found again under the number that its reporter was given."""
    assert keys.case("JKT-77DM-3JKT-G") == "C#77DM3JKTG"
    assert keys.case("JKT-JKT3-77DM-4") == "C#JKT377DM4"
