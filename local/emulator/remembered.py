"""Texts that the emulator reads anew in each call, three times for a policy, and for each row of a query, though the
same text says the same: read once here."""

import functools
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from local.signatures import lives

MOST = 4096  # texts: the policies of the stack and the expressions of its adapters are some hundred
FORMS = 16  # the last ones: a form is asked for several times while its call is answered


def teach() -> None:
    """Once, before the emulator takes requests."""
    from ministack import app
    from ministack.core import iam_actions, iam_evaluator
    from ministack.services import dynamodb, sns

    iam_evaluator.parse_policy_document = read_once(iam_evaluator.parse_policy_document)
    iam_evaluator.request_caller_arn = Callers(iam_evaluator.request_caller_arn)
    iam_actions.json = ReadOnce()
    app.parse_qs = sns.parse_qs = form
    dynamodb._tokenize = read_once(dynamodb._tokenize)
    dynamodb._condition_syntax_error = functools.lru_cache(MOST)(dynamodb._condition_syntax_error)


def read_once(read: Callable[[Any], list[Any]]) -> Callable[[Any], list[Any]]:
    """Remembers what a text says, and gives everybody a list of their own; anything else is read each time."""
    remembered = functools.lru_cache(MOST)(read)
    return lambda given: list(remembered(given)) if isinstance(given, str) else read(given)


def form(text: str, *, keep_blank_values: bool = False) -> dict[str, list[str]]:
    """What a form says, to everybody a dict of their own: five ask for the same one in a row."""
    return {name: list(values) for name, values in _form(text, keep_blank_values).items()}


@functools.lru_cache(FORMS)
def _form(text: str, blank: bool) -> dict[str, list[str]]:
    return parse_qs(text, keep_blank_values=blank)


class Callers:
    """Whose key a request names: of a session at once. `usual` gathers all policies of it, only to say its name."""

    def __init__(self, usual: Callable[..., str]) -> None:
        self._usual = usual

    def __call__(self, headers: dict[str, str], query: dict[str, Any] | None = None) -> str:
        from ministack.core.router import extract_access_key_id
        from ministack.services import sts

        session = sts._sessions.get(extract_access_key_id(headers or {}, query or {}))
        assumed = lives(session) and ":assumed-role/" in session.get("Arn", "")
        return str(session["Arn"]) if assumed else self._usual(headers, query)


class ReadOnce:
    """In place of the module `json`, for who reads the same body several times in a row and changes nothing of it."""

    def __init__(self) -> None:
        self._last: tuple[Any, Any] = None, None

    def loads(self, text: Any) -> Any:
        if self._last[0] is not text:
            self._last = text, json.loads(text)
        return self._last[1]

    def __getattr__(self, name: str) -> Any:
        return getattr(json, name)
