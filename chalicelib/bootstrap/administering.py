"""People and units, wired: what the function `administer` does, and how the API asks it."""

from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.bootstrap.adapters import Adapters

if TYPE_CHECKING:
    from chalicelib.application.people.administering import Administer
    from chalicelib.application.people.colleagues import Colleagues
    from chalicelib.application.people.directory import Directory
    from chalicelib.application.people.identity import Identity
    from chalicelib.application.people.subscribers import Subscribers
    from chalicelib.application.ports.people import Accounts, AdministrationOrders, UnitTopics
    from chalicelib.application.reading.lists.cursors import Cursors

ADMINISTER = 20  # seconds that the API waits for `administer`: a cold start and four calls of Cognito


class Administering(Adapters):
    """The use cases about people."""

    @cached_property
    def identity(self) -> "Identity":
        from chalicelib.application.people.identity import Identity

        return Identity(tokens=self.tokens, staff=self.staff)

    @cached_property
    def colleagues(self) -> "Colleagues":
        from chalicelib.application.people.colleagues import Colleagues

        return Colleagues(self.staff, self.reference)

    @cached_property
    def cursors(self) -> "Cursors":
        from chalicelib.application.reading.lists.cursors import Cursors

        return Cursors(lambda: self.secrets().current)

    @cached_property
    def directory(self) -> "Directory":
        from chalicelib.application.people.directory import Directory

        return Directory(self.staff, self.cursors, self.reference)

    @cached_property
    def orders(self) -> "AdministrationOrders":
        from chalicelib.adapters.orders import LambdaOrders

        self.settings.require("administer_function")
        client = self.clients.patient("lambda", ADMINISTER)
        return LambdaOrders(function=self.settings.administer_function, client=client)

    @cached_property
    def accounts(self) -> "Accounts":
        from chalicelib.adapters.cognito_accounts import CognitoAccounts

        self.settings.require("user_pool_id")
        return CognitoAccounts(pool_id=self.settings.user_pool_id, client=self.clients.client("cognito-idp"))

    @cached_property
    def unit_topics(self) -> "UnitTopics":
        from chalicelib.adapters.unit_topics import SnsUnitTopics

        self.settings.require("unit_topic_prefix")
        return SnsUnitTopics(prefix=self.settings.unit_topic_prefix, client=self.clients.paged("sns"))

    @cached_property
    def subscribers(self) -> "Subscribers":
        from chalicelib.application.people.subscribers import Subscribers

        return Subscribers(self.unit_topics, self.reference)

    @cached_property
    def administer(self) -> "Administer":
        from chalicelib.application.people.accounts import People
        from chalicelib.application.people.administering import Administer

        people = People(self.accounts, self.staff)
        return Administer(self.identity, people, self.subscribers, self.reference)
