"""Why a case is shielded from everybody, and what ends it."""

import pytest

from chalicelib.domain.actor import PUBLIC, REPORTER
from chalicelib.domain.case.complaint import Hidden
from chalicelib.domain.case.publicity import is_shielded, publicity, shields
from chalicelib.domain.reference import Category
from tests.builders import (
    CITY,
    COORDINATOR,
    DESK,
    JAKI,
    LURAH,
    NOW,
    POTHOLE,
    VIOLENCE,
    Life,
    a_complaint,
    a_life,
    offered,
)

ABOUT_OFFICER = next(code for code, found in CITY.categories.items() if found.about_officer and not found.sensitive)
REASONS = {
    "private": {"visibility": "private"},
    "sensitive": {"category": VIOLENCE},
    "about_officer": {"category": ABOUT_OFFICER},
    "hidden": {"hidden": Hidden("minor", NOW)},
    "unsorted": {"unsorted": True},
}


def the_category(case) -> Category:
    return CITY.categories[case.category]


@pytest.mark.parametrize(("reason", "differences"), REASONS.items(), ids=REASONS)
def test_each_reason_alone_hides_words_photos_and_place(reason, differences):
    case = a_complaint(**differences)

    shown = publicity(case, the_category(case))

    assert shields(case, the_category(case)) == (reason,)
    assert not any((shown.listed, shown.described, shown.placed, shown.pictures))
    assert offered(case, PUBLIC) == [], "nobody follows what they cannot see"


def test_nothing_hides_an_ordinary_report():
    assert not is_shielded(a_complaint(), CITY.categories[POTHOLE])


def a_message(**differences) -> Life:
    return a_life(JAKI, channel="SMS", unsorted=True, **differences)


# who, what, and whether the case is sorted by it
ACTS = [
    (LURAH, "accept", {}, True),
    (LURAH, "coordinate", {"unit": "DBM"}, True),
    (LURAH, "reject", {"reason_code": "spam", "text": "Bukan laporan"}, True),
    (DESK, "recategorise", {"category": "POHON_TUMB", "text": "Pohon"}, True),
    (COORDINATOR, "transfer", {"unit": "DBM", "reason_code": "not_ours", "text": "Dinas"}, True),
    (LURAH, "comment", {"text": "Kami baca"}, False),
    (REPORTER, "comment", {"text": "Masih ada"}, False),
    (REPORTER, "withdraw", {}, False),
]


@pytest.mark.parametrize(("who", "action", "needs", "sorted_now"), ACTS, ids=[f"{w.role} {a}" for w, a, _, _ in ACTS])
def test_a_message_is_shielded_until_an_officer_acts_on_it(who, action, needs, sorted_now):
    life = a_message()

    life.does(who, action, **needs)

    assert is_shielded(life.complaint, the_category(life.complaint)) is not sorted_now


def test_the_clock_sorts_nothing():
    life = a_message()

    assert life.passes(hours=7).rings()

    assert life.complaint.unsorted


def test_who_sorts_messages_reads_their_first_words_in_the_list():
    assert a_message().complaint.summary.text
    assert not a_message(visibility="private").complaint.summary.text
