"""Contacts as people type them."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.application.intake import contacts
from chalicelib.application.intake.addresses import read_email
from chalicelib.application.intake.contact_faults import MESSAGES, ContactFaultError
from chalicelib.application.intake.telephones import Telephone, read_telephone
from chalicelib.application.ports.cases import Contact
from chalicelib.domain.errors import FieldError
from chalicelib.domain.ways import WAYS, line_of, way_to
from tests.spellings import rows, table

TELEPHONES, ADDRESSES = table("telephones"), table("addresses")


def wrong(faults):
    """(typed, fault) of `{fault: [typed, …]}`."""
    return [(typed, fault) for fault, spelled in faults.items() for typed in spelled]


def fault_of(reader, typed):
    with pytest.raises(ContactFaultError) as raised:
        reader(typed)
    return raised.value.code


@pytest.mark.parametrize(("typed", "number"), rows(TELEPHONES["mobile"]), ids=ascii)
def test_a_mobile_number_is_read_as_people_write_it(typed, number):
    assert read_telephone(typed) == Telephone(number, "mobile")


@pytest.mark.parametrize(("typed", "number"), rows(TELEPHONES["fixed"]), ids=ascii)
def test_a_fixed_line_is_read_and_known_as_one(typed, number):
    assert read_telephone(typed) == Telephone(number, "fixed")


@pytest.mark.parametrize(("typed", "fault"), wrong(TELEPHONES["faults"]), ids=ascii)
def test_what_is_wrong_with_a_telephone_number_is_named(typed, fault):
    assert fault_of(read_telephone, typed) == fault


@pytest.mark.parametrize(("typed", "address"), rows(ADDRESSES["read"]), ids=ascii)
def test_an_address_is_read_as_people_write_it(typed, address):
    assert read_email(typed) == address


@pytest.mark.parametrize(("typed", "fault"), wrong(ADDRESSES["faults"]), ids=lambda value: ascii(value)[:80])
def test_what_is_wrong_with_an_address_is_named(typed, fault):
    assert fault_of(read_email, typed) == fault


def test_every_fault_is_shown_by_an_example():
    assert {*TELEPHONES["faults"], *ADDRESSES["faults"]} == set(MESSAGES)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_for_good_or_not_at_all(typed):
    for reader in (contacts.telephone, contacts.email):
        found = reader(typed)
        assert found is None or reader(found) == found


@pytest.mark.parametrize("typed", ["9" * 100_000, "no " * 50_000, "\ufdfa" * 50_000, "a@" * 50_000, "<" * 100_000])
def test_a_text_of_any_length_is_looked_at_briefly(typed):
    assert (contacts.telephone(typed), contacts.email(typed)) == (None, None)


def a_contact(name=None, phone=None, email=None):
    return contacts.read(name=name, phone=phone, email=email, language="id")


def test_a_contact_is_read_with_all_of_its_faults():
    assert a_contact(phone="14045", email=".a@b.id") == (
        None,
        [
            FieldError("contact.phone", "value", MESSAGES["phone_service"]),
            FieldError("contact.email", "value", MESSAGES["email_dots"]),
        ],
    )


def test_a_name_alone_is_a_contact_and_nothing_is_none():
    assert a_contact("Siti") == (Contact("Siti", None, None, "id", ""), [])
    assert a_contact(phone="", email="") == (None, [])


@pytest.mark.parametrize(
    ("phone", "email", "way"),
    [
        ("+628123456789", "a@b.id", "email"),
        ("+62215551234", "a@b.id", "email"),
        ("+628123456789", None, "sms"),
        ("+62215551234", None, None),
        (None, None, None),
    ],
)
def test_an_email_goes_before_an_sms_and_nothing_goes_to_a_fixed_line(phone, email, way):
    assert way_to(Contact("Siti", phone, email, "id", "").addresses) == WAYS.get(way)


@pytest.mark.parametrize(
    ("phone", "email", "by", "way"),
    [
        ("+628123456789", "a@b.id", "sms", "sms"),
        ("+628123456789", "a@b.id", "email", "email"),
        ("+628123456789", None, "email", "sms"),
        (None, "a@b.id", "sms", "email"),
        ("+62215551234", None, "sms", None),
    ],
)
def test_who_can_be_reached_by_both_is_told_by_the_way_that_they_chose(phone, email, by, way):
    assert way_to(Contact("Siti", phone, email, "id", "", by).addresses, by) == WAYS.get(way)


@pytest.mark.parametrize(
    ("phone", "email", "by"),
    [
        (None, "a@b.id", "sms"),
        ("0215551234", "a@b.id", "sms"),
        ("08123456789", None, "email"),
        (None, None, "email"),
    ],
    ids=["no number", "a fixed line", "no address", "neither"],
)
def test_a_way_without_its_address_is_refused_at_its_field(phone, email, by):
    _, faults = contacts.read(name="Siti", phone=phone, email=email, language="id", by=by)

    assert [(fault.field, fault.code) for fault in faults] == [("contact.by", "value")]


@pytest.mark.parametrize("by", ["email", "sms", None])
def test_the_chosen_way_is_kept_with_the_contact(by):
    contact, faults = contacts.read(name="Siti", phone="08123456789", email="a@b.id", language="id", by=by)

    assert (contact.by, faults) == (by, [])


@pytest.mark.parametrize("kind", ["mobile", "fixed"])
def test_the_kind_of_a_kept_number_is_known_without_the_library(kind):
    assert {line_of(number) for number in TELEPHONES[kind]} == {kind}


def test_the_library_comes_with_the_first_number_only():
    """It takes some 25 ms, which a request without a number must not pay."""
    code = """
import sys
from chalicelib.application.intake import contacts
def read(phone, email): return contacts.read(name="Siti", phone=phone, email=email, language="id")[0]
assert read(None, "siti@example.com").email == "siti@example.com"
assert "phonenumbers" not in sys.modules
assert read("0812 3456 7890", None).phone == "+6281234567890"
assert "phonenumbers" in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_mask_shows_enough_for_the_owner_only():
    masked = contacts.mask(Contact("Siti Aminah", "+6281234567890", "siti@example.com", "id", "rahasia"))

    assert masked == {"name": "S***", "phone": "+6281***90", "email": "s***@example.com", "reach": "email"}
