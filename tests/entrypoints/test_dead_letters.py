"""What failed to the end becomes a dead letter by its worker, without an address, a telephone number or an IP address;
given back, it does what the message would have done."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.domain.errors import UnavailableError
from chalicelib.entrypoints.photos import process_photo
from chalicelib.entrypoints.queues.dead_letters import MOST_RECEIVES, TRIES
from chalicelib.entrypoints.subscribers import alert_unit, notify_citizen
from tests.application.test_fates import NO_MAILBOX
from tests.entrypoints.roots import stands_in
from tests.fakes import RecordingDeadLetters
from tests.flow import Flow

NUMBER, TASK, PSEUDONYM = "JKT-7K3M-9QXR-B", "0" * 24, "a" * 32
NOTICE = f"{NUMBER}_000001_reporter"
ADDRESS, PHONE, IP = "siti@example.id", "6281234567890", "36.68.1.2"
PERSONAL = (ADDRESS, PHONE, IP, "Siti")
KEY = f"incoming/{NUMBER}/0123456789ABCDEFGHJK"
FATES = {
    "e-mail": NO_MAILBOX | {"mail": {"destination": [ADDRESS], "tags": {"Tanggap-Notice": [NOTICE]}}},
    "SMS": {"eventType": "TEXT_INVALID", "destinationPhoneNumber": f"+{PHONE}", "context": {"notice": NOTICE}},
}
NOTED = {"arrived": False, "is_refused": True, "message_id": NOTICE}
KEPT = {
    "e-mail": {"fate": {**NOTED, "reason": "no_mailbox", "kind": "email"}},
    "SMS": {"fate": {**NOTED, "reason": "no_such_number", "kind": "sms"}},
}
STORED = {"key": KEY.replace("/", "%2F"), "eTag": "e", "size": 9}
UPLOADED = {"Records": [{"requestParameters": {"sourceIPAddress": IP}, "s3": {"object": {**STORED, "sequencer": "1"}}}]}
Json = dict[str, Any]


class Ledger(Flow):
    """A city whose ledger cannot be written."""

    def __init__(self) -> None:
        super().__init__()
        self.tried = 0

    def broken(self, *_: Any, **__: Any) -> Any:
        self.tried += 1
        raise UnavailableError("dynamodb")


@pytest.fixture
def letters() -> RecordingDeadLetters:
    return RecordingDeadLetters()


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch, letters: RecordingDeadLetters) -> Ledger:
    made = Ledger()
    fails = dict.fromkeys(("answer_message", "send_link", "tell_people", "alert_unit"), made.broken)
    made.note_fate.note = made.broken  # type: ignore[method-assign]
    processing = type("Processing", (), {"process": made.broken})
    stands_in(monkeypatch, note_fate=made.note_fate, dead_letters=letters, photo_processing=processing(), **fails)
    return made


def answer(handler: Callable[..., Json], received: int, *bodies: Any) -> list[str]:
    """Ids of the messages that shall come again, of those that are received for so many times."""
    records = [
        {
            "messageId": f"m{position}",
            "receiptHandle": "r",
            "body": body if isinstance(body, str) else json.dumps(body),
            "attributes": {"ApproximateReceiveCount": str(received)},
        }
        for position, body in enumerate(bodies)
    ]
    return [failure["itemIdentifier"] for failure in handler({"Records": records}, None)["batchItemFailures"]]


SENT: dict[str, tuple[Callable[..., Json], Any, Any]] = {
    "a letter that came back": (notify_citizen, FATES["e-mail"], KEPT["e-mail"]),
    "an SMS that did not come": (notify_citizen, FATES["SMS"], KEPT["SMS"]),
    "the same from the dead letters": (notify_citizen, KEPT["SMS"], KEPT["SMS"]),
    "an event": (
        notify_citizen,
        {"v": 1, "number": NUMBER, "sequence": 3, "words": ADDRESS},
        {"number": NUMBER, "sequence": 3},
    ),
    "an answer": (notify_citizen, {"message": TASK, "to": ADDRESS}, {"message": TASK}),
    "a link": (notify_citizen, {"link": PSEUDONYM, "to": ADDRESS}, {"link": PSEUDONYM}),
    "a photo": (process_photo, UPLOADED, {"Records": [{"s3": {"object": STORED}}]}),
}


@pytest.mark.parametrize("name", SENT)
def test_the_last_try_leaves_what_repeats_the_message_and_nothing_of_a_person(
    ledger: Ledger, letters: RecordingDeadLetters, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    handler, sent, kept = SENT[name]

    assert [answer(handler, received, sent) for received in range(1, TRIES)] == [["m0"]] * (TRIES - 1)
    assert letters.letters == []
    assert answer(handler, TRIES, sent) == []

    assert (ledger.tried, letters.letters) == (TRIES, [kept])
    assert not [word for word in PERSONAL if word in json.dumps(letters.letters) + capsys.readouterr().out]


@pytest.mark.parametrize("name", SENT)
def test_a_message_whose_last_try_ended_with_its_worker_is_only_written(
    ledger: Ledger, letters: RecordingDeadLetters, name: str
) -> None:
    handler, sent, kept = SENT[name]

    assert answer(handler, MOST_RECEIVES, sent) == []
    assert (ledger.tried, letters.letters) == (0, [kept])


@pytest.mark.parametrize("name", SENT)
def test_what_the_dead_letters_do_not_take_comes_again(
    ledger: Ledger, letters: RecordingDeadLetters, name: str
) -> None:
    handler, sent, kept = SENT[name]
    letters.failures = [UnavailableError("sqs")] * 2

    assert [answer(handler, received, sent) for received in (TRIES, MOST_RECEIVES)] == [["m0"]] * 2
    assert answer(handler, MOST_RECEIVES, sent) == []
    assert letters.letters == [kept]


STRANGE = [
    "",
    f"{{{ADDRESS}",
    f'"{ADDRESS}"',
    [ADDRESS],
    {},
    {"to": ADDRESS},
    {"number": ADDRESS, "sequence": 1},
    {"number": NUMBER, "sequence": ADDRESS},
    {"message": PHONE},
    {"message": {"to": ADDRESS}},
    {"link": ADDRESS},
    {"eventType": "Bounce", "mail": {"destination": [ADDRESS]}},
    {"eventType": "Bounce", "mail": {"tags": {"Tanggap-Notice": [f"{NUMBER}_000001_{ADDRESS}"]}}},
    {"eventType": "TEXT_INVALID", "context": {"notice": f"{NUMBER}_000001_{PHONE}"}},
    {"eventType": ADDRESS},
    {"fate": ADDRESS},
    {"fate": {**KEPT["SMS"]["fate"], "reason": ADDRESS}},
    {"fate": {**KEPT["SMS"]["fate"], "to": ADDRESS}},
    {"fate": {**KEPT["SMS"]["fate"], "arrived": PHONE}},
    {"Records": [{"requestParameters": {"sourceIPAddress": IP}}]},
    {"Records": [{"s3": {"object": {"key": KEY}}, "requestParameters": {"sourceIPAddress": IP}}]},
]


@pytest.mark.parametrize("handler", [notify_citizen, process_photo])
@pytest.mark.parametrize("body", STRANGE, ids=str)
def test_of_what_nobody_can_read_only_the_size_is_kept(
    ledger: Ledger,
    letters: RecordingDeadLetters,
    handler: Callable[..., Json],
    body: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert answer(handler, MOST_RECEIVES, body) == []

    (kept,) = letters.letters
    size = len(body if isinstance(body, str) else json.dumps(body))
    assert kept == ({"Records": []} if handler is process_photo and _names_no_object(body) else {"unreadable": size})
    assert not [word for word in PERSONAL if word in capsys.readouterr().out]


def _names_no_object(body: Any) -> bool:
    """As S3's own test message."""
    return isinstance(body, dict) and "Records" not in body


def test_what_came_most_often_is_seen_to_before_the_rest_of_its_batch(
    monkeypatch: pytest.MonkeyPatch, ledger: Ledger, letters: RecordingDeadLetters
) -> None:
    """The rest may take the worker with it."""

    def killed(_number: str) -> None:
        raise KeyboardInterrupt

    stands_in(monkeypatch, note_fate=ledger.note_fate, dead_letters=letters, tell_people=killed)
    fresh, last = (
        {"messageId": id, "receiptHandle": "r", "body": body, "attributes": {"ApproximateReceiveCount": count}}
        for id, body, count in (
            ("fresh", json.dumps({"number": NUMBER, "sequence": 1}), "1"),
            ("last", json.dumps(FATES["SMS"]), str(MOST_RECEIVES)),
        )
    )

    with pytest.raises(KeyboardInterrupt):
        notify_citizen({"Records": [fresh, last]}, None)

    assert letters.letters == [KEPT["SMS"]]


def test_a_queue_without_anything_of_people_leaves_its_messages_to_sqs(
    ledger: Ledger, letters: RecordingDeadLetters
) -> None:
    event = {"v": 1, "number": NUMBER, "sequence": 3}

    assert answer(alert_unit, MOST_RECEIVES, event) == ["m0"]
    assert (ledger.tried, letters.letters) == (1, [])
