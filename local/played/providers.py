"""The providers of messengers, played: they take what the city sends, and the mailbox shows it; and they have the
pictures that a test leaves with them. The city speaks to them as to the real ones, with keys that open nothing else."""

import json
import re
import secrets
from typing import Any

from chalicelib.domain.ways import CHATS
from local.emulator.deploy import PROVIDERS_PATH as PATH
from local.front.request import Request
from local.played.mailbox import Mailbox

GRAPH = re.compile(rf"{PATH}/graph/v\d+\.\d+/([a-z]+)/messages")
MEDIA_ID = re.compile(rf"{PATH}/graph/v\d+\.\d+/([0-9]+)")  # of a picture that somebody sent by WhatsApp
PICTURE = re.compile(rf"{PATH}/pictures/([0-9]+)")  # where it lies; a page's webhook names this address itself
MOST_PICTURES = 100
COMMENT = re.compile(rf"{PATH}/graph/v\d+\.\d+/([0-9_]+)/(?:comments|replies)")
POST_ON_X = f"{PATH}/x/2/tweets"
X = re.compile(rf"{PATH}/x/2/dm_conversations/with/([0-9]+)/messages")
Told = tuple[int, dict[str, Any]]
WRONG_TOKEN = 401, {"error": {"message": "Invalid OAuth access token.", "type": "OAuthException", "code": 190}}
NO_SUCH_MEDIA = 400, {"error": {"message": "Unsupported get request.", "type": "GraphMethodException", "code": 100}}
WRONG_BODY = 400, {"error": {"message": "Invalid parameter", "type": "OAuthException", "code": 100}}


def key_of(channel: str) -> dict[str, str]:
    """What the city sends with here."""
    if CHATS[channel] == "x":
        return {name: f"local-{name}" for name in ("consumer_key", "consumer_secret", "token", "token_secret")}
    return {"from": channel.lower(), "token": f"local-{channel.lower()}"}


class Providers:
    def __init__(self, mailbox: Mailbox, origin: str = "") -> None:
        self._mailbox = mailbox
        self._origin = origin
        self._pictures: dict[str, tuple[str, bytes]] = {}

    def leave(self, path: str, content_type: str, data: bytes) -> bool:
        """A picture at its address, as if somebody had sent it; False where there is no such address."""
        found = PICTURE.fullmatch(path)
        if found is None:
            return False
        self._pictures[found[1]] = content_type, data
        for oldest in list(self._pictures)[:-MOST_PICTURES]:
            del self._pictures[oldest]
        return True

    def picture(self, path: str) -> tuple[str, bytes] | None:
        """Type and bytes of what lies at this address."""
        found = PICTURE.fullmatch(path)
        return self._pictures.get(found[1]) if found else None

    def media(self, request: Request) -> Told | None:
        """Where a picture of WhatsApp lies, by its id. None: this is no id's address."""
        found = MEDIA_ID.fullmatch(request.path)
        if found is None:
            return None
        if request.header("authorization") != f"Bearer {key_of('WHATSAPP')['token']}":
            return WRONG_TOKEN
        if found[1] not in self._pictures:
            return NO_SUCH_MEDIA
        kind, data = self._pictures[found[1]]
        url = f"{self._origin}{PATH}/pictures/{found[1]}"
        return 200, {"id": found[1], "url": url, "mime_type": kind, "file_size": len(data)}

    def answer(self, request: Request, body: bytes) -> Told | None:
        """None: no provider has this address."""
        if found := GRAPH.fullmatch(request.path):
            return self._graph(found[1].upper(), request, body)
        if found := X.fullmatch(request.path):
            return self._x(found[1], request, body)
        if found := COMMENT.fullmatch(request.path):
            return self._comment(found[1], request, body)
        if request.path == POST_ON_X:
            return self._post_on_x(request, body)
        return None

    def _graph(self, channel: str, request: Request, body: bytes) -> Told | None:
        if channel not in CHATS:
            return None
        if request.header("authorization") != f"Bearer {key_of(channel)['token']}":
            return WRONG_TOKEN
        try:
            sent = json.loads(body)
            to, text = (
                (f"+{sent['to']}", sent["text"]["body"])
                if CHATS[channel] == "whatsapp"
                else (sent["recipient"]["id"], sent["message"]["text"])
            )
        except (ValueError, LookupError, TypeError):
            return WRONG_BODY
        return 200, {"messages": [{"id": self._taken(CHATS[channel], to, text, request)}]}

    def _x(self, person: str, request: Request, body: bytes) -> Told:
        if not request.header("authorization").startswith("OAuth "):
            return 401, {"title": "Unauthorized", "status": 401}
        try:
            text = json.loads(body)["text"]
        except (ValueError, LookupError, TypeError):
            return 400, {"title": "Invalid Request", "status": 400}
        return 201, {"data": {"dm_event_id": self._taken("x", person, text, request)}}

    def _comment(self, below: str, request: Request, body: bytes) -> Told:
        """Which page it is, the key alone says."""
        shown = {f"Bearer {key_of(code)['token']}": way for code, way in CHATS.items() if way != "x"}
        way = shown.get(request.header("authorization"))
        if way is None:
            return WRONG_TOKEN
        try:
            text = json.loads(body)["message"]
        except (ValueError, LookupError, TypeError):
            return WRONG_BODY
        return 200, {"id": self._taken(way, below, text, request)}

    def _post_on_x(self, request: Request, body: bytes) -> Told:
        if not request.header("authorization").startswith("OAuth "):
            return 401, {"title": "Unauthorized", "status": 401}
        try:
            sent = json.loads(body)
            text, below = sent["text"], sent["reply"]["in_reply_to_tweet_id"]
        except (ValueError, LookupError, TypeError):
            return 400, {"title": "Invalid Request", "status": 400}
        return 201, {"data": {"id": self._taken("x", below, text, request), "text": text}}

    def _taken(self, kind: str, to: str, text: str, request: Request) -> str:
        about = {name: request.header(f"x-tanggap-{name}") for name in ("event", "number", "notice")}
        item = {"id": secrets.token_hex(12), "kind": kind, "event": about["event"], "to": to, "number": about["number"]}
        self._mailbox.add({**item, "subject": "", "text": text, "notice": about["notice"]})
        return str(item["id"])
