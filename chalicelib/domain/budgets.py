"""How much an address hears while nobody has shown that it is theirs: anybody can give a stranger's. And what still
goes when the whole city has sent its share of a day."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.domain.case.complaint import ENDED
from chalicelib.domain.case.events import Event
from chalicelib.domain.values import dataclass
from chalicelib.domain.ways import CHAT

WINDOW = timedelta(hours=24)
ERASED = "erased "  # before a place: the name of a case whose number is known no longer


@dataclass(frozen=True, slots=True)
class Budget:
    """Within WINDOW: messages in all, and cases that they may be about."""

    cases: int
    messages: int


BUDGETS: Mapping[str, Budget] = {  # by the purse of the way
    "email": Budget(3, 12),
    "sms": Budget(2, 8),
    CHAT: Budget(3, 12),
}


@dataclass(frozen=True, slots=True)
class Send:
    """One message that an address was to get; number and key name it in the ledger."""

    at: datetime
    number: str
    key: str


def is_receipt(event: Event) -> bool:
    return event.before is None


def goes_beyond_ceiling(event: Event) -> bool:
    """Receipts, and what became of the matter: nobody else would tell them."""
    return is_receipt(event) or (event.moved and event.status in ENDED)


def with_room_for(new: Send, sends: Sequence[Send], budget: Budget, *, receipt: bool) -> tuple[Send, ...] | None:
    """The sends of the window with the new one; None when the budget has no room for it. Of each case that may still
    come, the place of its receipt is kept free: receipts go before everything else."""
    recent = tuple(send for send in sends if new.at - send.at < WINDOW)
    if any((send.number, send.key) == (new.number, new.key) for send in recent):
        return recent
    cases = {send.number for send in recent} | {new.number}
    kept_free = 0 if receipt else budget.cases - len(cases)
    if len(cases) > budget.cases or len(recent) + kept_free >= budget.messages:
        return None
    return (*recent, new)


def certain_room(budget: Budget, *, receipt: bool) -> Budget:
    """An address that was sent fewer messages than this, however long ago, has room for one more for certain, without a
    look at their times: about a case that it was told of, or by the receipt of a new one where those are fewer."""
    kept_free = 0 if receipt else budget.cases - 1  # at most
    return Budget(budget.cases if receipt else 0, budget.messages - kept_free)


def without(number: str, sends: Sequence[Send]) -> tuple[Send, ...]:
    """Removes the number of an erased case from these sends. The case still counts as one, so an erasure gives nobody
    a new budget."""
    places = {send.number for send in sends if send.number.startswith(ERASED)}
    return tuple(replace(send, number=f"{ERASED}{len(places)}") if send.number == number else send for send in sends)
