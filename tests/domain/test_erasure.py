"""What an erasure takes out of a case, and what it leaves."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.actor import REPORTER
from chalicelib.domain.case.complaint import STATUSES, Summary
from chalicelib.domain.case.erasure import as_left, goes
from chalicelib.domain.conditions import allowed_actions
from tests.builders import CITY, COORDINATOR, DBM, DESK, ENGINEER, GAMBIR, LURAH, NOW, a_complaint, a_life, a_photo

LATER = NOW + timedelta(days=1)


@pytest.mark.parametrize("status", STATUSES)
def test_a_reporter_may_have_their_data_erased_in_every_status(status):
    assert "erase" in allowed_actions(a_complaint(status), REPORTER, reference=CITY, now=NOW)


def test_the_cases_row_forgets_at_once_what_its_reporter_gave():
    life = a_life()
    life.complaint = replace(life.complaint, reachable=True, summary=Summary("Lubang", "Monas", "f1", ("reopened",)))

    life.does(REPORTER, "erase")

    left = life.complaint
    assert (left.place, left.uploads, left.reachable, left.erased) == (None, (), False, life.now)
    assert left.summary == Summary(flags=("reopened",))


def test_category_kelurahan_status_and_clocks_stay():
    life = a_life().does(LURAH, "coordinate", unit=DBM)
    before = life.complaint

    life.does(REPORTER, "erase")

    kept = ("status", "category", "area", "unit", "clocks", "received_at", "lodging", "visibility")
    assert [getattr(life.complaint, name) for name in kept] == [getattr(before, name) for name in kept]


def test_after_it_nobody_can_ask_the_reporter_anything():
    life = a_life().does(LURAH, "coordinate", unit=DBM).does(ENGINEER, "start")
    life.complaint = replace(life.complaint, reachable=True)
    assert "ask" in allowed_actions(life.complaint, ENGINEER, reference=CITY, now=life.now)

    life.does(REPORTER, "erase")

    assert "ask" not in allowed_actions(life.complaint, ENGINEER, reference=CITY, now=life.now)


def test_the_words_of_the_report_and_of_its_reporter_go_and_those_of_officers_stay():
    life = a_life().does(REPORTER, "comment", text="Rumah saya nomor 7").does(LURAH, "comment", text="Kami cek")
    life.does(LURAH, "coordinate", unit=DBM, text="Tolong ditangani")

    assert [event.action for event in life.events if goes(event, LATER)] == ["lodge", "comment"]


def test_the_exact_place_goes_also_where_an_officer_set_it():
    life = a_life(DESK, channel="EMAIL", area=None, place=None)

    life.does(DESK, "locate", location={"lat": -6.17541, "lon": 106.82719}, area=GAMBIR)

    assert goes(life.events[-1], LATER)


def test_what_is_written_after_an_erasure_is_new():
    life = a_life().does(REPORTER, "erase").passes(hours=1).does(REPORTER, "comment", text="Terima kasih")

    assert as_left(life.events[-1], life.complaint.erased).words == {"text": "Terima kasih"}
    assert as_left(life.events[0], life.complaint.erased).words == {}


def test_the_reporters_photos_go_and_the_proof_stays():
    assert goes(a_photo(REPORTER), LATER)
    assert not goes(a_photo(ENGINEER), LATER)
    assert not goes(replace(a_photo(REPORTER), announced_at=LATER + timedelta(seconds=1)), LATER)


def test_officers_cannot_erase_anything():
    for actor in (LURAH, ENGINEER, COORDINATOR, DESK):
        assert "erase" not in allowed_actions(a_complaint("waiting"), actor, reference=CITY, now=NOW)
