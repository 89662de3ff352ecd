"""The day's proof finds what is lost, double, late or in the wrong hands, and nothing where all went well."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.tools.day_builders import (
    GAMBIR,
    LURAH,
    MESSAGES,
    NUMBER,
    REPORTED,
    ROADS,
    RULES,
    a_case,
    alert,
    clock,
    evidence,
    line,
    mail,
)
from tools.day.cases import Case
from tools.day.judging.expected import history, told
from tools.day.judging.promises import limits_passed, parts_late
from tools.day.judging.proof import Evidence, faults, whole


def found(case: Case, seen: Evidence) -> list[str]:
    """The faults, without the complaint that each names."""
    return [fault.partition(": ")[2] for fault in faults(case, seen, RULES)]


def test_a_case_that_was_served_well_has_no_fault() -> None:
    assert found(a_case(), evidence()) == []


@pytest.mark.parametrize("lost", range(len(MESSAGES)))
def test_every_single_lost_message_is_found(lost: int) -> None:
    rest = [message for n, message in enumerate(MESSAGES) if n != lost]

    assert found(a_case(), evidence(rest))


@pytest.mark.parametrize("twice", range(len(MESSAGES)))
def test_every_single_message_sent_twice_is_found(twice: int) -> None:
    assert found(a_case(), evidence([*MESSAGES, MESSAGES[twice]]))


def test_messages_of_a_person_in_the_wrong_order_are_found() -> None:
    turned = [MESSAGES[2], MESSAGES[1], MESSAGES[0], *MESSAGES[3:]]

    assert found(a_case(), evidence(turned)) == [
        "the reporter was told ['coordinated', 'waiting', 'withdrawn'], due was ['waiting', 'coordinated', 'withdrawn']"
    ]


def test_a_message_by_another_way_or_to_another_person_is_found() -> None:
    strange = [mail("waiting", to="orang-lain@example.com"), *MESSAGES[1:]]

    assert found(a_case(), evidence(strange)) == ["a message went another way: email"]


def test_an_alert_to_another_unit_is_both_missing_and_too_many() -> None:
    astray = [alert("DSDA") if message is MESSAGES[1] else message for message in MESSAGES]

    assert found(a_case(), evidence(astray)) == [
        f"alert missing: alert to {LURAH} (x1)",
        "alert too many: alert to DSDA (x1)",
    ]


def test_a_report_received_by_another_unit_is_found() -> None:
    assert f"received by DSDA, must be {LURAH}" in found(a_case(first_unit="DSDA"), evidence())


def test_a_place_found_in_another_kelurahan_is_found() -> None:
    seen = evidence(area={"code": "31.71.01.1002"})

    assert found(a_case(), seen) == [f"lies in 31.71.01.1002, must be {GAMBIR}"]


def test_an_action_that_the_history_lost_is_found() -> None:
    timeline = [line("lodge", "waiting", LURAH), line("coordinate", "coordinated", ROADS)]

    assert any("the history shows" in fault for fault in found(a_case(), evidence(timeline=timeline)))


def test_a_case_that_nobody_could_finish_is_found() -> None:
    assert found(a_case(todo=["confirm"]), evidence()) == ["steps not taken: confirm"]


def test_a_photo_that_never_became_visible_is_found() -> None:
    case = a_case(photos={"p1": "ready", "p2": "ready"})
    seen = evidence(photos=[{"photo_id": "p1", "state": "pending"}])

    assert found(case, seen) == ["a photo is pending, must be ready", "a photo is lost, must be ready"]


def late(rungs: list[str], **limits: timedelta) -> Evidence:
    """The clock of coordination ran for two hours before somebody acted; these rungs rang."""
    clocks = {"coordination": clock(limits["limit"], timedelta(hours=2))}
    moments = (f"{REPORTED:%Y-%m-%d}T0{index}:00:00+00:00" for index in range(len(rungs)))
    rang = [
        line("ring", "waiting", LURAH, at=at, clock="coordination", rung=rung)
        for rung, at in zip(rungs, moments, strict=False)
    ]
    timeline = [line("lodge", "waiting", LURAH), *rang, *evidence().seen["timeline"][1:]]
    told = [alert(LURAH, rung.partition("_")[0]) for rung in rungs]
    seen = evidence([*MESSAGES, *told], clocks=clocks, timeline=timeline)
    return replace(seen, now=REPORTED + timedelta(days=9))


def test_rungs_that_rang_once_each_until_the_clock_was_stopped_are_right() -> None:
    seen = late(["reminder_50", "reminder_80", "breach"], limit=timedelta(minutes=60))

    assert found(a_case(), seen) == []


def test_of_rungs_that_rang_at_one_moment_the_highest_is_told() -> None:
    rang = [line("ring", "waiting", LURAH, clock="coordination", rung=rung) for rung in ("reminder_80", "breach")]
    lines = history([line("lodge", "waiting", LURAH), *rang], [])

    assert told(lines, "JLN", RULES).units[1:] == [(LURAH, "breach")]


@pytest.mark.parametrize(
    "rungs",
    [
        ["reminder_50", "reminder_80"],
        ["reminder_50", "reminder_80", "breach", "breach"],
        ["reminder_50", "breach", "reminder_80"],
        ["reminder_50", "reminder_80", "breach", "escalation_1"],
    ],
    ids=["one is missing", "one rang twice", "in the wrong order", "after the clock was stopped"],
)
def test_a_clock_that_rang_wrongly_is_found(rungs: list[str]) -> None:
    assert any("clock coordination rang" in fault for fault in found(a_case(), late(rungs, limit=timedelta(hours=1))))


def test_a_window_that_ended_without_a_lapse_is_found() -> None:
    clocks = {"confirmation": clock(timedelta(minutes=30), None)}

    assert found(a_case(), evidence(clocks=clocks)) == ["the window of confirmation lapsed 0 times, due was 1"]


def test_words_of_the_report_in_a_message_are_found() -> None:
    told = [mail("waiting", text="Jalan rusak. Tanda bcdfghjklmnp."), *MESSAGES[1:]]

    assert found(a_case(), evidence(told)) == ["a message carries the words of the report"]


@pytest.mark.parametrize(("visibility", "is_found"), [("public", False), ("private", True)])
def test_an_alert_carries_the_words_of_a_report_that_everybody_may_read_and_of_no_other(
    visibility: str, is_found: bool
) -> None:
    case = a_case(plan=replace(a_case().plan, draft={**a_case().plan.draft, "visibility": visibility}))
    quoting = {**alert(LURAH), "text": "Jalan rusak. Tanda bcdfghjklmnp."}

    told = [quoting if message is MESSAGES[1] else message for message in MESSAGES]

    assert ("a message carries the words of the report" in found(case, evidence(told))) == is_found


def test_numbers_given_twice_strays_and_a_wrong_count_are_found() -> None:
    twice = [a_case(), a_case()]

    assert whole(twice, [mail("waiting", number="JKT-9999-9999-2")], 1, alone=True) == [
        f"{NUMBER}: given to 2 reports",
        "1 messages are about no report of the day",
        "the city counted 1 reports, sent were 2",
    ]


def test_a_private_case_that_everybody_can_read_is_found() -> None:
    case = a_case(plan=replace(a_case().plan, draft={**a_case().plan.draft, "visibility": "private"}))

    assert found(case, evidence()) == ["everybody sees what is private"]


UNKEPT: dict[str, tuple[str, float, float | None, list[str]]] = {  # channel, days now, days until done, who hears
    "nobody responded": ("PENDOPO", 4, None, [LURAH, "BIRO_PEM"]),
    "somebody responded too late": ("PENDOPO", 5, 4, [LURAH, "BIRO_PEM"]),
    "somebody responded in time": ("PENDOPO", 5, 2, []),
    "there is time left": ("PENDOPO", 3, None, []),
    "written on X": ("X", 4, None, [LURAH, "BIRO_PEM"]),
    "by our own form": ("WEB", 9, None, []),
}


@pytest.mark.parametrize(("channel", "days", "done", "heard"), UNKEPT.values(), ids=UNKEPT)
def test_a_desks_promise_that_was_not_kept_is_told_to_the_holder_and_the_bureau(
    channel: str, days: float, done: float | None, heard: list[str]
) -> None:
    case = a_case(plan=replace(a_case().plan, channel=channel))
    stopped = None if done is None else timedelta(days=done)
    clocks = {"coordination": clock(timedelta(hours=6), stopped)}
    seen = evidence(unit={"code": LURAH}, clocks=clocks).seen

    told_of = limits_passed(case, seen, REPORTED + timedelta(days=days), RULES)

    assert told_of == [(unit, "limit_respond") for unit in heard]


@pytest.mark.parametrize(("done", "heard"), [(None, ["DSDA", LURAH]), (3, ["DSDA", LURAH]), (1, [])], ids=str)
def test_a_part_that_was_late_is_told_to_its_unit_and_the_holder(done: int | None, heard: list[str]) -> None:
    part = {"part": "1", "unit": {"code": "DSDA"}, "due_at": (REPORTED + timedelta(days=2)).isoformat()}
    days = [0, *([] if done is None else [done])]
    lines = [{"at": (REPORTED + timedelta(days=day)).isoformat(), "part": {"part": "1"}} for day in days]
    seen = {"unit": {"code": LURAH}, "parts": [part], "timeline": lines}

    assert parts_late(seen, REPORTED + timedelta(days=4)) == [(unit, "part_late") for unit in heard]
