"""The state machine's call: rings, and has the next execution started; one of the first form sleeps again by itself."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import UnavailableError
from chalicelib.entrypoints.timers import ring
from tests.entrypoints.roots import stands_in

NUMBER = "JKT-7K3M-9QXR-B"
STATE = {"v": 2, "number": NUMBER, "arming": 1, "sleep": 3, "until": "2026-03-02T07:00:00Z"}
ENDED = {"v": 2, "number": NUMBER, "until": "2026-03-02T07:00:00Z", "more": False}
LOOP = {"v": 1, "number": NUMBER, "until": "2026-03-02T07:00:00Z", "more": True}
NEXT = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)


def rings(monkeypatch: pytest.MonkeyPatch, answer: datetime | None, offset: timedelta = timedelta(0)) -> list[Any]:
    seen: list[Any] = []

    def ring(number: str) -> datetime | None:
        seen.append(number)
        return answer

    def wake(number: str, arming: int, sleep: int) -> datetime | None:
        seen.append((number, arming, sleep))
        return answer

    stands_in(monkeypatch, ring=ring, wake=wake, offset=offset)
    return seen


def test_while_a_breach_may_come_the_next_execution_is_started_and_this_one_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = rings(monkeypatch, NEXT)

    assert ring(STATE, None) == {**ENDED, "until": "2026-03-09T01:00:00Z"}
    assert seen == [(NUMBER, 1, 3)]


def test_when_nothing_is_left_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    rings(monkeypatch, None)

    assert ring(STATE, None) == ENDED


def test_it_sleeps_by_the_machines_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    rings(monkeypatch, NEXT, offset=timedelta(days=7))

    assert ring(STATE, None)["until"] == "2026-03-02T01:00:00Z"


@pytest.mark.parametrize("following", [NEXT, None])
def test_an_execution_of_the_first_form_sleeps_again_by_itself_and_starts_none(
    monkeypatch: pytest.MonkeyPatch, following: datetime | None
) -> None:
    seen = rings(monkeypatch, following)
    until = "2026-03-09T01:00:00Z" if following else LOOP["until"]

    assert ring(LOOP, None) == {**LOOP, "until": until, "more": following is not None}
    assert seen == [NUMBER]


@pytest.mark.parametrize("more", [{"v": 3}, {"unheard": "of"}])
def test_an_execution_of_another_day_meets_this_code_safely(
    monkeypatch: pytest.MonkeyPatch, more: dict[str, Any]
) -> None:
    rings(monkeypatch, None)

    assert ring({**STATE, **more}, None) == {**ENDED, "v": more.get("v", 2)}


def test_a_failure_is_the_state_machines_to_repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    def wake(number: str, arming: int, sleep: int) -> None:
        raise UnavailableError("dynamodb")

    stands_in(monkeypatch, wake=wake, offset=timedelta(0))

    with pytest.raises(UnavailableError):
        ring(STATE, None)


def test_one_line_is_logged_for_a_call(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    rings(monkeypatch, None)

    ring(STATE, None)

    assert [line.message for line in caplog.records] == ["ring"]
