"""`python -m tools channels …`: what the senders of each channel sign with, and where partners
are called back.

channels --stack S list                    the channels that can be connected, and which are; no secret is shown
channels --stack S rotate CHANNEL          a fresh secret of our own making, printed once; the former one counts on
                                           until the next change: the sender changes theirs in between
channels --stack S set CHANNEL             a provider's secret (Meta's app secret, X's consumer secret), from standard
                                           input; a fresh verify token is printed for Meta
channels --stack S end CHANNEL             nobody can send on it any more, and nobody is called back
channels --stack S call-back CHANNEL URL   tell the partner's system the statuses of its reports at this https address;
                                           what we sign with is printed when it is new
channels --stack S call-back-rotate CHANNEL  another one; the former signs too until the next change
channels --stack S call-back-end CHANNEL   tell that system nothing any more
channels --stack S stuck CHANNEL           the call-backs that failed and were not told since
channels --stack S replay CHANNEL [NUMBER] those are due again at once, of one report or of all
channels --stack S answer CHANNEL          what the city answers with on a messenger, as a JSON object from standard
                                           input: {from, token} for WhatsApp (id of the telephone number), Facebook and
                                           Instagram (id of the page); {consumer_key, consumer_secret, token,
                                           token_secret} for X
channels --stack S silence CHANNEL         the city answers on it no longer: what is due there waits
"""

import json
import secrets
import sys
from base64 import b64encode
from collections.abc import Callable
from typing import Any

from chalicelib.channels.registry import ADAPTERS
from chalicelib.domain.ways import CHATS
from tools.accounts import call_backs
from tools.accounts.call_backs import CallBackError
from tools.stack.stacks import StackError
from tools.stack.stage import Stage, named, parser

SECRET_BYTES = 32
MOST_KEYS = 2  # the newest and the former one
Known = dict[str, dict[str, Any]]


class ChannelError(Exception):
    """The command names a channel that cannot be connected, or a secret that is none."""


def main(arguments: list[str]) -> int:
    made = named(parser("channels", __doc__))
    made.add_argument("what", choices=sorted(COMMANDS))
    made.add_argument("words", nargs="*", metavar="CHANNEL")
    options = made.parse_intermixed_args(arguments)
    command, counts = COMMANDS[options.what]
    if len(options.words) not in counts:
        made.error(f"{options.what} takes {' or '.join(map(str, counts))} words after it")
    try:
        output = "ChatKeysId" if command in (_answer, _silence) else "ChannelSecretsId"
        command(Secrets(Stage(options.stack), output), *options.words)
    except (ChannelError, CallBackError, StackError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


class Secrets:
    """The one secret of a stack that holds those of its channels."""

    def __init__(self, stage: Stage, output: str = "ChannelSecretsId") -> None:
        self.stage = stage
        self._id = stage.outputs[output]
        self._client = stage.client("secretsmanager")

    def read(self) -> Known:
        known: Known = json.loads(self._client.get_secret_value(SecretId=self._id)["SecretString"])
        return known

    def write(self, known: Known) -> None:
        self._client.put_secret_value(SecretId=self._id, SecretString=json.dumps(known, separators=(",", ":")))


def fresh() -> str:
    """A secret in the form of Standard Webhooks."""
    return "whsec_" + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def changed(known: Known, channel: str, key: str) -> Known:
    """With a new key before the former one; everything else stays."""
    if channel not in ADAPTERS:
        raise ChannelError(f"{channel} is no channel that can be connected: {', '.join(sorted(ADAPTERS))}")
    before = known.get(channel, {})
    asks = {"verify_token": before.get("verify_token") or secrets.token_urlsafe(16)}
    keys = [key, *before.get("keys", [])][:MOST_KEYS]
    return known | {channel: before | {"keys": keys} | (asks if ADAPTERS[channel].challenge else {})}


def _list(store: Secrets) -> None:
    known = store.read()
    for channel in sorted(ADAPTERS):
        told = known.get(channel, {})
        connected = "connected" if told.get("keys") else "–"
        print(f"{channel:12} {connected:10} {told.get('call_back', {}).get('url', '')}".rstrip())


def _rotate(store: Secrets, channel: str) -> None:
    key = fresh()
    store.write(changed(store.read(), channel, key))
    print(key)


def _set(store: Secrets, channel: str) -> None:
    key = sys.stdin.read().strip()
    if not key or not key.isprintable():
        raise ChannelError("the secret comes on standard input")
    known = changed(store.read(), channel, key)
    store.write(known)
    if token := known[channel].get("verify_token"):
        print(f"verify token: {token}")


def _end(store: Secrets, channel: str) -> None:
    store.write({code: kept for code, kept in store.read().items() if code != channel})


def _call_back(store: Secrets, channel: str, url: str) -> None:
    known, key = store.read(), fresh()
    changed = call_backs.at_address(known, channel, url, key)
    store.write(changed)
    if key in changed[channel]["call_back"]["keys"]:
        print(key)


def _call_back_rotate(store: Secrets, channel: str) -> None:
    key = fresh()
    store.write(call_backs.with_key(store.read(), channel, key))
    print(key)


def _call_back_end(store: Secrets, channel: str) -> None:
    store.write(call_backs.without(store.read(), channel))


def _stuck(store: Secrets, channel: str) -> None:
    for line in call_backs.stuck_lines(store.stage, channel):
        print(line)


def _replay(store: Secrets, channel: str, number: str | None = None) -> None:
    replayed = call_backs.replayed(store.stage, channel, number)
    print(f"{len(replayed)} call-backs are due again")


ANSWERED_WITH = {
    "x": {"consumer_key", "consumer_secret", "token", "token_secret"},
    "whatsapp": {"from", "token"},
    "facebook": {"from", "token"},
    "instagram": {"from", "token"},
}


def _answer(store: Secrets, channel: str) -> None:
    store.write(store.read() | {channel: chat_key(channel, sys.stdin.read())})


def chat_key(channel: str, text: str) -> dict[str, str]:
    """What the operator gave. Raises ChannelError, which repeats none of it."""
    if channel not in CHATS:
        raise ChannelError(f"{channel} is no messenger: {', '.join(sorted(CHATS))}")
    names = ANSWERED_WITH[CHATS[channel]]
    try:
        key = json.loads(text)
    except ValueError:
        raise ChannelError("a JSON object comes on standard input") from None
    if not isinstance(key, dict) or key.keys() != names or not all(isinstance(v, str) and v for v in key.values()):
        raise ChannelError(f"a JSON object with {', '.join(sorted(names))} comes on standard input")
    return key


def _silence(store: Secrets, channel: str) -> None:
    store.write({code: kept for code, kept in store.read().items() if code != channel})


COMMANDS: dict[str, tuple[Callable[..., None], tuple[int, ...]]] = {
    "list": (_list, (0,)),
    "rotate": (_rotate, (1,)),
    "set": (_set, (1,)),
    "end": (_end, (1,)),
    "call-back": (_call_back, (2,)),
    "call-back-rotate": (_call_back_rotate, (1,)),
    "call-back-end": (_call_back_end, (1,)),
    "stuck": (_stuck, (1,)),
    "replay": (_replay, (1, 2)),
    "answer": (_answer, (1,)),
    "silence": (_silence, (1,)),
}
