"""A message comes in: its signature is checked over the raw bytes, and the bytes are kept. It is read later, from a
queue: a sender waits for nothing but that, and what nobody understands is not lost."""

from collections.abc import Callable, Mapping
from datetime import datetime

from chalicelib.application.ports.channels import ChannelSecret, RawMessage, RawMessages
from chalicelib.channels.registry import ADAPTERS, Adapter
from chalicelib.domain.errors import NotFoundError, TooLargeError, UnauthenticatedError
from chalicelib.domain.values import dataclass

MAX_BYTES = 4_400_000  # a function's request has 6 MB at most (AWS, "Lambda quotas"), and base64 adds a third


@dataclass(frozen=True, slots=True)
class Receiving:
    """`secret_of` answers a channel's secret, None where it was never set up; `now` is the machine's time (UTC)."""

    secret_of: Callable[[str], ChannelSecret | None]
    store: Callable[[], RawMessages]
    now: Callable[[], datetime]

    def take(self, name: str, headers: Mapping[str, str], raw: bytes) -> None:
        """Raises NotFoundError, UnauthenticatedError, TooLargeError, UnavailableError (the sender comes again).
        `headers` by names in lower case."""
        code, adapter = _adapter(name)
        if len(raw) > MAX_BYTES:
            raise TooLargeError
        adapter.check(headers, raw, self._secret(code), self.now())
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        self.store().keep(RawMessage(code, kind[:100], raw, self.now()))

    def challenge(self, name: str, query: Mapping[str, str]) -> str | dict[str, str]:
        """What a provider wants to read before it sends. Raises NotFoundError, UnauthenticatedError."""
        code, adapter = _adapter(name)
        if adapter.challenge is None:
            raise NotFoundError
        return adapter.challenge(query, self._secret(code))

    def _secret(self, code: str) -> ChannelSecret:
        found = self.secret_of(code)
        if found is None or not any(found.keys):
            raise UnauthenticatedError("The channel is not set up")
        return found


def _adapter(name: str) -> tuple[str, Adapter]:
    """By the channel's code in lower case, as it stands in the address."""
    code = name.upper()
    if name != name.lower() or code not in ADAPTERS:
        raise NotFoundError
    return code, ADAPTERS[code]
