"""What the city knows of addresses and may send to them, and the messengers among them, wired."""

from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.bootstrap.adapters import Adapters
from chalicelib.domain.ways import CHAT

if TYPE_CHECKING:
    from chalicelib.adapters.channel_secrets import ChatKeys, SecretsManagerChannels
    from chalicelib.application.messages.allowance import Allowance
    from chalicelib.application.messages.city_day import CityDay, ShareOfDay
    from chalicelib.application.messages.confirming import Confirming
    from chalicelib.application.ports.messages import Chats
    from chalicelib.application.ports.replies import Replies
    from chalicelib.application.ports.reporters import OwnCases
    from chalicelib.application.ports.standings import DayCounts, Standings
    from chalicelib.application.ports.talks import Talks


class Addresses(Adapters):
    """Asked by the functions that send, by the sweeper, and by the API where somebody speaks for an address."""

    @cached_property
    def standings(self) -> "Standings":
        from chalicelib.adapters.dynamodb.people.standings import DynamoStandings

        self._bind()
        return DynamoStandings()

    @cached_property
    def day_counts(self) -> "DayCounts":
        from chalicelib.adapters.dynamodb.people.standings import DynamoDayCounts

        self._bind()
        return DynamoDayCounts()

    @cached_property
    def own_cases(self) -> "OwnCases":
        from chalicelib.adapters.dynamodb.people.reporters import DynamoOwnCases

        self._bind()
        return DynamoOwnCases()

    @cached_property
    def channel_secrets(self) -> "SecretsManagerChannels":
        """What the senders of each channel sign with, and where and how partners are called back."""
        from chalicelib.adapters.channel_secrets import SecretsManagerChannels

        self.settings.require("channel_secrets_id")
        secret_id, client = self.settings.channel_secrets_id, self.clients.client("secretsmanager")
        return SecretsManagerChannels(secret_id=secret_id, client=client, now=self.machine_now)

    def pseudonym_of(self, number: str) -> str | None:
        """The pseudonym of the address that a case's reporter is told at."""
        from chalicelib.adapters.dynamodb.people.contacts import sealed_contact

        self._bind()
        found = sealed_contact(number)
        return found.pseudonym if found else None

    @cached_property
    def allowance(self) -> "Allowance":
        from chalicelib.application.messages.allowance import Allowance

        return Allowance(standings=self.standings, city_day=self.city_day, now=self.now)

    @cached_property
    def city_day(self) -> "CityDay":
        from chalicelib.application.messages.city_day import CityDay

        return CityDay(counts=self.day_counts, ceilings=self.ceilings, now=self.now)

    @cached_property
    def ceilings(self) -> dict[str, int]:
        """Most messages a day of the whole city, by purse."""
        given = self.settings
        given.require("mail_per_day", "sms_per_day", "chats_per_day")
        return {"email": int(given.mail_per_day), "sms": int(given.sms_per_day), CHAT: int(given.chats_per_day)}

    @cached_property
    def share_of_day(self) -> "ShareOfDay":
        from chalicelib.application.messages.city_day import ShareOfDay

        return ShareOfDay(counts=self.day_counts, ceilings=self.ceilings, now=self.now)

    @cached_property
    def confirming(self) -> "Confirming":
        from chalicelib.application.messages.confirming import Confirming

        return Confirming(
            complaints=self.complaints, standings=self.standings, pseudonym_of=self.pseudonym_of, now=self.now
        )

    @cached_property
    def chats(self) -> "Chats":
        from chalicelib.adapters.messengers.chats import HttpChats

        return HttpChats(key_of=self.chat_keys.of, endpoint=self.settings.chats_endpoint_url)

    @cached_property
    def chat_keys(self) -> "ChatKeys":
        from chalicelib.adapters.channel_secrets import ChatKeys

        self.settings.require("chat_keys_id")
        client = self.clients.client("secretsmanager")
        return ChatKeys(secret_id=self.settings.chat_keys_id, client=client, now=self.machine_now)

    @cached_property
    def replies(self) -> "Replies":
        from chalicelib.adapters.messengers.replies import ChannelReplies

        return ChannelReplies(chats=self.chats, sms=self.sms, mail=self.mail)

    @cached_property
    def talks(self) -> "Talks":
        from chalicelib.adapters.dynamodb.messages.talks import DynamoTalks

        self._bind()
        return DynamoTalks()
