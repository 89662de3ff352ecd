"""What happens after an event: each subscriber has a queue of its own, each message stands alone, and only what failed
comes again; after some tries it goes to that queue's dead letters."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from chalice.app import Blueprint, SQSEvent, SQSRecord

from chalicelib.domain.errors import FinalError, RetryableError, kinds
from chalicelib.domain.values import dataclass
from chalicelib.entrypoints.log import fault_of, logger, of_call
from chalicelib.entrypoints.queues import dead_letters
from chalicelib.entrypoints.queues.redaction import FATE, LINK, MESSAGE, REDACTED, letter

BATCH = 10
ONE = 1  # a case at a time: its partner may take five seconds for each of its messages
subscribers = Blueprint(__name__)


@dataclass(frozen=True, slots=True)
class Message:
    """What a subscriber needs of the topic's message: the event's place; of a digest its day as an ordinal; of what the
    mail provider says later (`fate`) its own words. Other keys, and versions of it that are yet to come, are none of
    our business: whoever acts reads the rows."""

    number: str
    sequence: int
    fate: Mapping[str, Any] | None = None


Duties = Mapping[str, Callable[[Any], object]]
NONE: Duties = {}
LOGGED = (MESSAGE,)  # duties whose subject a line of the log may name: a pseudonym stands for a person
DIGEST = "digest"  # a message of the sweeper that is about no event: the day whose digest is due


@subscribers.on_sqs_message(queue="notify-citizen", batch_size=BATCH, name="notify_citizen")
@of_call
def notify_citizen(event: SQSEvent) -> dict[str, Any]:
    """Tells the reporter and the listeners of a case what they have not been told, and notes which letters came back.
    Also sends what the sweeper hands on: answers to messages that are no case, and links to a person's own reports."""
    told: dict[str, object] = {}  # a case is told all that is due at once: for each message of a batch that is about it

    def once(message: Message) -> object:
        if message.fate is not None:
            return _noted(message.fate)
        if message.number not in told:
            told[message.number] = _told(message.number)
        return told[message.number]

    return _each(event, "notify_citizen", once, {MESSAGE: _answered, LINK: _linked, REDACTED: _noted_again}, _letter)


def _linked(pseudonym: str) -> str:
    from chalicelib.bootstrap import bootstrap

    return bootstrap().send_link(pseudonym)


def _answered(task_id: str) -> str:
    from chalicelib.bootstrap import bootstrap

    return bootstrap().answer_message(task_id)


def _noted(fate: Mapping[str, Any]) -> object:
    from chalicelib.bootstrap import bootstrap

    return bootstrap().note_fate(fate)


def _noted_again(redacted: Mapping[str, Any]) -> object:
    from chalicelib.bootstrap import bootstrap

    return bootstrap().note_fate.note_again(redacted)


def _letter(told: Mapping[str, Any]) -> dead_letters.Letter:
    from chalicelib.bootstrap import bootstrap

    return letter(told, lambda fate: bootstrap().note_fate.redacted(fate))


def _told(number: str) -> object:
    from chalicelib.bootstrap import bootstrap

    return bootstrap().tell_people(number)


@subscribers.on_sqs_message(queue="alert-unit", batch_size=BATCH, name="alert_unit")
@of_call
def alert_unit(event: SQSEvent) -> dict[str, Any]:
    """Tells the units that the event concerns, the regional secretary what is due each day, and the bureau which
    messages wait for too long."""
    from chalicelib.bootstrap import bootstrap

    def alert(message: Message) -> object:
        if message.number == DIGEST:
            return bootstrap().tell_secretary(date.fromordinal(message.sequence))
        return bootstrap().alert_unit(message.number, message.sequence)

    return _each(event, "alert_unit", alert, {"inbox": _unread_told})


def _unread_told(said: Mapping[str, Any]) -> str:
    from chalicelib.bootstrap import bootstrap

    return bootstrap().tell_late_messages(datetime.fromisoformat(said["hour"]), said["waiting"])


@subscribers.on_sqs_message(queue="call-back", batch_size=ONE, name="call_back")
@of_call
def call_back(event: SQSEvent) -> dict[str, Any]:
    """Tells the system of the partner that sent the report; what alert_unit and the sweeper hand on."""
    from chalicelib.bootstrap import bootstrap

    return _each(event, "call_back", lambda message: bootstrap().call_back(message.number))


@subscribers.on_sqs_message(queue="arm", batch_size=BATCH, name="arm")
@of_call
def arm(event: SQSEvent) -> dict[str, Any]:
    """Starts the timer of a complaint, and stops the one that it replaces."""
    from chalicelib.bootstrap import bootstrap

    return _each(event, "arm", lambda message: bootstrap().arm(message.number, message.sequence))


@subscribers.on_sqs_message(queue="erase", batch_size=BATCH, name="erase")
@of_call
def erase(event: SQSEvent) -> dict[str, Any]:
    """Takes out what a reporter gave, after they asked for it."""
    from chalicelib.bootstrap import bootstrap

    return _each(event, "erase", lambda message: bootstrap().erase(message.number))


@subscribers.on_sqs_message(queue="project", batch_size=BATCH, name="project")
@of_call
def project(event: SQSEvent) -> dict[str, Any]:
    """Brings the public lists and figures up to date."""
    from chalicelib.bootstrap import bootstrap

    newest: dict[str, int] = {}  # the newest event of each case in the batch: one projection serves them all
    for message in filter(None, map(_readable, event)):
        newest[message.number] = max(message.sequence, newest.get(message.number, 0))
    kept = _together(newest) if len(newest) > 1 else {}

    def once(message: Message) -> bool:
        if message.number not in kept:
            kept[message.number] = bootstrap().project(message.number, newest[message.number])
        return kept[message.number]

    return _each(event, "project", once)


def _together(newest: dict[str, int]) -> dict[str, bool]:
    """A batch in one transaction, where nothing stands in the way; one case that fails must not hold up the others, so
    then each goes by itself."""
    from chalicelib.bootstrap import bootstrap

    try:
        return bootstrap().project.together(newest)
    except Exception as error:
        logger().info("project_apart", cases=len(newest), error=kinds(error))
        return {}


def _each(
    event: SQSEvent,
    name: str,
    handle: Callable[[Message], object],
    also: Duties = NONE,
    redact: dead_letters.Redact | None = None,
) -> dict[str, Any]:
    """Answers the messages that shall come again. `also`: what to do with what is about no case, by its key. `redact`:
    where messages may hold something of a person, what becomes of those that fail to the end."""

    def handled(record: SQSRecord) -> bool:
        return _handled(record, name, handle, also)

    if redact:
        return dead_letters.answer(dead_letters.failed(event, name, handled, redact))
    return dead_letters.answer(record for record in event if not handled(record))


def _handled(record: SQSRecord, name: str, handle: Callable[[Message], object], also: Duties) -> bool:
    for duty, act in also.items():
        if named := _named(record, duty):
            return _done(name, partial(act, named), {"task": named} if duty in LOGGED else {"duty": duty})
    message = _readable(record)
    if message is None:
        logger().error(f"{name}_unreadable")
        return False
    return _done(name, lambda: handle(message), {"number": message.number, "sequence": message.sequence})


def _done(name: str, act: Callable[[], object], about: dict[str, Any]) -> bool:
    try:
        outcome = act()
    except FinalError as error:  # another try would end the same; the dead letters are for what can be mended
        logger().error(f"{name}_final", **about, **fault_of(error))
        return True
    except RetryableError as error:
        logger().warning(f"{name}_again", **about, error=kinds(error))
        return False
    except Exception as error:
        logger().error(f"{name}_failed", **about, **fault_of(error))
        return False
    logger().info(name, **about, outcome=outcome)
    return True


def _named(record: SQSRecord, duty: str) -> Any:
    """What the duty is about, as it was sent: the task of an answer, an address by its pseudonym, an hour of late
    messages; None for another message."""
    try:
        return json.loads(record.body)[duty]
    except (ValueError, KeyError, TypeError):
        return None


def _readable(record: SQSRecord) -> Message | None:
    try:
        told = json.loads(record.body)
        if FATE in told:
            return Message("", 0, told)
        if DIGEST in told:
            return Message(DIGEST, date.fromisoformat(told[DIGEST]).toordinal())
        return Message(str(told["number"]), int(told["sequence"]))
    except (ValueError, KeyError, TypeError):
        return None
