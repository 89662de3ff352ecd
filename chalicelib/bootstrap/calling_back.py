"""Call-backs to the systems of partners, wired."""

from functools import cached_property, partial
from typing import TYPE_CHECKING

from chalicelib.bootstrap.addresses import Addresses
from chalicelib.domain.messages import PARTNER

if TYPE_CHECKING:
    from chalicelib.application.messages.delivery import Delivery
    from chalicelib.application.messages.to_partners.calling_back import CallBack
    from chalicelib.application.ports.messages import HandBack
    from chalicelib.application.ports.partners import CallBackAddresses, Partners, StuckCallBacks


class CallingBack(Addresses):
    """The use case of call_back, and what only it needs."""

    @cached_property
    def delivery(self) -> "Delivery":
        from chalicelib.application.messages.delivery import Delivery

        return Delivery(ledger=self.notices_ledger, now=self.now, machine_now=self.machine_now, pause=self.pause)

    @cached_property
    def to_partners(self) -> "HandBack":
        """Hands on to call_back alone."""
        from chalicelib.adapters.sqs import SqsHandBack

        self.settings.require("call_back_queue_url")
        return SqsHandBack(urls={PARTNER: self.settings.call_back_queue_url}, client=self.clients.client("sqs"))

    @cached_property
    def call_back_addresses(self) -> "CallBackAddresses":
        return self.channel_secrets

    @cached_property
    def partners(self) -> "Partners":
        from chalicelib.adapters.partners.call_backs import HttpsPartners

        return HttpsPartners(now=self.machine_now, own_origin=self.settings.aws_endpoint_url)

    @cached_property
    def stuck_call_backs(self) -> "StuckCallBacks":
        from chalicelib.adapters.dynamodb.messages.stuck import DynamoStuckCallBacks

        self._bind()
        return DynamoStuckCallBacks()

    @cached_property
    def call_back(self) -> "CallBack":
        from chalicelib.application.messages.to_partners.calling_back import CallBack
        from chalicelib.channels.outgoing import compose_for
        from chalicelib.data import exchange

        return CallBack(
            complaints=self.complaints,
            delivery=self.delivery,
            addresses=self.call_back_addresses,
            partners=self.partners,
            stuck=self.stuck_call_backs,
            compose=partial(compose_for, exchange=exchange),
            reference=self.reference,
            now=self.now,
        )
