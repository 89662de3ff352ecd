"""Numbers and secrets are derived: stable for the same, unlike for anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.application.intake import derivation
from chalicelib.application.intake.derivation import IntakeKey
from chalicelib.domain.case import numbers

KEY = IntakeKey("web", "kunci-idempoten-00001")


def test_the_same_secret_source_key_and_attempt_give_the_same_number_and_secret():
    assert derivation.number(b"s", KEY, 0) == derivation.number(b"s", KEY, 0)
    assert derivation.owner_secret(b"s", KEY, 0) == derivation.owner_secret(b"s", KEY, 0)


@pytest.mark.parametrize(
    ("secret", "key", "attempt"),
    [(b"other", KEY, 0), (b"s", IntakeKey("desk", KEY.key), 0), (b"s", IntakeKey("web", "another"), 0), (b"s", KEY, 1)],
    ids=["another server secret", "another source", "another key", "another attempt"],
)
def test_anything_else_gives_another_number_and_secret(secret, key, attempt):
    assert derivation.number(secret, key, attempt) != derivation.number(b"s", KEY, 0)
    assert derivation.owner_secret(secret, key, attempt) != derivation.owner_secret(b"s", KEY, 0)


def test_source_and_key_cannot_be_shifted_into_each_other():
    assert IntakeKey("web", "a:b").hash != IntakeKey("web:a", "b").hash
    assert derivation.number(b"s", IntakeKey("staff:a", "b"), 0) != derivation.number(
        b"s", IntakeKey("staff", ":ab"), 0
    )


def test_the_secret_of_a_report_has_128_bits():
    assert len(derivation.owner_secret(b"s", KEY, 0)) == 22


@given(st.text(max_size=255), st.integers(0, 7))
def test_every_derived_number_is_one_that_people_can_type(key, attempt):
    number = derivation.number(b"s", IntakeKey("web", key), attempt)

    assert numbers.read(number) == number
