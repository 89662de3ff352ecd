"""Several units on one case, several reports of one matter, and what a person decides that everybody may see."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain import messages, rights
from chalicelib.domain.actor import PUBLIC, REPORTER
from chalicelib.domain.case.complaint import Hidden
from chalicelib.domain.case.parts import MOST_PARTS, Part
from chalicelib.domain.case.publicity import is_shielded
from chalicelib.domain.errors import ConflictError, InvalidError, NotAllowedError
from chalicelib.domain.situation import Named
from tests.builders import (
    ANOTHER,
    BUREAU,
    CITY,
    COORDINATOR,
    DBM,
    DESK,
    DSDA,
    ENGINEER,
    HOUR,
    KEL_CIDENG,
    LURAH,
    LURAH_NEXT_DOOR,
    NOW,
    PUMP_OFFICER,
    VIOLENCE,
    Given,
    Life,
    a_complaint,
    a_life,
    a_photo,
    acted,
    an_actor,
    another,
    given,
    offered,
    photos,
)

LATER = NOW + HOUR
PARTS = ("finish_part", "decline_part", "cancel_part")


def working(**differences) -> Life:
    return Life(a_complaint("in_progress", DBM, **differences), [], LATER)


def invited(unit: str = DSDA) -> Life:
    return working().does(ENGINEER, "invite", unit=unit, text="Mohon perbaiki saluran")


def refusal(case, action, actor, **named):
    with pytest.raises((ConflictError, InvalidError, NotAllowedError)) as refused:
        acted(case, action, actor, **named)
    if isinstance(refused.value, InvalidError):
        return [fault.field for fault in refused.value.errors]
    return refused.value.code


# Parts


def test_a_part_stands_in_its_units_own_queue_with_its_words_and_is_due_with_the_case():
    life = invited()
    (part,), (task,) = life.complaint.parts, life.decisions[-1].tasks

    assert (part.unit, part.state, part.due_at) == (DSDA, "open", life.complaint.clocks["resolution"].due_at)
    assert (task.kind, task.queue, task.due_at, task.facts["text"]) == (
        "part", DSDA, part.due_at, "Mohon perbaiki saluran",
    )  # fmt: skip
    assert "text" not in life.events[-1].facts


def test_the_invited_unit_is_alerted_and_sees_the_case():
    life = invited()
    told = messages.for_units(life.events[-1], life.complaint, CITY)

    assert [(message.to.id, message.event) for message in told] == [(DSDA, "alert")]
    assert rights.sees(PUMP_OFFICER, life.complaint, CITY, LATER)
    assert not rights.sees(PUMP_OFFICER, working().complaint, CITY, LATER)


@pytest.mark.parametrize(("hours", "fits"), [(-1, False), (0, False), (1, True), (10_000, False)])
def test_a_part_is_due_after_now_and_not_after_the_case(hours, fits):
    asked = {"unit": DSDA, "text": "Mohon", "due_at": LATER + timedelta(hours=hours)}

    if fits:
        assert acted(working().complaint, "invite", ENGINEER, **asked).complaint.parts[0].due_at == asked["due_at"]
    else:
        assert refusal(working().complaint, "invite", ENGINEER, **asked) == ["due_at"]


@pytest.mark.parametrize(
    ("category", "unit"), [("JLN", DBM), ("JLN", "PLN"), ("JLN", "NOBODY"), (VIOLENCE, KEL_CIDENG)]
)
def test_nobody_is_invited_who_holds_it_is_outside_or_could_not_see_it(category, unit):
    case = a_complaint("in_progress", DBM, category=category)

    assert refusal(case, "invite", ENGINEER, unit=unit, text="Mohon") == ["unit"]


def test_a_case_has_ten_parts_and_no_more_however_they_ended():
    life = working()
    for _ in range(MOST_PARTS):
        life.does(ENGINEER, "invite", unit=DSDA, text="Mohon")
    life.does(ENGINEER, "cancel_part", part="1", text="Tidak jadi")

    assert refusal(life.complaint, "invite", ENGINEER, unit=DSDA, text="Mohon") == "state_forbids"
    assert "invite" not in offered(life.complaint, ENGINEER)


def test_who_has_a_part_invites_nobody():
    assert refusal(invited().complaint, "invite", PUMP_OFFICER, unit=BUREAU, text="Mohon") == "not_allowed"


def test_the_case_is_not_proposed_as_done_while_a_part_is_open():
    life = invited()
    assert "propose_done" not in offered(life.complaint, ENGINEER)

    life.does(PUMP_OFFICER, "finish_part", part="1", text="Saluran bersih")

    assert "propose_done" in offered(life.complaint, ENGINEER)


@pytest.mark.parametrize(
    ("action", "actor", "state", "told"),
    [
        ("finish_part", PUMP_OFFICER, "done", DBM),
        ("decline_part", PUMP_OFFICER, "declined", DBM),
        ("cancel_part", ENGINEER, "cancelled", DSDA),
    ],
)
def test_a_part_that_ends_leaves_its_queue_keeps_its_words_and_the_other_side_hears_of_it(action, actor, state, told):
    life = invited().does(actor, action, part="1", text="Begitulah")
    (task,) = life.decisions[-1].tasks
    heard = messages.for_units(life.events[-1], life.complaint, CITY)

    assert (life.complaint.parts[0].state, task.state, task.due_at) == (state, state, None)
    assert task.facts["text"] == "Mohon perbaiki saluran"
    assert [message.to.id for message in heard] == [told]


def test_the_proof_of_a_part_is_named_in_its_row():
    life = invited()
    sent = Given(
        {"part": "1", "text": "Bersih", "photos": ["FOTO7"]},
        named=Named(photos(a_photo(PUMP_OFFICER, photo_id="FOTO7"))),
    )

    (task,) = life.does(PUMP_OFFICER, "finish_part", sent=sent).decisions[-1].tasks

    assert task.facts == {"text": "Mohon perbaiki saluran", "photos": ["FOTO7"]}


def test_a_part_ends_once():
    life = invited().does(PUMP_OFFICER, "finish_part", part="1", text="Bersih")

    assert refusal(life.complaint, "finish_part", PUMP_OFFICER, part="1", text="Lagi") == "state_forbids"
    assert set(PARTS).isdisjoint(offered(life.complaint, PUMP_OFFICER))


def test_nobody_ends_the_part_of_another_unit():
    life = invited().does(ENGINEER, "invite", unit=BUREAU, text="Mohon")

    assert refusal(life.complaint, "finish_part", PUMP_OFFICER, part="2", text="Bersih") == ["part"]
    assert refusal(life.complaint, "finish_part", ENGINEER, part="1", text="Bersih") == "not_allowed"
    assert refusal(life.complaint, "cancel_part", PUMP_OFFICER, part="1", text="Batal") == "not_allowed"
    assert refusal(life.complaint, "cancel_part", ENGINEER, part="9", text="Batal") == ["part"]


def test_the_supervisor_of_its_opd_may_end_a_part():
    assert "finish_part" in offered(invited("DSDA.31.71").complaint, an_actor("opd_supervisor", DSDA))


@pytest.mark.parametrize(("state", "sees"), [("open", True), ("done", True), ("declined", False), ("cancelled", False)])
def test_whose_part_was_declined_or_cancelled_reads_the_case_no_longer(state, sees):
    case = a_complaint("in_progress", DBM, parts=(Part("1", DSDA, LATER, state),))

    assert rights.sees(PUMP_OFFICER, case, CITY, LATER) is sees
    assert rights.may_upload(PUMP_OFFICER, case, CITY) is (state == "open")


def test_a_kelurahan_with_a_part_still_reads_no_delicate_case():
    case = a_complaint("in_progress", DBM, category=VIOLENCE, parts=(Part("1", KEL_CIDENG, LATER),))

    assert not rights.sees(LURAH_NEXT_DOOR, case, CITY, LATER)


def test_an_open_part_leaves_its_queue_with_the_case_and_comes_back_with_it():
    life = invited().does(ENGINEER, "merge", survivor=ANOTHER, text="Sama", other=another(a_complaint(unit=DBM)))
    (gone,) = life.decisions[-1].tasks

    life.does(
        ENGINEER, "unmerge", text="Berbeda", other=another(a_complaint(unit=DBM), merged=(life.complaint.number,))
    )
    (back,) = life.decisions[-1].tasks

    assert (gone.due_at, back.due_at) == (None, life.complaint.parts[0].due_at)
    assert gone.facts == back.facts == {"text": "Mohon perbaiki saluran"}


# Duplicates


@pytest.mark.parametrize(
    ("survivor", "fields"),
    [
        pytest.param(another(a_complaint()), [], id="another open case"),
        pytest.param(None, ["survivor"], id="no case"),
        pytest.param(a_complaint(), ["survivor"], id="itself"),
        pytest.param(
            another(a_complaint(), status="merged", merged_into="JKT-0000-0001-2"), ["survivor"], id="a merged case"
        ),
        pytest.param(another(a_complaint(), status="closed"), ["survivor"], id="an ended case"),
        pytest.param(
            another(a_complaint(), unit=DSDA, area=None), ["survivor"], id="a case that the officer does not see"
        ),
    ],
)
def test_a_case_is_merged_into_another_open_one_that_the_officer_sees(survivor, fields):
    case = a_complaint()
    asked = {"survivor": survivor.number if survivor else ANOTHER, "text": "Sama", "other": survivor}

    if fields:
        assert refusal(case, "merge", LURAH, **asked) == fields
    else:
        assert acted(case, "merge", LURAH, **asked).complaint.merged_into == ANOTHER


def test_a_merge_is_quiet_on_the_case_that_goes_on():
    survivor = another(a_complaint())

    decision = acted(a_complaint(), "merge", LURAH, survivor=ANOTHER, text="Sama", other=survivor)
    on = decision.case(ANOTHER)

    assert (on.version, on.sequence, on.status, on.merged) == (
        survivor.version, survivor.sequence + 1, survivor.status, (a_complaint().number,),
    )  # fmt: skip
    assert not decision.changes[1].event.moved
    assert decision.changes[1].event.words == {}


def test_unmerging_restores_everything():
    life = a_life()
    before = life.complaint
    life.passes(hours=1).does(LURAH, "merge", survivor=ANOTHER, text="Sama", other=another(before))
    life.passes(hours=30).does(LURAH, "unmerge", text="Beda", other=another(before, merged=(before.number,)))
    after = life.complaint

    assert replace(after, version=1, sequence=1, head=before.head, arming=1) == before
    assert life.decisions[-1].case(ANOTHER).merged == ()


def test_only_the_clocks_that_ran_run_on_even_when_others_stopped_at_the_same_instant():
    life = Life(a_complaint("waiting", DBM), [], LATER).does(ENGINEER, "accept")
    life.does(ENGINEER, "merge", survivor=ANOTHER, text="Sama", other=another(life.complaint))
    life.passes(hours=1).does(ENGINEER, "unmerge", text="Beda", other=another(life.complaint))

    assert {kind: clock.running for kind, clock in life.complaint.clocks.items()} == {
        "coordination": False, "resolution": True,
    }  # fmt: skip


@pytest.mark.parametrize(("previous", "may"), [("waiting", True), ("coordinated", False)])
def test_a_desk_takes_out_only_what_it_might_have_merged(previous, may):
    assert ("unmerge" in offered(a_complaint("merged", previous=previous), DESK)) is may


def test_whose_report_was_merged_may_object_for_themselves():
    case = a_complaint("merged", DBM)

    decision = acted(case, "object", REPORTER, text="Lubang saya di sisi lain")

    assert (decision.complaint.status, decision.complaint.unit, decision.complaint.merged_into) == (
        "reopened",
        DBM,
        None,
    )
    assert decision.complaint.clocks["rework"].running
    assert "object" not in offered(case, COORDINATOR)


def test_a_case_whose_merged_report_objected_stands_alone_again():
    case = replace(a_complaint("merged", DBM), merged_into=ANOTHER)
    on = another(a_complaint(), merged=(case.number,))
    assert "withdraw" not in offered(on, REPORTER)

    decision = acted(case, "object", REPORTER, text="Lubang saya di sisi lain", other=on)
    after = decision.case(ANOTHER)

    assert (after.merged, after.version, after.sequence) == ((), on.version, on.sequence + 1)
    assert decision.changes[1].event.action == "unmerge"
    assert "withdraw" in offered(after, REPORTER)


# Following


@pytest.mark.parametrize(
    "shield", [{"visibility": "private"}, {"category": VIOLENCE}, {"hidden": Hidden("minor", NOW)}]
)
def test_nobody_follows_a_shielded_case(shield):
    assert offered(a_complaint(), PUBLIC) == ["follow"]
    assert offered(a_complaint(**shield), PUBLIC) == []


def test_following_changes_nothing_of_the_case():
    assert acted(a_complaint(), "follow", PUBLIC).changes == ()


# What everybody sees


def test_a_hidden_case_is_shielded_until_it_is_restored():
    life = working().does(COORDINATOR, "hide", legal_ground="court_order", text="Putusan 12")
    category = CITY.categories[life.complaint.category]
    assert is_shielded(life.complaint, category)
    assert life.complaint.hidden == Hidden("court_order", LATER)
    assert refusal(life.complaint, "hide", COORDINATOR, legal_ground="minor", text="Lagi") == "state_forbids"

    life.does(COORDINATOR, "restore", text="Putusan dicabut")

    assert not is_shielded(life.complaint, category)
    assert refusal(life.complaint, "restore", COORDINATOR, text="Lagi") == "state_forbids"


def test_a_case_is_hidden_on_a_legal_ground_only():
    assert refusal(working().complaint, "hide", COORDINATOR, text="Memalukan") == ["legal_ground"]
    assert refusal(working().complaint, "hide", COORDINATOR, legal_ground="shame", text="x") == ["legal_ground"]


def test_the_reporter_hears_that_the_case_was_hidden_and_shown_again():
    life = working().does(COORDINATOR, "hide", legal_ground="minor", text="Menyebut anak")
    life.does(COORDINATOR, "restore", text="Keliru")

    assert [messages.for_reporter(event).event for event in life.events] == ["hide", "restore"]


def test_a_photo_is_cleared_or_withheld_and_the_last_word_counts():
    sent = given(photo_id="FOTO1", photos=photos(a_photo(REPORTER)))
    life = working().does(COORDINATOR, "clear_photo", sent=sent)
    assert (life.complaint.cleared, life.complaint.withheld) == (("FOTO1",), ())

    life.does(COORDINATOR, "withhold_photo", sent=sent)

    assert (life.complaint.cleared, life.complaint.withheld) == ((), ("FOTO1",))
    assert life.complaint.version == working().complaint.version


@pytest.mark.parametrize("known", [{}, photos(a_photo(REPORTER, state="pending"))])
def test_only_a_photo_that_is_there_is_cleared(known):
    assert refusal(working().complaint, "clear_photo", COORDINATOR, photo_id="FOTO1", photos=known) == ["photo_id"]


# The ledger's names


@pytest.mark.parametrize(
    "to", [messages.merged_reporter(ANOTHER), messages.follower(ANOTHER, "a1b2"), messages.unit("DBM.31.71")]
)
def test_whoever_is_told_is_known_again_by_the_ledgers_name(to):
    assert messages.recipient_named(to.name) == to
