"""On which channels an officer's answer goes back to whoever wrote. Who sends it is wired in the bootstrap."""

from chalicelib.application.intake.contact_faults import ContactFaultError
from chalicelib.application.intake.telephones import read_telephone
from chalicelib.application.messages.short_messages import SEGMENT, plain, septets
from chalicelib.application.ports.replies import Conversation
from chalicelib.channels.incoming import Incoming

# The most signs that one answer has on the channel. An SMS is one segment, in letters that every telephone knows.
LONGEST = {"EMAIL": 4_000, "SMS": SEGMENT, "WHATSAPP": 4_000, "X": 4_000, "FB": 1_000, "MEDSOSGUB": 1_000}


def length(channel: str, words: str) -> int:
    """How many of its channel's signs an answer takes."""
    return septets(plain(words)) if channel == "SMS" else len(words)


def conversation_of(channel: str, incoming: Incoming) -> Conversation:
    """Where the answer goes. Without an address of its own, the sender's mail or number is where they wrote from."""
    address = incoming.address or incoming.sender.email or _number(incoming.sender.phone)
    return Conversation(channel, address, incoming.message_id, incoming.public)


def _number(typed: str | None) -> str:
    """Only numbers that the city writes to; empty for another."""
    try:
        return read_telephone(typed).number if typed else ""
    except ContactFaultError:
        return ""


def takes(conversation: Conversation) -> bool:
    """Whether the channel has a way back, and we know to whom. What was said in public has none."""
    return not conversation.public and conversation.channel in LONGEST and bool(conversation.address)
