"""What people say of an address that the city writes to: it is theirs, or the city shall leave it alone. Who has the
token has read the message; the answer never tells whether the token is known."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.application.ports.cases import Complaints
from chalicelib.application.ports.standings import Standings
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.pseudonyms import pseudonym


class Confirming:
    """`pseudonym_of` answers the pseudonym of the address that a case's reporter is told at; None without one."""

    def __init__(
        self,
        *,
        complaints: Complaints,
        standings: Standings,
        pseudonym_of: Callable[[str], str | None],
        now: Callable[[], datetime],
    ) -> None:
        self._complaints = complaints
        self._standings = standings
        self._pseudonym_of = pseudonym_of
        self._now = now

    def confirm(self, number: str, token: str) -> None:
        """The address that got this token about this case is confirmed. Raises NotFoundError for no case."""
        known = self._pseudonym_of(number)
        if known is None and self._complaints.load(number) is None:
            raise NotFoundError
        if known == pseudonym(token):
            self._standings.confirm(known, self._now())

    def suppress(self, token: str) -> None:
        """No more messages to the address that got this token."""
        self._standings.suppress(pseudonym(token))
