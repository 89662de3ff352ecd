"""Messengers over their providers' own HTTP interfaces: WhatsApp's Cloud API, the Send API of Messenger and Instagram
(graph.facebook.com), X's direct messages (API v2); and answers in public, below a comment or post. One POST each, which
is followed nowhere and repeated by nobody here. Error codes: the providers' references, "Common error codes" of
each."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from chalicelib.adapters.messengers.oauth import oauth_header
from chalicelib.application.ports.messages import ProviderBusyError, ProviderRefusedError, ProviderUnclearError
from chalicelib.domain.values import dataclass
from chalicelib.domain.ways import CHATS, read_chat

GRAPH, X = "https://graph.facebook.com", "https://api.x.com"
VERSION = "v23.0"  # of the Graph API
SECONDS = 6.0  # for each step of a call: within the lease of a message
LARGEST = 65_536  # bytes of an answer that are read
LONGEST = 900  # characters: Instagram takes 1,000 bytes
Key = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Post:
    """`path` below the provider's address, the body, and the header that shows who asks."""

    path: str
    body: Mapping[str, Any]
    authorization: Callable[[str], str]  # of the whole address


def _whatsapp(key: Key, person: str, text: str, message_id: str) -> Post:
    """Our id comes back with what WhatsApp says later of the message."""
    body = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": person, "type": "text"}
    said = {"text": {"preview_url": False, "body": text}, "biz_opaque_callback_data": message_id}
    return Post(f"/{VERSION}/{key['from']}/messages", body | said, lambda _: f"Bearer {key['token']}")


def _messenger(key: Key, person: str, text: str, _message_id: str) -> Post:
    body = {"recipient": {"id": person}, "messaging_type": "RESPONSE", "message": {"text": text}}
    return Post(f"/{VERSION}/{key['from']}/messages", body, lambda _: f"Bearer {key['token']}")


def _x(key: Key, person: str, text: str, _message_id: str) -> Post:
    path = f"/2/dm_conversations/with/{person}/messages"
    return Post(path, {"text": text}, lambda address: oauth_header(key, "POST", address))


# By way: the provider's address, and how a message is put.
FORMS: dict[str, tuple[str, Callable[[Key, str, str, str], Post]]] = {
    "whatsapp": (GRAPH, _whatsapp),
    "facebook": (GRAPH, _messenger),
    "instagram": (GRAPH, _messenger),
    "x": (X, _x),
}


def _comment(edge: str) -> Callable[[Key, str, str], Post]:
    def made(key: Key, below: str, text: str) -> Post:
        return Post(f"/{VERSION}/{below}/{edge}", {"message": text}, lambda _: f"Bearer {key['token']}")

    return made


def _post_on_x(key: Key, below: str, text: str) -> Post:
    body = {"text": text, "reply": {"in_reply_to_tweet_id": below}}
    return Post("/2/tweets", body, lambda address: oauth_header(key, "POST", address))


# By channel: the provider's address, and how words stand below somebody's. Sources: Graph API reference, Comment
# (`/{object-id}/comments`) and IG Comment (`/{ig-comment-id}/replies`); X API v2, POST /2/tweets.
POSTS: dict[str, tuple[str, Callable[[Key, str, str], Post]]] = {
    "FB": (GRAPH, _comment("comments")),
    "MEDSOSGUB": (GRAPH, _comment("replies")),
    "X": (X, _post_on_x),
}
POST_ID = re.compile(r"[0-9]{1,40}(_[0-9]{1,40})?")  # it becomes a part of an address
# Codes of the Graph API's errors that say that this person gets no message, now or ever; with a subcode where the code
# alone says less. What is not here is our set-up, their load or their fault.
REFUSED: dict[str, str] = {
    "10/2018278": "window_over",
    "131047": "window_over",
    "100/2018001": "no_such_person",
    "551": "not_reachable",
    "131026": "not_reachable",
    "200/1545041": "not_reachable",
    "131050": "opted_out",
}
NOT_THERE = "graph_100"  # below what: it is gone, or closed to us
X_REFUSED = {400: "not_taken", 403: "not_reachable", 404: "no_such_person"}


class HttpChats:
    """Implements Chats. `key_of` answers what a channel is sent with: {from, token}, for X the four keys of OAuth 1.0a;
    None: not connected. `endpoint`: where providers are played, below it `/graph` and `/x`; empty for the real ones."""

    def __init__(self, *, key_of: Callable[[str], Key | None], endpoint: str = "") -> None:
        self._key_of = key_of
        self._endpoint = endpoint

    def takes(self, channel: str) -> bool:
        return channel in CHATS and self._key_of(channel) is not None

    def send(self, to: str, text: str, *, event: str, number: str, message_id: str) -> None:
        channel, person = read_chat(to)
        key = self._key_of(channel)
        if key is None:
            raise ProviderBusyError("not_connected")
        if not person.isascii() or not person.isalnum():  # it becomes a part of an address
            raise ProviderRefusedError("no_such_person")
        provider, form = FORMS[CHATS[channel]]
        post = form(key, person, text[:LONGEST], message_id)
        about = {"x-tanggap-event": event, "x-tanggap-number": number, "x-tanggap-notice": message_id}
        status, answer = _call(self._address(provider) + post.path, post, about)
        if status >= 300:
            raise _fault(status, answer, provider)

    def post(self, channel: str, below: str, text: str, *, message_id: str) -> None:
        if channel not in POSTS or not POST_ID.fullmatch(below):
            raise ProviderRefusedError("no_such_post")
        key = self._key_of(channel)
        if key is None:
            raise ProviderBusyError("not_connected")
        provider, form = POSTS[channel]
        post = form(key, below, text)
        about = {"x-tanggap-event": "reply", "x-tanggap-notice": message_id}
        status, answer = _call(self._address(provider) + post.path, post, about)
        if status >= 300:
            fault = _fault(status, answer, provider)
            raise ProviderRefusedError("no_such_post") if str(fault) == NOT_THERE else fault

    def _address(self, provider: str) -> str:
        played = {GRAPH: "/graph", X: "/x"}
        return self._endpoint + played[provider] if self._endpoint else provider


def _call(address: str, post: Post, about: Mapping[str, str]) -> tuple[int, bytes]:
    """Status and body. Raises ProviderBusyError when nothing was sent, ProviderUnclearError when no answer came."""
    from http.client import HTTPConnection, HTTPException, HTTPSConnection

    parts = urlsplit(address)
    made = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = made(parts.netloc, timeout=SECONDS)
    headers = {"Content-Type": "application/json", "Authorization": post.authorization(address), **about}
    try:
        connection.connect()
    except OSError as error:
        raise ProviderBusyError(type(error).__name__) from None
    try:
        connection.request("POST", parts.path, json.dumps(post.body).encode(), headers)
        answer = connection.getresponse()
        return answer.status, answer.read(LARGEST)
    except (OSError, HTTPException) as error:
        raise ProviderUnclearError(type(error).__name__) from None
    finally:
        connection.close()


def _fault(status: int, answer: bytes, provider: str) -> Exception:
    """What the refusal means; of the provider's words nothing is kept, since they may name the person."""
    if provider == X:
        code, reason = f"x_{status}", X_REFUSED.get(status)
    else:
        code, reason = _graph_code(answer)
    if reason:
        return ProviderRefusedError(reason)
    return ProviderUnclearError(code) if status >= 500 else ProviderBusyError(code)


def _graph_code(answer: bytes) -> tuple[str, str | None]:
    """The error's code and subcode, and the reason why the person gets nothing; None where it is not that."""
    try:
        error = json.loads(answer)["error"]
        code, subcode = int(error["code"]), int(error.get("error_subcode") or 0)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return "graph", None
    return f"graph_{code}", REFUSED.get(f"{code}/{subcode}") or REFUSED.get(str(code))
