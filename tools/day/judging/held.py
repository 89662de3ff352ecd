"""What the reporter must have been told, if an unconfirmed address is sent no more than its budget. This is written
from the published rule, not from the code that keeps it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from tools.day.cases import Case
from tools.day.judging.expected import GRACE, Told

# About the one case of an address: of 12 and 8 messages a day, one is kept for the receipt of each case that may still
# come (of 3 and 2).
ROOM = {"email": 10, "sms": 7}
DAY = timedelta(hours=24)
CLOSES = {"facebook": DAY}  # how long after somebody wrote their provider lets the city write to them
NO_STATUS = ("reply", "breach", "escalation", "hide", "restore")
View = Mapping[str, Any]


def told_faults(case: Case, mine: Sequence[View], due: Told) -> list[str]:
    """Who opened the link soon, or was seen at a desk, is told everything; who did not, what the budget has room for;
    who opened it late, how the case stands."""
    events, owed = [m["event"] for m in mine], owed_to(case, due)
    missing = _missing(events, owed)
    if missing is None or (missing and (_is_known(case) or not case.plan.contact)):
        return [f"the reporter was told {events}, due was {owed}"]
    if case.plan.contact is None or _is_known(case):
        return []
    sent, room = [_at(m) for m in mine] if missing or len(mine) > min(ROOM.values()) else [], ROOM[case.plan.contact]
    if case.opened == "late":
        return _late_faults(events, owed, max((_within(sent, at) for at in sent), default=0) >= room)
    most = max((_within(sent, at) for at in sent), default=0)
    lost = [owed[n] for n in missing if _within(sent, datetime.fromisoformat(due.times[n]) + GRACE) < room]
    return [
        *([f"{most} messages in a day to an address that nobody confirmed"] if most > room else []),
        *([f"the reporter was told {events}, due was {owed}: nothing held back {', '.join(lost)}"] if lost else []),
    ]


def owed_to(case: Case, due: Told) -> list[str]:
    """What can be told to this reporter at all."""
    way = case.plan.contact
    if way not in CLOSES:
        return due.citizen if way else []
    end = datetime.fromisoformat(due.times[0]) + CLOSES[way]
    return [event for event, at in zip(due.citizen, due.times, strict=True) if datetime.fromisoformat(at) < end]


def _late_faults(events: Sequence[str], owed: Sequence[str], was_full: bool) -> list[str]:
    """What is wrong with late messages: of those that were held the latest status is told, if none after it is."""
    last = next(event for event in reversed(owed) if event not in NO_STATUS)
    if list(events) == list(owed) or (was_full and last in events):
        return []
    return [f"the reporter was told {events}, due was {owed}"]


def _is_known(case: Case) -> bool:
    """An officer or a provider knows whose the address is, or the person opened the first message at once."""
    return case.plan.is_proven or case.opened == "soon"


def _missing(events: Sequence[str], owed: Sequence[str]) -> list[int] | None:
    """Places of what is owed and was not told; None when something was told that is not owed, or out of order."""
    missing: list[int] = []
    begin = 0
    for event in events:
        if event not in owed[begin:]:
            return None
        place = owed.index(event, begin)
        missing += range(begin, place)
        begin = place + 1
    return [*missing, *range(begin, len(owed))]


def _within(sent: Sequence[datetime], at: datetime) -> int:
    """How many of them lie in the day that ends then."""
    return sum(at - DAY < moment <= at for moment in sent)


def _at(message: View) -> datetime:
    return datetime.fromisoformat(message["at"])
