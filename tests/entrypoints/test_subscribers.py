"""Messages of the topic: each stands alone, only what failed comes again, and forms yet to come are understood."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest

from chalicelib.application.clocks.timekeeping import Armed
from chalicelib.application.ports.cases import LostRaceError
from chalicelib.domain.errors import DamagedError, UnavailableError
from chalicelib.entrypoints import subscribers
from tests.entrypoints.roots import stands_in

NUMBER, OTHER = "JKT-7K3M-9QXR-B", "JKT-0000-0000-0"
HANDLERS = ("notify_citizen", "alert_unit", "call_back", "arm", "project")
BY_NUMBER = ("notify_citizen", "call_back")  # they catch up with the whole case
Handler = Callable[[dict[str, Any], None], dict[str, Any]]


@dataclass
class Recording:
    """A use case that remembers its calls and fails for the numbers it is told."""

    failing: dict[str, Exception] = field(default_factory=dict)
    seen: list[tuple[Any, ...]] = field(default_factory=list)

    def __call__(self, number: str, *rest: int) -> str:
        self.seen.append((number, *rest))
        if number in self.failing:
            raise self.failing[number]
        return "sent"


@pytest.fixture
def use_case(monkeypatch: pytest.MonkeyPatch) -> Recording:
    recording = Recording()
    stands_in(monkeypatch, **dict.fromkeys((*HANDLERS, "tell_people"), recording))
    return recording


def a_message(number: str = NUMBER, sequence: int = 3, **more: Any) -> str:
    return json.dumps({"v": 1, "number": number, "sequence": sequence, "action": "start", **more})


def answer(name: str, *bodies: str) -> list[str]:
    """Ids of the messages that shall come again."""
    handler: Handler = getattr(subscribers, name)
    records = [{"messageId": f"m{i}", "receiptHandle": "r", "body": body} for i, body in enumerate(bodies)]
    return [failure["itemIdentifier"] for failure in handler({"Records": records}, None)["batchItemFailures"]]


DUTIES = {"message": "answer_message", "link": "send_link"}  # what the sweeper hands on that is about no case


@pytest.mark.parametrize("duty", DUTIES)
def test_what_is_about_no_case_reaches_its_use_case_and_comes_again_alone(
    monkeypatch: pytest.MonkeyPatch, duty: str, capsys: pytest.CaptureFixture[str]
) -> None:
    recording = Recording({"0" * 32: UnavailableError("dynamodb")})
    stands_in(monkeypatch, **{DUTIES[duty]: recording})

    assert answer("notify_citizen", json.dumps({duty: "0" * 32}), json.dumps({duty: "1" * 32})) == ["m0"]

    assert recording.seen == [("0" * 32,), ("1" * 32,)]
    assert duty == "message" or "1" * 32 not in capsys.readouterr().out  # a pseudonym stands for a person


@pytest.mark.parametrize("name", HANDLERS)
def test_every_message_reaches_its_use_case(use_case: Recording, name: str) -> None:
    assert answer(name, a_message(), a_message("JKT-0000-0000-0", 1)) == []

    called = [(NUMBER, 3), ("JKT-0000-0000-0", 1)]
    assert use_case.seen == ([(number,) for number, _ in called] if name in BY_NUMBER else called)


@pytest.mark.parametrize("name", HANDLERS)
@pytest.mark.parametrize("error", [UnavailableError("kms"), LostRaceError(), RuntimeError("ours")], ids=repr)
def test_only_the_message_that_failed_comes_again(use_case: Recording, name: str, error: Exception) -> None:
    use_case.failing = {"JKT-0000-0000-0": error}

    assert answer(name, a_message(), a_message("JKT-0000-0000-0"), a_message("JKT-0000-0001-2")) == ["m1"]
    assert len(use_case.seen) == 3


def test_one_projection_serves_all_events_of_a_case_in_a_batch(use_case: Recording) -> None:
    assert answer("project", a_message(sequence=3), a_message(sequence=5), a_message(sequence=4)) == []
    assert use_case.seen == [(NUMBER, 5)]


def test_people_are_told_once_of_all_events_of_a_case_in_a_batch(use_case: Recording) -> None:
    assert answer("notify_citizen", a_message(sequence=3), a_message(OTHER, 1), a_message(sequence=4)) == []
    assert use_case.seen == [(NUMBER,), (OTHER,)]


def test_a_case_whose_people_could_not_be_told_is_tried_at_each_of_its_messages(use_case: Recording) -> None:
    use_case.failing = {NUMBER: UnavailableError("kms")}

    assert answer("notify_citizen", a_message(sequence=3), a_message(OTHER, 1), a_message(sequence=4)) == ["m0", "m2"]
    assert use_case.seen == [(NUMBER,), (OTHER,), (NUMBER,)]


@dataclass
class Together(Recording):
    """Projects a batch at once, but for the numbers that fail."""

    batches: list[dict[str, int]] = field(default_factory=list)

    def together(self, newest: dict[str, int]) -> dict[str, bool]:
        self.batches.append(newest)
        if "all" in self.failing:
            raise self.failing["all"]
        return {number: True for number in newest if number not in self.failing}


@pytest.mark.parametrize(
    ("failing", "alone"),
    [
        ({}, []),
        ({OTHER: LostRaceError(OTHER)}, [(OTHER, 4)]),
        ({"all": UnavailableError("dynamodb")}, [(NUMBER, 3), (OTHER, 4)]),
    ],
    ids=["all at once", "one is left out", "none at once"],
)
def test_a_batch_is_projected_at_once_and_what_is_left_out_by_itself(
    monkeypatch: pytest.MonkeyPatch, failing: dict[str, Exception], alone: list[tuple[Any, ...]]
) -> None:
    use_case = Together(failing)
    stands_in(monkeypatch, project=use_case)

    again = answer("project", a_message(), a_message(OTHER, 4))

    assert use_case.batches == [{NUMBER: 3, OTHER: 4}]
    assert use_case.seen == alone
    assert again == (["m1"] if OTHER in failing else [])


def test_a_projection_that_failed_brings_all_its_messages_again(use_case: Recording) -> None:
    use_case.failing = {NUMBER: LostRaceError()}

    assert answer("project", a_message(sequence=3), a_message(sequence=5)) == ["m0", "m1"]


@pytest.mark.parametrize("name", HANDLERS)
@pytest.mark.parametrize(
    "body", ["", "{", "null", "[]", "7", '"x"', "{}", '{"number": "JKT"}', '{"number": 1, "sequence": "x"}']
)
def test_a_poisoned_message_fails_alone(use_case: Recording, name: str, body: str) -> None:
    assert answer(name, body, a_message()) == ["m0"]
    assert len(use_case.seen) == 1


@pytest.mark.parametrize("name", HANDLERS)
def test_a_newer_form_with_keys_that_we_do_not_know_is_understood(use_case: Recording, name: str) -> None:
    assert answer(name, a_message(v=9, part="P1", more={"deep": [1]})) == []
    assert len(use_case.seen) == 1


def test_a_failure_is_logged_with_its_place_and_without_the_message(
    use_case: Recording, caplog: pytest.LogCaptureFixture
) -> None:
    use_case.failing = {NUMBER: RuntimeError("ours")}

    answer("arm", a_message(secret="words of a person"))

    (line,) = caplog.records
    assert (line.levelname, line.message, line.__dict__["number"]) == ("ERROR", "arm_failed", NUMBER)
    assert "words of a person" not in str(line.__dict__)


@pytest.mark.parametrize("name", HANDLERS)
def test_what_is_final_does_not_come_again_and_has_a_line_of_its_own(
    use_case: Recording, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    use_case.failing = {NUMBER: DamagedError("contact")}

    assert answer(name, a_message(), a_message("JKT-0000-0000-0")) == []

    (line,) = [line for line in caplog.records if line.levelname == "ERROR"]
    assert (line.message, line.__dict__["number"], line.__dict__["error"]) == (f"{name}_final", NUMBER, "DamagedError")


@pytest.mark.parametrize("name", HANDLERS)
def test_one_line_is_logged_for_a_message(use_case: Recording, name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")

    answer(name, a_message())

    assert [line.message for line in caplog.records] == [name]


def test_a_stop_of_a_timer_that_was_refused_shows_in_the_log_and_the_message_is_done(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    stands_in(monkeypatch, arm=lambda *event: Armed(until=None, stopped=False))

    assert answer("arm", a_message()) == []

    (line,) = caplog.records
    assert (line.levelname, line.__dict__["outcome"]) == ("INFO", {"until": None, "stopped": False})


def test_the_digest_of_a_day_goes_to_its_use_case(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    stands_in(monkeypatch, tell_secretary=told.append)

    assert answer("alert_unit", json.dumps({"digest": "2026-11-23"})) == []
    assert told == [date(2026, 11, 23)]


@pytest.mark.parametrize("day", ["yesterday", None, 20261123])
def test_a_digest_of_no_day_goes_to_the_dead_letters(use_case: Recording, day: Any) -> None:
    assert answer("alert_unit", json.dumps({"digest": day})) == ["m0"]
    assert use_case.seen == []


def test_messages_that_wait_too_long_go_to_their_use_case(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    stands_in(monkeypatch, tell_late_messages=lambda *late: told.append(late))
    body = {"inbox": {"hour": "2026-11-23T03:00:00+00:00", "waiting": {"X": 2}}}

    assert answer("alert_unit", json.dumps(body)) == []
    assert told == [(datetime(2026, 11, 23, 3, tzinfo=UTC), {"X": 2})]


@pytest.mark.parametrize("late", ["x", None, {}, {"hour": "x", "waiting": {}}, {"hour": "2026-11-23T03:00:00+00:00"}])
def test_late_messages_of_no_hour_go_to_the_dead_letters(use_case: Recording, late: Any) -> None:
    assert answer("alert_unit", json.dumps({"inbox": late})) == ["m0"]
    assert use_case.seen == []


RETURNED = {"eventType": "Bounce", "mail": {"destination": ["siti@example.id"], "tags": {}}}


NO_NUMBER = {"eventType": "TEXT_INVALID", "destinationPhoneNumber": "+6281234567890", "context": {"notice": "x"}}


@pytest.mark.parametrize(
    ("event", "address"), [(RETURNED, "siti@example.id"), (NO_NUMBER, "6281234567890")], ids=["e-mail", "SMS"]
)
def test_what_a_provider_says_later_reaches_the_ledger_and_no_log(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], event: dict[str, Any], address: str
) -> None:
    fates: list[Any] = []
    stands_in(monkeypatch, note_fate=lambda told: fates.append(told) or "no_mailbox")

    assert answer("notify_citizen", json.dumps(event)) == []

    assert fates == [event]
    assert address not in capsys.readouterr().out


def test_a_fate_that_could_not_be_noted_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def unavailable(_told: Any) -> str:
        raise UnavailableError("dynamodb")

    stands_in(monkeypatch, note_fate=unavailable)

    assert [answer("notify_citizen", json.dumps(told)) for told in (RETURNED, NO_NUMBER)] == [["m0"]] * 2
