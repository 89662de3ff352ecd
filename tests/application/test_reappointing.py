"""A judge goes off duty: another judge gets their proofs, and no proof is forgotten."""

from dataclasses import replace

import pytest

from chalicelib.application.ports.cases import LostRaceError
from chalicelib.domain.case.judging import NOBODY
from chalicelib.domain.errors import NotAllowedError
from tests.builders import COORDINATOR, ENGINEER, LURAH, SECOND_VALIDATOR, VALIDATOR
from tests.city_in_memory import CityInMemory

BOTH = {VALIDATOR.id, SECOND_VALIDATOR.id}


@pytest.fixture
def city() -> CityInMemory:
    return CityInMemory()


def proposed(city, **draft):
    """A case whose proof waits for a judge; its number."""
    number = city.lodge()["number"]
    city.does(number, LURAH, "coordinate", 1, unit="DBM")
    city.does(number, ENGINEER, "start", 2)
    words = {"outcome": "cannot", "reason_code": "no_budget", "text": "Belum ada anggaran"}
    city.does(number, ENGINEER, "propose_done", 3, **words)
    return number


def judge(city, number):
    return city.complaints.rows[number].validator


def duty(city, actor, **changes):
    city.staff.put(replace(city.staff.member(actor.id), **changes))


def test_a_proof_is_given_to_somebody_on_duty_when_it_is_proposed(city):
    duty(city, VALIDATOR, on_duty=False)

    assert judge(city, proposed(city)) == SECOND_VALIDATOR.id


@pytest.mark.parametrize(
    "changes",
    [{"on_duty": False}, {"disabled": True}, {"role": "desk"}, {"unit": "DBM"}],
    ids=["off duty", "disabled", "another role", "another unit"],
)
def test_whoever_no_longer_judges_loses_the_proof_to_the_next(city, changes):
    number = proposed(city)
    first = judge(city, number)
    (other,) = BOTH - {first}
    duty(city, next(v for v in (VALIDATOR, SECOND_VALIDATOR) if v.id == first), **changes)

    assert city.reappoint().given == 1

    assert judge(city, number) == other
    assert city.complaints.events(number)[-1].action == "appoint"
    assert city.reappoint().given == 0


def test_a_proof_of_a_night_without_anybody_is_given_in_the_morning(city):
    for actor in (VALIDATOR, SECOND_VALIDATOR):
        duty(city, actor, on_duty=False)
    number = proposed(city)
    assert judge(city, number) == NOBODY
    assert city.reappoint().given == 0

    duty(city, VALIDATOR, on_duty=True)

    assert city.reappoint().given == 1
    assert judge(city, number) == VALIDATOR.id


def test_while_nobody_else_is_on_duty_the_judge_keeps_the_proof(city):
    number = proposed(city)
    first = judge(city, number)
    for actor in (VALIDATOR, SECOND_VALIDATOR):
        duty(city, actor, on_duty=False)

    city.reappoint()

    assert judge(city, number) == first


def test_a_proof_from_before_there_were_draws_is_given_to_somebody(city):
    number = proposed(city)
    city.complaints.rows[number] = replace(city.complaints.rows[number], validator=None)

    assert city.reappoint().given == 1

    assert judge(city, number) in BOTH


def test_who_has_many_proofs_open_is_drawn_less_often_after_the_next_look(city):
    duty(city, SECOND_VALIDATOR, on_duty=False)
    for _ in range(12):
        proposed(city)
    city.reappoint()
    duty(city, SECOND_VALIDATOR, on_duty=True)

    drawn = [judge(city, proposed(city)) for _ in range(12)]

    assert city.bench_loads.read() == {VALIDATOR.id: 12}
    assert drawn.count(SECOND_VALIDATOR.id) > drawn.count(VALIDATOR.id)


def test_the_proofs_of_one_who_leaves_are_spread_over_those_who_stay(city):
    duty(city, SECOND_VALIDATOR, on_duty=False)
    numbers = [proposed(city) for _ in range(20)]
    third = replace(city.staff.member(SECOND_VALIDATOR.id), username="ketiga", on_duty=True)
    city.staff.put(third)
    duty(city, SECOND_VALIDATOR, on_duty=True)
    duty(city, VALIDATOR, on_duty=False)

    city.reappoint()

    counts = [[judge(city, number) for number in numbers].count(who) for who in (SECOND_VALIDATOR.id, "ketiga")]
    assert sum(counts) == 20
    assert min(counts) >= 5


def test_one_proof_that_cannot_be_given_stops_no_other(city, monkeypatch):
    duty(city, SECOND_VALIDATOR, on_duty=False)
    first, second = proposed(city), proposed(city)
    duty(city, SECOND_VALIDATOR, on_duty=True)
    duty(city, VALIDATOR, on_duty=False)
    commit = city.complaints.commit

    def failing(decision):
        if decision.complaint.number == first:
            raise RuntimeError
        commit(decision)

    monkeypatch.setattr(city.complaints, "commit", failing)
    result = city.reappoint()

    assert (result.given, len(result.failed)) == (1, 1)
    assert judge(city, second) == SECOND_VALIDATOR.id


def test_a_judge_who_decides_at_that_moment_is_not_replaced(city, monkeypatch):
    number = proposed(city)
    first = next(v for v in (VALIDATOR, SECOND_VALIDATOR) if v.id == judge(city, number))
    duty(city, first, on_duty=False)
    commit = city.complaints.commit

    def overtaken(decision):
        monkeypatch.setattr(city.complaints, "commit", commit)
        city.does(number, first, "validate", 4)
        raise LostRaceError

    monkeypatch.setattr(city.complaints, "commit", overtaken)

    assert city.reappoint().given == 0
    assert city.complaints.rows[number].status == "resolved"


def test_the_unit_never_reads_who_judges_its_proof_and_those_above_it_do(city):
    number = proposed(city)
    view = lambda actor: city.views.shown_to(actor, city.complaints.case_file(number))  # noqa: E731 - three times below

    assert "validator" not in view(ENGINEER)
    assert view(VALIDATOR)["validator"] == view(COORDINATOR)["validator"] == judge(city, number)
    assert judge(city, number) not in str(view(ENGINEER))


def test_the_pool_shows_every_validator_whose_each_proof_is(city):
    number = proposed(city)

    for actor in (VALIDATOR, SECOND_VALIDATOR):
        (row,) = city.worklists.page(city.worklists.permit_list(actor, "validation"))["items"]
        assert (row["number"], row["assignee"]) == (number, judge(city, number))


def test_the_other_validator_sees_the_proof_and_may_not_judge_it(city):
    number = proposed(city)
    other = next(v for v in (VALIDATOR, SECOND_VALIDATOR) if v.id != judge(city, number))

    with pytest.raises(NotAllowedError):
        city.does(number, other, "validate", 4)
