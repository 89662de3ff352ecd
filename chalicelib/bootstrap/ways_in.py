"""What takes reports in, wired: the city's own forms, and the messages of other channels."""

from functools import cached_property, partial
from typing import TYPE_CHECKING

from chalicelib.bootstrap.chance import random_id, salt
from chalicelib.bootstrap.conversing import CITY_LANGUAGE, Conversing
from chalicelib.bootstrap.routing import Routing

if TYPE_CHECKING:
    from chalicelib.application.handling.access import OpenCase
    from chalicelib.application.handling.acting import Act
    from chalicelib.application.intake.drafting import Drafting
    from chalicelib.application.intake.taking_in import TakeIn
    from chalicelib.application.messages.fates import NoteFate
    from chalicelib.application.ports.channels import (
        ChannelSecret,
        KeptPictures,
        MessageSources,
        MessageTasks,
        Originals,
        ProvidersPictures,
        RawMessages,
    )
    from chalicelib.channels.answer_fates import NoteAnswerFate
    from chalicelib.channels.answering import AnswerMessage
    from chalicelib.channels.fetching import Fetching
    from chalicelib.channels.form import Forms
    from chalicelib.channels.illustrating import Illustrating
    from chalicelib.channels.inbox import Inbox
    from chalicelib.channels.reading import Reading
    from chalicelib.channels.receiving import Receiving
    from chalicelib.channels.updates import TakeUpdate


class WaysIn(Routing, Conversing):
    """The use cases of intake, and the adapters that only they need."""

    if TYPE_CHECKING:  # of the other parts of the root

        @cached_property
        def act(self) -> Act: ...

        @cached_property
        def open_case(self) -> OpenCase: ...

        @cached_property
        def note_fate(self) -> NoteFate: ...

    @cached_property
    def forms(self) -> "Forms":
        from chalicelib.channels.form import Forms

        return Forms(self.reference, self.drafting)

    @cached_property
    def drafting(self) -> "Drafting":
        from chalicelib.application.intake.drafting import Drafting

        return Drafting(self.reference, self.places, earlier=lambda number: self.complaints.load(number), now=self.now)

    @cached_property
    def intake(self) -> "TakeIn":
        from chalicelib.application.intake.taking_in import TakeIn

        self.settings.require("site_url")
        return TakeIn(
            complaints=self.complaints,
            secrets=self.secrets,
            vault=lambda: self.vault,
            uploads=lambda: self.uploads,
            route=self.route,
            reference=self.reference,
            site_url=self.settings.site_url,
            now=self.now,
            random_id=random_id,
            salt=salt,
        )

    @cached_property
    def receiving(self) -> "Receiving":
        from chalicelib.channels.receiving import Receiving

        return Receiving(self.channel_secret, lambda: self.raw_messages, self.machine_now)

    @cached_property
    def reading(self) -> "Reading":
        from chalicelib.channels.reading import Reading
        from chalicelib.data import exchange

        return Reading(
            store=self.raw_messages,
            drafting=self.drafting,
            sorting=self.sorting,
            take_in=self.intake,
            originals=self.originals,
            tasks=self.message_tasks,
            update=self.take_update,
            exchange=exchange,
            talking=self.talking,
            answering=self.letter_answers,
            sources=self.message_sources,
            illustrating=self._illustrating,
            parts=self.long_message_parts,
            note_fate=lambda fate: self.note_fate.note(fate),
            now=self.now,
        )

    @cached_property
    def _illustrating(self) -> "Illustrating":
        from chalicelib.channels.illustrating import Illustrating
        from chalicelib.data import messages

        return Illustrating(
            fetch=self.fetching,
            store=self.raw_messages,
            tasks=self.message_tasks,
            sources=self.message_sources,
            add=self.add_pictures,
            remark=self.remark,
            words=partial(messages.words, CITY_LANGUAGE),
            now=self.now,
        )

    @cached_property
    def fetching(self) -> "Fetching":
        from chalicelib.channels.fetching import Fetching

        return Fetching(self.chat_pictures, self.kept_pictures, self.machine_now)

    @cached_property
    def take_update(self) -> "TakeUpdate":
        from chalicelib.channels.updates import TakeUpdate

        return TakeUpdate(self.open_case, self.remark)

    @cached_property
    def inbox(self) -> "Inbox":
        from chalicelib.channels.hints import Hints
        from chalicelib.channels.inbox import Inbox
        from chalicelib.data import area_names, words

        return Inbox(
            tasks=self.message_tasks,
            sources=self.message_sources,
            store=self.raw_messages,
            kept=self.kept_pictures,
            drafting=self.drafting,
            take_in=self.intake,
            originals=self.originals,
            hints=Hints(self.reference, words, area_names, self.places),
            now=self.now,
        )

    @cached_property
    def answer_message(self) -> "AnswerMessage":
        from chalicelib.channels.answering import AnswerMessage

        return AnswerMessage(tasks=self.message_tasks, store=self.raw_messages, replies=self.replies, now=self.now)

    @cached_property
    def note_answer_fate(self) -> "NoteAnswerFate":
        from chalicelib.channels.answer_fates import NoteAnswerFate

        return NoteAnswerFate(self.message_tasks, self.raw_messages, self.now)

    def channel_secret(self, channel: str) -> "ChannelSecret | None":
        """What the senders of a channel sign with; None where it was never set up."""
        return self.channel_secrets.of(channel)

    @cached_property
    def raw_messages(self) -> "RawMessages":
        from chalicelib.adapters.messengers.raw_messages import S3RawMessages

        self.settings.require("raw_bucket")
        return S3RawMessages(bucket=self.settings.raw_bucket, client=self.clients.client("s3"))

    @cached_property
    def kept_pictures(self) -> "KeptPictures":
        from chalicelib.adapters.messengers.raw_messages import S3KeptPictures

        self.settings.require("raw_bucket")
        return S3KeptPictures(bucket=self.settings.raw_bucket, client=self.clients.client("s3"))

    @cached_property
    def chat_pictures(self) -> "ProvidersPictures":
        from chalicelib.adapters.messengers.chat_pictures import HttpChatPictures

        return HttpChatPictures(key_of=self.chat_keys.of, endpoint=self.settings.chats_endpoint_url)

    @cached_property
    def originals(self) -> "Originals":
        from chalicelib.adapters.messengers.raw_messages import S3Originals

        self.settings.require("photo_bucket")
        return S3Originals(bucket=self.settings.photo_bucket, client=self.clients.client("s3"))

    @cached_property
    def message_tasks(self) -> "MessageTasks":
        from chalicelib.adapters.dynamodb.messages.incoming import DynamoMessageTasks

        self._bind()
        return DynamoMessageTasks()

    @cached_property
    def message_sources(self) -> "MessageSources":
        from chalicelib.adapters.dynamodb.messages.incoming import DynamoMessageSources

        self._bind()
        return DynamoMessageSources()
