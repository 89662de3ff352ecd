"""A late part of the work: its unit and the holder of the case are alerted once, and everybody can read that it is
late."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.application.ports.messages import ProviderBusyError
from chalicelib.domain.case.complaint import Hidden
from chalicelib.domain.case.parts import CANCELLED, DECLINED, DONE
from chalicelib.domain.messages import PART_IS_LATE
from tests.builders import (
    BUREAU,
    COORDINATOR,
    DBM,
    DSDA,
    ENGINEER,
    PUMP_OFFICER,
    STREET_SWEEPERS,
    VIOLENCE,
)
from tests.flow import Flow

DUE = timedelta(hours=5)
ASKED = {"unit": DSDA, "text": "Mohon bersihkan saluran Bu Siti"}
BOTH = [(PART_IS_LATE, DSDA), (PART_IS_LATE, DBM)]
AGAIN = [(PART_IS_LATE, DSDA), (PART_IS_LATE, BUREAU)]  # after an objection to a rejection the bureau holds the case


@pytest.fixture
def flow() -> Flow:
    return Flow()


def invited(flow: Flow, steps: int = 3) -> str:
    """The number of a case with a part that is due in five hours. `alert_unit` has handled every event so far."""
    number = flow.lodge()
    flow.live(number, steps)
    flow.act(number, "invite", ENGINEER, **ASKED, due_at=flow.now() + DUE)
    flow.tell(number)
    return number


def sweeps(flow: Flow) -> None:
    flow.sweep()
    flow.hand_over()


def late_told(flow: Flow) -> list[tuple[str, str]]:
    return [(sent.event, sent.to) for sent in flow.alerts.sent if sent.event == PART_IS_LATE]


def read_as_late(flow: Flow, number: str) -> list[bool]:
    """What everybody reads of each part."""
    case = flow.complaints.case_file(number)
    assert case
    return [part["late"] for part in flow.views.public(case)["parts"]]


def waits(flow: Flow) -> bool:
    """Whether a message about a late part still stands on the alarm index, whenever it is due."""
    alarms = flow.queues.alarms(flow.now() + timedelta(days=365), 100)
    return any("late_part" in str(alarm.id) for alarm in alarms)


def test_its_unit_and_the_holder_hear_once_that_a_part_is_late_however_often_anybody_asks(flow: Flow) -> None:
    number = invited(flow)
    before = late_told(flow)
    flow.pass_time(hours=6)

    for _ in range(3):
        sweeps(flow)
        flow.tell(number)

    assert (before, late_told(flow), waits(flow)) == ([], BOTH, False)


def test_at_its_due_instant_a_part_is_on_time_and_a_second_later_it_is_late(flow: Flow) -> None:
    number = invited(flow)
    (part,) = flow.complaints.rows[number].parts

    flow.pass_time(seconds=(part.due_at - flow.now()).total_seconds())
    sweeps(flow)
    still = late_told(flow)
    flow.pass_time(seconds=1)
    sweeps(flow)

    assert (still, late_told(flow)) == ([], BOTH)


def test_an_invitation_whose_event_comes_late_is_told_at_once(flow: Flow) -> None:
    number = flow.lodge()
    flow.live(number, 3)
    event = flow.act(number, "invite", ENGINEER, **ASKED, due_at=flow.now() + DUE)
    flow.pass_time(hours=6)

    flow.alert_unit(number, event.sequence)

    assert late_told(flow) == BOTH


def test_each_part_has_its_own_time(flow: Flow) -> None:
    number = invited(flow)
    flow.act(number, "invite", ENGINEER, **ASKED, due_at=flow.now() + 2 * DUE)
    flow.tell(number)

    flow.pass_time(hours=6)
    sweeps(flow)
    first = late_told(flow)
    flow.pass_time(hours=5)
    sweeps(flow)

    assert (first, late_told(flow)) == (BOTH, BOTH * 2)


ENDED = {
    DONE: ("finish_part", PUMP_OFFICER),
    DECLINED: ("decline_part", PUMP_OFFICER),
    CANCELLED: ("cancel_part", ENGINEER),
}


@pytest.mark.parametrize(("action", "actor"), ENDED.values(), ids=ENDED)
def test_nobody_hears_of_a_part_that_ended_in_time(flow: Flow, action: str, actor: object) -> None:
    number = invited(flow)
    flow.act(number, action, actor, part="1", text="Sudah")  # type: ignore[arg-type]
    flow.pass_time(hours=6)
    sweeps(flow)

    assert (late_told(flow), waits(flow)) == ([], False)


def test_who_holds_the_case_when_the_part_is_late_hears_of_it(flow: Flow) -> None:
    number = invited(flow)
    flow.complaints.rows[number] = replace(flow.complaints.rows[number], unit="DISHUB")
    flow.pass_time(hours=6)
    sweeps(flow)

    assert late_told(flow) == [(PART_IS_LATE, DSDA), (PART_IS_LATE, "DISHUB")]


def test_a_unit_that_got_the_case_it_has_a_part_of_hears_once(flow: Flow) -> None:
    number = invited(flow)
    flow.complaints.rows[number] = replace(flow.complaints.rows[number], unit=DSDA)
    flow.pass_time(hours=6)
    sweeps(flow)

    assert late_told(flow) == [(PART_IS_LATE, DSDA)]


def rejected(flow: Flow, number: str) -> None:
    flow.act(number, "reject", ENGINEER, reason_code="other", text="Bukan wewenang")


def reopened(flow: Flow, number: str) -> None:
    flow.act(number, "object", COORDINATOR, text="Masih rusak")


def test_nobody_hears_of_a_part_of_a_case_that_has_ended(flow: Flow) -> None:
    number = invited(flow, 1)
    rejected(flow, number)
    flow.pass_time(hours=6)
    sweeps(flow)

    assert (late_told(flow), waits(flow)) == ([], False)
    assert read_as_late(flow, number) == [False]


@pytest.mark.parametrize("is_swept", [True, False], ids=["after a sweep", "before any sweep"])
def test_a_part_that_became_late_while_its_case_had_ended_is_told_once_the_case_goes_on(
    flow: Flow, is_swept: bool
) -> None:
    number = invited(flow, 1)
    rejected(flow, number)
    flow.pass_time(hours=6)
    if is_swept:
        sweeps(flow)
    reopened(flow, number)

    for _ in range(2):
        flow.tell(number)
        sweeps(flow)

    assert (late_told(flow), waits(flow)) == (AGAIN, False)


def test_a_part_that_was_told_as_late_is_not_told_again_when_its_case_goes_on(flow: Flow) -> None:
    number = invited(flow, 1)
    flow.pass_time(hours=6)
    sweeps(flow)
    rejected(flow, number)
    reopened(flow, number)
    flow.tell(number)
    sweeps(flow)

    assert late_told(flow) == BOTH


def test_a_part_with_time_left_when_its_case_goes_on_is_told_when_it_is_late(flow: Flow) -> None:
    number = invited(flow, 1)
    rejected(flow, number)
    flow.tell(number)  # which gives the message up: the case has ended
    reopened(flow, number)
    flow.tell(number)
    before = late_told(flow)
    flow.pass_time(hours=6)
    sweeps(flow)

    assert (before, late_told(flow)) == ([], AGAIN)


def test_what_the_topic_could_not_take_is_told_later(flow: Flow) -> None:
    invited(flow)
    flow.pass_time(hours=6)
    flow.alerts.failures.append(ProviderBusyError("sns"))
    sweeps(flow)
    flow.pass_time(hours=1)
    sweeps(flow)

    assert late_told(flow) == BOTH


def alerted(flow: Flow, **differences: object) -> str:
    number = invited(flow)
    flow.complaints.rows[number] = replace(flow.complaints.rows[number], **differences)  # type: ignore[arg-type]
    flow.pass_time(hours=6)
    sweeps(flow)
    return "\n".join(f"{sent.subject}\n{sent.text}" for sent in flow.alerts.sent if sent.event == PART_IS_LATE)


def test_the_alert_says_whose_part_how_late_and_how_the_case_stands_now(flow: Flow) -> None:
    said = alerted(flow, status="rework")

    assert "Bagian pekerjaan terlambat" in said
    assert f"Bagian pekerjaan {flow.reference.units[DSDA].name}: terlambat 1 jam 0 menit, batasnya" in said
    assert "Status: TL Ditolak" in said
    assert ASKED["text"] not in said, "the part's words are read in the console"


KEPT_BACK: dict[str, Callable[[Flow], dict[str, object]]] = {
    "sensitive": lambda _flow: {"category": VIOLENCE},
    "about an officer": lambda _flow: {"category": STREET_SWEEPERS},
}


@pytest.mark.parametrize("differs", KEPT_BACK.values(), ids=KEPT_BACK)
def test_the_alert_of_a_delicate_case_names_neither_unit_nor_matter_nor_place(
    flow: Flow, differs: Callable[[Flow], dict[str, object]]
) -> None:
    changed = differs(flow)
    said = alerted(flow, **changed)

    category = flow.reference.categories[str(changed["category"])]
    assert "Bagian pekerjaan terlambat" in said
    assert not [word for word in (flow.reference.units[DSDA].name, category.name_id, "Gambir") if word in said]


@pytest.mark.parametrize("differs", ["private", "hidden", "erased"])
def test_the_alert_has_no_words_of_a_case_that_is_shielded_or_erased(flow: Flow, differs: str) -> None:
    now = flow.now() + timedelta(hours=1)
    changed: dict[str, dict[str, object]] = {
        "private": {"visibility": "private"},
        "hidden": {"hidden": Hidden("minor", now)},
        "erased": {"erased": now},
    }
    said = alerted(flow, **changed[differs])

    assert "Bagian pekerjaan terlambat" in said
    assert "Isi laporan" not in said
    assert "Patokan" not in said


def test_everybody_reads_that_a_part_is_late_until_it_has_ended(flow: Flow) -> None:
    number = invited(flow)

    on_time = read_as_late(flow, number)
    flow.pass_time(hours=6)
    passed = read_as_late(flow, number)
    flow.act(number, "finish_part", PUMP_OFFICER, part="1", text="Sudah bersih")

    assert (on_time, passed, read_as_late(flow, number)) == ([False], [True], [False])
