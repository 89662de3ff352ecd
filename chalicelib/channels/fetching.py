"""Pictures of a messenger stay with its provider until somebody fetches them: each is fetched once, kept beside the raw
message, and read from there by whoever needs it later. Its words wait for no picture."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import field, replace
from datetime import datetime, timedelta

from chalicelib.application.ports.channels import KeptPictures, Picture, ProvidersPictures, RawMessage
from chalicelib.application.ports.messages import ProviderBusyError, ProviderRefusedError
from chalicelib.channels.incoming import Incoming
from chalicelib.domain.values import dataclass

FOLDER = "media"
PATIENCE = timedelta(minutes=8)  # after a message came: less than the tries of its queue take together
BREATH = timedelta(seconds=30)  # after a provider failed: a batch of messages does not wait for each of its pictures


def kept_at(channel: str, source: str) -> str:
    """The key of a picture; it names no person."""
    named = f"{channel}:{source}".encode("utf-8", "surrogatepass")
    return f"{FOLDER}/{channel.lower()}/{hashlib.sha256(named).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Brought:
    """`pictures` by the key that they are kept at. `lost` of them will never be had, `waiting` may come later."""

    pictures: dict[str, Picture] = field(default_factory=dict)
    lost: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Fetching:
    """`machine_now` is the machine's time, which tells when a message came. `failed` remembers when the provider of a
    channel failed last."""

    provider: ProvidersPictures
    kept: KeptPictures
    machine_now: Callable[[], datetime]
    failed: dict[str, datetime] = field(default_factory=dict)

    def __call__(self, message: RawMessage, sources: Sequence[str]) -> Brought:
        """Raises UnavailableError."""
        brought = Brought()
        for source in sources:
            brought = self._with(brought, message, source)
        return brought

    def kept_of(self, channel: str, sources: Sequence[str]) -> dict[str, Picture]:
        """The pictures that were fetched before. Raises UnavailableError."""
        return _kept_of(self.kept, channel, sources)

    def _with(self, brought: Brought, message: RawMessage, source: str) -> Brought:
        key = kept_at(message.channel, source)
        try:
            picture = self.kept.find(key) or self._fetched(message.channel, source, key)
        except ProviderRefusedError:
            return replace(brought, lost=brought.lost + 1)
        except ProviderBusyError:
            if self.machine_now() - message.received_at > PATIENCE:
                return replace(brought, lost=brought.lost + 1)
            return replace(brought, waiting=brought.waiting + 1)
        return replace(brought, pictures={**brought.pictures, key: picture})

    def _fetched(self, channel: str, source: str, key: str) -> Picture:
        failed = self.failed.get(channel)
        if failed and self.machine_now() - failed < BREATH:
            raise ProviderBusyError("failed_just_now")
        try:
            picture = self.provider.fetch(channel, source)
        except ProviderBusyError:
            self.failed[channel] = self.machine_now()
            raise
        self.kept.keep(key, picture)
        return picture


def with_pictures(incoming: Incoming, kept: KeptPictures, channel: str) -> Incoming:
    """With those that were fetched before. Raises UnavailableError."""
    pictures = _kept_of(kept, channel, incoming.remote).values()
    return replace(incoming, attachments=(*incoming.attachments, *pictures))


def _kept_of(kept: KeptPictures, channel: str, sources: Sequence[str]) -> dict[str, Picture]:
    found = {key: kept.find(key) for key in (kept_at(channel, source) for source in sources)}
    return {key: picture for key, picture in found.items() if picture}
