"""What `python -m tools channels` does about call-backs: where a partner's system is told, and what was not told."""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from chalicelib.adapters.partners.public_addresses import ForbiddenAddressError, read
from chalicelib.application.ports.partners import StuckCallBack, StuckCallBacks
from chalicelib.domain.ways import CALLED_BACK
from tools.stack.stage import Stage, case_number

MOST_KEYS = 2  # the newest and the former one
Known = dict[str, dict[str, Any]]


class CallBackError(Exception):
    """The command names a channel that is not called back, or an address that nobody is told at."""


def at_address(known: Known, channel: str, url: str, key: str, own_origin: str = "") -> Known:
    """Told at this address from now on, signed with a key of its own: what we send can never be sent to us as a
    partner's report. Raises CallBackError."""
    if channel not in CALLED_BACK:
        raise CallBackError(f"{channel} is not called back: {', '.join(sorted(CALLED_BACK))}")
    try:
        read(url, own_origin)
    except ForbiddenAddressError as error:
        raise CallBackError(f"{url} is no https address ({error})") from error
    before = known.get(channel, {})
    keys = before.get("call_back", {}).get("keys") or [key]
    return known | {channel: before | {"call_back": {"url": url, "keys": keys}}}


def with_key(known: Known, channel: str, key: str) -> Known:
    """Signed with the new key and the former one. Raises CallBackError."""
    before = known.get(channel, {})
    if "call_back" not in before:
        raise CallBackError(f"{channel} is not called back yet: give its address first")
    called = before["call_back"]
    return known | {channel: before | {"call_back": called | {"keys": [key, *called["keys"]][:MOST_KEYS]}}}


def without(known: Known, channel: str) -> Known:
    before = {name: value for name, value in known.get(channel, {}).items() if name != "call_back"}
    return {**known, channel: before} if before else {code: kept for code, kept in known.items() if code != channel}


def stuck_lines(stage: Stage, channel: str) -> Iterator[str]:
    """What was not told yet, a line each, by number."""
    for each in _stuck(stage).of(channel):
        yield line(each)


def replayed(stage: Stage, channel: str, typed: str | None = None) -> list[StuckCallBack]:
    """Due again at once: the sweeper hands them on within five minutes. Raises CallBackError."""
    from chalicelib.adapters.dynamodb.messages.ledger import DynamoNotices
    from chalicelib.application.messages.to_partners.replaying_call_backs import ReplayCallBacks

    try:
        number = case_number(typed) if typed else None
    except argparse.ArgumentTypeError as error:
        raise CallBackError(str(error)) from error
    replay = ReplayCallBacks(stuck=_stuck(stage), ledger=DynamoNotices(), now=_now)
    return replay(channel, number)


def line(stuck: StuckCallBack) -> str:
    sequence = int(stuck.key.partition("#")[0])
    at = stuck.at.astimezone(UTC).isoformat(timespec="seconds")
    return f"{stuck.number}  event {sequence:<4} try {stuck.tries:<3} {stuck.reason:24} {at}"


def _now() -> datetime:
    """In whole milliseconds, as rows keep it."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def _stuck(stage: Stage) -> StuckCallBacks:
    from chalicelib.adapters.dynamodb.messages.stuck import DynamoStuckCallBacks

    stage.bind_table()
    return DynamoStuckCallBacks()
