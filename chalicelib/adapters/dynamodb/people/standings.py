"""What is known of addresses, by their pseudonyms, and the city's counts of a day. Each change names the attributes
that it means, so that none undoes another's."""

import json
import math
from datetime import date, datetime

from pynamodb.expressions.update import Action

from chalicelib.adapters.dynamodb import keys, raw
from chalicelib.adapters.dynamodb.compact import instant, millis
from chalicelib.adapters.dynamodb.rows import Row, StandingRow
from chalicelib.adapters.dynamodb.store import TransactWrite
from chalicelib.application.ports.standings import Standing
from chalicelib.domain.budgets import Send

THERE = "attribute_exists(pk)"


class DynamoStandings:
    """Implements Standings."""

    def find(self, pseudonym: str) -> Standing:
        found = raw.get(keys.standing(pseudonym), keys.STANDING, consistent=True)
        confirmed = found.get("confirmed")
        return Standing(
            pseudonym, instant(confirmed) if confirmed else None, "suppressed" in found, _sends_of(found.get("sends"))
        )

    def note(self, known: Standing, sends: tuple[Send, ...]) -> bool:
        was = {":was": _text(known.sends)} if known.sends else {}
        return raw.update(
            *_key(known.pseudonym),
            "SET sends = :sends",
            {":sends": _text(sends), **was},
            condition="sends = :was" if known.sends else "attribute_not_exists(sends)",
        )

    def confirm(self, pseudonym: str, at: datetime) -> None:
        first = f"{THERE} AND attribute_not_exists(confirmed)"
        raw.update(*_key(pseudonym), CONFIRM, confirmation(pseudonym, at), condition=first)

    def prove(self, pseudonym: str, at: datetime) -> None:
        raw.update(*_key(pseudonym), CONFIRM, confirmation(pseudonym, at))

    def suppress(self, pseudonym: str) -> None:
        raw.update(*_key(pseudonym), "SET suppressed = :one", {":one": 1}, condition=THERE)

    def resume(self, pseudonym: str) -> None:
        raw.update(*_key(pseudonym), "REMOVE suppressed", {}, condition=THERE)

    def hold(self, pseudonym: str, number: str) -> None:
        raw.update(keys.standing(pseudonym), keys.held(number), "SET held = :one", {":one": 1})

    def held(self, pseudonym: str, limit: int) -> list[str]:
        rows = raw.page(keys.standing(pseudonym), prefix=keys.HELD_PREFIX, limit=limit, consistent=True)
        return [keys.number_of(row["sk"].removeprefix(keys.HELD_PREFIX)) for row in rows]

    def release(self, pseudonym: str, number: str) -> None:
        raw.call("DeleteItem", {"Key": raw.typed({"pk": keys.standing(pseudonym), "sk": keys.held(number)})})

    def put_off(self, pseudonym: str, until: datetime | None) -> None:
        if until is None:
            raw.update(*_key(pseudonym), "REMOVE alarm, alarm_at", {}, condition=THERE)
        else:
            raw.update(*_key(pseudonym), "SET alarm_at = :at", {":at": _due(until)}, condition=THERE)


def confirm_with(transaction: TransactWrite, pseudonym: str, at: datetime) -> None:
    """Within a report's transaction: an officer has seen that the address is the person's, whatever was said of it
    before."""
    row = StandingRow(*_key(pseudonym))
    says: list[Action] = [
        StandingRow.confirmed.set(millis(at)),
        StandingRow.suppressed.remove(),
        Row.alarm.set(keys.alarm(pseudonym)),
        Row.alarm_at.set(_due(at)),
    ]
    transaction.update(row, says)


CONFIRM = "SET confirmed = :now, alarm = :alarm, alarm_at = :at"


def confirmation(pseudonym: str, at: datetime) -> dict[str, str | int]:
    """What CONFIRM writes."""
    return {":now": millis(at), ":alarm": keys.alarm(pseudonym), ":at": _due(at)}


class DynamoDayCounts:
    """Implements DayCounts: one row per day and way. An answer that was lost may count one message twice."""

    def count(self, day: date, way: str, ceiling: int | None, weight: int = 1) -> bool:
        room = None if ceiling is None else "attribute_not_exists(messages) OR messages < :most"
        most = {} if ceiling is None else {":most": ceiling}
        return raw.update(keys.sent_on(day), way, "ADD messages :weight", {":weight": weight, **most}, condition=room)

    def counted(self, day: date, way: str) -> int:
        return int(raw.get(keys.sent_on(day), way, consistent=False).get("messages", 0))


def _key(pseudonym: str) -> tuple[str, str]:
    return keys.standing(pseudonym), keys.STANDING


def _due(at: datetime) -> int:
    return math.ceil(at.timestamp())


def _text(sends: tuple[Send, ...]) -> str:
    return json.dumps([[millis(send.at), send.number, send.key] for send in sends], separators=(",", ":"))


def _sends_of(text: str | None) -> tuple[Send, ...]:
    return tuple(Send(instant(at), number, key) for at, number, key in json.loads(text or "[]"))
