"""The city as its HTTP contract describes it, for many simulated people at once."""

import threading
import time
import uuid
from collections.abc import Mapping
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import requests

TRIES = 6  # a busy or failing city is asked again, as a phone does; with the same key nothing is done twice
PAUSE = 0.3  # seconds, doubled at each try
Answer = dict[str, Any]


class RefusedError(Exception):
    """The city said no; `problem` is its document."""

    def __init__(self, what: str, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(
            f"{what}: {status} {problem.get('code')} {problem.get('errors') or problem.get('detail') or ''}"
        )
        self.status = status
        self.problem = problem


class City:
    """One running city. Connections are kept per thread, until `close`."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._here = threading.local()
        self._sessions: list[requests.Session] = []
        self._tokens: dict[str, str] = {}
        self.calls = 0

    @property
    def _http(self) -> requests.Session:
        if not hasattr(self._here, "session"):
            self._here.session = requests.Session()
            self._here.session.trust_env = False
            self._sessions.append(self._here.session)
        session: requests.Session = self._here.session
        return session

    def close(self) -> None:
        for session in self._sessions:
            session.close()

    def get(self, path: str, **who: str | None) -> Answer:
        return self._call("GET", f"/api{path}", None, **who)

    def post(self, path: str, body: Answer, **who: str | None) -> Answer:
        """With an Idempotency-Key of its own, so that a second try is the same call."""
        return self._call("POST", f"/api{path}", body, **who)

    def local(self, method: str, path: str, body: Answer | None = None) -> Answer:
        """The launcher's own routes."""
        return self._call(method, f"/_local{path}", body)

    def _call(
        self, method: str, path: str, body: Answer | None, user: str | None = None, secret: str | None = None
    ) -> Answer:
        headers = {"Accept": "application/json", "Idempotency-Key": uuid.uuid4().hex}
        if user:
            headers["Authorization"] = f"Bearer {self.token(user)}"
        if secret:
            headers["X-Complaint-Secret"] = secret
        for attempt in range(TRIES):
            answer = self._http.request(method, self.url + path, json=body, headers=headers, timeout=600)
            if answer.status_code not in (429, 503):
                break
            time.sleep(PAUSE * 2**attempt)
        self.calls += 1
        if not answer.ok:
            raise RefusedError(f"{method} {path}", answer.status_code, _document(answer))
        document: Answer = answer.json() if answer.content else {}
        return document

    def send(self, path: str, raw: bytes, headers: Mapping[str, str]) -> None:
        """What another system sends, byte by byte."""
        sent = self._http.post(self.url + path, data=raw, headers=dict(headers), timeout=60)
        self.calls += 1
        if not sent.ok:
            raise RefusedError(f"POST {path}", sent.status_code, _document(sent))

    @cached_property
    def channels(self) -> Answer:
        """What the senders of each channel sign with."""
        found: Answer = self.local("GET", "")["channels"]
        return found

    def token(self, user: str) -> str:
        if user not in self._tokens:
            self._tokens[user] = self.local("POST", "/token", {"user": user})["token"]
        return self._tokens[user]

    def upload(self, form: Mapping[str, Any], data: bytes, content_type: str) -> None:
        """The picture itself, by the form that the city signed."""
        sent = self._http.post(
            form["url"], data=form["fields"], files={"file": ("photo", data, content_type)}, timeout=60
        )
        if not sent.ok:
            raise RefusedError("upload", sent.status_code, {"detail": sent.text[:200]})

    def queue(self, user: str, named: str = "") -> list[Answer]:
        """Every row of the person's own queue, or of the one so named, page by page."""
        rows: list[Answer] = []
        cursor, which = "", f"&queue={named}" if named else ""
        while True:
            page = self.get(f"/staff/queue?limit=100{which}{cursor}", user=user)
            rows += page["items"]
            if not page["next_cursor"]:
                return rows
            cursor = f"&cursor={page['next_cursor']}"

    @cached_property
    def reference(self) -> Answer:
        return self.get("/reference")

    def mailbox(self, number: str = "", to: str = "") -> list[Answer]:
        """Messages, oldest first: all of them, or those about one complaint, or to one address."""
        items: list[Answer] = self.local("GET", f"/mailbox?{urlencode({'number': number, 'to': to})}")["items"]
        return items


def _document(answer: requests.Response) -> Mapping[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        return {"detail": answer.text[:200]}
    return found if isinstance(found, dict) else {"detail": str(found)}
