"""Queues by role, least time left first, page by page."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain import clocks
from chalicelib.domain.errors import InvalidError, NotAllowedError
from tests.builders import (
    ADMINISTRATOR,
    COORDINATOR,
    CREW,
    DBM,
    DESK,
    ENGINEER,
    HEAD,
    INSPECTOR,
    LURAH,
    LURAH_NEXT_DOOR,
    SUDIN,
    VALIDATOR,
    VIOLENCE,
)
from tests.city_in_memory import CityInMemory, an_action


@pytest.fixture
def city() -> CityInMemory:
    return CityInMemory()


def numbers(page):
    return [item["number"] for item in page["items"]]


def page(city, actor, queue=None, limit=50, cursor=None, **more):
    asked = {"limit": str(limit)} | ({"cursor": cursor} if cursor else {}) | more
    return city.worklists.page(city.worklists.permit_list(actor, queue), asked)


def test_the_kelurahan_sees_its_cases_least_time_left_first(city):
    first = city.lodge()["number"]
    city.clock.advance(minutes=10)
    second = city.lodge()["number"]

    found = page(city, LURAH)

    assert numbers(found) == [first, second]
    assert set(found["items"][0]) == {
        *("kind", "task_id", "text", "landmark", "photo", "thumbnail", "flags", "assignee"),
        *("number", "status", "label", "version", "category", "area", "unit", "channel", "received_at", "clocks"),
    }
    assert found["next_cursor"] is None


@pytest.mark.parametrize(
    "link",
    ["{number}", "http://127.0.0.1:8080/lacak/#{number}", "https://lapor.example/lacak#{number}~abcdefghijklmnop~XYZ"],
)
def test_a_case_is_found_by_its_number_and_by_a_link_to_it(city, link):
    number, _ = city.lodge()["number"], city.lodge()

    assert numbers(page(city, LURAH, words=link.format(number=number))) == [number]


def test_pages_follow_each_other_without_gap_or_repeat(city):
    lodged = set()
    for _ in range(7):
        lodged.add(city.lodge()["number"])
    seen, cursor = [], None
    for _ in range(4):
        found = page(city, LURAH, limit=2, cursor=cursor)
        seen += numbers(found)
        cursor = found["next_cursor"]

    assert cursor is None
    assert (len(seen), set(seen)) == (7, lodged)


def test_a_supervisor_sees_the_units_of_his_opd_together_and_an_officer_his_own(city):
    number = city.lodge()["number"]
    city.act(city.open_case.as_staff(number, COORDINATOR), an_action("coordinate", 1, **{"unit": SUDIN}))

    assert numbers(page(city, HEAD)) == [number]
    assert numbers(page(city, CREW)) == [number]
    assert numbers(page(city, ENGINEER)) == []


def test_what_has_no_place_stands_with_the_desks(city):
    number = city.lodge(actor=DESK, source="staff:d", draft={"area": None, "place": None})["number"]

    assert numbers(page(city, DESK)) == [number] == numbers(page(city, COORDINATOR, "unlocated"))


def test_a_kelurahan_is_not_even_told_of_a_delicate_case_that_it_came_to_hold(city):
    """Nobody places one there any more; one that became delicate by a change of the categories may stand there."""
    number = city.lodge()["number"]
    city.complaints.rows[number] = replace(city.complaints.rows[number], category=VIOLENCE)

    assert numbers(page(city, LURAH)) == []


def test_overdue_shows_what_is_late_and_only_that(city):
    late = city.lodge()["number"]
    city.clock.advance(timedelta(hours=6, seconds=1))
    city.lodge()

    assert numbers(page(city, LURAH, "overdue")) == [late]


@pytest.mark.parametrize("passed", [timedelta(0), timedelta(microseconds=1000), timedelta(seconds=1)])
def test_a_list_calls_late_what_the_case_itself_calls_late(city, passed):
    number = city.lodge()["number"]
    city.clock.at = city.complaints.rows[number].clocks["coordination"].due_at + passed

    state = city.tracking.of_staff(number, LURAH)["clocks"]["coordination"]["state"]

    assert (number in numbers(page(city, LURAH, "overdue"))) is (state == "late") is (passed > timedelta(0))


def test_a_case_that_waits_for_its_reporter_is_not_overdue(city):
    number = city.lodge()["number"]
    case = city.complaints.rows[number]
    paused = {kind: clocks.pause(clock, city.now()) for kind, clock in case.clocks.items()}
    city.complaints.rows[number] = replace(case, clocks=paused)
    city.clock.advance(timedelta(days=30))

    assert numbers(page(city, LURAH, "overdue")) == []


@pytest.mark.parametrize(
    ("actor", "queue"),
    [(ADMINISTRATOR, None), (ADMINISTRATOR, "mine"), (LURAH, "validation"), (VALIDATOR, "mine"), (DESK, "overdue")],
    ids=lambda value: getattr(value, "id", value),
)
def test_a_list_that_is_not_the_roles_is_refused(city, actor, queue):
    with pytest.raises(NotAllowedError):
        page(city, actor, queue)


@pytest.mark.parametrize("cursor", ["x", "!!!", "AAAA", "MSAy", "ü", "9" * 500])
def test_a_cursor_that_is_none_of_ours_is_named(city, cursor):
    with pytest.raises(InvalidError) as refused:
        page(city, LURAH, cursor=cursor)

    assert refused.value.errors[0].field == "cursor"


def test_an_unknown_queue_is_named(city):
    with pytest.raises(InvalidError) as refused:
        page(city, LURAH, "everything")

    assert refused.value.errors[0].field == "queue"


def test_everything_that_is_wrong_with_a_list_is_told_at_once(city):
    with pytest.raises(InvalidError) as refused:
        page(city, LURAH, "somewhere", limit=0, cursor="x")

    assert {fault.field for fault in refused.value.errors} == {"queue", "limit", "cursor"}


def test_who_has_no_list_is_refused_before_his_faults_are_told(city):
    with pytest.raises(NotAllowedError):
        page(city, ADMINISTRATOR, "somewhere", limit=0, cursor="x")


def test_officers_are_those_of_the_units_opd_that_work_cases(city):
    found = city.colleagues.officers(city.colleagues.permit_assigning(HEAD), SUDIN)["items"]

    assert [person["user"] for person in found] == [HEAD.id, ENGINEER.id, CREW.id]
    assert set(found[0]) == {"user", "name", "unit", "on_duty"}


def test_only_who_assigns_sees_officers_and_only_of_his_own_opd(city):
    city.colleagues.permit_assigning(INSPECTOR)
    for actor in (DESK, VALIDATOR, ADMINISTRATOR):
        with pytest.raises(NotAllowedError):
            city.colleagues.permit_assigning(actor)
    with pytest.raises(NotAllowedError):
        city.colleagues.officers(city.colleagues.permit_assigning(LURAH), DBM)
    assert city.colleagues.officers(city.colleagues.permit_assigning(COORDINATOR), DBM)["items"]


def test_what_the_reader_may_not_see_leaves_no_gap_and_no_cursor(city):
    """A delicate case that the coordinator placed with a kelurahan is neither listed nor told of by a cursor."""
    numbers = [city.lodge()["number"] for _ in range(3)]
    for number in numbers[:2]:
        before = city.complaints.rows[number]
        city.complaints.rows[number] = replace(before, category=VIOLENCE)

    page = city.worklists.page(city.worklists.permit_list(LURAH, "mine"), {"limit": "1"})

    assert [item["number"] for item in page["items"]] == [numbers[2]]
    assert page["next_cursor"] is None


@pytest.mark.parametrize("other", [LURAH_NEXT_DOOR, COORDINATOR], ids=lambda actor: actor.id)
def test_a_cursor_is_of_no_use_to_anybody_else(city, other):
    for _ in range(2):
        city.lodge()
    cursor = city.worklists.page(city.worklists.permit_list(LURAH, "mine"), {"limit": "1"})["next_cursor"]

    with pytest.raises(InvalidError):
        city.worklists.page(city.worklists.permit_list(other, "mine"), {"cursor": cursor})


def test_a_cursor_is_of_no_use_in_another_list(city):
    for _ in range(2):
        city.lodge()
    cursor = city.worklists.page(city.worklists.permit_list(LURAH, "mine"), {"limit": "1"})["next_cursor"]

    with pytest.raises(InvalidError):
        city.worklists.page(city.worklists.permit_list(LURAH, "overdue"), {"cursor": cursor})
