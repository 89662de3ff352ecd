"""A report is taken in once, whoever sends it however often."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.application.intake import derivation
from chalicelib.application.intake import taking_in as intake
from chalicelib.application.intake.derivation import IntakeKey
from chalicelib.application.people.identity import hash_of_secret
from chalicelib.application.ports.cases import Secrets
from chalicelib.domain.case.evidence import announced_photo
from chalicelib.domain.errors import ConflictError, UnavailableError
from tests.builders import DESK
from tests.city_in_memory import KEY, SITE, SITI, CityInMemory, an_intake


@pytest.fixture
def city() -> CityInMemory:
    return CityInMemory()


def test_a_report_is_answered_with_number_secret_clocks_and_links(city):
    answer = city.lodge()

    assert (answer["status"], answer["version"], answer["unit"]["code"]) == ("waiting", 1, "KEL_31.71.01.1001")
    assert set(answer["clocks"]) == {"coordination", "resolution"}
    assert answer["links"] == {
        "public": f"{SITE}/lacak/#{answer['number']}",
        "owner": f"{SITE}/lacak/#{answer['number']}~{answer['secret']}",
    }
    assert len(answer["entry_hash"]) == 64


def test_the_same_key_and_body_get_the_same_answer(city):
    asked = an_intake(key=KEY)

    assert city.intake(asked) == city.intake(asked)
    assert len(city.complaints.rows) == 1


def test_fifty_at_once_with_one_key_make_one_report_and_one_answer(city):
    asked = an_intake(key=KEY)

    with ThreadPoolExecutor(50) as people:
        answers = list(people.map(city.intake, [asked] * 50))

    assert all(answer == answers[0] for answer in answers)
    assert len(city.complaints.rows) == 1


def test_the_answer_stays_the_first_one_whatever_became_of_the_case(city):
    asked = an_intake(key=KEY)
    first = city.intake(asked)
    before = city.complaints.rows[first["number"]]
    city.complaints.rows[first["number"]] = replace(before, status="closed", version=7, unit="DBM", clocks={})

    assert city.intake(asked) == first


def test_the_same_key_with_another_body_is_refused(city):
    city.lodge(key=KEY, body={"description": "satu"})

    with pytest.raises(ConflictError) as refused:
        city.lodge(key=KEY, body={"description": "dua"})

    assert refused.value.code == "key_reused"


def test_another_source_with_the_same_key_makes_a_report_of_its_own(city):
    web, desk = city.lodge(key=KEY), city.lodge(key=KEY, source="staff:dewi-loket")

    assert web["number"] != desk["number"]
    assert web["secret"] != desk["secret"]


def test_without_a_key_each_report_is_its_own(city):
    assert city.lodge(key=None)["number"] != city.lodge(key=None)["number"]


def test_a_number_that_another_report_has_is_passed_over(city, monkeypatch):
    real = derivation.number
    taken = real(b"x", IntakeKey("web", "k"), 0)
    monkeypatch.setattr(derivation, "number", lambda s, k, attempt: taken if attempt == 0 else real(s, k, attempt))
    first = city.lodge(key=KEY)

    second = an_intake(key="kunci-lain-yang-berbeda")
    other = city.intake(second)

    assert (first["number"], first["number"] == other["number"]) == (taken, False)
    assert city.intake(second) == other, "a repetition finds the same number behind the collision"
    assert hash_of_secret(other["secret"]) == city.complaints.rows[other["number"]].lodging.secret_hash


def test_numbers_that_never_end_to_collide_are_told_as_unavailable(city, monkeypatch):
    monkeypatch.setattr(derivation, "number", lambda *_: "JKT-0000-0000-0")
    city.lodge()

    with pytest.raises(UnavailableError):
        city.lodge()


def test_a_repetition_after_the_servers_secret_was_changed_finds_the_first_answer(city):
    asked = an_intake(key=KEY)
    first = city.intake(asked)

    city.server_secrets = Secrets(b"a new one", former=b"the secret of these tests")

    assert city.intake(asked) == first
    assert city.lodge()["number"] != first["number"]
    assert len(city.complaints.rows) == 2


def test_the_secret_is_told_again_for_a_day_only(city):
    asked = an_intake(key=KEY)
    first = city.intake(asked)

    city.pass_time(intake.SECRET_SHOWN)
    assert city.intake(asked)["secret"] == first["secret"]

    city.pass_time(timedelta(seconds=1))
    late = city.intake(asked)
    assert (late["secret"], late["links"]["owner"]) == (None, None)


def test_each_announced_photo_gets_a_form_until_it_has_come(city):
    asked = an_intake(key=KEY, photos=(("image/jpeg", 1000), ("image/png", 2000)))
    first, second = city.intake(asked)["uploads"]
    number = city.intake(asked)["number"]

    case = city.complaints.rows[number]
    city.photos.announce(announced_photo(case, case.uploads[0]))

    assert case.uploads[0].photo_id == first["photo_id"]
    assert [upload["photo_id"] for upload in city.intake(asked)["uploads"]] == [second["photo_id"]]


def test_the_contact_is_sealed_with_the_secret_of_the_report(city):
    answer = city.lodge(contact=SITI)

    sealed = city.vault.contacts[answer["number"]]
    assert sealed == replace(SITI, secret=answer["secret"], token=sealed.token)
    masked = {"name": "S***", "email": "s***@example.com", "reach": "email"}
    assert city.complaints.case_file(answer["number"]).masked_contact == masked


def test_what_a_desk_types_for_somebody_reachable_shows_the_desk_no_secret(city):
    reachable = city.lodge(actor=DESK, source="staff:dewi-loket", contact=SITI, draft={"reachable": True})
    anonymous = city.lodge(actor=DESK, source="staff:dewi-loket")
    named = city.lodge(actor=DESK, source="staff:dewi-loket", contact=replace(SITI, email=None))

    assert (reachable["secret"], reachable["links"]["owner"]) == (None, None)
    assert all(receipt["secret"] for receipt in (anonymous, named)), "for the printed receipt: no message brings it"
    assert city.complaints.rows[anonymous["number"]].lodging.typed_by == DESK.id
