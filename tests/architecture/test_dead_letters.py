"""What stands in queues and dead letters of people: every queue is in the table, with whoever sends to it."""

from typing import Any

import pytest

from chalicelib.entrypoints.queues.dead_letters import MOST_RECEIVES, TRIES
from tests.architecture.test_template_queues import consumer, live, queues
from tools.infra.template_functions import logical_id

Json = dict[str, Any]
YES, NO = True, False
# Whoever sends there: topics, buckets, functions. Whether a message may hold something of a person; what it holds.
QUEUES: dict[str, tuple[set[str], bool, str]] = {
    "NotifyCitizenQueue": (
        {"ComplaintEvents", "MailFates", "SmsFates", "sweep"},
        YES,
        "what SES and End User Messaging tell later has the address and the telephone number",
    ),
    "PhotosQueue": ({"PhotoBucket"}, YES, "S3 tells the IP address from which a photo was sent: the citizen's"),
    "MessagesQueue": (
        {"RawBucket"},
        NO,
        "a key made of the channel and a hash, or SES's own id; the IP address is that of our function or of SES",
    ),
    "AlertUnitQueue": ({"ComplaintEvents", "sweep"}, NO, "numbers, statuses, units; a day; counts by channel"),
    "CallBackQueue": ({"alert_unit", "sweep"}, NO, "numbers, statuses, units"),
    "ArmQueue": ({"ComplaintEvents"}, NO, "numbers, statuses, units"),
    "ProjectQueue": ({"ComplaintEvents"}, NO, "numbers, statuses, units"),
    "EraseQueue": ({"ComplaintEvents"}, NO, "numbers, statuses, units"),
    "RelayRetryQueue": (
        {"relay"},
        NO,
        "the name of a change and the row's key (chalicelib/adapters/dynamodb/stream.py)",
    ),
}
# Dead letters that nothing but Lambda writes: what stands in them.
BY_LAMBDA = {
    "RelayDead": "the stretch of the stream of a failed batch: to a queue Lambda tells no records",
    "SweepDead": "the schedule's event, and of the error its kind (chalicelib/entrypoints/log.py)",
}


def senders(resources: Json, policies: Json, queue: str) -> set[str]:
    """Topics, buckets and functions that may send to it."""
    arn = {"Fn::GetAtt": [queue, "Arn"]}
    found = {name: part["Properties"] for name, part in resources.items() if "Properties" in part}
    topics = {given["TopicArn"]["Ref"] for given in found.values() if given.get("Endpoint") == arn}
    buckets = {
        name
        for name, given in found.items()
        for told in given.get("NotificationConfiguration", {}).get("QueueConfigurations", [])
        if told["Queue"] == arn
    }
    return topics | buckets | {name for name, document in policies.items() if _sends(document, arn)}


def _sends(document: Json, arn: Json) -> bool:
    return any(
        "sqs:SendMessage" in said["Action"] and arn in (r if isinstance(r := said["Resource"], list) else [r])
        for said in document["Statement"]
    )


def dead_of(resources: Json, queue: str) -> str:
    named: str = queues(resources)[queue]["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]
    return named


def test_every_queue_stands_in_the_table(resources: Json) -> None:
    dead = {dead_of(resources, queue) for queue in QUEUES}

    assert set(live(resources)) == set(QUEUES)
    assert set(queues(resources)) == {*QUEUES, *dead, *BY_LAMBDA}


@pytest.mark.parametrize("queue", QUEUES)
def test_nobody_else_sends_to(resources: Json, policies: Json, queue: str) -> None:
    assert senders(resources, policies, queue) == QUEUES[queue][0]


@pytest.mark.parametrize("queue", QUEUES)
def test_who_reads_what_is_of_people_writes_the_dead_letters_and_has_one_receive_more(
    resources: Json, functions: Json, policies: Json, queue: str
) -> None:
    _, is_personal, _ = QUEUES[queue]
    dead, function = dead_of(resources, queue), consumer(functions, queue) or ""
    writers = {logical_id(name) for name, document in policies.items() if _sends(document, _arn(dead))}
    environment = functions[function]["Environment"]["Variables"]

    assert environment.get("DEAD_LETTERS_URL") == ({"Ref": dead} if is_personal else None)
    assert (function in writers) is is_personal
    receives = queues(resources)[queue]["RedrivePolicy"]["maxReceiveCount"]
    assert receives == (MOST_RECEIVES if is_personal else TRIES)


def _arn(queue: str) -> Json:
    return {"Fn::GetAtt": [queue, "Arn"]}


def test_a_queue_that_somebody_else_may_send_to_is_seen(resources: Json, policies: Json) -> None:
    subscription = {"Properties": {"TopicArn": {"Ref": "MailFates"}, "Endpoint": _arn("ArmQueue")}}

    assert "MailFates" in senders({**resources, "More": subscription}, policies, "ArmQueue")
