"""The schedule's call: sweeps, says what was done, and fails aloud when a promise could not be kept."""

from collections import Counter
from typing import Any

import pytest

from chalicelib.application.clocks.sweeping import SweepResult
from chalicelib.application.handling.joining import JoinResult
from chalicelib.application.handling.reappointing import ReappointResult
from chalicelib.application.ports.queues import Alarm
from chalicelib.application.ports.rules import Fallen
from chalicelib.domain.errors import UnavailableError
from chalicelib.entrypoints.schedules import PromisesBrokenError, sweep
from tests.entrypoints.roots import stands_in
from tests.fakes import MONDAY

RULE = {
    "version": "0", "account": "1", "region": "ap-southeast-3", "detail": {}, "detail-type": "Scheduled Event",
    "source": "aws.events", "time": "2026-03-02T01:00:00Z", "id": "1", "resources": [],
}  # fmt: skip


class Share:
    """Of the day's messages; `near` names the ways whose messages are mostly sent."""

    def __init__(self, *near: str) -> None:
        self._near = list(near)

    def near_the_ceiling(self) -> list[str]:
        return self._near


class Rules:
    """The routing rules; `off` are those that failed."""

    def __init__(self, *off: str) -> None:
        self._off = [Fallen(rule, "no unit", MONDAY) for rule in off]

    def switched_off(self) -> list[Fallen]:
        return self._off


def swept(monkeypatch: pytest.MonkeyPatch, result: SweepResult | None = None, **others: Any) -> None:
    """What the sweep answers, and what else is asked of the root."""
    known = {
        "share_of_day": Share(),
        "rule_changes": Rules(),
        "join_floods": JoinResult,
        "reappoint": ReappointResult,
        "remind_digest": bool,
        "remind_late_messages": int,
        "beat": bool,
        "sweep": lambda: result or SweepResult(),
    }
    stands_in(monkeypatch, **{**known, **others})


def test_a_sweep_says_how_many_promises_it_kept(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    swept(monkeypatch, SweepResult(Counter(complaint=3, notice=1)))

    assert sweep(RULE, None) == {"complaint": 3, "notice": 1}
    assert [line.message for line in caplog.records] == ["swept"]


def test_a_broken_promise_is_named_and_then_fails_the_call(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    broken = (Alarm("complaint", "JKT-7K3M-9QXR-B", None, MONDAY), UnavailableError("dynamodb"))
    swept(monkeypatch, SweepResult(Counter(complaint=3), [broken]))

    with pytest.raises(PromisesBrokenError):
        sweep(RULE, None)

    assert [line.message for line in caplog.records] == ["promise_failed", "swept"]
    assert caplog.records[0].__dict__["number"] == "JKT-7K3M-9QXR-B"


def test_a_ceiling_that_is_near_is_said_at_every_sweep(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    swept(monkeypatch, share_of_day=Share("sms"))

    sweep(RULE, None)

    assert [line.__dict__["way"] for line in caplog.records if line.message == "ceiling_near"] == ["sms"]


def test_every_sweep_beats_so_that_the_stream_is_seen_to_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    beats: list[str] = []
    broken = (Alarm("complaint", "JKT-7K3M-9QXR-B", None, MONDAY), UnavailableError("dynamodb"))
    swept(monkeypatch, SweepResult(Counter(), [broken]), beat=lambda: beats.append("beat"))

    with pytest.raises(PromisesBrokenError):
        sweep(RULE, None)

    assert beats == ["beat"]


def test_a_rule_that_is_switched_off_is_said_at_every_sweep(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    swept(monkeypatch, rule_changes=Rules("malam"))

    sweep(RULE, None)

    said = [line.__dict__ for line in caplog.records if line.message == "rule_off"]
    assert [(line["rule"], line["error"]) for line in said] == [("malam", "no unit")]


def test_what_flood_mode_merged_is_said(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    swept(monkeypatch, join_floods=lambda: JoinResult(merged=29))

    sweep(RULE, None)

    assert [line.__dict__.get("merged") for line in caplog.records if line.message == "floods_joined"] == [29]


def unreadable() -> Any:
    raise UnavailableError("dynamodb")


@pytest.mark.parametrize(
    "broken",
    [
        {"join_floods": unreadable},
        {"reappoint": unreadable},
        {"reappoint": lambda: ReappointResult(failed=[RuntimeError()])},
        {"join_floods": lambda: JoinResult(failed=[RuntimeError()])},
        {"remind_digest": unreadable},
        {"remind_late_messages": unreadable},
    ],
    ids=["the switches", "the judges", "a judge", "a merge", "the digest", "late messages"],
)
def test_when_something_beside_them_fails_the_promises_were_kept_and_the_call_fails_aloud(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, broken: dict[str, Any]
) -> None:
    caplog.set_level("INFO")
    swept(monkeypatch, SweepResult(Counter(complaint=3)), **broken)

    with pytest.raises(PromisesBrokenError):
        sweep(RULE, None)

    assert caplog.records[0].message == "swept"
    assert caplog.records[1].levelname == "ERROR"
