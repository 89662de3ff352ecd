"""`python -m tools units …`: one topic per unit that can hold a case, and who listens to it.

units --stack S provision              makes what topics are missing; alert_unit alone may publish; safe to repeat
units --stack S subscribe UNIT ADDRESS     an e-mail address, +62…, an https address or the ARN of a queue
units --stack S unsubscribe UNIT ADDRESS
units --stack S list UNIT
"""

import json
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from chalicelib import data
from tools.stacks import StackError
from tools.stage import Stage, named, parser

AT_ONCE = 8


class UnitError(Exception):
    """The command names a unit or an address that there is not."""


def main(arguments: list[str]) -> int:
    made = named(parser("units", __doc__))
    made.add_argument("what", choices=sorted(COMMANDS))
    made.add_argument("words", nargs="*", metavar="UNIT [ADDRESS]")
    options = made.parse_intermixed_args(arguments)
    command, count = COMMANDS[options.what]
    if len(options.words) != count:
        made.error(f"{options.what} takes {count} words after it")
    try:
        command(Topics(Stage(options.stack)), *options.words)
    except (UnitError, StackError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


class Topics:
    """The units' topics of a stack."""

    def __init__(self, stage: Stage) -> None:
        self._prefix = stage.outputs["UnitTopicPrefix"]
        self._publisher = stage.outputs["AlertUnitRoleArn"]
        self._sns = stage.client("sns")

    def arn(self, unit: str) -> str:
        if unit not in holding():
            raise UnitError(f"{unit} is no unit that can hold a case")
        return self._prefix + topic_name(unit)

    def there(self) -> set[str]:
        """ARNs of the units' topics that are made."""
        pages = self._sns.get_paginator("list_topics").paginate()
        made = {topic["TopicArn"] for topic in pages.search("Topics") if topic}
        return made & {self.arn(unit) for unit in holding()}

    def make(self, arn: str) -> None:
        self._sns.create_topic(Name=arn.rpartition(":")[2], Attributes={"Policy": self._policy(arn)})

    def secure(self, arn: str) -> bool:
        """Gives a topic that is there our policy; False when it had it. The role behind it may be a new one."""
        known = self._sns.get_topic_attributes(TopicArn=arn)["Attributes"].get("Policy", "{}")
        if json.loads(known) == json.loads(self._policy(arn)):
            return False
        self._sns.set_topic_attributes(TopicArn=arn, AttributeName="Policy", AttributeValue=self._policy(arn))
        return True

    def _policy(self, arn: str) -> str:
        """In the place of SNS's default, which lets everybody in the account publish and subscribe."""
        statement = {
            "Sid": "AlertUnitPublishes",
            "Effect": "Allow",
            "Principal": {"AWS": self._publisher},
            "Action": "sns:Publish",
            "Resource": arn,
        }
        return json.dumps({"Version": "2012-10-17", "Statement": [statement]})

    def subscribe(self, unit: str, address: str) -> None:
        self._sns.subscribe(TopicArn=self.arn(unit), Protocol=protocol(address), Endpoint=address)

    def subscriptions(self, unit: str) -> Iterator[dict[str, Any]]:
        pages = self._sns.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=self.arn(unit))
        yield from (found for found in pages.search("Subscriptions") if found)

    def unsubscribe(self, unit: str, address: str) -> bool:
        arns = [s["SubscriptionArn"] for s in self.subscriptions(unit) if s["Endpoint"] == address]
        confirmed = [arn for arn in arns if arn.startswith("arn:")]  # others end by themselves, unconfirmed
        for arn in confirmed:
            self._sns.unsubscribe(SubscriptionArn=arn)
        return bool(confirmed)


@cache
def holding() -> dict[str, None]:
    """Codes of the units that can hold a case, in the order of the city's lists."""
    return {unit.code: None for unit in data.reference().units.values() if not unit.external}


def topic_name(unit: str) -> str:
    """What follows the prefix: a topic's name knows no dots."""
    return unit.replace(".", "-")


def protocol(address: str) -> str:
    """How SNS reaches an address."""
    if address.startswith("arn:") and ":sqs:" in address:
        return "sqs"
    if address.startswith("https://"):
        return "https"
    if address.startswith("+") and address[1:].isdigit():
        return "sms"
    if "@" in address:
        return "email"
    raise UnitError(f"{address} is no address that a topic can reach")


def _provision(topics: Topics) -> None:
    there = topics.there()
    missing = [arn for unit in holding() if (arn := topics.arn(unit)) not in there]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(topics.make, missing))
        secured = sum(pool.map(topics.secure, sorted(there)))
    print(f"{len(missing)} topics made, {len(there)} were there, {secured} of them given their policy")


def _subscribe(topics: Topics, unit: str, address: str) -> None:
    topics.subscribe(unit, address)
    print(f"{address} is asked to confirm" if protocol(address) in ("email", "https") else f"{address} listens")


def _unsubscribe(topics: Topics, unit: str, address: str) -> None:
    if not topics.unsubscribe(unit, address):
        raise UnitError(f"{address} does not listen to {unit}")


def _list(topics: Topics, unit: str) -> None:
    for found in topics.subscriptions(unit):
        waits = "" if found["SubscriptionArn"].startswith("arn:") else "\tnot confirmed"
        print(f"{found['Protocol']}\t{found['Endpoint']}{waits}")


COMMANDS: dict[str, tuple[Callable[..., None], int]] = {
    "provision": (_provision, 0),
    "subscribe": (_subscribe, 2),
    "unsubscribe": (_unsubscribe, 2),
    "list": (_list, 1),
}
