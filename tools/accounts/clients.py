"""`python -m tools clients …`: the programs of others that may send requests by Open311, and their keys.

    clients issue CLIENT --stack S [--per-minute 60]     prints a new key, once; former keys of CLIENT go on
    clients rotate CLIENT --stack S [--days 7]           prints a new key; the former ones end after so many days
    clients revoke CLIENT --stack S [--key DIGEST]       its keys end now, or the one whose digest begins so
    clients list --stack S                               client, begin of the digest, requests a minute, issued, ends

A key is kept by its digest only: who loses it is given another one."""

import argparse
import re
import secrets
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from chalicelib.application.people.clients import digest_of_key
from chalicelib.application.ports.clients import ClientKey
from tools.stack.stacks import StackError
from tools.stack.stage import Stage, named, parser

if TYPE_CHECKING:
    from chalicelib.application.ports.clients import ClientKeys

CLIENT = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
KEY_BYTES = 24
PER_MINUTE, MOST_PER_MINUTE = 60, 6_000
SHOWN = 12  # signs of a digest that name a key


class ClientError(Exception):
    """What is wrong with what was asked."""


class Operator:
    """Issues, rotates and revokes."""

    def __init__(self, keys: "ClientKeys", now: datetime) -> None:
        self._keys = keys
        self._now = now

    def issue(self, client: str, per_minute: int) -> str:
        """The new key. Raises ClientError."""
        if not CLIENT.fullmatch(client):
            raise ClientError(f"{client}: a client's name has small letters, digits and hyphens")
        if not 1 <= per_minute <= MOST_PER_MINUTE:
            raise ClientError(f"from 1 to {MOST_PER_MINUTE} requests a minute")
        key = secrets.token_urlsafe(KEY_BYTES)
        self._keys.put(ClientKey(client, digest_of_key(key), per_minute, self._now))
        return key

    def rotate(self, client: str, overlap: timedelta) -> str:
        """The new key, with the rate of the newest one. Raises ClientError for an unknown client."""
        former = self._live(client)
        key = self.issue(client, former[-1].per_minute)
        self._end(former, self._now + overlap)
        return key

    def revoke(self, client: str, digest: str = "") -> int:
        """How many keys ended. Raises ClientError if there was none."""
        ended = [key for key in self._live(client) if key.digest.startswith(digest)]
        if not ended:
            raise ClientError(f"{client}: no key that counts begins with {digest}")
        self._end(ended, self._now)
        return len(ended)

    def _live(self, client: str) -> list[ClientKey]:
        live = [key for key in self._keys.of(client) if key.counts_at(self._now)]
        if not live:
            raise ClientError(f"{client}: there is no key that counts")
        return live

    def _end(self, keys: Sequence[ClientKey], at: datetime) -> None:
        for key in keys:
            if key.ends_at is None or key.ends_at > at:
                self._keys.put(replace(key, ends_at=at))


def main(arguments: list[str]) -> int:
    """Exit status 1 when something is wrong with what was asked."""
    options = _options(arguments)
    try:
        keys = _keys(Stage(options.stack))
        options.run(Operator(keys, datetime.now(UTC)), keys, options)
    except (ClientError, StackError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    made = parser("clients", __doc__)
    commands = made.add_subparsers(required=True)
    found = {name: named(commands.add_parser(name)) for name in ("issue", "rotate", "revoke", "list")}
    for name in ("issue", "rotate", "revoke"):
        found[name].add_argument("client", type=str.lower)
    found["issue"].add_argument("--per-minute", type=int, default=PER_MINUTE)
    found["issue"].set_defaults(run=lambda operator, _, o: print(operator.issue(o.client, o.per_minute)))
    found["rotate"].add_argument("--days", type=int, default=7)
    found["rotate"].set_defaults(run=lambda operator, _, o: print(operator.rotate(o.client, timedelta(days=o.days))))
    found["revoke"].add_argument("--key", default="", metavar="DIGEST")
    found["revoke"].set_defaults(run=lambda operator, _, o: print(operator.revoke(o.client, o.key), "keys ended"))
    found["list"].set_defaults(run=lambda _, keys, __: _list(keys))
    return made.parse_args(arguments)


def _list(keys: "ClientKeys") -> None:
    for key in keys.of():
        ends = f"{key.ends_at:%Y-%m-%d %H:%M}" if key.ends_at else ""
        cells = (key.client, key.digest[:SHOWN], str(key.per_minute), f"{key.issued_at:%Y-%m-%d %H:%M}", ends)
        print("\t".join(cells).rstrip())


def _keys(stage: Stage) -> "ClientKeys":
    from chalicelib.adapters.dynamodb.people.clients import DynamoClientKeys

    stage.bind_table()
    return DynamoClientKeys()
