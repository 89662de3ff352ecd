"""The secrets of the channels, one JSON object in Secrets Manager: channel → {keys: [newest, former?], verify_token?,
call_back?: {url, keys}}.
The operator's command writes it."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from chalicelib.adapters.answers import answering
from chalicelib.application.ports.channels import ChannelSecret
from chalicelib.application.ports.partners import CallBackAddress

KEPT = timedelta(minutes=5)


class SecretsManagerChannels:
    """Implements ChannelSecrets and CallBackAddresses; kept for five minutes. `now` is the machine's time."""

    def __init__(self, *, secret_id: str, client: Any, now: Callable[[], datetime]) -> None:
        self._secret_id = secret_id
        self._client = client
        self._now = now
        self._known: dict[str, Any] = {}
        self._read_again = now()

    def of(self, channel: str) -> ChannelSecret | None:
        found = self._read().get(channel, {})
        return ChannelSecret(tuple(found["keys"]), found.get("verify_token", "")) if found.get("keys") else None

    def call_back(self, channel: str) -> CallBackAddress | None:
        found = self._read().get(channel, {}).get("call_back")
        return CallBackAddress(found["url"], tuple(found["keys"])) if found else None

    def _read(self) -> dict[str, Any]:
        if self._now() >= self._read_again:
            with answering("secretsmanager"):
                self._known = json.loads(self._client.get_secret_value(SecretId=self._secret_id)["SecretString"])
            self._read_again = self._now() + KEPT
        return self._known
