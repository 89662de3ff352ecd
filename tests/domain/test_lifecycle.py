"""The table itself, and what it lets each kind of person do in each status: all of it, and nothing else."""

import pytest

from chalicelib.domain import labels
from chalicelib.domain.actor import REPORTER, RESPONDENT, ROLES, SYSTEM, agency
from chalicelib.domain.case.complaint import FINAL, OPEN, STATUSES
from chalicelib.domain.errors import ConflictError, InvalidError, NotAllowedError
from chalicelib.domain.grants import GRANT_ROLES
from chalicelib.domain.lifecycle import ROWS, TABLE, moves
from chalicelib.domain.reasons import REASONS
from tests.builders import (
    COORDINATOR,
    DBM,
    DESK,
    ENGINEER,
    EVERYBODY,
    HEAD,
    INSPECTOR,
    KEL_GAMBIR,
    LURAH,
    STREET_LIGHT,
    VALIDATOR,
    a_complaint,
    acted,
    clocks_in,
    offered,
    plausible,
)

AGENCY = agency(2)
# Who may do what in which status, as the city settled it; written down here a second time, on purpose.
HOLDER = {
    "waiting": ["accept", "reject", "transfer", "refer", "recategorise"],
    "coordinated": ["assign", "start", "reject", "transfer", "extend", "refer", "recategorise"],
    "assigned": ["assign", "start", "transfer", "ask", "extend", "refer", "recategorise"],
    "in_progress": ["assign", "propose_done", "transfer", "ask", "extend", "refer", "recategorise"],
    "scheduled": ["propose_done", "transfer", "extend"],
    "rework": ["assign", "start", "propose_done", "transfer", "extend"],
    "reopened": ["assign", "start", "transfer", "extend", "refer"],
    "referred": ["propose_done", "transfer", "extend", "recall"],
}
RIGHTS: dict[str, tuple[object, dict[str, list[str]]]] = {
    "the holder's officer": (ENGINEER, HOLDER),
    "the supervisor of its OPD": (HEAD, HOLDER),
    "the coordinator": (
        COORDINATOR,
        {
            "waiting": ["coordinate", "reject", "transfer", "refer", "recategorise"],
            "coordinated": ["assign", "reject", "transfer", "refer", "recategorise"],
            "assigned": ["assign", "transfer", "refer", "recategorise"],
            "in_progress": ["assign", "transfer", "refer", "recategorise"],
            "scheduled": ["transfer"],
            "rework": ["assign", "transfer"],
            "reopened": ["coordinate", "assign", "transfer", "refer"],
            "referred": ["transfer", "recall"],
            "resolved": ["object"],
            "rejected": ["object"],
        },
    ),
    "a desk": (DESK, {"waiting": ["coordinate", "reject", "recategorise"]}),
    "a validator": (VALIDATOR, {"awaiting_validation": ["validate", "refuse"]}),
    "the inspectorate": (INSPECTOR, {"resolved": ["object"], "rejected": ["object"]}),
    "the reporter": (
        REPORTER,
        {
            "waiting": ["withdraw"],
            "coordinated": ["withdraw"],
            "assigned": ["withdraw"],
            "in_progress": ["withdraw"],
            "scheduled": ["withdraw"],
            "needs_info": ["withdraw", "answer"],
            "resolved": ["confirm", "object", "rate"],
            "rejected": ["object"],
            "merged": ["object"],
            "closed": ["rate"],
        },
    ),
    "the reporter, by the link of a question": (RESPONDENT, {"needs_info": ["answer"]}),
    "the agency, by the link of its referral": (AGENCY, {"referred": ["comment"]}),
    "the system": (
        SYSTEM,
        {status: ["ring"] for status in STATUSES}
        | {status: ["merge", "ring"] for status in ("waiting", "coordinated", "assigned", "in_progress")}
        | {"awaiting_validation": ["appoint", "ring"], "needs_info": ["ring", "resume"]}
        | {"resolved": ["ring", "lapse"], "rejected": ["ring", "lapse"]},
    ),
}
MATRIX = [
    pytest.param(actor, status, may.get(status, []), id=f"{who}, {status}: {', '.join(may.get(status, ['nothing']))}")
    for who, (actor, may) in RIGHTS.items()
    for status in STATUSES
]


# What several of them may do beside it: by whom, and in which statuses.
MERGEABLE = ("waiting", "coordinated", "assigned", "in_progress")
WORKING = ("coordinated", "assigned", "in_progress", "scheduled", "rework", "reopened")
TOGETHER = (
    ((ENGINEER, HEAD, COORDINATOR), WORKING, ("invite",)),
    ((ENGINEER, HEAD, COORDINATOR), MERGEABLE, ("merge",)),
    ((DESK,), ("waiting",), ("merge",)),
    ((ENGINEER, HEAD, COORDINATOR), ("merged",), ("unmerge",)),
    ((COORDINATOR, INSPECTOR), STATUSES, ("hide",)),
    ((COORDINATOR,), STATUSES, ("clear_photo", "withhold_photo")),
    ((REPORTER,), STATUSES, ("erase",)),
)


def spoken(actor, status, may):
    """With what several may do, the viewer's comment and everybody's following; in the table's order."""
    also = [action for who, where, actions in TOGETHER if actor in who and status in where for action in actions]
    also += ["comment"] if actor not in (SYSTEM, RESPONDENT, AGENCY) and status != "withdrawn" else []
    also += ["follow"] if status in OPEN and not actor.only else []
    return sorted([*may, *also], key=list(ROWS).index)


@pytest.mark.parametrize(("actor", "status", "may"), MATRIX)
def test_each_status_offers_exactly_what_the_table_says(actor, status, may):
    case = a_complaint(status, DBM, reachable=True)

    assert offered(case, actor) == spoken(actor, status, may)


@pytest.mark.parametrize(("actor", "status", "may"), MATRIX)
def test_what_is_offered_is_accepted_and_nothing_else(actor, status, may):
    case = a_complaint(status, DBM, reachable=True)

    accepted = [action for action in ROWS if action != "lodge" and is_accepted(case, action, actor)]

    assert accepted == spoken(actor, status, may)


def is_accepted(case, action, actor):
    """Whether it is done, given valid needs; those of an action that is not built are beside the point."""
    try:
        acted(case, action, actor, sent=plausible(action, case, actor))
    except (NotAllowedError, ConflictError):
        return False
    except InvalidError as refused:
        return ROWS[action].built and [fault.field for fault in refused.errors] != ["part"]  # there is none here
    return True


def test_a_kelurahan_that_holds_a_case_may_coordinate_it():
    case = a_complaint("waiting", KEL_GAMBIR)

    assert offered(case, LURAH) == [
        "accept", "coordinate", "reject", "comment", "transfer", "refer", "merge", "recategorise", "follow",
    ]  # fmt: skip


def test_a_kelurahan_without_the_authority_coordinates_or_rejects_only():
    case = a_complaint("waiting", KEL_GAMBIR, category=STREET_LIGHT)

    assert offered(case, LURAH) == [
        "coordinate", "reject", "comment", "transfer", "refer", "merge", "recategorise", "follow",
    ]  # fmt: skip


ON_PARTS = ("finish_part", "decline_part", "cancel_part")


def test_an_action_that_is_not_built_is_offered_to_nobody():
    unbuilt = {row.action for row in TABLE if not row.built}

    offers = {a for status in STATUSES for actor in EVERYBODY for a in offered(a_complaint(status), actor)}
    of_a_case_of_their_own = {"lodge", "locate", "ask", "approve_extension", "refuse_extension", "take_over"}

    assert unbuilt.isdisjoint(offers)
    of_a_case_of_their_own |= {*ON_PARTS, "restore", "uphold", "overturn"}
    assert {row.action for row in TABLE if row.built} - offers == of_a_case_of_their_own


def test_every_status_is_reached_by_some_row():
    reached = {to for row in TABLE for _, to in moves(row)} | {ROWS["lodge"].to}

    assert reached >= set(STATUSES)


@pytest.mark.parametrize("status", [status for status in STATUSES if status not in FINAL])
def test_every_status_that_is_not_final_has_a_way_out(status):
    assert [row.action for row in TABLE for source, to in moves(row) if source == status and to != status]


@pytest.mark.parametrize("status", [status for status in STATUSES if status not in FINAL])
def test_every_status_that_is_not_final_has_a_limit(status):
    assert [kind for kind, clock in clocks_in(status).items() if clock.running]


def test_what_is_built_leads_only_where_something_built_leads_on():
    reached = {to for row in TABLE if row.built for _, to in moves(row)} | {ROWS["lodge"].to}

    left = {source for row in TABLE if row.built for source, to in moves(row) if to != source}
    stuck = reached - FINAL - left

    assert stuck == set()


def test_only_the_system_acts_without_a_person():
    assert {row.action for row in TABLE if row.who == ("system",)} == {"appoint", "ring", "lapse", "resume"}
    merging = {"merge"}  # flood mode
    assert {row.action for row in TABLE if "system" in row.who} == {"appoint", "ring", "lapse", "resume"} | merging


def test_every_status_and_action_has_its_words_in_both_languages():
    words = [*labels.ACTION.values(), *(label.public for label in labels.STATUS.values())]

    assert (list(labels.STATUS), list(labels.ACTION)) == (list(STATUSES), list(ROWS))
    assert all(said.id and said.en for said in words)


def test_the_official_words_are_the_citys_own():
    said = {status: label.official for status, label in labels.STATUS.items()}

    assert [said[s] for s in ("waiting", "coordinated", "assigned", "in_progress")] == [
        "Menunggu", "Koordinasi", "Disposisi", "Proses",
    ]  # fmt: skip
    assert (said["awaiting_validation"], said["rework"], said["resolved"]) == (
        "Menunggu Validasi",
        "TL Ditolak",
        "Selesai",
    )


def test_the_table_names_only_what_exists():
    assert {grant for row in TABLE for grant in row.who} == set(GRANT_ROLES) - {"open_part"}  # a condition asks it
    assert {role for roles in GRANT_ROLES.values() for role in roles} == {*ROLES, "public"} - {"administrator"}
    assert {status for row in TABLE for move in moves(row) for status in move} <= set(STATUSES)
    assert set(REASONS) <= set(ROWS)


def test_every_reason_code_list_ends_with_other():
    assert {codes[-1] for codes in REASONS.values()} == {"other"}


def test_open_is_every_status_but_five():
    assert set(STATUSES) - set(OPEN) == {"resolved", "closed", "rejected", "merged", "withdrawn"}


def test_a_quiet_action_never_makes_another_persons_view_stale():
    assert {row.action for row in TABLE if row.quiet} == {
        "appoint", "comment", "clear_photo", "withhold_photo", "follow", "rate", "ring", "uphold",
    }  # fmt: skip


def test_what_may_move_the_next_breach_reaches_the_timers() -> None:
    """Who stops, pauses, starts or resumes a clock of coordination, location, resolution or rework, or says when it is
    due. A breach that rings is seen to by the timer that woke for it."""
    ends = [
        "accept",
        "coordinate",
        "propose_done",
        "reject",
        "withdraw",
        "ask",
        "refer",
        "merge",
        "locate",
        "take_over",
    ]
    begins = ["lodge", "refuse", "object", "transfer", "answer", "unmerge", "overturn", "resume"]

    assert {row.action for row in TABLE if row.arms} == {*ends, *begins, "approve_extension", "recategorise"}
