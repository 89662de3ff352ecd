"""X's account activity (developer.x.com, Account Activity API): private messages and mentions, each by its own list. A
picture of a private message is an address, which is read later with the city's own key (Direct Messages: message
attachments, retrieving media)."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from chalicelib.application.intake.drafting import ContactInput
from chalicelib.application.ports.channels import RawMessage
from chalicelib.channels.incoming import Incoming
from chalicelib.channels.senders.batch import Read, read_each
from chalicelib.channels.senders.payload import MALFORMED, identifier, payload, words
from chalicelib.domain.ways import CHATS, chat_address

REASON = "not_x"
LONGEST, LONGEST_ID, LONGEST_URL = 4_000, 64, 2_000  # characters
MOST_LINKS = 20  # of one message
UNSAID = ("favorite_events", "follow_events", "unfollow_events", "block_events", "unblock_events", "mute_events",
          "unmute_events", "user_event", "tweet_delete_events", "direct_message_indicate_typing_events",
          "direct_message_mark_read_events")  # fmt: skip


def read(message: RawMessage) -> list[Incoming]:
    """What others said to us or of us; our own posts are left out."""
    digest = hashlib.sha256(message.body).hexdigest()
    try:
        sent = payload(message.body)
        ours = identifier(sent["for_user_id"], LONGEST_ID)
        named = [name for name in sent if str(name).endswith(("_event", "_events")) and name not in UNSAID]
        if not named and not any(name in sent for name in UNSAID):
            raise LookupError("events")
    except MALFORMED:
        return [Incoming("unreadable", digest, reason=REASON)]
    readers: dict[str, Read] = {
        "direct_message_events": partial(_private, message.channel, ours),
        "tweet_create_events": partial(_mention, ours),
    }
    return [
        said
        for name in named
        for said in read_each(sent, name, readers.get(name, _unknown), place=digest, reason=REASON)
    ]


def _unknown(event: Any) -> Incoming:
    """A list that nobody knows here is a person's to look at. Raises LookupError."""
    raise LookupError(type(event))


def _private(channel: str, ours: str, event: Any) -> Incoming | None:
    """Words in private; X vouches for who wrote them."""
    made, message_id = event["message_create"], identifier(event["id"], LONGEST_ID)
    person = identifier(made["sender_id"], LONGEST_ID)
    if person == ours:
        return None
    if not (person.isascii() and person.isdigit()):
        raise LookupError("sender_id")
    said = made["message_data"]
    media = _media(said.get("attachment"))
    text, remote = _words(said["text"], said.get("entities"), media), _picture(media)
    if not text and not remote:
        return Incoming("mention", message_id, reason="no_words", address=person)
    sender = ContactInput(chat=chat_address(channel, person), by=CHATS[channel])
    proved = Incoming("direct", message_id, text, sender=sender, confirmed=True, address=person)
    return replace(proved, remote=remote, unread="attachment" in said and not remote)


def _media(attachment: Any) -> Mapping[str, Any]:
    """A message has one; empty for another kind of attachment."""
    found = attachment.get("media") if isinstance(attachment, dict) else None
    return found if isinstance(found, dict) else {}


def _picture(media: Mapping[str, Any]) -> tuple[str, ...]:
    """Where a photo lies; of videos and moving pictures nothing is fetched."""
    address = media.get("media_url_https")
    is_photo = media.get("type") == "photo" and isinstance(address, str) and 0 < len(address) <= LONGEST_URL
    return (str(address),) if is_photo else ()


def _words(text: Any, entities: Any, media: Mapping[str, Any]) -> str:
    """As their sender wrote them: X writes every link anew, and puts one to the picture at their end."""
    said = words(text, LONGEST)
    listed = entities.get("urls") if isinstance(entities, dict) else None
    links = [link for link in listed[:MOST_LINKS] if isinstance(link, dict)] if isinstance(listed, list) else []
    for short, whole in [(link.get("url"), link.get("expanded_url")) for link in links] + [(media.get("url"), "")]:
        if isinstance(short, str) and short and isinstance(whole, str) and len(whole) <= LONGEST_URL:
            said = said.replace(short, whole)[:LONGEST]
    return said.strip()


def _mention(ours: str, event: Any) -> Incoming | None:
    if str(event["user"]["id_str"]) == ours or "retweeted_status" in event:
        return None
    whole = event.get("extended_tweet") or event
    text = _words(whole.get("full_text") or event["text"], whole.get("entities"), {})
    message_id = identifier(event["id_str"], LONGEST_ID)
    return Incoming("mention", message_id, text=text, address=message_id, public=True)
