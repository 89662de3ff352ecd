"""Conversations on the channels where people write to us, wired."""

from functools import cached_property, partial
from typing import TYPE_CHECKING

from chalicelib.bootstrap.addresses import Addresses
from chalicelib.bootstrap.chance import salt

if TYPE_CHECKING:
    from chalicelib.application.handling.acting import Act
    from chalicelib.application.handling.remarking import Remark
    from chalicelib.application.intake.sorting import Sorting
    from chalicelib.application.photos.tickets import Tickets
    from chalicelib.application.ports.channels import MessageSources, Originals
    from chalicelib.application.ports.talks import LongMessages
    from chalicelib.application.reading.views import Views
    from chalicelib.application.talks.answering import Answering
    from chalicelib.application.talks.attaching import Attaching
    from chalicelib.application.talks.letter_answers import LetterAnswers
    from chalicelib.application.talks.parts import LongMessageParts
    from chalicelib.application.talks.picturing import AddPictures
    from chalicelib.application.talks.talking import Talking
    from chalicelib.application.talks.telling_status import TellStatus
    from chalicelib.application.talks.whereabouts import Whereabouts

CITY_LANGUAGE = "id"  # in which officers are told, and those who chose none


class Conversing(Addresses):
    """What `read_message` says and adds besides lodging."""

    if TYPE_CHECKING:  # of the other parts of the root

        @cached_property
        def act(self) -> Act: ...

        @cached_property
        def views(self) -> Views: ...

        @cached_property
        def tickets(self) -> Tickets: ...

        @cached_property
        def originals(self) -> Originals: ...

        @cached_property
        def message_sources(self) -> MessageSources: ...

    @cached_property
    def remark(self) -> "Remark":
        from chalicelib.application.handling.remarking import Remark

        return Remark(self.complaints, self.reference, self.now, salt)

    @cached_property
    def long_messages(self) -> "LongMessages":
        from chalicelib.adapters.dynamodb.messages.long_messages import DynamoLongMessages

        self._bind()
        return DynamoLongMessages()

    @cached_property
    def long_message_parts(self) -> "LongMessageParts":
        from chalicelib.application.talks.parts import LongMessageParts
        from chalicelib.data import messages

        words = partial(messages.words, CITY_LANGUAGE)
        return LongMessageParts(self.long_messages, self.remark, words, self.now)

    @cached_property
    def sorting(self) -> "Sorting":
        from chalicelib.application.intake.sorting import Sorting
        from chalicelib.data import words

        return Sorting(words)

    @cached_property
    def talking(self) -> "Talking":
        from chalicelib.application.talks.talking import Talking

        return Talking(
            talks=self.talks,
            standings=self.standings,
            complaints=self.complaints,
            sorting=self.sorting,
            find=self._whereabouts,
            attach=self._attaching,
            tell_status=self._tell_status,
            answer=self._answering,
            sources=self.message_sources,
            secret=lambda: self.secrets().current,
            now=self.now,
            machine_now=self.machine_now,
            pause=self.pause,
        )

    @cached_property
    def letter_answers(self) -> "LetterAnswers":
        from chalicelib.application.talks.letter_answers import LetterAnswers

        return LetterAnswers(self.complaints, self._attaching, self.add_pictures)

    @cached_property
    def add_pictures(self) -> "AddPictures":
        from chalicelib.application.talks.picturing import AddPictures

        return AddPictures(self.complaints, self.tickets, self.originals)

    @cached_property
    def _attaching(self) -> "Attaching":
        from chalicelib.application.talks.attaching import Attaching

        return Attaching(self.complaints, self.views, self.act)

    @cached_property
    def _whereabouts(self) -> "Whereabouts":
        from chalicelib.application.talks.whereabouts import Whereabouts
        from chalicelib.data import area_names, messages

        return Whereabouts(self.reference, self.places, area_names, partial(messages.words, CITY_LANGUAGE))

    @cached_property
    def _tell_status(self) -> "TellStatus":
        from chalicelib.application.talks.telling_status import TellStatus
        from chalicelib.data import messages

        self.settings.require("site_url")
        return TellStatus(
            self.complaints,
            self.pseudonym_of,
            self.reference,
            self.settings.site_url,
            partial(messages.words, CITY_LANGUAGE),
            self.now,
        )

    @cached_property
    def _answering(self) -> "Answering":
        from chalicelib.application.talks.answering import Answering
        from chalicelib.data import messages

        return Answering(self.chats, self.sms, self.standings, self.day_counts, self.ceilings, messages.words, self.now)
