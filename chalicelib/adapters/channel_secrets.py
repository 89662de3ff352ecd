"""The secrets of the channels, one JSON object in Secrets Manager: channel → {keys: [newest, former?], verify_token?,
call_back?: {url, keys}}.
The operator's command writes it."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from chalicelib.adapters.answers import answering
from chalicelib.application.ports.channels import ChannelSecret
from chalicelib.application.ports.partners import CallBackAddress

KEPT = timedelta(minutes=5)


class _KeptObject:
    """A secret that is a JSON object; kept for five minutes. `now` is the machine's time."""

    def __init__(self, *, secret_id: str, client: Any, now: Callable[[], datetime]) -> None:
        self._secret_id = secret_id
        self._client = client
        self._now = now
        self._known: dict[str, Any] = {}
        self._read_again = now()

    def _of(self, channel: str) -> Any:
        """The stored value; None if it was never set up. Raises UnavailableError."""
        if self._now() >= self._read_again:
            with answering("secretsmanager"):
                self._known = json.loads(self._client.get_secret_value(SecretId=self._secret_id)["SecretString"])
            self._read_again = self._now() + KEPT
        return self._known.get(channel)


class SecretsManagerChannels(_KeptObject):
    """Implements ChannelSecrets and CallBackAddresses."""

    def of(self, channel: str) -> ChannelSecret | None:
        found = self._of(channel) or {}
        return ChannelSecret(tuple(found["keys"]), found.get("verify_token", "")) if found.get("keys") else None

    def call_back(self, channel: str) -> CallBackAddress | None:
        found = (self._of(channel) or {}).get("call_back")
        return CallBackAddress(found["url"], tuple(found["keys"])) if found else None


class ChatKeys(_KeptObject):
    """What the city sends with on each messenger, a secret of its own: who reads the one need not read the other."""

    def of(self, channel: str) -> Mapping[str, str] | None:
        found: Mapping[str, str] | None = self._of(channel)
        return found
