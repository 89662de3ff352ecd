"""Whether a message to a reporter may leave now. Looked at by the function that sends, before it claims: a report costs
nothing more, and whoever gives a stranger's address cannot have the city write to it without end."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from chalicelib.application.messages.city_day import CityDay, next_day
from chalicelib.application.ports.messages import Notice, ProviderUnwantedError
from chalicelib.application.ports.standings import Standings
from chalicelib.domain.budgets import BUDGETS, Send, certain_room, goes_beyond_ceiling, is_receipt, with_room_for
from chalicelib.domain.case.events import Event
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.messages import Recipient
from chalicelib.domain.pseudonyms import pseudonym
from chalicelib.domain.values import dataclass
from chalicelib.domain.ways import CHAT, WAYS

TRIES = 10  # of noting a send while others note theirs


@dataclass(frozen=True, slots=True)
class Verdict:
    """`state` "": it may leave. Else what the ledger says of it: `held` until the address is confirmed, `suppressed`
    for good, `postponed` until `due_at`. `confirmed`: the address is, so that its letters need no proof of
    it. `reason`: a code, where the state does not say it."""

    state: str = ""
    due_at: datetime | None = None
    confirmed: bool = False
    reason: str = ""


LEAVES, HELD, SUPPRESSED = Verdict(), Verdict("held"), Verdict("suppressed")
KNOWN = Verdict(confirmed=True)


class Allowance:
    """`city_day`: how much the whole city may send."""

    def __init__(self, *, standings: Standings, city_day: CityDay, now: Callable[[], datetime]) -> None:
        self._standings = standings
        self._city_day = city_day
        self._now = now

    def __call__(self, event: Event, key: str, way: str, token: str, last: Notice | None = None) -> Verdict:
        """The verdict on one message, which is counted if it may leave; `last` is the one before to the same person.
        Without a token (a contact older than tokens) the ceiling alone counts. Raises UnavailableError."""
        verdict = KNOWN
        if token:
            name, looks_first = pseudonym(token), _is_to_read(last) or WAYS[way].purse == CHAT
            verdict = self._by_budget(event, key, way, name, looks_first=looks_first)
        if verdict.state:
            return verdict
        if self._city_day.has_room(WAYS[way].purse, f"{event.number} {key}", beyond=goes_beyond_ceiling(event)):
            return verdict
        return Verdict("postponed", due_at=next_day(self._now()))

    def until_they_write(self, number: str, token: str) -> Verdict:
        """The verdict on a message that the provider takes only after the person has written again."""
        if token:
            self._standings.hold(pseudonym(token), number)
        return Verdict("held", reason="window_over")

    def is_open(self, token: str) -> bool:
        """Whether what was held for the address may leave now."""
        standing = self._standings.find(pseudonym(token))
        return standing.confirmed and not standing.suppressed

    @contextmanager
    def heeded(self, token: str) -> Iterator[None]:
        """While one message is sent: an address that wants none of ours, as its provider says, gets no more."""
        try:
            yield
        except ProviderUnwantedError:
            if token:
                self._standings.suppress(pseudonym(token))
            raise

    def told(self, number: str, token: str) -> None:
        """Nothing of the case is held for the address any more."""
        self._standings.release(pseudonym(token), number)

    def _by_budget(self, event: Event, key: str, way: str, name: str, *, looks_first: bool) -> Verdict:
        """A case is noted as held before the standing is looked at again: a confirmation either finds the note, or is
        seen here."""
        new, receipt, budget = Send(self._now(), event.number, key), is_receipt(event), BUDGETS[WAYS[way].purse]
        room, is_noted = certain_room(budget, receipt=receipt), False
        standing = self._standings.find(name) if looks_first else self._standings.take(name, new, room)
        for _ in range(TRIES):
            if standing is None:
                return LEAVES
            if standing.suppressed or standing.confirmed:
                return SUPPRESSED if standing.suppressed else KNOWN
            sends = with_room_for(new, standing.sends, budget, receipt=receipt)
            if sends is None and is_noted:
                return HELD
            if sends is None:
                self._standings.hold(name, event.number)
                is_noted = True
            elif sends == standing.sends or self._standings.note(standing, sends):
                return LEAVES
            standing = self._standings.find(name)
        raise UnavailableError("dynamodb")


def last_to(person: Recipient, notices: Iterable[Notice]) -> Notice | None:
    """The last of a case's messages to this person; they stand in the case's order."""
    to = f"#{person.name}"
    return next((notice for notice in reversed([*notices]) if notice.key.endswith(to)), None)


def _is_to_read(last: Notice | None) -> bool:
    """Whether the address is probably confirmed, or wants no messages, or has no room: then its standing is read, since
    a write that is refused costs more. So it is of every messenger, which proves its addresses."""
    return last is not None and (last.confirmed or last.state in (HELD.state, SUPPRESSED.state))
