"""On which channels an officer's answer goes back to whoever wrote. Who sends it is wired in the bootstrap."""

from chalicelib.application.intake.contact_faults import ContactFaultError
from chalicelib.application.intake.telephones import read_telephone
from chalicelib.application.messages.short_messages import SEGMENT, plain, septets
from chalicelib.application.ports.replies import Conversation
from chalicelib.channels.incoming import Incoming

# The most signs that one answer has on the channel. An SMS is one segment, in letters that every telephone knows.
LONGEST = {"EMAIL": 4_000, "SMS": SEGMENT, "WHATSAPP": 4_000, "X": 4_000, "FB": 1_000, "MEDSOSGUB": 1_000}
LONGEST_PUBLIC = {"X": 280, "FB": 1_000, "MEDSOSGUB": 1_000}
NARROW = 0x10FF  # the last of the signs that X surely counts once (its counting rules, "weighted length")


def longest(channel: str, *, public: bool) -> int | None:
    """The most characters of an answer; None if there is no way back."""
    return (LONGEST_PUBLIC if public else LONGEST).get(channel)


def length(channel: str, words: str, *, public: bool = False) -> int:
    """How many of its channel's signs an answer takes; a public post on X never more than this."""
    if channel == "X" and public:
        return sum(1 if ord(sign) <= NARROW else 2 for sign in words)
    return septets(plain(words)) if channel == "SMS" else len(words)


def conversation_of(channel: str, incoming: Incoming) -> Conversation:
    """Where the answer goes. Without an address of its own, the sender's mail or number is where they wrote from; what
    was said in public is answered there alone."""
    address = incoming.address or incoming.sender.email or _number(incoming.sender.phone)
    return Conversation(channel, address, incoming.message_id, incoming.public)


def _number(typed: str | None) -> str:
    """Only numbers that the city writes to; empty for another."""
    try:
        return read_telephone(typed).number if typed else ""
    except ContactFaultError:
        return ""


def takes(conversation: Conversation) -> bool:
    """Whether the channel has a way back, and we know to whom or below what."""
    return bool(conversation.address) and longest(conversation.channel, public=conversation.public) is not None
