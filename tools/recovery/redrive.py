"""`python -m tools redrive --stack S [QUEUE…]`: gives dead letters back, of all queues or of those named (`arm`,
`notify-citizen`, `relay-retry` …). Each message is sent before it is deleted, so none is lost; twice is harmless.

What relay could not publish goes to its retry queue again; what the sweeper failed at, the next sweep does anyway.
SQS's own redrive refuses dead letters that SNS or Lambda wrote, so the messages are moved one by one."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tools.stack.stacks import StackError
from tools.stack.stage import Stage, named, parser

RELAY = "relay-retry"
MOST = 10_000  # messages of one queue and call: a command ends
HIDDEN_SECONDS = 120  # while we work on a message; what we leave comes back then
PATIENCE_SECONDS = 1  # with an ask that finds nothing: SQS then looks on all its servers

Message = dict[str, Any]


@dataclass(frozen=True)
class Dead:
    """A queue of dead letters: its short name, its address, and what becomes of a message (False: it stays)."""

    name: str
    url: str
    give_back: Callable[[Message], bool]


def main(arguments: list[str]) -> int:
    """Exit status 1 when a message had to stay."""
    made = named(parser("redrive", __doc__))
    made.add_argument("queues", nargs="*", metavar="QUEUE")
    options = made.parse_intermixed_args(arguments)
    try:
        stage = Stage(options.stack)
        known = {dead.name: dead for dead in _dead(stage)}
    except StackError as error:
        print(error, file=sys.stderr)
        return 1
    unknown = set(options.queues) - set(known)
    if unknown:
        made.error(f"no dead letters of {', '.join(sorted(unknown))}; there are {', '.join(sorted(known))}")
    return max([_redrive(stage.client("sqs"), known[name]) for name in options.queues or sorted(known)], default=0)


def _redrive(sqs: Any, dead: Dead) -> int:
    moved = stayed = 0
    for message in _messages(sqs, dead.url):
        if not dead.give_back(message):
            stayed += 1
            continue
        sqs.delete_message(QueueUrl=dead.url, ReceiptHandle=message["ReceiptHandle"])
        moved += 1
    print(f"{dead.name}: {moved} given back, {stayed} stay")
    return 1 if stayed else 0


def _messages(sqs: Any, url: str) -> Iterator[Message]:
    """Every message once, until an ask finds none."""
    seen: set[str] = set()
    while len(seen) < MOST:
        answer = sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=PATIENCE_SECONDS, VisibilityTimeout=HIDDEN_SECONDS
        )
        new = [message for message in answer.get("Messages", []) if message["MessageId"] not in seen]
        if not new:
            return
        yield from new
        seen |= {message["MessageId"] for message in new}


def _dead(stage: Stage) -> Iterator[Dead]:
    """The pairs, as the queues themselves say: whose failures go where. The sweeper's stand alone."""
    sqs = stage.client("sqs")
    for _, url in stage.resources("AWS::SQS::Queue"):
        attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["RedrivePolicy"]).get("Attributes", {})
        if "RedrivePolicy" in attributes:
            arn = json.loads(attributes["RedrivePolicy"])["deadLetterTargetArn"]
            dead_url = sqs.get_queue_url(QueueName=arn.rpartition(":")[2])["QueueUrl"]
            name = _short(stage, url)
            yield Dead(name, dead_url, _keys_sender(sqs, url) if name == RELAY else _sender(sqs, url))
    yield Dead("sweep", dict(stage.resources("AWS::SQS::Queue"))["SweepDead"], lambda _message: True)


def _short(stage: Stage, url: str) -> str:
    return url.rpartition("/")[2].removeprefix(f"{stage.stack}-")


def _sender(sqs: Any, url: str) -> Callable[[Message], bool]:
    """What a worker could not read, and kept the size of, repeats nothing: it stays."""

    def send(message: Message) -> bool:
        if _is_unreadable(message["Body"]):
            print(f"{message['MessageId']} stands for a message that nobody can read", file=sys.stderr)
            return False
        sqs.send_message(QueueUrl=url, MessageBody=message["Body"])
        return True

    return send


def _is_unreadable(body: str) -> bool:
    from chalicelib.entrypoints.queues.dead_letters import UNREADABLE

    try:
        return set(json.loads(body)) == {UNREADABLE}
    except (ValueError, TypeError):
        return False


def _keys_sender(sqs: Any, url: str) -> Callable[[Message], bool]:
    """Gives relay's retry queue the keys of a record's row. What Lambda's own mapping wrote names a stretch of the
    stream and no row: it stays, and `replay` has the rows."""
    from chalicelib.adapters.dynamodb.stream import keys_only, place_of_record

    def send(message: Message) -> bool:
        try:
            record = keys_only(json.loads(message["Body"]))
            place_of_record(record)
        except Exception as error:  # whatever is wrong with it: it stays, and the others go on
            print(f"{RELAY}: {message['MessageId']} names no row ({error!r}); see `replay`", file=sys.stderr)
            return False
        sqs.send_message(QueueUrl=url, MessageBody=json.dumps(record))
        return True

    return send
