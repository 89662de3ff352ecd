"""What Open311 asks of the composition root."""

from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.bootstrap.ways_in import WaysIn

if TYPE_CHECKING:
    from chalicelib.application.people.clients import Clients
    from chalicelib.application.ports.clients import ClientKeys, Rates
    from chalicelib.application.ports.dated import DatedCases
    from chalicelib.channels.open311.posting import Posting


class Open311Parts(WaysIn):
    """Adapters, who may send, and what they send."""

    @cached_property
    def dated(self) -> "DatedCases":
        from chalicelib.adapters.dynamodb.public.dated import DynamoDatedCases

        self._bind()
        return DynamoDatedCases()

    @cached_property
    def client_keys(self) -> "ClientKeys":
        from chalicelib.adapters.dynamodb.people.clients import DynamoClientKeys
        from chalicelib.adapters.dynamodb.people.people_rows import bind_people

        self._bind()
        self.settings.require("people_table_name")
        bind_people(table_name=self.settings.people_table_name)
        return DynamoClientKeys()

    @cached_property
    def rates(self) -> "Rates":
        from chalicelib.adapters.dynamodb.people.clients import DynamoRates

        self._bind()
        return DynamoRates()

    @cached_property
    def clients_of_open311(self) -> "Clients":
        from chalicelib.application.people.clients import Clients

        return Clients(keys=self.client_keys, rates=self.rates, now=self.machine_now)

    @cached_property
    def open311_posting(self) -> "Posting":
        from chalicelib.channels.open311.posting import Posting

        return Posting(self.reference, self.drafting)
