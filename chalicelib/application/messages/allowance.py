"""Whether a message to a reporter may leave now. Looked at by the function that sends, before it claims: a report costs
nothing more, and whoever gives a stranger's address cannot have the city write to it without end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from chalicelib.application.messages.city_day import CityDay, next_day
from chalicelib.application.ports.messages import ProviderUnwantedError
from chalicelib.application.ports.standings import Standings
from chalicelib.domain.budgets import BUDGETS, Send, goes_beyond_ceiling, is_receipt, with_room_for
from chalicelib.domain.case.events import Event
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.pseudonyms import pseudonym
from chalicelib.domain.values import dataclass
from chalicelib.domain.ways import WAYS

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

    def __call__(self, event: Event, key: str, way: str, token: str) -> Verdict:
        """Of one message, which is counted if it may leave. Without a token (a contact older than tokens) the ceiling
        alone counts. Raises UnavailableError."""
        verdict = self._by_budget(event, key, way, pseudonym(token)) if token else KNOWN
        if verdict.state:
            return verdict
        if self._city_day.has_room(WAYS[way].purse, f"{event.number} {key}", beyond=goes_beyond_ceiling(event)):
            return verdict
        return Verdict("postponed", due_at=next_day(self._now()))

    def until_they_write(self, number: str, token: str) -> Verdict:
        """Of a message that the provider takes only after the person has written again."""
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

    def _by_budget(self, event: Event, key: str, way: str, name: str) -> Verdict:
        """A case is noted as held before the standing is looked at again: a confirmation either finds the note, or is
        seen here."""
        is_noted = False
        for _ in range(TRIES):
            standing = self._standings.find(name)
            if standing.suppressed or standing.confirmed:
                return SUPPRESSED if standing.suppressed else KNOWN
            new = Send(self._now(), event.number, key)
            sends = with_room_for(new, standing.sends, BUDGETS[WAYS[way].purse], receipt=is_receipt(event))
            if sends is None and is_noted:
                return HELD
            if sends is None:
                self._standings.hold(name, event.number)
                is_noted = True
            elif sends == standing.sends or self._standings.note(standing, sends):
                return LEAVES
        raise UnavailableError("dynamodb")
