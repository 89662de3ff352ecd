"""Conversations: a row per address, by its pseudonym, changed by one message at a time under a lease."""

import json
from datetime import datetime

from chalicelib.adapters.dynamodb import keys, raw
from chalicelib.adapters.dynamodb.compact import instant, millis
from chalicelib.application.ports.talks import Talk

FREE = "(attribute_not_exists(lease) OR lease < :now)"
UNCHANGED = "(attribute_not_exists(version) AND :known = :none OR version = :known)"
LISTS = ("asks", "pictures")
WRITTEN = "heard = :heard, said = :said, version = :next"


class DynamoTalks:
    """Implements Talks."""

    def find(self, pseudonym: str) -> Talk:
        found = raw.get(keys.talk(pseudonym), keys.TALK, consistent=True)
        if "said" not in found:
            return Talk(pseudonym, version=int(found.get("version", 0)))
        said = json.loads(found["said"])
        said |= {name: tuple(said[name]) for name in LISTS if name in said}
        return Talk(pseudonym, instant(found["heard"]), **said, version=int(found["version"]))

    def take(self, talk: Talk, now: datetime, until: datetime) -> bool:
        values = {":now": millis(now), ":until": millis(until), ":known": talk.version, ":none": 0}
        return raw.update(*_key(talk), "SET lease = :until", values, condition=f"{FREE} AND {UNCHANGED}")

    def save(self, talk: Talk) -> None:
        heard = millis(talk.heard_at) if talk.heard_at else 0
        values: dict[str, str | int] = {":heard": heard, ":said": _said(talk)}
        values |= {":known": talk.version, ":next": talk.version + 1, ":none": 0}
        raw.update(*_key(talk), f"SET {WRITTEN} REMOVE lease", values, condition=UNCHANGED)


def _key(talk: Talk) -> tuple[str, str]:
    return keys.talk(talk.pseudonym), keys.TALK


def _said(talk: Talk) -> str:
    """Everything but the key, the time and the version."""
    named = {
        "number": talk.number,
        "asks": talk.asks,
        "misunderstood": talk.misunderstood,
        "place": talk.place,
        "pictures": talk.pictures,
        "seen": dict(talk.seen),
        "replies": talk.replies,
        "day": talk.day,
    }
    return json.dumps({name: value for name, value in named.items() if value}, separators=(",", ":"))
