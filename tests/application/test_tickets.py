"""Who may upload to a case, and how much."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.case.complaint import STATUSES
from chalicelib.domain.case.evidence import EVER_PER_SIDE, PER_SIDE, WITH_REPORT
from chalicelib.domain.errors import ConflictError, NotAllowedError, NotFoundError
from tests.builders import ADMINISTRATOR, COORDINATOR, ENGINEER, INSPECTOR, LURAH, STREET_LIGHT, VALIDATOR
from tests.city_in_memory import CityInMemory


@pytest.fixture
def city() -> CityInMemory:
    return CityInMemory()


def issue(city, number, actor):
    return city.tickets.issue(city.tickets.permit(city.open_case.as_staff(number, actor)), "image/jpeg", 1000)


def test_the_reporter_and_the_holder_upload_each_for_their_side(city):
    created = city.lodge()
    own = city.tickets.issue(
        city.tickets.permit(city.open_case.as_reporter(created["number"], created["secret"])), "image/jpeg", 1000
    )
    proof = issue(city, created["number"], LURAH)

    kinds = {
        photo.photo_id: (photo.kind, photo.uploader) for photo in city.complaints.case_file(created["number"]).photos
    }

    assert kinds == {own["photo_id"]: ("before", "reporter"), proof["photo_id"]: ("after", LURAH.id)}


@pytest.mark.parametrize(
    ("actor", "refusal"),
    [(ADMINISTRATOR, NotAllowedError), (ENGINEER, NotFoundError)],
    ids=["the administrator", "another unit"],
)
def test_who_does_not_work_the_case_uploads_nothing(city, actor, refusal):
    number = city.lodge()["number"]

    with pytest.raises(refusal):
        issue(city, number, actor)


def test_a_validator_sees_the_proof_and_adds_none(city):
    number = city.lodge()["number"]
    case = city.complaints.rows[number]
    city.complaints.rows[number] = replace(case, status="awaiting_validation")

    with pytest.raises(NotAllowedError):
        issue(city, number, VALIDATOR)


TAKES_NONE = ("withdrawn",)  # statuses in which nobody has an action that names photos


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("side", ["reporter", "holder"])
def test_a_form_is_given_only_while_some_action_could_name_its_photo(city, status, side):
    created = city.lodge()
    number = created["number"]
    city.complaints.rows[number] = replace(city.complaints.rows[number], status=status)
    access = {
        "reporter": lambda: city.open_case.as_reporter(number, created["secret"]),
        "holder": lambda: city.open_case.as_staff(number, LURAH),
    }[side]()
    permit = city.tickets.permit(access)

    try:
        given = bool(city.tickets.issue(permit, "image/jpeg", 1000))
    except ConflictError:
        given = False

    assert given == (status not in TAKES_NONE)


@pytest.mark.parametrize("actor", [COORDINATOR, INSPECTOR], ids=["coordinator", "inspectorate"])
def test_who_may_object_may_prove_the_objection(city, actor):
    assert issue(city, city.lodge()["number"], actor)["photo_id"]


def test_who_holds_the_case_without_the_closing_right_may_add_photos(city):
    number = city.lodge()["number"]
    city.complaints.rows[number] = replace(city.complaints.rows[number], category=STREET_LIGHT)

    assert issue(city, number, LURAH)["photo_id"]


def test_photos_that_were_announced_and_never_came_do_not_use_up_the_limit(city):
    created = city.lodge(photos=(("image/png", 10),) * 3)
    city.pass_time(timedelta(hours=2))

    for _ in range(PER_SIDE):
        access = city.open_case.as_reporter(created["number"], created["secret"])
        assert city.tickets.issue(city.tickets.permit(access), "image/png", 10)


KEY = "b7e2c1f0-unggah-foto"


def announced(city, created, size=10, key=KEY):
    permit = city.tickets.permit(city.open_case.as_reporter(created["number"], created["secret"]))
    return city.tickets.issue(permit, "image/png", size, key=key)["photo_id"]


def test_a_form_that_is_asked_for_again_by_its_key_is_for_the_same_photo_and_takes_one_place(city):
    created = city.lodge()

    ids = {announced(city, created) for _ in range(PER_SIDE + 5)}

    assert len(ids) == 1
    assert [photo.photo_id for photo in city.complaints.case_file(created["number"]).photos] == list(ids)


def test_a_key_announces_no_other_photo(city):
    created, other = city.lodge(), city.lodge()
    first = announced(city, created)

    with pytest.raises(ConflictError) as refused:
        announced(city, created, size=11)

    assert refused.value.code == "key_reused"
    assert first not in {announced(city, other), announced(city, created, key=f"{KEY}-2")}


def test_the_same_key_at_the_same_time_is_one_photo(city):
    created = city.lodge()
    access = city.open_case.as_reporter(created["number"], created["secret"])
    permits = [city.tickets.permit(access) for _ in range(8)]

    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(lambda p: city.tickets.issue(p, "image/png", 10, key=KEY)["photo_id"], permits))

    assert len(ids) == 1
    assert len(city.complaints.case_file(created["number"]).photos) == 1


def test_at_most_ten_photos_per_side(city):
    created = city.lodge(photos=(("image/png", 10),) * 3)
    opened = city.open_case.as_reporter(created["number"], created["secret"])
    for _ in range(PER_SIDE - 3):
        city.tickets.issue(
            city.tickets.permit(city.open_case.as_reporter(created["number"], created["secret"])), "image/png", 10
        )

    with pytest.raises(ConflictError) as refused:
        city.tickets.issue(
            city.tickets.permit(city.open_case.as_reporter(created["number"], created["secret"])), "image/png", 10
        )

    assert (refused.value.code, refused.value.version) == ("state_forbids", 1)
    assert opened.case
    assert issue(city, created["number"], LURAH), "the other side has its own ten"


@pytest.mark.parametrize("with_report", range(WITH_REPORT + 1))
def test_ten_are_ten_however_many_ask_at_once(city, with_report):
    created = city.lodge(photos=(("image/png", 10),) * with_report)
    access = city.open_case.as_reporter(created["number"], created["secret"])
    permits = [city.tickets.permit(access) for _ in range(24)]

    with ThreadPoolExecutor(24) as pool:
        given = list(pool.map(lambda permit: is_issued(city, permit), permits))

    assert given.count(True) == PER_SIDE - with_report


def is_issued(city, permit):
    try:
        return bool(city.tickets.issue(permit, "image/png", 10))
    except ConflictError as refused:
        return refused.code != "state_forbids"


def test_the_report_s_own_photos_count_among_the_twenty_even_when_they_never_came(city):
    created = city.lodge(photos=(("image/png", 10),) * WITH_REPORT)
    given = 0
    for _ in range(3):
        city.pass_time(timedelta(hours=2))
        access = city.open_case.as_reporter(created["number"], created["secret"])
        given += [is_issued(city, city.tickets.permit(access)) for _ in range(PER_SIDE + 1)].count(True)
        for photo in list(city.photos.rows.values()):
            city.photos.settle(replace(photo, state="expired"), announced=False)

    assert given == EVER_PER_SIDE - WITH_REPORT
