"""What an officer answers to somebody whose message is no case: it goes back on the channel that the message came
by."""

from typing import Protocol

from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where somebody wrote to us. `channel` is a code of channels.csv. `address` is the sender's address there: an
    e-mail address, a telephone number (E.164), or the provider's own id of the person. `message_id` is the provider's
    id of the message that is answered. `public`: it was said in public, so everybody reads the answer; `address` is the
    provider's id of the post or comment that it stands below."""

    channel: str
    address: str
    message_id: str
    public: bool = False


class Replies(Protocol):
    """The ways back, one per channel that has one."""

    def takes(self, conversation: Conversation) -> bool:
        """Whether there is a way back; an officer is offered no answer without."""

    def send(self, conversation: Conversation, words: str, *, key: str) -> None:
        """Tells the words, as they stand. `key` is the same at every try of one answer. Raises ProviderBusyError,
        ProviderUnclearError (both: come again), ProviderRefusedError (final: the provider's window is over, no such
        person)."""
