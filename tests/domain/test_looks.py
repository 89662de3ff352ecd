"""One rejection in twenty is looked at by somebody else."""

import hashlib

import pytest

from chalicelib.domain import messages, rights
from chalicelib.domain.actions.looks import is_looked_at
from chalicelib.domain.actor import REPORTER
from chalicelib.domain.case.queues import VALIDATION
from chalicelib.domain.errors import NotAllowedError
from tests.builders import (
    BUREAU,
    CITY,
    DBM,
    ENGINEER,
    HOUR,
    ILLEGAL_LEVY,
    INSPECTOR,
    INSPECTORATE,
    LURAH,
    NOW,
    SECOND_VALIDATOR,
    VALIDATOR,
    Life,
    a_complaint,
    acted,
    offered,
)

LATER = NOW + HOUR
HEADS = [hashlib.sha256(str(index).encode()).hexdigest() for index in range(20_000)]
CHOSEN = next(head for head in HEADS if is_looked_at(head))
OTHER = next(head for head in HEADS if not is_looked_at(head))


def rejected(head: str = CHOSEN, actor=ENGINEER, **differences) -> Life:
    case = a_complaint("waiting", **{"unit": DBM, "head": head, **differences})
    return Life(case, [], LATER).does(actor, "reject", reason_code="spam", text="Bukan aduan")


def test_one_rejection_in_twenty_is_looked_at():
    assert sum(map(is_looked_at, HEADS)) / len(HEADS) == pytest.approx(0.05, abs=0.005)


def test_a_rejection_that_is_looked_at_stands_in_the_validators_queue_and_they_see_it():
    life = rejected()
    (task,) = life.decisions[-1].tasks

    assert (task.kind, task.queue, task.due_at) == ("look", VALIDATION.name, LATER + 24 * HOUR)
    assert rights.sees(VALIDATOR, life.complaint, CITY, LATER)
    assert {"uphold", "overturn"} <= set(offered(life.complaint, VALIDATOR))


def test_of_the_others_nothing_is_seen():
    life = rejected(OTHER)

    assert life.decisions[-1].tasks == ()
    assert not rights.sees(VALIDATOR, life.complaint, CITY, LATER)
    with pytest.raises(NotAllowedError):
        acted(life.complaint, "overturn", VALIDATOR, reason_code="other", text="x")


def test_what_the_inspectorate_rejects_about_officers_no_validator_sees():
    life = rejected(actor=INSPECTOR, unit=INSPECTORATE, category=ILLEGAL_LEVY)

    assert (life.complaint.look, life.decisions[-1].tasks) == (None, ())


def test_to_uphold_is_quiet_and_ends_the_look():
    life = rejected()
    version = life.complaint.version

    life.does(VALIDATOR, "uphold")
    (task,) = life.decisions[-1].tasks

    assert (life.complaint.status, life.complaint.version, life.complaint.look) == ("rejected", version, "upheld")
    assert task.due_at is None
    assert messages.for_reporter(life.events[-1]) is None
    assert "overturn" not in offered(life.complaint, SECOND_VALIDATOR)
    assert "object" in offered(life.complaint, REPORTER)


def test_to_overturn_reopens_the_case_with_the_bureau_and_the_reporter_hears_of_it():
    life = rejected().passes(hours=1).does(VALIDATOR, "overturn", reason_code="other", text="Aduannya benar")
    after = life.complaint

    assert (after.status, after.unit, after.look) == ("reopened", BUREAU, "overturned")
    assert after.clocks["rework"].running
    assert not after.clocks["confirmation"].running
    assert messages.for_reporter(life.events[-1]).event == "reopened"
    assert [message.to.id for message in messages.for_units(life.events[-1], after, CITY)] == [BUREAU]
    assert rights.sees(VALIDATOR, after, CITY, LATER)


def test_an_objection_leaves_nothing_to_look_at():
    life = rejected().does(REPORTER, "object", text="Ini benar")

    assert [task.due_at for task in life.decisions[-1].tasks] == [None]
    assert life.complaint.look is None


def test_the_look_outlives_the_window():
    life = rejected().passes(hours=80)
    life.rings()

    assert "overturn" in offered(life.complaint, VALIDATOR, life.now)


def test_nobody_but_a_validator_judges_a_rejection():
    case = rejected().complaint

    for actor in (LURAH, ENGINEER, INSPECTOR, REPORTER):
        assert {"uphold", "overturn"}.isdisjoint(offered(case, actor))
