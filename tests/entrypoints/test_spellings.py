"""Numbers, telephones and addresses as people write them, by the API: the tables of the domain and the pages."""

from urllib.parse import quote

import pytest

from chalicelib.domain import numbers
from tests.entrypoints.test_citizen_api import DRAFT
from tests.spellings import rows, table

NUMBERS = table("numbers")
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
