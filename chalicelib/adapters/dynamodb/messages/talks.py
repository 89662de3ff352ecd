"""Conversations: a row per address, by its pseudonym, changed by one message at a time under a lease."""

import json
from datetime import datetime

from chalicelib.adapters.dynamodb import keys, raw
from chalicelib.adapters.dynamodb.compact import instant, millis
from chalicelib.application.ports.talks import Talk
from chalicelib.domain.errors import UnavailableError

FREE = "(attribute_not_exists(lease) OR lease < :now)"
UNCHANGED = "(attribute_not_exists(version) AND :known = :none OR version = :known)"
TRIES = 10  # of an erasure while the person goes on writing
LISTS = ("asks", "pictures")
WRITTEN = "heard = :heard, said = :said, version = :next"


class DynamoTalks:
    """Implements Talks."""

    def find(self, pseudonym: str) -> Talk:
        found = raw.get(keys.talk(pseudonym), keys.TALK, consistent=True)
        wrote = instant(found["wrote"]) if "wrote" in found else None
        if "said" not in found:
            return Talk(pseudonym, version=int(found.get("version", 0)), wrote_at=wrote)
        said = json.loads(found["said"])
        said |= {name: tuple(said[name]) for name in LISTS if name in said}
        said |= {"kept": tuple(map(tuple, said["kept"]))} if "kept" in said else {}
        heard, version = instant(found["heard"]), int(found["version"])
        return Talk(pseudonym, heard, **said, version=version, wrote_at=wrote)

    def take(self, talk: Talk, now: datetime, until: datetime) -> bool:
        values = {":now": millis(now), ":until": millis(until), ":known": talk.version, ":none": 0}
        values |= {":wrote": millis(talk.wrote_at)} if talk.wrote_at else {}
        taken = f"SET lease = :until{', wrote = :wrote' if talk.wrote_at else ''}"
        return raw.update(*_key(talk), taken, values, condition=f"{FREE} AND {UNCHANGED}")

    def save(self, talk: Talk) -> None:
        heard = millis(talk.heard_at) if talk.heard_at else 0
        values: dict[str, str | int] = {":heard": heard, ":said": _said(talk)}
        values |= {":known": talk.version, ":next": talk.version + 1, ":none": 0}
        raw.update(*_key(talk), f"SET {WRITTEN} REMOVE lease", values, condition=UNCHANGED)


def forget(pseudonym: str, number: str) -> list[tuple[str, str]]:
    """Takes out of a conversation what is about this case, whoever has the lease. Keys of the row where nothing else is
    in it: it is to be deleted. May be called again. Raises UnavailableError."""
    for _ in range(TRIES):
        talk = DynamoTalks().find(pseudonym)
        left = talk.without(number)
        if left is None:
            return [_key(talk)]
        if left == talk or _is_left(left):
            return []
    raise UnavailableError("dynamodb")


def _is_left(talk: Talk) -> bool:
    values: dict[str, str | int] = {":said": _said(talk), ":known": talk.version, ":next": talk.version + 1}
    return raw.update(*_key(talk), "SET said = :said, version = :next", values, condition="version = :known")


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
        "kept": talk.kept,
    }
    return json.dumps({name: value for name, value in named.items() if value}, separators=(",", ":"))
