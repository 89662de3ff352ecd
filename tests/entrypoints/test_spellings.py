"""Numbers, telephones and addresses as people write them, by the API: the tables of the domain and the pages."""

from urllib.parse import quote

import pytest

from chalicelib.domain.case import numbers
from tests.entrypoints.test_citizen_api import DRAFT
from tests.spellings import rows, table

NUMBERS, TELEPHONES, ADDRESSES = table("numbers"), table("telephones"), table("addresses")
LONGEST = 500  # characters of a telephone number or an address that the form takes
IN_A_PATH = [(typed, number) for typed, number in rows(NUMBERS["read"]) if "/" not in typed]


@pytest.fixture
def lodged(http, monkeypatch):
    """Reports with the numbers of the table."""

    def lodge(number):
        monkeypatch.setattr(numbers, "from_bits", lambda _: number)
        assert http.post("/complaints", DRAFT).json_body["number"] == number

    return lodge


@pytest.mark.parametrize("number", NUMBERS["read"])
def test_a_report_is_found_by_every_spelling_of_its_number(http, lodged, number):
    lodged(number)
    spellings = [typed for typed, read in IN_A_PATH if read == number]

    found = {typed: http.get(f"/complaints/{quote(typed, safe='')}").status_code for typed in spellings}

    assert [typed for typed, status in found.items() if status != 200] == []


@pytest.mark.parametrize("typed", NUMBERS["typing errors"][:5], ids=ascii)
def test_a_typing_error_in_a_number_is_a_bad_request(http, typed):
    assert http.get(f"/complaints/{quote(typed)}").status_code == 400


@pytest.mark.parametrize("typed", ["JKT", "JKT-7K3M-9QXR", "jalan rusak", "JKT-7K3M-9QXR-\ufffd", "100%"], ids=ascii)
def test_what_is_no_number_is_not_there(http, typed):
    assert http.get(f"/complaints/{quote(typed)}").status_code == 404


def lodged_with(http, contact):
    """(status, faulty fields) of a report with this contact."""
    answer = http.post("/complaints", {**DRAFT, "contact": contact, "photos": []})
    return answer.status_code, [(error["field"], error["code"]) for error in answer.json_body.get("errors", ())]


@pytest.mark.parametrize("kind", ["mobile", "fixed"])
def test_a_telephone_number_is_taken_in_every_spelling(http, kind):
    spellings = [typed for typed, _ in rows(TELEPHONES[kind])]

    assert [typed for typed in spellings if lodged_with(http, {"phone": typed}) != (201, [])] == []


def test_an_address_is_taken_in_every_spelling(http):
    assert [typed for typed, _ in rows(ADDRESSES["read"]) if lodged_with(http, {"email": typed}) != (201, [])] == []


@pytest.mark.parametrize(("field", "faults"), [("phone", TELEPHONES["faults"]), ("email", ADDRESSES["faults"])])
def test_who_cannot_be_reached_is_told_at_the_field(http, field, faults):
    spellings = [typed for spelled in faults.values() for typed in spelled if len(typed) <= LONGEST]
    expected = (422, [(f"contact.{field}", "value")])

    assert [typed for typed in spellings if lodged_with(http, {field: typed}) != expected] == []


def test_a_fixed_line_is_kept_and_gets_no_message_by_itself(http, city):
    number = http.post("/complaints", {**DRAFT, "contact": {"phone": "021-555 1234"}}).json_body["number"]

    assert city.vault.contacts[number].phone == "+62215551234"
    assert not city.complaints.load(number).reachable
