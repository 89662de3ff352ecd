"""Rows that join the cases of one person, under the pseudonyms of their addresses: no key and no attribute names an
address. Each change names the attributes that it means; asks and passes go by themselves when their time is over."""

import json
from datetime import datetime, timedelta

from chalicelib.adapters.dynamodb import keys, raw
from chalicelib.adapters.dynamodb.compact import instant, millis
from chalicelib.application.ports.reporters import MOST_CASES, Ask, Pass

KEPT = timedelta(days=2)  # what was asked: longer than a day's links are counted
WHAT = "pseudonyms = :pseudonyms, way = :way, spoken = :spoken, asked = :asked"
WAITS = f"SET {WHAT}, alarm = :alarm, alarm_at = :at, expires = :gone"


class DynamoOwnCases:
    """Implements OwnCases."""

    def note(self, pseudonym: str, number: str, at: datetime) -> None:
        raw.update(keys.standing(pseudonym), keys.own(number), "SET received = :at", {":at": millis(at)})

    def of(self, pseudonym: str) -> list[tuple[datetime, str]]:
        rows = raw.page(keys.standing(pseudonym), prefix=keys.OWN_PREFIX, limit=MOST_CASES, consistent=True)
        return [(instant(row["received"]), keys.number_of(row["sk"].removeprefix(keys.OWN_PREFIX))) for row in rows]

    def join(self, one: str, other: str) -> None:
        for name, joined in ((one, other), (other, one)):
            raw.update(keys.standing(name), keys.joined(joined), "SET joined = :one", {":one": 1})

    def joined(self, pseudonym: str) -> list[str]:
        rows = raw.page(keys.standing(pseudonym), prefix=keys.JOINED_PREFIX, limit=MOST_CASES, consistent=True)
        return [row["sk"].removeprefix(keys.JOINED_PREFIX) for row in rows]


class DynamoAsks:
    """Implements Asks."""

    def ask(self, ask: Ask) -> None:
        raw.update(*_key(ask), WAITS, _waiting(ask, ask.asked_at))

    def waiting(self, pseudonym: str) -> Ask | None:
        found = raw.get(keys.standing(pseudonym), keys.ASK, consistent=True)
        if "alarm" not in found:
            return None
        sent = tuple(map(instant, json.loads(found.get("sent", "[]"))))
        return Ask(tuple(found["pseudonyms"].split()), found["way"], found["spoken"], instant(found["asked"]), sent)

    def settle(self, ask: Ask, sent: tuple[datetime, ...]) -> bool:
        values: dict[str, str | int] = {":sent": _times(sent), ":asked": millis(ask.asked_at)}
        change = "SET sent = :sent REMOVE alarm, alarm_at"
        return raw.update(*_key(ask), change, values, condition="asked = :asked AND attribute_exists(alarm)")

    def put_off(self, ask: Ask, until: datetime) -> None:
        raw.update(*_key(ask), f"{WAITS}, sent = :sent", _waiting(ask, until) | {":sent": _times(ask.sent)})


class DynamoPasses:
    """Implements Passes."""

    def give(self, digest: str, given: Pass) -> None:
        row: dict[str, str | int] = {
            "pk": keys.link_pass(digest),
            "sk": keys.PASS,
            "pseudonyms": " ".join(given.names),
            "until": millis(given.until),
            "expires": int(given.until.timestamp()),
        }
        raw.call("PutItem", {"Item": raw.typed(row)})

    def find(self, digest: str) -> Pass | None:
        found = raw.get(keys.link_pass(digest), keys.PASS, consistent=True)
        return Pass(tuple(found["pseudonyms"].split()), instant(found["until"])) if found else None


def _key(ask: Ask) -> tuple[str, str]:
    return keys.standing(ask.names[0]), keys.ASK


def _waiting(ask: Ask, until: datetime) -> dict[str, str | int]:
    """What WAITS writes."""
    return {
        ":pseudonyms": " ".join(ask.names),
        ":way": ask.way,
        ":spoken": ask.language,
        ":asked": millis(ask.asked_at),
        ":alarm": keys.alarm(ask.names[0]),
        ":at": int(until.timestamp()),
        ":gone": int((ask.asked_at + KEPT).timestamp()),
    }


def _times(moments: tuple[datetime, ...]) -> str:
    return json.dumps([millis(moment) for moment in moments])
