"""Events are published again from their rows; dead letters go back where they came from, and none is lost."""

import json
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.adapters.dynamodb.cases.complaints import DynamoComplaints
from chalicelib.adapters.dynamodb.stream import keys_only
from chalicelib.domain.case import numbers
from chalicelib.domain.case.complaint import Lodging
from tests.adapters.test_stream_records import a_record
from tests.builders import CITY, LURAH, NOW, NUMBER, a_draft, acted, as_decision, given
from tests.tools.conftest import STACK, Heard, bodies
from tools.recovery import redrive, replay
from tools.stack.stage import Stage

NAMED = ["--stack", STACK]
NUMBERS = [numbers.from_bits(bits) for bits in range(12)]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redrive, "PATIENCE_SECONDS", 0)


@pytest.fixture
def history(stage: Stage) -> None:
    """Twelve reports at NOW, and a comment on the first an hour later."""
    from chalicelib.domain.actor import REPORTER
    from chalicelib.domain.case.lodging import lodge

    stage.bind_table()
    complaints = DynamoComplaints(queue_key=lambda complaint: None, task_key=lambda task: task.queue)
    for number in NUMBERS:
        lodging = Lodging("00" * 32, "11" * 32, "22" * 32)
        made = lodge(a_draft(), number=number, lodging=lodging, actor=REPORTER, reference=CITY, now=NOW, salt="AAAA")
        complaints.lodge(as_decision(None, made.complaint, made.event), None)
    first = complaints.load(NUMBERS[0])
    assert first
    said = acted(first, "comment", LURAH, now=NOW + timedelta(hours=1), sent=given(text="Kami cek"))
    complaints.commit(as_decision(first, said.complaint, said.event))


def queue(stage: Stage, logical: str) -> str:
    return dict(stage.resources("AWS::SQS::Queue"))[logical]


def put(stage: Stage, logical: str, *sent: Any) -> None:
    for body in sent:
        stage.client("sqs").send_message(QueueUrl=queue(stage, logical), MessageBody=json.dumps(body))


# ------------------------------------------------------------------------------------------------ replay
def test_everything_since_a_time_is_published_again(stage: Stage, history: None, heard: Heard) -> None:
    assert replay.main(["--since", NOW.isoformat(), *NAMED]) == 0

    assert heard.events() == sorted([*((number, 1) for number in NUMBERS), (NUMBERS[0], 2)])


def test_until_is_not_included(stage: Stage, history: None, heard: Heard) -> None:
    later = (NOW + timedelta(hours=1)).isoformat()

    replay.main(["--since", NOW.isoformat(), "--until", later, *NAMED])

    assert heard.events() == sorted((number, 1) for number in NUMBERS)


def test_one_case_may_be_replayed_alone(stage: Stage, history: None, heard: Heard) -> None:
    replay.main(["--since", "2026-03-01", "--number", f"https://tanggap.example/lacak#{NUMBERS[0].lower()}", *NAMED])

    assert heard.events() == [(NUMBERS[0], 1), (NUMBERS[0], 2)]


# ------------------------------------------------------------------------------------------------ redrive
def test_dead_letters_go_back_to_their_queue(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    put(stage, "ArmDead", *({"number": NUMBER, "sequence": n} for n in range(25)))

    assert redrive.main(["arm", *NAMED]) == 0

    back = [json.loads(body)["sequence"] for body in bodies(stage.client("sqs"), queue(stage, "ArmQueue"))]
    assert sorted(back) == list(range(25))
    assert bodies(stage.client("sqs"), queue(stage, "ArmDead")) == []
    assert capsys.readouterr().out == "arm: 25 given back, 0 stay\n"


@pytest.mark.parametrize("record", [a_record(), keys_only(a_record())], ids=["a whole record", "keys"])
def test_relays_dead_letters_go_back_to_its_retries_by_their_keys_alone(stage: Stage, record: dict[str, Any]) -> None:
    put(stage, "RelayDead", record)

    assert redrive.main(["relay-retry", *NAMED]) == 0

    (back,) = bodies(stage.client("sqs"), queue(stage, "RelayRetryQueue"))
    assert json.loads(back) == keys_only(a_record())


def test_what_names_no_row_stays_and_says_where_to_turn(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    put(stage, "RelayDead", {"DDBStreamBatchInfo": {"batchSize": 3}}, a_record())

    assert redrive.main(["relay-retry", *NAMED]) == 1

    said = capsys.readouterr()
    assert said.out == "relay-retry: 1 given back, 1 stay\n"
    assert "replay" in said.err


def test_what_stands_for_a_message_that_nobody_can_read_stays(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    put(stage, "ArmDead", {"unreadable": 812}, 7, {"number": NUMBER, "sequence": 1})

    assert redrive.main(["arm", *NAMED]) == 1

    said = capsys.readouterr()
    assert said.out == "arm: 2 given back, 1 stay\n"
    assert "nobody can read" in said.err


def test_without_names_every_queue_is_looked_at(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    put(stage, "SweepDead", {"source": "aws.events"})

    assert redrive.main(NAMED) == 0

    said = ["arm: 0 given back, 0 stay", "relay-retry: 0 given back, 0 stay", "sweep: 1 given back, 0 stay"]
    assert capsys.readouterr().out.splitlines() == said


def test_an_unknown_queue_is_named_with_those_that_there_are(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        redrive.main(["nowhere", *NAMED])
    assert "there are arm, relay-retry, sweep" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "said"), [("JKT-0000-0000-1", "check character"), ("JKT-0000", "nine letters and digits")]
)
def test_a_number_that_is_none_ends_the_command(typed: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        replay.main(["--since", "2026-03-01", "--number", typed, *NAMED])

    assert said in capsys.readouterr().err
