"""Who judges a proof is drawn by the city: fairly, unguessably, and never somebody who had a hand in it."""

from collections import Counter
from dataclasses import replace

import pytest

from chalicelib.domain import rights
from chalicelib.domain.actor import SYSTEM
from chalicelib.domain.case.judging import NOBODY, Bench
from chalicelib.domain.errors import NotAllowedError
from tests.builders import (
    CITY,
    CREW,
    ENGINEER,
    ILLEGAL_LEVY,
    INSPECTOR,
    INSPECTORATE,
    NOW,
    SECOND_INSPECTOR,
    SECOND_VALIDATOR,
    VALIDATOR,
    a_complaint,
    a_photo,
    a_proof,
    acted,
    given,
    offered,
    photos,
)

DAY = 500  # proofs


def drawn(bench, *, barred=(), spared=()):
    return bench.draw(barred=barred, spared=spared)


def proposed(case, bench, actor=ENGINEER, sent=None):
    """The case after a proof that somebody of this bench is to judge."""
    sent = sent or a_proof(actor)
    return acted(case, "propose_done", actor, sent=replace(sent, named=replace(sent.named, bench=bench)))


def test_over_a_day_of_proofs_nobody_has_far_more_open_than_another():
    bench = Bench(dict.fromkeys(("a", "b", "c", "d"), 0), "lot")

    for number in range(DAY):
        bench = bench.given_to(drawn(bench), f"lot {number}")

    assert sum(bench.open.values()) == DAY
    assert max(bench.open.values()) - min(bench.open.values()) <= 12


def test_who_has_less_to_do_is_drawn_far_more_often():
    lots = Counter(drawn(Bench({"busy": 9, "free": 0}, f"lot {number}")) for number in range(1000))

    assert 820 <= lots["free"] <= 980  # ten lots of eleven
    assert lots["busy"] > 0  # never certain


def test_the_draw_follows_the_lot_and_nothing_that_a_unit_knows():
    lots = Counter(drawn(Bench({"a": 0, "b": 0}, f"lot {number}")) for number in range(1000))

    assert 430 <= lots["a"] <= 570
    assert drawn(Bench({"a": 0, "b": 0}, "lot 1")) == drawn(Bench({"b": 0, "a": 0}, "lot 1"))


@pytest.mark.parametrize(
    ("people", "barred", "spared", "found"),
    [
        ({}, (), (), NOBODY),
        ({"a": 0}, ("a",), (), NOBODY),
        ({"a": 9, "b": 0}, ("b",), (), "a"),
        ({"a": 9, "b": 0}, (), ("b",), "a"),
        ({"b": 0}, (), ("b",), "b"),
        ({"a": 0, "b": 0}, ("a",), ("b",), "b"),
    ],
    ids=["nobody on duty", "only the uploader", "never the uploader", "rather another", "the same if alone", "both"],
)
def test_an_uploader_is_never_drawn_and_who_judged_before_only_if_alone(people, barred, spared, found):
    assert {drawn(Bench(people, f"lot {n}"), barred=barred, spared=spared) for n in range(50)} == {found}


def test_the_judge_stands_in_the_case_and_in_its_history_when_the_proof_is_proposed():
    decision = proposed(a_complaint("in_progress"), Bench({VALIDATOR.id: 0}, "lot"))

    assert decision.complaint.validator == VALIDATOR.id
    assert decision.event.facts["validator"] == VALIDATOR.id


def test_only_the_drawn_judge_is_offered_the_proof():
    case = proposed(a_complaint("in_progress"), Bench({VALIDATOR.id: 0}, "lot")).complaint

    assert {"validate", "refuse"} <= set(offered(case, VALIDATOR))
    assert offered(case, SECOND_VALIDATOR) == ["comment", "follow"]
    assert rights.sees(SECOND_VALIDATOR, case, CITY, NOW)
    with pytest.raises(NotAllowedError):
        acted(case, "validate", SECOND_VALIDATOR)


def test_where_nobody_is_on_duty_every_validator_may_judge():
    case = proposed(a_complaint("in_progress"), Bench()).complaint

    assert case.validator == NOBODY
    assert "validate" in offered(case, VALIDATOR)
    assert "validate" in offered(case, SECOND_VALIDATOR)


@pytest.mark.parametrize("names_photos", [True, False], ids=["with photos", "without"])
def test_who_sent_any_picture_of_the_staff_never_judges_the_case(names_photos):
    """An officer of a part who became a validator meanwhile."""
    turned = replace(VALIDATOR, id=CREW.id)
    taken = photos(a_photo(ENGINEER), a_photo(CREW, photo_id="FOTO2"))
    named = {"photos": ["FOTO1"]} if names_photos else {"outcome": "cannot", "reason_code": "no_budget"}
    sent = replace(given(photos=taken), values={"text": "Selesai", **named})
    bench = Bench({CREW.id: 0, VALIDATOR.id: 50}, "lot")

    case = proposed(a_complaint("in_progress"), bench, sent=sent).complaint

    assert case.validator == VALIDATOR.id
    assert "validate" not in offered(replace(case, validator=NOBODY), turned)


def test_after_an_objection_another_one_judges():
    reopened = a_complaint("reopened", judged={VALIDATOR.id: NOW}, settled=True)
    case = replace(reopened, status="in_progress")

    again = {
        proposed(case, Bench({VALIDATOR.id: 0, SECOND_VALIDATOR.id: 9}, f"lot {n}")).complaint.validator
        for n in range(30)
    }

    assert again == {SECOND_VALIDATOR.id}


def test_a_proof_about_officers_is_drawn_inside_the_inspectorate():
    case = a_complaint("in_progress", INSPECTORATE, category=ILLEGAL_LEVY)
    bench = Bench({INSPECTOR.id: 0, SECOND_INSPECTOR.id: 0}, "lot")

    drawn_judge = proposed(case, bench, INSPECTOR).complaint

    assert drawn_judge.validator == SECOND_INSPECTOR.id
    assert "validate" in offered(drawn_judge, SECOND_INSPECTOR)


@pytest.mark.parametrize("word", ["validate", "refuse"])
def test_once_it_is_judged_nobody_holds_it_as_a_judge(word):
    case = proposed(a_complaint("in_progress"), Bench({VALIDATOR.id: 0}, "lot")).complaint

    judged = acted(case, word, VALIDATOR, reason_code="other", text="Belum") if word == "refuse" else None
    after = (judged or acted(case, word, VALIDATOR)).complaint

    assert after.validator is None


def test_another_judge_takes_over_quietly_and_the_history_says_so_to_officers_only():
    case = replace(a_complaint("awaiting_validation"), validator=VALIDATOR.id, proposers=(ENGINEER.id,))
    sent = given()
    sent = replace(sent, named=replace(sent.named, bench=Bench({SECOND_VALIDATOR.id: 0}, "lot")))

    decision = acted(case, "appoint", SYSTEM, sent=sent)

    assert decision.complaint.validator == SECOND_VALIDATOR.id
    assert decision.complaint.version == case.version
    assert decision.event.facts == {
        "internal": True,
        "validator": SECOND_VALIDATOR.id,
        "former_validator": VALIDATOR.id,
    }


@pytest.mark.parametrize("actor", [VALIDATOR, SECOND_VALIDATOR, ENGINEER], ids=lambda actor: actor.id)
def test_no_person_appoints_a_judge(actor):
    with pytest.raises(NotAllowedError):
        acted(a_complaint("awaiting_validation"), "appoint", actor)
