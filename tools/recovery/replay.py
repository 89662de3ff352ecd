"""`python -m tools replay --stack S --since TIME [--until TIME] [--number JKT-…]`: publishes event rows again, after an
outage that outlasted the stream's day. Safe at any time: whoever has heard of an event does nothing at it."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

from tools.stack.stacks import StackError
from tools.stack.stage import Stage, case_number, named, parser

if TYPE_CHECKING:
    from chalicelib.application.ports.cases import Complaints
    from chalicelib.application.ports.messages import EventTopic
    from chalicelib.domain.case.events import Event

BATCH = 10  # what the topic takes in one call
TRIES = 5


def main(arguments: list[str]) -> int:
    """Exit status 1 when the topic did not take all."""
    options = _options(arguments)
    try:
        stage = Stage(options.stack)
        found = events(complaints_of(stage), since=options.since, until=options.until, number=options.number)
        published, refused = publish(topic_of(stage), found)
    except StackError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{published} events published, {refused} not taken")
    return 1 if refused else 0


def _options(arguments: list[str]) -> argparse.Namespace:
    made = named(parser("replay", __doc__))
    made.add_argument("--since", type=moment, required=True, help="ISO 8601; without a zone it is UTC")
    made.add_argument("--until", type=moment, help="ISO 8601, not included")
    made.add_argument("--number", type=case_number, help="of one complaint only")
    return made.parse_args(arguments)


def moment(text: str) -> datetime:
    """An aware time. Raises ValueError."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def events(
    complaints: "Complaints", *, since: datetime, until: datetime | None, number: str | None
) -> Iterator["Event"]:
    """Event rows of one case, or of all: then read by a scan, in no order across cases."""
    for event in complaints.events(number) if number else complaints.all_events(since):
        if since <= event.at and (until is None or event.at < until):
            yield event


def publish(topic: "EventTopic", found: Iterable["Event"]) -> tuple[int, int]:
    """How many the topic took, and how many it did not, asked again and again."""
    rest, published, refused = iter(found), 0, 0
    while batch := list(islice(rest, BATCH)):
        left = batch
        for _ in range(TRIES):
            left = topic.publish(left) if left else []
        published += len(batch) - len(left)
        refused += len(left)
    return published, refused


def complaints_of(stage: Stage) -> "Complaints":
    from chalicelib.adapters.dynamodb.cases.complaints import DynamoComplaints

    stage.bind_table()
    return DynamoComplaints(queue_key=lambda _complaint: None, task_key=lambda _task: "")


def topic_of(stage: Stage) -> "EventTopic":
    from chalicelib.adapters.sns import SnsEventTopic

    return SnsEventTopic(topic_arn=stage.outputs["EventsTopicArn"], client=stage.client("sns"))
