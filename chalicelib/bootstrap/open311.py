"""What Open311 asks of the composition root."""

from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.bootstrap.adapters import Adapters

if TYPE_CHECKING:
    from chalicelib.application.people.clients import Clients
    from chalicelib.application.ports.clients import ClientKeys, Rates
    from chalicelib.application.ports.dated import DatedCases


class Open311Parts(Adapters):
    """Adapters, and who may send."""

    @cached_property
    def dated(self) -> "DatedCases":
        from chalicelib.adapters.dynamodb.dated import DynamoDatedCases

        self._bind()
        return DynamoDatedCases()

    @cached_property
    def client_keys(self) -> "ClientKeys":
        from chalicelib.adapters.dynamodb.clients import DynamoClientKeys
        from chalicelib.adapters.dynamodb.rows import bind_people

        self._bind()
        self.settings.require("people_table_name")
        bind_people(table_name=self.settings.people_table_name)
        return DynamoClientKeys()

    @cached_property
    def rates(self) -> "Rates":
        from chalicelib.adapters.dynamodb.clients import DynamoRates

        self._bind()
        return DynamoRates()

    @cached_property
    def clients_of_open311(self) -> "Clients":
        from chalicelib.application.people.clients import Clients

        return Clients(keys=self.client_keys, rates=self.rates, now=self.machine_now)
