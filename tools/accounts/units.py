"""`python -m tools units …`: one topic per unit that can hold a case, and who listens to it.

units --stack S provision              makes what topics are missing; alert_unit alone may publish; safe to repeat
units --stack S subscribe UNIT ADDRESS     an e-mail address, +62…, an https address or the ARN of a queue
units --stack S unsubscribe UNIT ADDRESS
units --stack S list UNIT
units --stack S confirm UNIT LINK          confirms an address by the link of AWS's mail (or its token); only the
                                           operator can end it then, and no reader of the mailbox
units --stack S check                      names the units whose alerts nobody hears; ends with 1 if there are any
"""

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from urllib.parse import parse_qs, urlsplit

from botocore.exceptions import ClientError

from chalicelib import data
from chalicelib.adapters.unit_topics import SnsUnitTopics, topic_name
from chalicelib.application.people.subscribers import Subscribers
from chalicelib.domain.errors import InvalidError, Refusal, UnavailableError
from tools.stack import tags
from tools.stack.stacks import StackError
from tools.stack.stage import Stage, named, parser

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
    except (UnitError, StackError, UnavailableError, Refusal) as error:
        print(_told(error), file=sys.stderr)
        return 1
    return 0


def _told(error: Exception) -> str:
    faults = error.errors if isinstance(error, InvalidError) else []
    return "\n".join(fault.message for fault in faults) or str(error)


class Topics:
    """The units' topics of a stack."""

    def __init__(self, stage: Stage) -> None:
        self._prefix = stage.outputs["UnitTopicPrefix"]
        self._tags = tags.listed(tags.of(stage.stack))
        self._publisher = stage.outputs["AlertUnitRoleArn"]
        self._sns = stage.client("sns")
        self.subscribers = Subscribers(SnsUnitTopics(prefix=self._prefix, client=self._sns), data.reference())

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
        self._sns.create_topic(Name=arn.rpartition(":")[2], Attributes={"Policy": self._policy(arn)}, Tags=self._tags)

    def confirm(self, unit: str, token: str) -> None:
        """Raises ClientError for a token that is none, or of another topic."""
        self._sns.confirm_subscription(TopicArn=self.arn(unit), Token=token, AuthenticateOnUnsubscribe="true")

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


@cache
def holding() -> dict[str, None]:
    """Codes of the units that can hold a case, in the order of the city's lists."""
    return {unit.code: None for unit in data.reference().units.values() if not unit.external}


def _provision(topics: Topics) -> None:
    there = topics.there()
    missing = [arn for unit in holding() if (arn := topics.arn(unit)) not in there]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(topics.make, missing))
        secured = sum(pool.map(topics.secure, sorted(there)))
    print(f"{len(missing)} topics made, {len(there)} were there, {secured} of them given their policy")


def _subscribe(topics: Topics, unit: str, address: str) -> None:
    kind = topics.subscribers.add(unit, address)
    print(f"{address} is asked to confirm" if kind in ("email", "https") else f"{address} listens")


def _unsubscribe(topics: Topics, unit: str, address: str) -> None:
    if not topics.subscribers.remove(unit, address):
        raise UnitError(f"{address} does not listen to {unit}")


def _list(topics: Topics, unit: str) -> None:
    for found in topics.subscribers.of(unit):
        print(f"{found.protocol}\t{found.address}" + ("" if found.confirmed else "\tnot confirmed"))


def token_of(link: str) -> str:
    """The token of the link in AWS's mail; what has no such part is taken for the token itself."""
    given = parse_qs(urlsplit(link).query).get("Token")
    return given[0] if given else link


def _confirm(topics: Topics, unit: str, link: str) -> None:
    try:
        topics.confirm(unit, token_of(link))
    except ClientError as error:
        raise UnitError(f"AWS refuses: {error.response['Error']['Message']}") from error
    print("confirmed: from now on only the operator can end it")


def _check(topics: Topics) -> None:
    if unheard := topics.subscribers.unheard():
        raise UnitError("\n".join([*unheard, f"{len(unheard)} units have nobody who hears their alerts"]))
    print("every unit is heard")


COMMANDS: dict[str, tuple[Callable[..., None], int]] = {
    "provision": (_provision, 0),
    "subscribe": (_subscribe, 2),
    "unsubscribe": (_unsubscribe, 2),
    "list": (_list, 1),
    "confirm": (_confirm, 2),
    "check": (_check, 0),
}
