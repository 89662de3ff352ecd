"""Values that are in their field and are none, such as words that nobody sees, times that other programs write, and
fields of another action. Also values that look odd and are right, such as a number with everything that a link
carries."""

import pytest

from tests.builders import COORDINATOR, DBM, LURAH
from tests.entrypoints.test_citizen_api import DRAFT, faults

UNSEEN = {
    "zero width": "\u200b",
    "joiners": "\u2060\ufeff\u200d",
    "soft hyphens": "\u00ad\u00ad",
    "marks of direction": "\u202e\u2066\u2069\u202c",
    "fillers": "\u3164\u115f\u2800",
    "variants": "\ufe0f",
    "blanks between": " \u200b \u3000\n",
    "very many": "\u200b" * 9_000,
}
SEEN = ["\u200bx", "👨\u200d👩\u200d👧", "é", "a\u0301", "\u202eשלום"]


def case_of(http):
    return http.post("/complaints", DRAFT).json_body["number"]


def asked(http, action, who=LURAH, **needs):
    return http.post(f"/complaints/{case_of(http)}/actions/{action}", {"version": 1, **needs}, as_=who)


@pytest.mark.parametrize("text", UNSEEN.values(), ids=list(UNSEEN))
def test_words_that_nobody_sees_are_no_words(http, text):
    assert faults(http.post("/complaints", {**DRAFT, "description": text})) == {("description", "required")}
    assert faults(asked(http, "reject", reason_code="spam", text=text)) == {("text", "required")}
    assert faults(asked(http, "comment", text=text)) == {("text", "required")}
    outside = {"outside_unit": text, "outside_number": text, "until": "2030-01-01T00:00:00Z", "text": "x"}
    assert faults(asked(http, "refer", **outside)) == {("outside_unit", "required"), ("outside_number", "required")}


@pytest.mark.parametrize("text", SEEN, ids=ascii)
def test_words_of_which_something_is_seen_are_words(http, text):
    assert http.post("/complaints", {**DRAFT, "description": text}).status_code == 201


def test_words_are_counted_without_the_blanks_around_them(http):
    full = {**DRAFT, "description": f" {'a' * 4000}\n", "landmark": f"\t{'b' * 200} "}

    assert http.post("/complaints", full).status_code == 201
    assert faults(http.post("/complaints", {**full, "landmark": "b" * 201})) == {("landmark", "too_long")}
    assert faults(asked(http, "comment", text="a" * 4001)) == {("text", "too_long")}


def test_a_landmark_that_nobody_sees_is_left_out(http, city):
    number = http.post("/complaints", {**DRAFT, "landmark": UNSEEN["zero width"]}).json_body["number"]

    assert "landmark" not in city.complaints.case_file(number).events[0].words


TIMES = {
    "2030-01-01T00:00:00Z": True,
    "2030-01-01t00:00:00z": True,
    "2030-01-01 07:00:00+07:00": True,
    "2030-01-01T00:00:00.123456789Z": True,
    "2030-01-01T00:00:00": False,
    "2030-01-01": False,
    "20300101T000000Z": False,
    "2030-W01-1T00:00:00Z": False,
    "2030-01-01T00Z": False,
    "2030-01-01T00:00Z": False,
    "2030-01-01T00:00:00+07": False,
    "2030-01-01T00:00:00+0700": False,
    "2030-01-01T00:00:00+07:00:30": False,
    "2030-01-01T00:00:00,5Z": False,
    "2030-01-01T24:00:01Z": False,
    "2030-02-30T00:00:00Z": False,
    "２０３０-01-01T00:00:00Z": False,
    " 2030-01-01T00:00:00Z": False,
    "besok": False,
}


@pytest.mark.parametrize(("time", "is_one"), TIMES.items())
def test_a_time_is_one_of_rfc_3339(http, time, is_one):
    told = faults(asked(http, "refer", outside_unit="PLN", outside_number="1", until=time))

    assert (("until", "value") in told) is not is_one


def test_an_empty_time_was_not_given(http):
    assert ("until", "required") in faults(asked(http, "refer", outside_unit="PLN", outside_number="1", until=""))


@pytest.mark.parametrize("empty", [None, "", []], ids=repr)
@pytest.mark.parametrize("field", ["reason_code", "rating", "photos", "until", "location"])
def test_a_field_of_another_action_is_unknown_also_where_it_is_empty(http, field, empty):
    answer = asked(http, "coordinate", unit=DBM, **{field: empty})

    assert field in {name for name, _ in faults(answer)}


@pytest.mark.parametrize("empty", [None, ""], ids=repr)
def test_an_own_field_may_be_empty_where_it_is_not_needed(http, empty):
    assert asked(http, "coordinate", unit=DBM, text=empty).status_code == 200


LINKS = [
    "http://127.0.0.1:8080/lacak/#{number}",
    "https://lapor.example.go.id/lacak#{number}~abcdefghijklmnopqrstuv~ABCDEFGHIJKLMNOP",
    "https://lapor.example.go.id/api/complaints/{number}?from=mail&utm_source=whatsapp&utm_medium=social",
]


@pytest.mark.parametrize("link", LINKS)
def test_a_link_with_everything_that_it_carries_names_its_report(http, link):
    survivor, text = link.format(number=case_of(http)), "Aduan yang sama."

    assert asked(http, "merge", COORDINATOR, survivor=survivor, text=text).json_body["status"] == "merged"
    assert faults(http.post("/complaints", {**DRAFT, "returns": survivor})) == {("returns", "value")}
