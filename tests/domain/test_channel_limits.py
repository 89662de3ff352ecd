"""What the channel of a report promises beside the city's own clocks."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.data import exchange
from chalicelib.domain.actor import REPORTER
from chalicelib.domain.case.channel_limits import of_desk, of_exchange
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.clocks import Clock
from tests.builders import LURAH, NOW, VALIDATOR, Life, a_life

LAPOR = exchange("LAPOR1708")
FRIDAY = datetime(2026, 3, 6, 3, 0, tzinfo=UTC)  # ten in the morning


def owed(limits: list[Clock], now: datetime) -> dict[str, str]:
    return {limit.kind: limit.state(now) for limit in limits}


def resolved() -> Life:
    life = a_life().does(LURAH, "accept").passes(hours=1).does(LURAH, "start")
    life.passes(hours=1).proves(LURAH)
    return life.does(VALIDATOR, "validate")


HOURS = {"at once": (1, "met"), "on the third day": (72, "met"), "a second later": (72.001, "missed")}


@pytest.mark.parametrize(("hours", "state"), HOURS.values(), ids=HOURS)
def test_a_desk_promises_a_response_within_three_days(hours: float, state: str) -> None:
    life = a_life().passes(hours=hours).does(LURAH, "accept")

    assert owed(of_desk(life.complaint), life.now) == {"respond": state}


def test_nobody_has_responded_yet() -> None:
    complaint = a_life().complaint

    assert owed(of_desk(complaint), NOW + timedelta(days=3)) == {"respond": "running"}
    assert owed(of_desk(complaint), NOW + timedelta(days=3, seconds=1)) == {"respond": "late"}


def test_what_its_reporter_says_is_no_response() -> None:
    life = a_life().does(REPORTER, "comment", text="Masih ada")

    assert owed(of_desk(life.complaint), life.now) == {"respond": "running"}


def test_lapor_counts_working_days() -> None:
    complaint = a_life(now=FRIDAY).complaint

    verify, answer = of_exchange(complaint, LAPOR)

    wednesday, friday = datetime(2026, 3, 11, 17, 0, tzinfo=UTC), datetime(2026, 3, 13, 17, 0, tzinfo=UTC)
    assert (verify.due_at, answer.due_at) == (wednesday, friday)  # midnight in Jakarta


def test_sorting_verifies_and_the_result_answers() -> None:
    begun, done = a_life().does(LURAH, "accept"), resolved()

    assert owed(of_exchange(begun.complaint, LAPOR), begun.now) == {"verify": "met", "answer": "running"}
    assert owed(of_exchange(done.complaint, LAPOR), done.now) == {
        "verify": "met",
        "answer": "met",
        "silence": "running",
    }


def test_what_is_no_concern_of_ours_is_answered_by_the_rejection() -> None:
    life = a_life().does(LURAH, "reject", reason_code="outside_authority", text="Bukan kewenangan kami")

    assert owed(of_exchange(life.complaint, LAPOR), life.now) == {"verify": "met", "answer": "met"}


def test_after_an_objection_an_answer_is_owed_again() -> None:
    life = resolved()
    before: Complaint = life.complaint
    life.does(REPORTER, "object", text="Belum")

    assert owed(of_exchange(before, LAPOR), life.now)["answer"] == "met"
    assert "silence" not in owed(of_exchange(life.complaint, LAPOR), life.now)
