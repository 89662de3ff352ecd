"""The end of a message that fails again and again. SQS would put it whole into the queue's dead letters, where nobody
can erase it for 14 days. Where messages may hold something of a person (`personal` in infra/functions.yaml) the worker
writes the dead letter itself: what a repetition needs, and nothing of the person. SQS's own way stays behind it."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from chalicelib.domain.errors import kinds
from chalicelib.entrypoints.log import logger

if TYPE_CHECKING:
    from chalice.app import SQSRecord

TRIES = 5  # then a message is a dead letter; the template has it from here
# Of a queue whose worker writes dead letters: the last receive only does that, since the last try may have ended with
# its worker.
MOST_RECEIVES = TRIES + 1
UNREADABLE = "unreadable"  # the one key of a letter from which nothing can be repeated: the message's size is told

Letter = Mapping[str, Any]
Handle = Callable[["SQSRecord"], bool]
Redact = Callable[[Any], Letter]  # may raise anything on what it cannot read


def answer(failed: Iterable["SQSRecord"]) -> dict[str, Any]:
    """What Lambda is told: these messages shall come again."""
    return {"batchItemFailures": [{"itemIdentifier": record.to_dict()["messageId"]} for record in failed]}


def failed(records: Iterable["SQSRecord"], name: str, handle: Handle, redact: Redact) -> "list[SQSRecord]":
    """The messages that shall come again. Those that came most often are first: a worker that is killed on the way must
    not keep them from being written. `redact` reads what was sent; `name` begins the lines of the log."""
    return [record for record in sorted(records, key=received, reverse=True) if not _over(record, name, handle, redact)]


def received(record: "SQSRecord") -> int:
    """How often, this time included."""
    return int(record.to_dict().get("attributes", {}).get("ApproximateReceiveCount", 1))


def _over(record: "SQSRecord", name: str, handle: Handle, redact: Redact) -> bool:
    if received(record) <= TRIES and handle(record):
        return True
    return received(record) >= TRIES and _is_written(redacted(record.body, redact), name)


def redacted(body: str, redact: Redact) -> Letter:
    """What is told of a message that nobody can read: its size in characters alone."""
    try:
        return redact(json.loads(body))
    except Exception:  # whatever is wrong with it, none of it may be kept
        return {UNREADABLE: len(body)}


def _is_written(letter: Letter, name: str) -> bool:
    """False when the queue did not take it: the message then comes again, and after its last receive SQS moves it
    whole."""
    from chalicelib.bootstrap import bootstrap

    try:
        bootstrap().dead_letters.put(letter)
    except Exception as error:
        logger().error(f"{name}_not_redacted", error=kinds(error))
        return False
    logger().error(f"{name}_dead", repeatable=UNREADABLE not in letter)
    return True
