"""The ways back that need no provider of their own: a mail is answered by mail, an SMS by SMS. Another channel adds its
own by its code."""

from collections.abc import Mapping
from html import escape

from chalicelib.application.messages.short_messages import plain
from chalicelib.application.ports.messages import Mail, ProviderRefusedError, Sms
from chalicelib.application.ports.replies import Conversation, Replies

SUBJECT = "Jawaban Pemprov DKI Jakarta"
EVENT = "reply"  # what the mailbox calls it


class MailReplies:
    """Implements Replies for EMAIL."""

    def __init__(self, mail: Mail) -> None:
        self._mail = mail

    def takes(self, conversation: Conversation) -> bool:
        return bool(conversation.address)

    def send(self, conversation: Conversation, words: str, *, key: str) -> None:
        page = "".join(f"<p>{escape(line)}</p>" for line in words.splitlines() if line.strip())
        self._mail.send(conversation.address, SUBJECT, words, page, event=EVENT, number="", message_id=key)


class SmsReplies:
    """Implements Replies for SMS."""

    def __init__(self, sms: Sms) -> None:
        self._sms = sms

    def takes(self, conversation: Conversation) -> bool:
        return bool(conversation.address)

    def send(self, conversation: Conversation, words: str, *, key: str) -> None:
        self._sms.send(conversation.address, plain(words), event=EVENT, number="", message_id=key)


class RepliesByChannel:
    """Implements Replies: by the channel's code."""

    def __init__(self, ways: Mapping[str, Replies]) -> None:
        self._ways = ways

    def takes(self, conversation: Conversation) -> bool:
        way = self._ways.get(conversation.channel)
        return way is not None and way.takes(conversation)

    def send(self, conversation: Conversation, words: str, *, key: str) -> None:
        if not self.takes(conversation):
            raise ProviderRefusedError("no way back")
        self._ways[conversation.channel].send(conversation, words, key=key)
