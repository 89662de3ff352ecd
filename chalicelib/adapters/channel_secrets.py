"""The secrets of the channels, one JSON object in Secrets Manager: channel → {keys: [newest, former?], verify_token?}.
The operator's command writes it."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from chalicelib.adapters.answers import answering
from chalicelib.application.ports.channels import ChannelSecret

KEPT = timedelta(minutes=5)


class SecretsManagerChannels:
    """Implements ChannelSecrets; kept for five minutes. `now` is the machine's time."""

    def __init__(self, *, secret_id: str, client: Any, now: Callable[[], datetime]) -> None:
        self._secret_id = secret_id
        self._client = client
        self._now = now
        self._known: dict[str, Any] = {}
        self._read_again = now()

    def of(self, channel: str) -> ChannelSecret | None:
        if self._now() >= self._read_again:
            with answering("secretsmanager"):
                self._known = json.loads(self._client.get_secret_value(SecretId=self._secret_id)["SecretString"])
            self._read_again = self._now() + KEPT
        found = self._known.get(channel)
        return ChannelSecret(tuple(found["keys"]), found.get("verify_token", "")) if found else None
