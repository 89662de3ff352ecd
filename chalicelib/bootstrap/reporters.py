"""What joins the reports of one person, wired."""

from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.bootstrap.addresses import Addresses
from chalicelib.bootstrap.chance import random_id

if TYPE_CHECKING:
    from chalicelib.application.handling.acting import Act
    from chalicelib.application.people.passes import Bearers
    from chalicelib.application.ports.reporters import Asks, Passes
    from chalicelib.application.reporters.asking import AskForReports
    from chalicelib.application.reporters.linking import SendLink
    from chalicelib.application.reporters.reports import Reports


class Reporters(Addresses):
    """Asked by the API, and by the function that sends."""

    if TYPE_CHECKING:  # of the other parts of the root

        @cached_property
        def act(self) -> Act: ...

    @cached_property
    def asks(self) -> "Asks":
        from chalicelib.adapters.dynamodb.people.reporters import DynamoAsks

        self._bind()
        return DynamoAsks()

    @cached_property
    def passes(self) -> "Passes":
        from chalicelib.adapters.dynamodb.people.reporters import DynamoPasses

        self._bind()
        return DynamoPasses()

    @cached_property
    def bearers(self) -> "Bearers":
        from chalicelib.application.people.passes import Bearers

        return Bearers(self.passes, self.own_cases, self.now)

    def names_of_pass(self, token: str) -> tuple[str, ...]:
        """The pseudonyms that a pass opens. Raises UnauthenticatedError."""
        return self.bearers.names(token)

    @cached_property
    def ask_for_reports(self) -> "AskForReports":
        from chalicelib.application.reporters.asking import AskForReports

        return AskForReports(self.asks, self._both_secrets, self.now)

    def _both_secrets(self) -> tuple[bytes, ...]:
        known = self.secrets()
        return (known.current, known.former) if known.former else (known.current,)

    @cached_property
    def reports(self) -> "Reports":
        from chalicelib.application.reporters.reports import Reports

        return Reports(
            bearers=self.bearers,
            own=self.own_cases,
            complaints=self.complaints,
            standings=self.standings,
            act=self.act,
            reference=self.reference,
            now=self.now,
        )

    @cached_property
    def send_link(self) -> "SendLink":
        import secrets

        from chalicelib.application.people.passes import BYTES
        from chalicelib.application.reporters.linking import LinkLetters, SendLink
        from chalicelib.data import messages

        self.settings.require("site_url")
        return SendLink(
            asks=self.asks,
            own=self.own_cases,
            passes=self.passes,
            standings=self.standings,
            vault=self.vault,
            counts=self.day_counts,
            ceilings=self.ceilings,
            letters=LinkLetters(messages.words, self.settings.site_url),
            mail=self.mail,
            sms=self.sms,
            token=lambda: secrets.token_urlsafe(BYTES),
            random_id=random_id,
            now=self.now,
        )
