"""The intake secret, from Secrets Manager. Its change is a new version there: the former one keeps the label
AWSPREVIOUS, and counts for a day."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from chalicelib.adapters.answers import answering
from chalicelib.application.ports.cases import Secrets

FORMER_LIFE = timedelta(hours=24)


class IntakeSecrets:
    """Asked once per process; `now` is the machine's time."""

    def __init__(self, *, secret_id: str, client: Any, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._secret_id = secret_id
        self._client = client
        self._now = now

    def read(self) -> Secrets:
        """Raises UnavailableError."""
        current, made_at, former = self._versions
        return Secrets(current, former if self._young(made_at) else None)

    @cached_property
    def _versions(self) -> tuple[bytes, datetime, bytes | None]:
        with answering("secretsmanager"):
            current = self._client.get_secret_value(SecretId=self._secret_id, VersionStage="AWSCURRENT")
            made_at = current["CreatedDate"]
            former = self._former() if self._young(made_at) else None
        return current["SecretString"].encode(), made_at, former

    def _young(self, made_at: datetime) -> bool:
        return self._now() - made_at < FORMER_LIFE

    def _former(self) -> bytes | None:
        """None of a secret that has never changed."""
        from botocore.exceptions import ClientError

        try:
            answer = self._client.get_secret_value(SecretId=self._secret_id, VersionStage="AWSPREVIOUS")
        except ClientError as error:
            if error.response["Error"]["Code"] == "ResourceNotFoundException":
                return None
            raise
        return bytes(answer["SecretString"].encode())
