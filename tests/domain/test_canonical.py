"""What is hashed for ever has one spelling in every language."""

import json
import math

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.domain.case.canonical import DECIMAL, LARGEST, as_stored, as_written, canonical

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
KEYS = TEXT.filter(lambda key: key != DECIMAL)
EXACT = st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | TEXT
NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers()


def nested(leaves):
    return st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=10
    )


@given(nested(EXACT))
@example({"\ue000": 1, "\U0001f573": 2, "a": {"é": [], "e\u0301": {}}})  # UTF-16 puts the pair before U+E000
@example({"\u20ac": "€", "\r": "CR", "\ufb33": "ﬀ", "1": "1", "\U0001f600": "😀", "\x80": "", "\xf6": "ö"})
@example(['\x00\x08\t\n\x0b\x0c\r\x1f\x7f\u2028\u2029"\\/', LARGEST, -LARGEST])
def test_it_is_the_form_of_rfc_8785(value):
    assert canonical(value).encode() == rfc8785.dumps(value)


@given(nested(EXACT))
def test_it_is_the_value_and_has_one_spelling(value):
    assert json.loads(canonical(value)) == value
    assert canonical(json.loads(canonical(value))) == canonical(value)


def within(value):
    """The value on its own, and deep inside."""
    return [value, {"a": value}, [1, {"b": [value]}], {"facts": {"place": (1, value)}}]


NEVER = {
    "a fraction": 0.5,
    "a whole fraction": 12.0,
    "NaN": math.nan,
    "an infinity": math.inf,
    "2⁵³": 2**53,
    "-2⁵³": -(2**53),
    "bytes": b"x",
    "a set": {1},
    "an object of ours": object(),
    "a key that is a number": {1: "x"},
    "a key that is nothing": {None: "x"},
    "half a surrogate": "\ud800",
    "half a surrogate for a key": {"\udc00": 1},
}


@pytest.mark.parametrize("value", NEVER.values(), ids=NEVER)
def test_what_other_languages_write_otherwise_is_never_hashed(value):
    for where in within(value):
        with pytest.raises(ValueError, match=r"canonical|surrogate"):
            canonical(where)


@given(nested(EXACT | NUMBERS))
@example({"lat": -6.175392, "lon": 106.827153, "accuracy_m": 12.0})
@example([1e-07, 1e22, 5e-324, 1.7976931348623157e308, -0.0, 2.0**53, 2**53, 10**30, True])
def test_people_s_numbers_are_stored_exactly_and_come_back(value):
    stored = as_stored(value)

    assert as_written(json.loads(canonical(stored))) == value


@given(nested(EXACT))
def test_what_has_no_fraction_is_stored_as_it_is(value):
    assert as_stored(value) == value


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, {DECIMAL: "1"}, {DECIMAL: "1", "more": 2}], ids=str)
def test_what_could_not_be_read_back_is_not_stored(value):
    for where in within(value):
        with pytest.raises(ValueError, match=r"finite|words"):
            as_stored(where)
