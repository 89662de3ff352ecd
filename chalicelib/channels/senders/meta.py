"""Meta's webhooks for pages (Messenger) and Instagram: batches of entries, each with what was said in private or in
public (developers.facebook.com, Webhooks reference: page, instagram). One malformed entry spoils no other."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from chalicelib.application.intake.drafting import ContactInput
from chalicelib.application.ports.channels import RawMessage
from chalicelib.channels.incoming import Incoming
from chalicelib.channels.senders.batch import read_each, read_entries
from chalicelib.channels.senders.payload import MALFORMED, identifier, words
from chalicelib.domain.ways import CHATS, chat_address

LONGEST, LONGEST_ID, LONGEST_URL = 4_000, 200, 2_000  # characters
REASON = "not_meta"
MOST_PICTURES = 10  # of one message
ELSEWHERE = ("mention", "mentions")  # of these: below what is somebody else's, where a page cannot just answer
PUBLIC = ("feed", "mention", "mentions", "comments", "live_comments")  # fields of a page and of Instagram
LISTS = ("messaging", "changes", "standby")  # of an entry; the last: what another app of the page answers
PRIVATE = ("messages", "message_edit", "messaging_postbacks")
UNSAID = ("delivery", "read", "reaction", "optin", "referral", "account_linking", "app_roles", "pass_thread_control",
          "take_thread_control", "request_thread_control")  # fmt: skip
UNSAID_FIELDS = ("message_reactions", "messaging_handover", "messaging_optins", "messaging_referral", "messaging_seen",
                 "story_insights")  # fmt: skip
UNSAID_ITEMS = ("reaction", "like")
UNSAID_VERBS = ("remove", "hide", "unhide", "block", "unblock", "follow", "mute", "delete")
THUMBS = (369239263222822, 369239343222814, 369239383222810)  # in its three sizes
EDITED = ("edit", "edited", "update")
BEGINNINGS = ("get started", "get_started", "mulai", "memulai")  # as Messenger calls the first button of a chat
GREETING = "Halo"


def read(message: RawMessage) -> list[Incoming]:
    """What people said; what only tells of a message (delivered, read, liked, our own echo) is left out."""
    return read_entries(message, partial(_of_entry, message.channel), REASON)


def _of_entry(channel: str, entry: Any, place: str) -> Iterator[Incoming]:
    """Instagram's own login knows entries that are one change."""
    try:
        entry = {**entry, "changes": [entry]} if "field" in entry else entry
        is_known = any(name in entry for name in LISTS)
    except MALFORMED:
        is_known = False
    if not is_known:
        yield Incoming("unreadable", place, reason=REASON)
        return
    change = partial(_change, channel, str(entry.get("id")))
    yield from read_each(entry, "messaging", partial(_private, channel), place=place, reason=REASON)
    yield from read_each(entry, "changes", change, place=place, reason=REASON)


def _private(channel: str, event: Any) -> Incoming | None:
    """What was said in private; a kind that nobody knows here is a person's to look at."""
    for kind, reader in SAID.items():
        if kind in event:
            return reader(channel, event.get("sender"), event[kind])
    if any(kind in event for kind in UNSAID):
        return None
    raise LookupError("kind")


def _message(channel: str, sender: Any, said: Any) -> Incoming | None:
    """A message that its sender takes back tells us nothing: what was taken in stands."""
    if said.get("is_echo") or said.get("is_deleted") or _is_a_thumb(said):
        return None
    attached = _attached(said.get("attachments") or [])
    return _proved(channel, _person(sender), _id(said["mid"]), said.get("text", ""), *attached)


def _is_a_thumb(said: Any) -> bool:
    """Messenger's like, alone: it says as much as a reaction."""
    attachments = said.get("attachments")
    if said.get("text") or not isinstance(attachments, list) or not attachments:
        return False
    return all(_read_attachment(each)[1].get("sticker_id") in THUMBS for each in attachments)


def _pressed(channel: str, sender: Any, said: Any) -> Incoming:
    """The words of a button, which its presser says with it; the first button of a chat is a greeting."""
    text = said.get("title") or said.get("payload", "")
    begins = _text(text).strip().casefold() in BEGINNINGS
    return _proved(channel, _person(sender), _id(said["mid"]), GREETING if begins else text)


def _edited(channel: str, sender: Any, said: Any) -> Incoming:
    """The new words of a message, as one more."""
    return _proved(channel, _person(sender), f"{_id(said['mid'])}:{_id(said['num_edit'])}", said["text"])


SAID: dict[str, Callable[[str, Any, Any], Incoming | None]] = {
    "message": _message,
    "postback": _pressed,
    "message_edit": _edited,
}


def _proved(
    channel: str, person: str, message_id: str, said: Any, remote: tuple[str, ...] = (), unread: bool = False
) -> Incoming:
    """The provider vouches for who wrote, by an id that this page alone knows them by."""
    text = _text(said)
    if not text.strip() and not remote:
        return Incoming("mention", message_id, reason="no_words", address=person)
    sender = ContactInput(chat=chat_address(channel, person), by=CHATS[channel])
    proved = Incoming("direct", message_id, text, sender=sender, confirmed=True, address=person)
    return replace(proved, remote=remote, unread=unread)


def _attached(attachments: Any) -> tuple[tuple[str, ...], bool]:
    """The addresses of the pictures, and whether there is more than pictures. A sticker (a thumb, mostly) says nothing
    of a place."""
    found = [each for each in map(_read_attachment, attachments) if not each[1].get("sticker_id")]
    addresses = [_address(payload.get("url")) for kind, payload in found if kind == "image"]
    remote = tuple(filter(None, addresses))[:MOST_PICTURES]
    return remote, len(remote) < len(found)


def _read_attachment(sent: Any) -> tuple[str, Mapping[str, Any]]:
    """Kind and payload; some kinds have none, and what is no attachment is of no kind."""
    told = sent if isinstance(sent, dict) else {}
    payload = told.get("payload")
    return str(told.get("type")), payload if isinstance(payload, dict) else {}


def _address(value: Any) -> str:
    return value if isinstance(value, str) and len(value) <= LONGEST_URL else ""


def _change(channel: str, ours: str, change: Any) -> Incoming | None:
    """Instagram tells of private messages as changes too, where an app is connected without a page."""
    field, value = change["field"], change["value"]
    if field in PRIVATE:
        return _private(channel, value)
    if field in PUBLIC:
        return _public(field, ours, value)
    if field in UNSAID_FIELDS:
        return None
    raise LookupError("field")


def _public(field: str, ours: str, value: Any) -> Incoming | None:
    """A mention; what was said anew with other words is one more."""
    if value.get("item") in UNSAID_ITEMS or value.get("verb") in UNSAID_VERBS or _is_own(ours, value.get("from")):
        return None
    named = _id(value.get("comment_id") or value.get("id") or value.get("post_id") or value["media_id"])
    text = _text(value.get("message") or value.get("text") or "")
    below = "" if field in ELSEWHERE else named
    said = Incoming("mention", named, text=text, address=below, public=True)
    if value.get("verb") not in EDITED:
        return said
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return replace(said, message_id=f"{named}:{digest}", reason="edited")


def _is_own(ours: str, sender: Any) -> bool:
    """Whether the page itself said it: our answers come back like everybody's words."""
    return isinstance(sender, dict) and (str(sender.get("id")) == ours or "self_ig_scoped_id" in sender)


def _person(named: Any) -> str:
    """The id of who wrote; it becomes a part of an address. Raises LookupError."""
    person = _id(named["id"])
    if not (person.isascii() and person.isalnum()):
        raise LookupError("sender")
    return person


def _id(value: Any) -> str:
    return identifier(value, LONGEST_ID)


def _text(value: Any) -> str:
    return words(value, LONGEST)
