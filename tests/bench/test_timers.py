"""The clocks' machine, in virtual time."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bench import timers

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


def said(until: datetime | None) -> dict[str, Any]:
    text = (until or NOON).isoformat().replace("+00:00", "Z")
    return {"v": 1, "number": "JKT-0000-0000-0", "until": text, "more": until is not None}


def test_an_execution_sleeps_rings_and_sleeps_again_while_there_is_more() -> None:
    slept: list[datetime] = []
    answers = iter([said(NOON + timedelta(days=7)), said(None)])

    entered = timers.run(timers.definition(), said(NOON), ring=lambda given: next(answers), sleep=slept.append)

    assert entered == ["Wait", "Ring", "More", "Wait", "Ring", "More", "Done"]
    assert [NOON, NOON + timedelta(days=7)] == slept


def test_a_machine_without_an_end_is_a_fault() -> None:
    with pytest.raises(ValueError, match="does not end"):
        timers.run(timers.definition(), said(NOON), ring=lambda given: said(NOON), sleep=lambda at: None)
