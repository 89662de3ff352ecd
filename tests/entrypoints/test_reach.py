"""How a reporter is told, and what they and others say of an address: by the routes."""

import json

import pytest

from chalicelib.domain.pseudonyms import pseudonym
from tests.builders import COORDINATOR, DESK
from tests.city_in_memory import CityInMemory
from tests.entrypoints.test_citizen_api import DRAFT, faults

PLAIN = {name: DRAFT[name] for name in ("category", "description", "location")}
DESKS = PLAIN | {"channel": "EMAIL"}
BOTH = {"phone": "0812 3456 7890", "email": "siti@example.com"}


def lodged(http, city: CityInMemory, contact, *, told: bool = True):
    """A report with this contact, whose receipt was sent; number, secret and the address's token."""
    receipt = http.post("/complaints", PLAIN | {"contact": contact}).json_body
    token = city.vault.contacts[receipt["number"]].token
    if told:
        city.standings.rows[pseudonym(token)] = city.standings.find(pseudonym(token))
    return receipt["number"], receipt["secret"], token


def shown(http, number, secret):
    return http.get(f"/complaints/{number}", secret=secret).json_body["contact"]


@pytest.mark.parametrize(
    ("contact", "reach"),
    [
        ({"email": "siti@example.com"}, "email"),
        ({"phone": "0812 3456 7890"}, "sms"),
        (BOTH, "email"),
        (BOTH | {"by": "email"}, "email"),
        (BOTH | {"by": "sms"}, "sms"),
        ({"phone": "0812 3456 7890", "by": "sms"}, "sms"),
        ({"phone": "021 555 1234"}, "call"),
        ({"phone": "021 555 1234", "email": "siti@example.com"}, "email"),
        ({"name": "Siti"}, None),
    ],
    ids=str,
)
def test_a_reporter_sees_how_they_are_told(http, city, contact, reach):
    number, secret, token = lodged(http, city, contact, told=False)

    assert shown(http, number, secret)["reach"] == reach
    assert shown(http, number, secret)["confirmed"] is False
    assert city.complaints.rows[number].reachable == (reach in ("email", "sms"))
    assert len(token) == {"email": 16, "sms": 8}.get(reach, 0)


@pytest.mark.parametrize(
    "contact",
    [
        {"by": "sms", "email": "siti@example.com"},
        {"by": "email", "phone": "0812 3456 7890"},
        {"by": "sms", "phone": "021 555 1234"},
        {"by": "sms", "name": "Siti"},
        {"by": "whatsapp", "phone": "0812 3456 7890"},
    ],
    ids=str,
)
def test_a_way_that_leads_nowhere_is_named(http, contact):
    assert faults(http.post("/complaints", PLAIN | {"contact": contact})) == {("contact.by", "value")}


@pytest.mark.parametrize("phone", ["0868 1234 5678", "0809 1 234 567", "14045", "+1 212 555 1234"])
def test_numbers_that_no_sms_reaches_are_refused(http, phone):
    assert faults(http.post("/complaints", PLAIN | {"contact": {"phone": phone}})) == {("contact.phone", "value")}


def test_an_address_has_one_token_however_it_is_spelled(http, city):
    spellings = ["budi@example.com", "Budi@Example.com", "budi+satu@example.com", "budi+dua@example.com"]

    tokens = {lodged(http, city, {"email": spelled})[2] for spelled in spellings}

    assert len(tokens) == 1
    assert tokens != {lodged(http, city, {"email": "siti@example.com"})[2]}


def test_no_key_and_no_row_beside_the_contact_holds_the_address(http, city):
    number, _, token = lodged(http, city, {"email": "rahasia@example.com"})

    stored = city.complaints.contacts[number]
    assert stored.pseudonym == pseudonym(token)
    assert "rahasia" not in json.dumps([stored.pseudonym, dict(stored.masked)]) + repr(city.standings)
    assert token not in repr(stored) + repr(city.standings)


def test_who_opens_the_link_of_a_message_confirms_its_address(http, city):
    number, secret, token = lodged(http, city, BOTH)

    answer = http.post(f"/complaints/{number}/contact/confirmations", {"token": token})

    assert (answer.status_code, answer.body) == (204, b"")
    assert shown(http, number, secret)["confirmed"] is True


def test_what_is_confirmed_by_one_report_counts_for_all_that_name_the_address(http, city):
    first, _, token = lodged(http, city, BOTH)
    http.post(f"/complaints/{first}/contact/confirmations", {"token": token})

    second, secret, _ = lodged(http, city, {"email": "SITI@example.com"}, told=False)

    assert shown(http, second, secret)["confirmed"] is True


@pytest.mark.parametrize("token", ["", " ", "x", "x" * 500, "~", "0" * 16, "🤷"])
def test_a_wrong_token_is_answered_like_the_right_one(http, city, token):
    number, secret, known = lodged(http, city, BOTH)
    wrong = token if token.strip() else "y"

    for path in (f"/complaints/{number}/contact/confirmations", "/suppressions"):
        right_or_not = [http.post(path, {"token": sent}) for sent in (wrong, wrong)]
        assert [(answer.status_code, answer.body) for answer in right_or_not] == [(204, b"")] * 2
    assert shown(http, number, secret)["confirmed"] is False
    assert not city.standings.find(pseudonym(known)).suppressed


def test_who_got_no_message_has_no_token_to_confirm_with(http, city):
    number, secret, token = lodged(http, city, BOTH, told=False)

    http.post(f"/complaints/{number}/contact/confirmations", {"token": token})

    assert shown(http, number, secret)["confirmed"] is False


def test_not_me_stops_all_messages(http, city):
    _, _, token = lodged(http, city, BOTH)

    answer = http.post("/suppressions", {"token": token})

    assert (answer.status_code, answer.body, answer.headers["Cache-Control"]) == (204, b"", "no-store")
    assert city.standings.find(pseudonym(token)).suppressed


PATHS = ["/suppressions", "/complaints/{number}/contact/confirmations"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({}, ("token", "required")),
        ({"token": ""}, ("token", "required")),
        ({"token": 5}, ("token", "type")),
        ({"token": "x" * 501}, ("token", "too_long")),
        ({"token": "a\x00b"}, ("token", "value")),
        ({"token": "x", "number": "y"}, ("number", "unknown")),
    ],
    ids=str,
)
def test_a_body_without_a_readable_token_is_named(http, city, path, body, fault):
    number, *_ = lodged(http, city, BOTH)

    assert fault in faults(http.post(path.format(number=number), body))


@pytest.mark.parametrize("path", PATHS)
def test_a_bad_token_of_staff_is_refused_here_too(http, city, path):
    number, *_ = lodged(http, city, BOTH)

    answer = http.post(path.format(number=number), {"token": "x"}, Authorization="Bearer forged")

    assert answer.status_code == 401


@pytest.mark.parametrize(("number", "status"), [("JKT-0000-0000-0", 404), ("nonsense", 404), ("JKT-0000-0000-1", 400)])
def test_a_number_that_is_none_is_answered_as_everywhere(http, number, status):
    assert http.post(f"/complaints/{number}/contact/confirmations", {"token": "x"}).status_code == status


def test_a_report_without_an_address_confirms_nothing(http):
    number = http.post("/complaints", PLAIN).json_body["number"]

    assert http.post(f"/complaints/{number}/contact/confirmations", {"token": "x"}).status_code == 204


@pytest.mark.parametrize(("said", "confirmed"), [({}, False), ({"contact_confirmed": True}, True)])
def test_a_desk_that_has_seen_the_address_confirms_it(http, city, said, confirmed):
    receipt = http.post("/staff/complaints", DESKS | said | {"contact": BOTH}, as_=DESK).json_body

    token = city.vault.contacts[receipt["number"]].token
    assert city.standings.find(pseudonym(token)).confirmed is confirmed


def test_a_desk_confirms_no_address_where_none_is_given(http, city):
    body = DESKS | {"contact_confirmed": True, "contact": {"phone": "021 555 1234"}}

    assert http.post("/staff/complaints", body, as_=DESK).status_code == 201
    assert not city.standings.rows


def test_citizens_confirm_no_address_with_their_report(http):
    assert faults(http.post("/complaints", PLAIN | {"contact_confirmed": True})) == {("contact_confirmed", "unknown")}


def test_no_officer_sees_a_telephone_number_that_must_be_called(http):
    number = http.post("/complaints", PLAIN | {"contact": {"phone": "021 555 1234"}}).json_body["number"]

    seen = http.get(f"/staff/complaints/{number}", as_=COORDINATOR)

    assert seen.status_code == 200
    assert "5551234" not in seen.body.decode().replace(" ", "")
    assert "contact" not in seen.json_body
