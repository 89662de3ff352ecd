"""What is shown and counted of a case, after every step of its life."""

from dataclasses import replace

import pytest

from chalicelib import data
from chalicelib.application.ports.cases import LostRaceError
from chalicelib.application.reading.projection import Project, projection_of
from tests.builders import MONAS, NUMBER
from tests.fakes_public import CaseFiles, MemoryPublicLists
from tests.histories import BEGUN, HOUR, a_history

SENSITIVE = next(c.code for c in data.reference().categories.values() if c.sensitive)
ABOUT_OFFICER = next(c.code for c in data.reference().categories.values() if c.about_officer)
DONE = (("coordinate", HOUR), ("start", HOUR), ("propose_done", HOUR), ("validate", HOUR))


def projected(*steps, **facts):
    file = a_history(steps, **facts)[-1]
    return projection_of(file, data.reference().categories[file.complaint.category])


def test_an_open_public_case_with_a_place_is_listed():
    listed = projected().listed

    assert (listed.number, listed.place, listed.status) == (NUMBER, MONAS, "waiting")


@pytest.mark.parametrize(
    "facts",
    [{"visibility": "private"}, {"category": SENSITIVE}, {"category": ABOUT_OFFICER}, {"place": None}],
    ids=["private", "sensitive", "about an officer", "without a place"],
)
def test_a_case_is_in_no_list_that_is(facts):
    assert projected(**facts).listed is None


def test_a_hidden_case_is_in_no_list():
    file = a_history()[-1]
    hidden = replace(file, complaint=replace(file.complaint, hidden=True))

    assert projection_of(hidden, data.reference().categories[hidden.complaint.category]).listed is None


def test_a_case_that_ended_leaves_the_lists_and_returns_when_it_is_reopened():
    assert projected(*DONE).listed is None
    assert projected(*DONE, ("object", 1)).listed


def test_the_place_is_rounded_to_ten_metres():
    assert projected(place=(-6.17541234, 106.82719999)).listed.place == (-6.1754, 106.8272)


def test_a_repair_that_did_not_hold_is_not_the_picture_of_the_reopened_case():
    assert projected(*DONE, ("object", 1)).listed.photo is None


def test_a_case_is_overdue_from_its_breach_until_that_clock_stops():
    late = projected(("breach", 7 * HOUR)).overdue

    assert (late.number, late.due) == (NUMBER, int(BEGUN.timestamp()) + 6 * HOUR)
    assert projected(("breach", 7 * HOUR), ("accept", 1)).overdue is None


def test_what_the_inspectorate_holds_is_not_on_the_coordinators_list():
    assert projected(("breach", 7 * HOUR), unit="INSPEKTORAT").overdue is None


def test_an_older_event_told_late_resurrects_nothing():
    history = a_history(DONE)
    complaints, lists = CaseFiles({NUMBER: history[-1]}), MemoryPublicLists()
    project = Project(complaints=complaints, lists=lists, categories=data.reference().categories)

    assert project(NUMBER, len(history))
    assert not project(NUMBER, 1)
    assert lists.kept[NUMBER].listed is None


def test_an_event_whose_case_is_gone_is_nothing_to_show():
    project = Project(complaints=CaseFiles(), lists=MemoryPublicLists(), categories=data.reference().categories)

    assert not project(NUMBER, 1)


def test_an_event_told_before_its_case_can_be_read_comes_again():
    complaints = CaseFiles({NUMBER: a_history()[0]})
    project = Project(complaints=complaints, lists=MemoryPublicLists(), categories=data.reference().categories)

    with pytest.raises(LostRaceError):
        project(NUMBER, 2)


def test_nothing_that_people_wrote_is_kept():
    file = a_history()[-1]
    worded = replace(file, events=[replace(file.events[0], words={"description": "Budi, 0812"})])
    category = data.reference().categories[file.complaint.category]

    assert "Budi" not in repr(projection_of(worded, category))
