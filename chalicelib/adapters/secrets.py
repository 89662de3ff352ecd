"""The intake secret, from Secrets Manager. Its change is a new version there: the former one keeps the label
AWSPREVIOUS, and counts for a day."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.adapters.answers import answering
from chalicelib.application.ports.cases import Secrets
from chalicelib.domain.errors import UnavailableError

FORMER_LIFE = timedelta(hours=24)
KEPT = timedelta(minutes=5)  # for so long two containers may hold different secrets after a change
Versions = tuple[bytes, datetime, bytes | None]  # the current one, since when, and the former one while it may count


class IntakeSecrets:
    """Kept for five minutes; `now` is the machine's time."""

    def __init__(self, *, secret_id: str, client: Any, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._secret_id = secret_id
        self._client = client
        self._now = now
        self._known: Versions | None = None
        self._read_again = now()

    def read(self) -> Secrets:
        """What was read last goes on while the store does not answer. Raises UnavailableError when nothing was read."""
        now = self._now()
        known = self._known
        if known is None or now >= self._read_again:
            known = self._known = self._renewed(known)
            self._read_again = now + KEPT
        current, made_at, former = known
        return Secrets(current, former if self._young(made_at) else None)

    def _renewed(self, known: Versions | None) -> Versions:
        try:
            return self._versions()
        except UnavailableError:
            if known is None:
                raise
            return known

    def _versions(self) -> Versions:
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
