"""An officer's answer goes back on the channel of the message: by the messenger's provider, by SMS, by e-mail. What was
said in public is answered in public."""

import html

from chalicelib.adapters.messengers.chats import POSTS
from chalicelib.application.messages.short_messages import plain
from chalicelib.application.ports.messages import Chats, Mail, ProviderRefusedError, Sms
from chalicelib.application.ports.replies import Conversation
from chalicelib.domain.ways import CHATS, chat_address

EVENT = "reply"
SUBJECT = "Jawaban Pemerintah Provinsi DKI Jakarta"


class ChannelReplies:
    """Implements Replies."""

    def __init__(self, *, chats: Chats, sms: Sms, mail: Mail) -> None:
        self._chats = chats
        self._sms = sms
        self._mail = mail

    def takes(self, conversation: Conversation) -> bool:
        """Raises UnavailableError."""
        if not conversation.address:
            return False
        if conversation.public:
            return conversation.channel in POSTS and self._chats.takes(conversation.channel)
        return conversation.channel in ("SMS", "EMAIL") or self._chats_with(conversation.channel)

    def send(self, conversation: Conversation, words: str, *, key: str) -> None:
        if not conversation.address:
            raise ProviderRefusedError("no_way_back")
        if conversation.public:
            self._chats.post(conversation.channel, conversation.address, words, message_id=key)
            return
        about = {"event": EVENT, "number": "", "message_id": key}
        if conversation.channel == "EMAIL":
            page = "<br>".join(map(html.escape, words.splitlines()))
            self._mail.send(conversation.address, SUBJECT, words, page, **about)
        elif conversation.channel == "SMS":
            self._sms.send(conversation.address, plain(words), **about)
        elif conversation.channel in CHATS:
            self._chats.send(chat_address(conversation.channel, conversation.address), words, **about)
        else:
            raise ProviderRefusedError("no_way_back")

    def _chats_with(self, channel: str) -> bool:
        return channel in CHATS and self._chats.takes(channel)
