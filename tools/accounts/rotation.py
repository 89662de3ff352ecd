"""`python -m tools secrets …`: new values for the secrets of a stage, while everything goes on.

secrets --stack S rotate edge              the header by which the API knows the distribution. Takes some changes of
                                           the stack, half an hour; stopped or failed, repeat it: it goes on
secrets --stack S rotate intake            what numbers and owner secrets are derived from; functions follow within five
                                           minutes. The former value answers repeated reports for a day, so a second
                                           change on one day needs --again
"""

import secrets
import string
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.adapters.secrets import FORMER_LIFE
from tools.stack import stacks
from tools.stack.stage import Stage, named, parser

SIGNS = string.ascii_letters + string.digits  # neither a header nor an address needs quotes for them
LENGTH = {"edge": 48, "intake": 64}  # as the template makes them
CURRENT = "AWSCURRENT"
SENT, ALSO = "EdgeSecretVersion", "EdgeSecretAlsoTaken"  # parameters: the distribution's version, and the wall's other


class RotationError(Exception):
    """Why nothing was changed."""


def main(arguments: list[str]) -> int:
    made = named(parser("secrets", __doc__))
    made.add_argument("what", choices=["rotate"])
    made.add_argument("secret", choices=sorted(COMMANDS))
    made.add_argument("--again", action="store_true", help="intake: although it was changed within a day")
    options = made.parse_intermixed_args(arguments)
    try:
        COMMANDS[options.secret](Stage(options.stack), options.again)
    except (RotationError, stacks.StackError, ClientError, BotoCoreError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def fresh(secret: str) -> str:
    """A value as the template would make it."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH[secret]))


def _edge(stage: Stage, _again: bool) -> None:
    if "EdgeSecretId" not in stage.outputs:
        raise RotationError(f"{stage.stack} has no edge, or was deployed before its secret could be changed: deploy it")
    secret_id, client = stage.outputs["EdgeSecretId"], stage.client("secretsmanager")
    before, current = stacks.standing(stage.stack, stage.region).parameters, _current(client, secret_id)
    sent, also = before.get(SENT) or current, before.get(ALSO, "")
    if not before.get(SENT):  # before there is a new value: afterwards nothing tells which one the stack took
        _change(stage, "the version gets its name", {SENT: sent, ALSO: ""})
    if (sent, also) == (current, ""):
        current = client.put_secret_value(SecretId=secret_id, SecretString=fresh("edge"))["VersionId"]
    for words, parameters in steps_left(sent, also, current):
        _change(stage, words, parameters)
    print("the edge has its new secret; the former one opens nothing")


def _change(stage: Stage, words: str, parameters: dict[str, str]) -> None:
    print(words, flush=True)
    stacks.apply(stage.stack, stage.region, parameters=parameters)


def steps_left(sent: str, also: str, current: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The changes of the stack's parameters that lead to `current` alone, in words and values. At every moment of each
    of them the wall takes what the distribution sends, the older and the newer alike."""
    if sent != current:
        if also != current:
            yield "the wall takes both", {SENT: sent, ALSO: current}
        yield "the distribution sends the new one", {SENT: current, ALSO: sent}
    yield "the wall takes the new one alone", {SENT: current, ALSO: ""}


def _current(client: Any, secret_id: str) -> str:
    """The id of the version that is current."""
    found = client.describe_secret(SecretId=secret_id)["VersionIdsToStages"]
    return next(version for version, labels in found.items() if CURRENT in labels)


def _intake(stage: Stage, again: bool) -> None:
    secret_id, client = stage.outputs["IntakeSecretId"], stage.client("secretsmanager")
    since = datetime.now(UTC) - client.get_secret_value(SecretId=secret_id)["CreatedDate"]
    if since < FORMER_LIFE and not again:
        raise RotationError(
            f"it was changed {int(since.total_seconds() // 3600)} hours ago: reports of before that would be lodged "
            "twice when they are sent again. After a leak: --again"
        )
    client.put_secret_value(SecretId=secret_id, SecretString=fresh("intake"))
    print("changed: every function has it within five minutes")


COMMANDS: dict[str, Callable[[Stage, bool], None]] = {"edge": _edge, "intake": _intake}
