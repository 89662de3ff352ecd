"""What is known of addresses, by their pseudonyms, and the city's counts of a day. Each change names the attributes
that it means, so that none undoes another's."""

import json
import math
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pynamodb.expressions.update import Action

from chalicelib.adapters.dynamodb import keys, raw
from chalicelib.adapters.dynamodb.compact import instant, millis
from chalicelib.adapters.dynamodb.rows import Row, StandingRow
from chalicelib.adapters.dynamodb.store import TransactWrite
from chalicelib.application.ports.standings import Standing
from chalicelib.domain.budgets import Budget, Send

THERE = "attribute_exists(pk)"
# A row has an attribute for each send, whose value is its time, one for each case that they are about, and how many
# there are of both. `turn` counts the changes.
SEND, CASE = "send ", "case "
FORMER = "sends"  # one text of all sends: so before decision 0105
STRANGER = (
    "attribute_not_exists(suppressed) AND attribute_not_exists(confirmed) AND "
    f"(attribute_exists(turn) OR attribute_not_exists({FORMER}))"
)
ROOM = "attribute_not_exists(#send) AND (attribute_not_exists(told) OR told < :messages)"
FIRST_OF_CASE = "attribute_not_exists(#case) AND (attribute_not_exists(cases) OR cases < :cases)"


class DynamoStandings:
    """Implements Standings."""

    def find(self, pseudonym: str) -> Standing:
        return _standing(pseudonym, raw.get(*_key(pseudonym), consistent=True))

    def take(self, pseudonym: str, new: Send, room: Budget) -> Standing | None:
        is_first = room.cases > 0  # of its case
        names = {"#send": _send_name(new), "#case": CASE + new.number}
        values: raw.Values = {":at": millis(new.at), ":one": 1, ":messages": room.messages}
        change = "SET #send = :at, #case = :one ADD told :one, turn :one"
        against = raw.update_or_tell(
            *_key(pseudonym),
            f"{change}, cases :one" if is_first else change,
            {**values, ":cases": room.cases} if is_first else values,
            condition=f"{STRANGER} AND {ROOM} AND {FIRST_OF_CASE if is_first else 'attribute_exists(#case)'}",
            names=names,
        )
        return None if against is None else _standing(pseudonym, against)

    def note(self, known: Standing, sends: tuple[Send, ...]) -> bool:
        kept, cases = {_send_name(send): millis(send.at) for send in sends}, {send.number for send in sends}
        held: raw.Values = {**kept, **dict.fromkeys((CASE + number for number in cases), 1)}
        held = {**held, "told": len(kept), "cases": len(cases), "turn": known.version + 1}
        former = {name for send in known.sends for name in (_send_name(send), CASE + send.number)}
        gone = [*sorted(former - held.keys()), FORMER]
        signs = {name: f"#{place}" for place, name in enumerate([*held, *gone])}
        change = "SET " + ", ".join(f"{signs[name]} = :{signs[name][1:]}" for name in held)
        return raw.update(
            *_key(known.pseudonym),
            f"{change} REMOVE {', '.join(signs[name] for name in gone)}",
            {f":{signs[name][1:]}": value for name, value in held.items()}
            | ({":turn": known.version} if known.version else {}),
            condition="turn = :turn" if known.version else "attribute_not_exists(turn)",
            names={sign: name for name, sign in signs.items()},
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


def _standing(pseudonym: str, found: Mapping[str, Any]) -> Standing:
    confirmed, version = found.get("confirmed"), found.get("turn", 0)
    sends = _sends_of(found) if version else _former_sends(found.get(FORMER, "[]"))
    return Standing(pseudonym, instant(confirmed) if confirmed else None, "suppressed" in found, sends, version)


def _send_name(send: Send) -> str:
    return f"{SEND}{send.number} {send.key}"


def _sends_of(found: Mapping[str, Any]) -> tuple[Send, ...]:
    """Oldest first."""
    named = ((name.removeprefix(SEND).rpartition(" "), at) for name, at in found.items() if name.startswith(SEND))
    return tuple(sorted((Send(instant(at), number, key) for (number, _, key), at in named), key=_place))


def _place(send: Send) -> tuple[datetime, str, str]:
    return send.at, send.number, send.key


def _former_sends(text: str) -> tuple[Send, ...]:
    return tuple(Send(instant(at), number, key) for at, number, key in json.loads(text))
