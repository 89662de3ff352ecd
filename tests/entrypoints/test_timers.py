"""The state machine's call: rings, and answers the state in which it sleeps on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import UnavailableError
from chalicelib.entrypoints.timers import ring
from tests.entrypoints.roots import stands_in

NUMBER = "JKT-7K3M-9QXR-B"
STATE = {"v": 1, "number": NUMBER, "until": "2026-03-02T07:00:00Z", "more": True}
NEXT = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)


def rings(monkeypatch: pytest.MonkeyPatch, answer: datetime | None, offset: timedelta = timedelta(0)) -> list[str]:
    seen: list[str] = []

    def use_case(number: str) -> datetime | None:
        seen.append(number)
        return answer

    stands_in(monkeypatch, ring=use_case, offset=offset)
    return seen


def test_while_a_breach_may_come_it_sleeps_until_then(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = rings(monkeypatch, NEXT)

    assert ring(STATE, None) == {"v": 1, "number": NUMBER, "until": "2026-03-09T01:00:00Z", "more": True}
    assert seen == [NUMBER]


def test_when_nothing_is_left_it_ends_and_keeps_its_form(monkeypatch: pytest.MonkeyPatch) -> None:
    rings(monkeypatch, None)

    assert ring(STATE, None) == {**STATE, "more": False}


def test_it_sleeps_by_the_machines_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    rings(monkeypatch, NEXT, offset=timedelta(days=7))

    assert ring(STATE, None)["until"] == "2026-03-02T01:00:00Z"


@pytest.mark.parametrize("more", [{"v": 2}, {"unheard": "of"}])
def test_an_execution_of_another_day_meets_this_code_safely(
    monkeypatch: pytest.MonkeyPatch, more: dict[str, Any]
) -> None:
    rings(monkeypatch, None)

    assert ring({**STATE, **more}, None) == {**STATE, "more": False}


def test_a_failure_is_the_state_machines_to_repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    def use_case(number: str) -> None:
        raise UnavailableError("dynamodb")

    stands_in(monkeypatch, ring=use_case, offset=timedelta(0))

    with pytest.raises(UnavailableError):
        ring(STATE, None)


def test_one_line_is_logged_for_a_call(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    rings(monkeypatch, None)

    ring(STATE, None)

    assert [line.message for line in caplog.records] == ["ring"]
