"""Contacts as people type them."""

import pytest

from chalicelib.application.intake.contacts import email, mask, telephone
from chalicelib.application.ports.cases import Contact
from chalicelib.domain.ways import WAYS, way_to


@pytest.mark.parametrize(
    "typed",
    ["081234567890", "0812-3456-7890", "62 812 3456 7890", "+62812 3456 7890", "+62-812-3456-7890", "(0812) 34567890"],
)
def test_a_telephone_number_is_read_in_every_usual_form(typed):
    assert telephone(typed) == "+6281234567890"


@pytest.mark.parametrize(
    "typed", ["", "12345", "+1 212 555 1234", "0812", "08123456789012345", "0812abc4567", "+62", "0012345678"]
)
def test_what_is_no_indonesian_number_is_none(typed):
    assert telephone(typed) is None


@pytest.mark.parametrize("typed", ["siti@example.com", " a.b+c@kelurahan.go.id ", "x@sub.domain.co"])
def test_an_address_is_taken_without_the_space_around_it(typed):
    assert email(typed) == typed.strip()


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "siti",
        "@x.id",
        "a@b",
        "a@-b.id",
        "a@b-.id",
        "a b@c.id",
        "a@b..id",
        "a@b.id\nBcc: c@d.id",
        "a" * 250 + "@b.id",
    ],
)
def test_what_is_no_address_is_none(typed):
    assert email(typed) is None


def test_an_email_goes_before_an_sms():
    assert way_to(Contact(None, "+628123456789", "a@b.id", "id", "").addresses) == WAYS["email"]
    assert way_to(Contact(None, "+628123456789", None, "id", "").addresses) == WAYS["sms"]
    assert way_to(Contact("Siti", None, None, "id", "").addresses) is None


def test_the_mask_shows_enough_for_the_owner_only():
    masked = mask(Contact("Siti Aminah", "+6281234567890", "siti@example.com", "id", "rahasia"))

    assert masked == {"name": "S***", "phone": "+6281***90", "email": "s***@example.com"}
