"""What is told to people, wired."""

from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.bootstrap.alerting import Alerting
from chalicelib.domain.ways import CHATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.application.messages.fates import NoteFate
    from chalicelib.application.messages.listeners import TellListeners
    from chalicelib.application.messages.relaying import Relay, RelayRetry
    from chalicelib.application.messages.sending import NotifyCitizen
    from chalicelib.application.messages.telling import TellPeople
    from chalicelib.application.messages.windows import Windows
    from chalicelib.application.ports.clocks import Heartbeat
    from chalicelib.application.ports.followers import Followers
    from chalicelib.application.ports.messages import DeadLetters
    from chalicelib.channels.answer_fates import NoteAnswerFate


class Telling(Alerting):
    """The use cases of relay and of the functions that send to people."""

    if TYPE_CHECKING:  # of the other parts of the root

        @cached_property
        def note_answer_fate(self) -> NoteAnswerFate: ...

    @cached_property
    def relay(self) -> "Relay":
        from chalicelib.adapters.dynamodb.stream import event_of_record
        from chalicelib.application.messages.relaying import Relay

        return Relay(topic=self.topic, retries=self.relay_retries, read=event_of_record)

    @cached_property
    def beat(self) -> "Callable[[], None]":
        """By which relay is seen to be called."""
        from chalicelib.adapters.dynamodb.heartbeat import DynamoHeartbeat

        self._bind()
        heartbeat: Heartbeat = DynamoHeartbeat()
        return lambda: heartbeat.beat(self.machine_now())

    @cached_property
    def relay_retry(self) -> "RelayRetry":
        from chalicelib.adapters.dynamodb.stream import place_of_record
        from chalicelib.application.messages.relaying import RelayRetry

        return RelayRetry(
            topic=self.topic, retries=self.relay_retries, place=place_of_record, event=self.complaints.event
        )

    @cached_property
    def dead_letters(self) -> "DeadLetters":
        from chalicelib.adapters.sqs import SqsDeadLetters

        self.settings.require("dead_letters_url")
        return SqsDeadLetters(url=self.settings.dead_letters_url, client=self.clients.client("sqs"))

    @cached_property
    def followers(self) -> "Followers":
        from chalicelib.adapters.dynamodb.people.followers import DynamoFollowers

        self._bind()
        return DynamoFollowers()

    @cached_property
    def notify_citizen(self) -> "NotifyCitizen":
        from chalicelib.application.messages.letters import Letters
        from chalicelib.application.messages.sending import NotifyCitizen, by_chat, by_email, by_sms
        from chalicelib.data import messages

        self.settings.require("site_url")
        letters = Letters(
            words=messages.words,
            shell=messages.shell,
            site_url=self.settings.site_url,
            reference=self.reference,
            replies_to=self.settings.mail_replies_to,
        )
        return NotifyCitizen(
            complaints=self.complaints,
            vault=self.vault,
            delivery=self.delivery,
            allowance=self.allowance,
            windows=self.windows,
            own=self.own_cases,
            now=self.now,
            senders={
                "email": by_email(letters, self.mail),
                "sms": by_sms(letters, self.sms),
                **dict.fromkeys(CHATS.values(), by_chat(letters, self.chats)),
            },
        )

    @cached_property
    def tell_people(self) -> "TellPeople":
        from chalicelib.application.messages.telling import TellPeople

        return TellPeople(
            complaints=self.complaints, notify_citizen=self.notify_citizen, tell_listeners=self.tell_listeners
        )

    @cached_property
    def note_fate(self) -> "NoteFate":
        from chalicelib.adapters.provider_events import fate_of
        from chalicelib.application.messages.fates import NoteFate

        return NoteFate(
            fate_of=fate_of,
            complaints=self.complaints,
            ledger=self.notices_ledger,
            followers=self.followers,
            vault=self.vault,
            standings=self.standings,
            pseudonym_of=self.pseudonym_of,
            answers=lambda fate: self.note_answer_fate(fate),
        )

    @cached_property
    def windows(self) -> "Windows":
        from chalicelib.application.messages.windows import Windows

        return Windows(lambda pseudonym: self.talks.find(pseudonym).last_written_at, self.now)

    @cached_property
    def tell_listeners(self) -> "TellListeners":
        from chalicelib.application.messages.listener_letters import ListenerLetters
        from chalicelib.application.messages.listeners import TellListeners
        from chalicelib.data import messages

        self.settings.require("site_url")
        return TellListeners(
            complaints=self.complaints,
            followers=self.followers,
            vault=self.vault,
            delivery=self.delivery,
            allowance=self.allowance,
            windows=self.windows,
            letters=ListenerLetters(words=messages.words, site_url=self.settings.site_url),
            mail=self.mail,
            sms=self.sms,
            chats=self.chats,
            reference=self.reference,
        )
