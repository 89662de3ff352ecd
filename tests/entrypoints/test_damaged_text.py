"""Words that lost letters on their way are refused: a damaged report helps nobody, and no history can be mended.
The gateway decodes a body before we see it and puts U+FFFD where bytes were no UTF-8."""

import json

import pytest

from tests.builders import DESK, LURAH
from tests.entrypoints.test_citizen_api import DRAFT, faults

DAMAGED = "caf\ufffd"
REPORTS = {
    "description": {"description": DAMAGED},
    "landmark": {"landmark": DAMAGED},
    "contact.name": {"contact": {"name": DAMAGED}},
    "contact.email": {"contact": {"email": f"{DAMAGED}@example.com"}},
    "answers.SIZE": {"answers": {"SIZE": DAMAGED}},
    "answers.caf?": {"answers": {DAMAGED: "x"}},
}
NOT_UTF_8 = {
    "Latin-1": "café rusak".encode("latin-1"),
    "Windows-1252": "\u201crusak\u201d".encode("cp1252"),
    "UTF-16": "rusak".encode("utf-16"),
    "cut in a letter": "café".encode()[:-1],
    "an overlong zero": b"\xc0\x80",
    "half a surrogate": b"\xed\xa0\x80",
}


@pytest.mark.parametrize(("field", "part"), REPORTS.items(), ids=list(REPORTS))
def test_a_report_with_damaged_words_is_refused_at_its_field(http, field, part):
    told = {name for name, _ in faults(http.post("/complaints", {**DRAFT, **part}))}

    assert told == {field}


@pytest.mark.parametrize("field", ["description", "landmark"])
def test_a_desks_report_with_damaged_words_is_refused_at_its_field(http, field):
    body = {**DRAFT, "channel": DESK.channels[0], field: DAMAGED}

    assert (field, "value") in faults(http.post("/staff/complaints", body, as_=DESK))


@pytest.mark.parametrize("action", ["comment", "reject", "coordinate"])
def test_an_action_with_damaged_words_is_refused_at_its_field(http, action):
    number = http.post("/complaints", DRAFT).json_body["number"]
    body = {"version": 1, "text": DAMAGED}

    assert ("text", "value") in faults(http.post(f"/complaints/{number}/actions/{action}", body, as_=LURAH))


@pytest.mark.parametrize("words", NOT_UTF_8.values(), ids=list(NOT_UTF_8))
def test_bytes_that_are_no_utf_8_are_unreadable(http, words):
    body = json.dumps({**DRAFT, "description": "@"}).encode().replace(b'"@"', b'"' + words + b'"')

    assert http.post("/complaints", body).status_code == 400


@pytest.mark.parametrize("words", ["Jalan rusak \u2013 \u201cparah\u201d", "😀 ꦗꦭꦤ꧀ é", "\ufffc \ufeffx"])
def test_unusual_letters_that_arrived_whole_are_kept(http, city, words):
    number = http.post("/complaints", {**DRAFT, "description": words}).json_body["number"]

    assert city.complaints.events(number)[0].words["description"] == words
